"""Every rule gives what the same rule gives slowly, one series at a time, in exact fractions."""

from __future__ import annotations

import json

import plainly
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import HIGHEST, PARAMS, tables

from repairbook.signals.answer import judge
from repairbook.signals.lines import lines
from repairbook.signals.registry import RULES
from repairbook.signals.series import Series
from repairbook.signals.terms import Terms


def as_given(value):
    """A parameter as a program would give it."""
    return value if value is None or isinstance(value, bool | int | str) else float(value)


def table_of(series):
    rows = [
        (f"case {number}", first + place, None if score is None else float(score))
        for number, (first, scores) in enumerate(series)
        for place, score in enumerate(scores)
    ]
    return pl.DataFrame(rows, schema={"case": str, "session": int, "score": float}, orient="row")


def told_by(rule, series, params, terms):
    made = RULES[rule](**{name: as_given(value) for name, value in params.items()})
    table = Series.of(table_of(series), terms)
    return [json.loads(line) for line in lines([judge(table, made, terms)])]


def close(found, right):
    if isinstance(right, list):
        return isinstance(found, list) and all(close(a, b) for a, b in zip(found, right, strict=True))
    if right is None or isinstance(right, bool | str):
        return found is right or found == right
    return found == pytest.approx(float(right), rel=1e-9, abs=1e-9)


def moved(name, value, first):
    """Plain answers count from 0; the command counts as the sessions are numbered."""
    if name == "interval" and value is not None:
        return [first + each for each in value]
    return (
        first + value if name in {"after", "onset", "lowest", "half", "full"} and value is not None else value
    )


def numbers_agree(found, right, first):
    assert list(found) == list(right)
    for name, value in right.items():
        assert close(found[name], moved(name, value, first)), (name, found[name], value)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_rule_agrees_with_its_plain_self(rule, data):
    series, params = data.draw(tables), data.draw(PARAMS[rule])
    terms = Terms(
        mode=data.draw(st.sampled_from(["prospective", "retrospective"])),
        harm=data.draw(st.sampled_from(["up", "down"])),
        lower=data.draw(st.sampled_from([None, 0])),
        upper=data.draw(st.sampled_from([None, HIGHEST])),
    )
    told = told_by(rule, series, params, terms)
    for line, (first, scores) in zip(told, series, strict=True):
        ends = (terms.lower, terms.upper)
        right, quantities = plainly.judge(
            rule, scores, params, falls=terms.falls, ends=ends, prospective=terms.prospective
        )
        assert [each["verdict"] for each in line["sessions"]] == [each.verdict for each in right]
        numbers_agree(line["quantities"], quantities, first)
        for found, session in zip(line["sessions"], right, strict=True):
            numbers_agree(found["values"], session.values, first)
            assert {(hit["rule"], hit["side"]) for hit in found["hits"]} == session.hits
            assert found.get("known_at") == (None if session.known_at is None else first + session.known_at)
            if terms.prospective:
                numbers_agree(found["quantities"], session.quantities, first)
        window = params.get("window", 5)
        episodes = plainly.episodes(right, scores, falls=terms.falls, window=window)
        assert len(line["episodes"]) == len(episodes)
        for found, episode in zip(line["episodes"], episodes, strict=True):
            numbers_agree(found, episode, first)
