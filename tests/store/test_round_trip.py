"""Whatever can be answered comes back as it was, and has one canonical form."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repairbook.home import shipped
from repairbook.model.canonical import canonical
from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import Kind, fields_of
from repairbook.model.library import Library
from repairbook.model.reflection import Reflection, TimelineRow

LIBRARY = Library(shipped() / "data")
LENSES = [code for code in LIBRARY.codebook("countertransference_lenses").codes if code in LIBRARY.ids()]


def codes(field):
    known = st.sampled_from(LIBRARY.codebook(field.book).codes)
    return st.lists(known, unique=True, max_size=field.limit or 4).map(tuple)


def rates(field):
    known = st.sampled_from(LIBRARY.codebook(field.book).codes)
    return st.dictionaries(known, st.integers(0, 5), max_size=4)


def clock():
    return st.one_of(st.just(""), st.builds("{:02d}:{:02d}".format, st.integers(0, 120), st.integers(0, 59)))


def answer(field):
    mark = st.integers(field.low, field.high)
    plain = {
        Kind.TEXT: lambda: st.text(max_size=80),
        Kind.LINE: lambda: st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=40
        ),
        Kind.CODE: lambda: st.sampled_from(("", *LIBRARY.codebook(field.book).codes)),
        Kind.CODES: lambda: codes(field) if field.book else st.just(()),
        Kind.RATE: lambda: st.none() | mark,
        Kind.RATES: lambda: rates(field),
        Kind.GRID: lambda: st.none() | st.tuples(mark, mark),
        Kind.TIME: clock,
        Kind.DATE: lambda: st.none() | st.dates(),
        Kind.YES_NO: lambda: st.none() | st.booleans(),
        Kind.ROWS: lambda: st.lists(answers(TimelineRow), max_size=3).map(tuple),
        Kind.REF: lambda: st.just(""),
    }
    return plain[field.kind]()


def answers(model, **fixed):
    chosen = {key: answer(field) for key, field in fields_of(model).items()} | fixed
    return st.fixed_dictionaries({}, optional=chosen).map(lambda given: model(**given))


REFLECTIONS = answers(Reflection, lens=st.sampled_from(["", *LENSES]))
RAW = st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=40), max_size=4)


@given(reflection=REFLECTIONS, raw=RAW)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_body_comes_back_as_it_was_saved(store, me, case, reflection, raw):
    body = Body(reflection, raw)
    record_id = store.reflections.begin(me, case.id).record_id
    store.reflections.save(me, record_id, 0, body)
    assert store.reflections.open(me, record_id).body == body
    store.reflections.close(me, record_id, 1)
    assert store.reflections.open(me, record_id).body == body


@given(reflection=REFLECTIONS, raw=RAW)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_canonical_form_of_both_parts_is_stable(reflection, raw):
    body = Body(reflection, raw)
    for part in (body.private, body.shareable):
        once = canonical(part)
        assert canonical(json.loads(once)) == once
    again = Body.from_parts(json.loads(canonical(body.private)), json.loads(canonical(body.shareable)))
    assert again == body


@given(reflection=REFLECTIONS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_private_answers_are_in_the_private_part_alone(reflection):
    body = Body(reflection)
    assert set(body.private["answers"]) <= {"not_sure", "own_history"}
    assert not set(body.shareable["answers"]) & {"not_sure", "own_history"}


@pytest.mark.parametrize("lens", LENSES)
def test_every_lens_keeps_codes_of_its_own(store, me, case, lens):
    chosen = Reflection(lens=lens, lens_codes=LIBRARY.codebook(lens).codes[:2])
    record_id = store.reflections.begin(me, case.id).record_id
    store.reflections.save(me, record_id, 0, Body(chosen))
    assert store.reflections.open(me, record_id).body.reflection == chosen
