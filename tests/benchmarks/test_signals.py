"""The rules beside one rolling mean: the same table, the same run, a ratio and no time."""

from __future__ import annotations

import os
import statistics
import time

import numpy as np
import polars as pl
import pytest

from repairbook.signals.answer import judge
from repairbook.signals.registry import rules_from
from repairbook.signals.series import Series
from repairbook.signals.terms import MODES, Terms

# The whole table is 100 000 series; less will do to see a ratio.
SERIES = int(os.environ.get("REPAIRBOOK_BENCHMARK_SERIES", "10000"))
SESSIONS = 30
ROUNDS = 3
GIVEN = ["at=30", "by=5", "sd=5", "reliability=.88", "cutoff=5"]


@pytest.mark.benchmark
def test_each_rule_and_all_rules_beside_one_rolling_mean_by_case(capsys):
    table = _table()
    bare = _seconds(lambda: table.select(pl.col("score").rolling_mean(3).over("case")))
    told = [f"reading the table {_seconds(lambda: Series.of(table)) / bare:.2f}"]
    nelson = rules_from(["control-chart"], ["rules=nelson"])
    for mode in MODES:
        terms = Terms(mode, lower=0, upper=40)

        def ratio(*rules, terms=terms):
            return _seconds(lambda: _answered(table, rules, terms)) / bare

        told += [f"{mode}: all seven {ratio(*rules_from([], GIVEN)):.2f}"]
        told += [f"  {rule.name} {ratio(rule):.2f}" for rule in rules_from([], GIVEN)]
        told += [f"  control-chart with Nelson's rules {ratio(*nelson):.2f}"]
    with capsys.disabled():
        print(f"\nrules on {SERIES} series of {SESSIONS}, in rolling means by case of {bare * 1000:.0f} ms:")
        print("\n".join(told))


def _answered(table, rules, terms):
    """Ask as a page would: a table in, tables and episodes out."""
    series = Series.of(table)
    answers = [judge(series, rule, terms) for rule in rules]
    return [(answer.frame(), answer.episodes) for answer in answers]


def _table():
    random = np.random.default_rng(7)
    names = np.array([f"case {number:06d}" for number in range(SERIES)])
    score = np.clip(np.round(34 + random.normal(0, 3, SERIES * SESSIONS)), 0, 40)
    missing = random.random(score.size) < 0.03
    return pl.DataFrame(
        {
            "case": np.repeat(names, SESSIONS),
            "session": np.tile(np.arange(1, SESSIONS + 1), SERIES),
            "score": pl.Series(np.where(missing, np.nan, score), nan_to_null=True),
        }
    )


def _seconds(work):
    def once():
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return statistics.median(once() for _ in range(ROUNDS))
