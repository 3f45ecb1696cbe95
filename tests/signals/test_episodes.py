"""An episode joins a fall to its repair."""

from __future__ import annotations

import pytest


def episodes(ask, scores, rule="cutoff", *params, **terms):
    params = params or (("at=5",) if rule == "cutoff" else ())
    return ask.series(scores, rule, *params, mode="retrospective", **terms)["episodes"]


def one(onset, lowest, half, full, status, pattern):
    return [
        {"onset": onset, "lowest": lowest, "half": half, "full": full, "status": status, "pattern": pattern}
    ]


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ((9, 5, 9), one(2, 2, 3, 3, "full", "V")),
        ((9, 5, 6, 7, 9), one(2, 2, 4, 5, "full", "fast_fall_slow_repair")),
        ((9, 5, 4, 3, 9), one(2, 4, 5, 5, "full", "slow_fall_fast_repair")),
        ((9, 5, 3, 6, 9), one(2, 3, 4, 5, "full", "slow_slow")),
        ((9, 5, 8, 8, 8, 8, 8, 9), one(2, 2, 3, None, "half", None)),
        ((9, 5, 6, 6, 6, 6, 6, 9), one(2, 2, None, None, "unrepaired", "unrepaired")),
        ((9, 5, 6, 6, 6, 6), one(2, 2, None, None, "censored", None)),
        ((9, 5, 8, 8), one(2, 2, 3, None, "half", None)),
        ((5, 9, 9, 9, 9, 9, 9), one(1, 1, None, None, "censored", None)),
        ((9, None, 5, None, 9), one(3, 3, 5, 5, "full", "slow_slow")),
        ((9, 5, 4, 4, 9), one(2, 3, 5, 5, "full", "slow_slow")),
    ],
)
def test_a_fall_is_followed_to_its_repair(ask, scores, found):
    assert episodes(ask, scores) == found


def test_a_missing_score_ends_a_run(ask):
    assert [each["onset"] for each in episodes(ask, (9, 5, None, 4, 9))] == [2, 4]


def test_harm_upwards_is_followed_downwards(ask):
    assert episodes(ask, (1, 5, 1), better="lower") == one(2, 2, 3, 3, "full", "V")


def test_the_v_shape_measures_from_the_best_of_its_lookback_and_within_its_window(ask):
    scores = (6, 9, 8, 2, 3, 3, 9, 9)
    found = episodes(ask, scores, "v-shape", "k=2", "lookback=3", "window=3")
    assert found == one(4, 4, 7, 7, "full", "slow_slow")
    shorter = episodes(ask, scores, "v-shape", "k=2", "lookback=3", "window=2")
    assert shorter == one(4, 4, None, None, "unrepaired", "unrepaired")


def test_all_that_was_lost_is_regained_though_the_last_binary_digit_says_otherwise(ask):
    assert episodes(ask, (3.4, 2.9, 3.4), "cutoff", "at=3")[0]["full"] == 3
    assert episodes(ask, (3.5, 2.9, 3.2), "cutoff", "at=3")[0]["half"] == 3


def test_no_flag_no_episode(ask):
    assert episodes(ask, (9, 9)) == []
