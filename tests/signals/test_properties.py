"""What must hold whatever the scores are: moved, stretched, turned over, cut short, alone or among many."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import HIGHEST, PARAMS, series, tables
from test_plainly import table_of, told_by

from repairbook.signals.answer import judge
from repairbook.signals.lines import lines
from repairbook.signals.registry import RULES
from repairbook.signals.series import Series
from repairbook.signals.terms import Terms

EVERY = pytest.mark.parametrize("rule", RULES)
MODES = st.sampled_from(["prospective", "retrospective"])
BOUNDED = Terms(lower=0, upper=HIGHEST)
quick = settings(max_examples=25, deadline=None)
GIVEN = {
    "cutoff": {"at": 3.0},
    "drop": {"by": 2.0},
    "reliable-change": {"sd": 1.0, "reliability": 0.8},
    "control-chart": {"rules": "nelson"},
    "sudden-drop": {"cutoff": 1.0},
}


def essence(line):
    """What does not depend on where the scale begins and how wide its steps are."""
    sessions = [
        (told["verdict"], told["hits"], told.get("known_at"), told["values"].get("criteria"))
        for told in line["sessions"]
    ]
    return sessions, line["episodes"]


def changed(table, change):
    return [
        (first, [None if score is None else change(score) for score in scores]) for first, scores in table
    ]


def told(rule, table, params, terms):
    return [essence(line) for line in told_by(rule, table, params, terms)]


def with_lengths(params, change, *names):
    """Parameters in score units, changed as the scores are."""
    return params | {name: change(params[name]) for name in names if params.get(name) is not None}


@EVERY
@quick
@given(data=st.data(), by=st.sampled_from([Fraction(1, 10), Fraction(100), Fraction(-7)]), mode=MODES)
def test_a_scale_that_begins_elsewhere_changes_no_verdict(rule, data, by, mode):
    table, params = data.draw(tables), data.draw(PARAMS[rule])
    if params.get("share_of") == "score":
        params["share"] = "none"
    terms = replace(BOUNDED, mode=mode)
    there = replace(terms, lower=float(by), upper=float(HIGHEST + by))
    moved = with_lengths(params, lambda value: value + by, "at", "center")
    assert told(rule, table, params, terms) == told(rule, changed(table, lambda x: x + by), moved, there)


@EVERY
@quick
@given(data=st.data(), by=st.sampled_from([Fraction(1, 10), Fraction(3), Fraction(1000)]), mode=MODES)
def test_wider_steps_change_no_verdict(rule, data, by, mode):
    table, params = data.draw(tables), data.draw(PARAMS[rule])
    terms = replace(BOUNDED, mode=mode)
    there = replace(terms, upper=float(HIGHEST * by))
    units = ("at", "by", "sd", "center", "sigma", "s_inter", "cutoff")
    wider = with_lengths(params, lambda value: value * by, *units)
    assert told(rule, table, params, terms) == told(rule, changed(table, lambda x: x * by), wider, there)


@EVERY
@quick
@given(data=st.data(), mode=MODES)
def test_the_scale_turned_over_gives_the_same_verdicts_with_harm_turned_over(rule, data, mode):
    table, params = data.draw(tables), data.draw(PARAMS[rule])
    if params.get("share_of") == "score":
        params["share"] = "none"
    over = with_lengths(params, lambda value: -value, "at", "center")
    there = Terms(mode, better="lower", lower=-HIGHEST, upper=0)
    here = told_by(rule, table, params, replace(BOUNDED, mode=mode))
    turned = told_by(rule, changed(table, lambda x: -x), over, there)
    for line in turned:
        for session in line["sessions"]:
            for hit in session["hits"]:
                hit["side"] = {"lower": "upper", "upper": "lower"}.get(hit["side"])
    assert [essence(line) for line in here] == [essence(line) for line in turned]


@EVERY
@quick
@given(data=st.data(), mode=MODES)
def test_a_series_alone_gets_the_very_digits_it_gets_among_many(rule, data, mode):
    table, params = data.draw(tables), data.draw(PARAMS[rule])
    terms = replace(BOUNDED, mode=mode)
    among = told_by(rule, table, params, terms)
    for each, line in zip(table, among, strict=True):
        (alone,) = told_by(rule, [each], params, terms)
        assert alone | {"case": line["case"]} == line


@EVERY
@quick
@given(data=st.data())
def test_what_is_said_at_a_session_is_what_hindsight_says_of_the_series_cut_there(rule, data):
    scores, params = data.draw(series()), data.draw(PARAMS[rule])
    (line,) = told_by(rule, [(1, scores)], params, BOUNDED)
    for upto, now in enumerate(line["sessions"], start=1):
        (cut,) = told_by(rule, [(1, scores[:upto])], params, replace(BOUNDED, mode="retrospective"))
        then = cut["sessions"][-1]
        assert now.pop("quantities") == cut["quantities"]
        then.pop("known_at", None)
        assert now == then


@EVERY
@quick
@given(data=st.data(), mode=MODES)
def test_a_number_left_out_is_a_session_without_a_score(rule, data, mode):
    table, terms = data.draw(tables), replace(BOUNDED, mode=mode)
    made, full = RULES[rule](**GIVEN.get(rule, {})), table_of(table)
    inner = pl.col("session").is_between(pl.col("session").min(), pl.col("session").max(), closed="none")
    kept = full.filter(~(pl.col("score").is_null() & inner.over("case")))
    there, left_out = (Series.of(each, terms) for each in (full, kept))
    assert list(lines([judge(there, made, terms)])) == list(lines([judge(left_out, made, terms)]))


@EVERY
@quick
@given(data=st.data(), seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing_about_a_case(rule, data, seed):
    full = table_of(data.draw(tables))
    made = RULES[rule](**GIVEN.get(rule, {}))
    mixed = full.sample(fraction=1, shuffle=True, seed=seed)
    ordered, other = (
        {json.loads(line)["case"]: line for line in lines([judge(Series.of(each), made, Terms())])}
        for each in (full, mixed)
    )
    assert ordered == other
