"""Series that are nothing but alike, very short, very long, or at the end of their scale."""

from __future__ import annotations

import polars as pl
import pytest
from asking import ALL_GIVEN, ORDER, flagged, verdicts

from repairbook.signals.answer import judge
from repairbook.signals.registry import rules_from
from repairbook.signals.series import Series, SeriesFault
from repairbook.signals.terms import Terms

MODES = pytest.mark.parametrize("mode", ["prospective", "retrospective"])
OFF_LIMITS = ("at=3", "by=.1", "sd=2", "reliability=.8", "share_of=score")
NELSON = ("rules=nelson",)


@MODES
@pytest.mark.parametrize("score", [0.1, 40, 33.3, -7.7, 1e-12, 123456789.123])
@pytest.mark.parametrize("rule", ORDER[1:])
def test_a_series_that_never_changes_is_never_flagged(ask, rule, score, mode):
    for gap in ([], [None]):
        scores = [score] * 9 + gap + [score] * 8
        own = (*OFF_LIMITS, *NELSON)
        assert flagged(ask.series(scores, rule, *own, mode=mode, lower=-100, upper=2e8)) == []


@MODES
def test_one_session_is_clear_or_flagged_by_the_cut_off_only(ask, mode):
    told = {
        line["rule"]: verdicts(line) for line in ask.rows([("a", 5, 4)], params=ALL_GIVEN, mode=mode).lines
    }
    assert told == {rule: ["clear" if rule == "cutoff" else "cannot-say"] for rule in ORDER}


@MODES
def test_a_case_without_any_score_is_told_and_nothing_can_be_said(ask, mode):
    reply = ask.rows([("a", 1, None), ("a", 2, None)], params=ALL_GIVEN, mode=mode, lower=0, upper=40)
    assert all(verdicts(line) == ["cannot-say"] * 2 for line in reply.lines)


def test_at_the_ceiling_a_small_dip_leaves_the_limits_and_no_limit_is_clamped(ask):
    line = ask.series([40] * 10 + [39, 40], "control-chart", "baseline=10", mode="retrospective", upper=40)
    assert flagged(line) == [11]
    free = ask.series([40, 38, 40, 38], "control-chart", mode="retrospective", lower=0, upper=40)
    assert free["quantities"]["upper"] > 40


# Prospective answers that went back to the start in Python would run into the time-out.
def test_a_series_of_three_thousand_sessions_is_judged(ask):
    rows = [("a", n, 30 + n % 2 - (9 if n > 2000 else 0)) for n in range(3000)]
    found = {}
    for mode in ("prospective", "retrospective"):
        reply = ask.rows(rows, params=(*OFF_LIMITS, *NELSON), mode=mode)
        found[mode] = {line["rule"]: line for line in reply.lines}
    assert flagged(found["retrospective"]["change-point"]) == [2001]
    assert found["prospective"]["v-shape"]["quantities"] == found["retrospective"]["v-shape"]["quantities"]


def test_a_table_of_the_program_itself_is_read_and_refused_alike():
    table = pl.DataFrame({"case": ["a", "a"], "session": [1, 1], "score": [2.0, float("nan")]})
    with pytest.raises(SeriesFault) as caught:
        Series.of(table)
    assert caught.value.sentences == (
        "Row 2: the score is not a finite number.",
        "Row 2: this case and session are in the table already.",
    )


@MODES
def test_answers_and_episodes_come_as_tables_too(mode):
    table = pl.DataFrame({"case": ["a"] * 4 + ["b"], "session": [1, 2, 3, 4, 9], "score": [9, 1, 9, None, 5]})
    terms = Terms(mode, lower=0, upper=10)
    for rule in rules_from([], list(ALL_GIVEN)):
        answer = judge(Series.of(table, terms), rule, terms)
        frame = answer.frame()
        assert frame.columns[:5] == ["case", "session", "score", "verdict", "reason"]
        assert frame["session"].to_list() == [1, 2, 3, 4, 9]
        assert frame["score"].null_count() == 1
    cut = judge(Series.of(table), rules_from(["cutoff"], ["at=3"])[0], Terms(mode))
    assert cut.episode_frame().rows() == [("a", 2, 2, 3, 3, "full", "V")]
