"""Published and worked numbers, to the printed digits, through the command."""

from __future__ import annotations

import pytest
from asking import SERIES_4H, column, flagged, hits, verdicts

HINDSIGHT = {"mode": "retrospective"}
NIST = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
STANDARD = ("center=0", "sigma=1")


# NIST/SEMATECH e-Handbook, 6.3.2.2
def test_the_handbook_s_flowrates_get_the_handbook_s_limits(ask):
    line = ask.series(NIST, "control-chart", **HINDSIGHT)
    told = line["quantities"]
    assert told["center"] == pytest.approx(50.81, abs=5e-9)
    assert told["mr_mean"] == pytest.approx(1.877778, abs=5e-7)
    assert told["upper"] == pytest.approx(55.8041, abs=5e-5)
    assert told["lower"] == pytest.approx(45.8159, abs=5e-5)
    assert flagged(line) == []


# Deterministic vectors of the qcc package's own tests; centre 0, sigma 1.
@pytest.mark.parametrize(
    ("rule", "scores", "found"),
    [
        (1, (0, 3.2, -3.5, 2.9), {2: "upper", 3: "lower"}),
        (2, (0, 2.5, 1.0, 2.6, 0), {4: "upper"}),
        (3, (0, 1.2, 1.3, 0.2, 1.4, 1.5), {6: "upper"}),
        (4, (*[-1] * 8, 1), {8: "lower"}),
        (1, (*[2.5] * 7, 3.2), {8: "upper"}),
        (2, (*[2.5] * 7, 3.2), dict.fromkeys(range(3, 9), "upper")),
        (3, (*[2.5] * 7, 3.2), dict.fromkeys(range(5, 9), "upper")),
        (4, (*[2.5] * 7, 3.2), {8: "upper"}),
    ],
)
@pytest.mark.parametrize("mode", ["prospective", "retrospective"])
def test_western_electric_runs_are_hit_where_published(ask, rule, scores, found, mode):
    line = ask.series(scores, "control-chart", "rules=western-electric", *STANDARD, mode=mode)
    assert hits(line, rule) == found


@pytest.mark.parametrize(
    ("rule", "scores", "found"),
    [
        (1, (0, 3.2, -3.4, 3), {2: "upper", 3: "lower"}),
        (2, (*[0.5] * 10, *[-0.5] * 10), {9: "upper", 10: "upper", 19: "lower", 20: "lower"}),
        (3, (*range(1, 8), 7, *range(6, 0, -1)), {6: "upper", 7: "upper", 13: "lower", 14: "lower"}),
        (4, (1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7, 9, 8), {14: None, 15: None}),
        (5, (0, 2.3, 0.4, 2.2, -2.4, -0.2, -2.5), {4: "upper", 7: "lower"}),
        (6, (1.2, 1.3, 0.2, 1.4, 1.5, -1.2, -1.3, -0.1, -1.4, -1.5), {5: "upper", 10: "lower"}),
        (7, (*[0.3] * 16, 1.2), {15: None, 16: None}),
        (8, (1.2, -1.3, 1.1, -1.4, 1.5, -1.2, 1.3, -1.1, 0.2), {8: None}),
        (8, (1.2,) * 8, {}),
    ],
)
@pytest.mark.parametrize("mode", ["prospective", "retrospective"])
def test_nelson_runs_are_hit_where_published(ask, rule, scores, found, mode):
    line = ask.series(scores, "control-chart", "rules=nelson", *STANDARD, mode=mode)
    assert hits(line, rule) == found


@pytest.mark.parametrize(
    ("sd", "reliability", "sem", "threshold", "digits"),
    [
        (0.80, 0.91, 0.240, 0.665, 3),
        (5, 0.88, 1.732, 4.801, 3),
        (5, 0.64, 3.000, 8.316, 3),
        (0.70, 0.83, 0.289, 0.800, 3),
        (12, 0.90, 3.795, 10.518, 3),
        (10.5, 0.961, 2.073584, 5.747681, 6),
    ],
)
def test_reliable_change_has_the_printed_errors_and_thresholds(ask, sd, reliability, sem, threshold, digits):
    line = ask.series((1, 2), "reliable-change", f"sd={sd}", f"reliability={reliability}", **HINDSIGHT)
    half = 0.5 * 10**-digits
    assert line["quantities"]["sem"] == pytest.approx(sem, abs=half)
    assert line["quantities"]["threshold"] == pytest.approx(threshold, abs=half)


def test_reliable_change_has_the_difference_error_of_the_sudden_gains_package(ask):
    line = ask.series((1, 2), "reliable-change", "sd=10.5", "reliability=.961")
    assert line["quantities"]["sdiff"] == pytest.approx(2.93249, abs=5e-6)


# Jacobson and Truax (1991): 32.5 to 47.5 with SD 10 and r .88.
def test_reliable_change_has_the_index_of_its_authors_example(ask):
    line = ask.series((32.5, 47.5), "reliable-change", "sd=10", "reliability=.88", better="lower")
    assert line["quantities"]["sdiff"] == pytest.approx(4.90, abs=0.005)
    assert column(line, "rci")[1] == pytest.approx(3.0619, abs=5e-5)
    assert column(line, "change")[1] == 15
    assert flagged(line) == [2]


# The small table of the suddengains package's own tests; 1 is a gain, 0 none, None not assessable.
GAINS = [
    ((28, 19, 23, 12, 13, None), (0, 0, None)),
    ((28, 19, 23, 11, 12, None), (0, 1, None)),
    ((28, 19, None, 12, 13, None), (None, None, None)),
    ((28, 25, 28, 11, 12, None), (0, 1, None)),
    ((28, 26, 28, 11, 12, None), (0, 1, None)),
    ((None, 26, 28, None, 12, 11), (None, None, None)),
    ((35, 37, 23, 23, 24, 21), (1, 0, 0)),
    ((35, 37, 34, 24, 24, 21), (0, 1, 0)),
    ((35, 37, 34, 34, 24, 21), (0, 0, 1)),
    ((35, 37, 34, 37, 37, 37), (0, 0, 0)),
]
LOSSES = [
    ((10, 11, 12, 30, 28, 33), (0, 1, 0)),
    ((10, 11, 12, 10, 28, 33), (0, 0, 1)),
    ((10, 11, 30, 30, 28, 33), (1, 0, 0)),
    ((35, 37, 34, 23, 24, 21), (0, 0, 0)),
]
WORDS = {1: "flagged", 0: "clear", None: "cannot-say"}


def _sudden(ask, scores, harm):
    line = ask.series(
        scores, "sudden-drop", "cutoff=7", "share_of=score", harm=harm, better="lower", **HINDSIGHT
    )
    return verdicts(line)[2:5]


@pytest.mark.parametrize(("scores", "found"), GAINS)
def test_sudden_gains_of_symptoms_are_found_when_a_fall_is_asked_for(ask, scores, found):
    assert _sudden(ask, scores, "down") == [WORDS[each] for each in found]


@pytest.mark.parametrize(("scores", "found"), LOSSES)
def test_sudden_losses_of_symptoms_are_found_when_a_rise_is_asked_for(ask, scores, found):
    assert _sudden(ask, scores, "up") == [WORDS[each] for each in found]


def test_one_series_gets_four_answers_from_the_control_chart_first(ask):
    line = ask.series(SERIES_4H, "control-chart", **HINDSIGHT)
    told = line["quantities"]
    assert told["center"] == 36.25
    assert told["mr_mean"] == pytest.approx(2.1818, abs=5e-5)
    assert told["lower"] == pytest.approx(30.4473, abs=5e-5)
    assert told["upper"] == pytest.approx(42.0527, abs=5e-5)
    assert told["sigma"] == pytest.approx(1.934, abs=5e-4)
    assert told["mr_upper"] == pytest.approx(7.128, abs=5e-4)
    assert flagged(line) == [6]


def test_a_baseline_of_five_sessions_has_tighter_limits(ask):
    line = ask.series(SERIES_4H, "control-chart", "baseline=5", **HINDSIGHT)
    told = line["quantities"]
    assert told["center"] == pytest.approx(37.2, abs=5e-9)
    assert told["mr_mean"] == 1
    assert told["lower"] == pytest.approx(34.5404, abs=5e-5)
    assert told["upper"] == pytest.approx(39.8596, abs=5e-5)
    assert flagged(line) == [6, 7]


def test_the_cut_off_of_36_includes_36(ask):
    assert flagged(ask.series(SERIES_4H, "cutoff", "at=36", **HINDSIGHT)) == [1, 6, 7, 8]


@pytest.mark.parametrize("k", [1, 2])
def test_the_v_shape_falls_by_nine_against_a_raw_spread_of_three(ask, k):
    line = ask.series(SERIES_4H, "v-shape", f"k={k}", "detrend=false", **HINDSIGHT)
    assert line["quantities"]["s_intra"] == pytest.approx(3.0785, abs=5e-5)
    assert flagged(line) == [6]
    assert column(line, "drop")[5] == 9
    (episode,) = line["episodes"]
    assert (episode["onset"], episode["full"], episode["status"]) == (6, 9, "full")


def test_the_sudden_drop_meets_only_its_first_criterion(ask):
    line = ask.series(SERIES_4H, "sudden-drop", "cutoff=7", "share_of=score", **HINDSIGHT)
    assert line["sessions"][5]["values"] == {"interval": [5, 6], "criteria": [True, False, False]}
    assert flagged(line) == []


def test_the_best_split_is_after_the_eighth_session_and_leads_upwards(ask):
    line = ask.series(SERIES_4H, "change-point", **HINDSIGHT)
    assert line["quantities"]["after"] == 8
    assert flagged(line) == []


def test_the_line_has_the_shape_of_the_interface_and_nothing_else(ask):
    line = ask.series(SERIES_4H, "control-chart", **HINDSIGHT)
    assert list(line) == ["case", "rule", "params", "mode", "quantities", "sessions", "episodes"]
    assert line["params"] == {"rules": "limits", "baseline": None, "center": None, "sigma": None}
    assert line["sessions"][0] == {
        "session": 1,
        "score": 36.0,
        "verdict": "clear",
        "reason": "within limits",
        "hits": [],
        "values": {"mr": None},
    }
    (episode,) = line["episodes"]
    assert episode == {
        "onset": 6,
        "lowest": 6,
        "half": 8,
        "full": 9,
        "status": "full",
        "pattern": "fast_fall_slow_repair",
    }
