"""Taking back what a tab kept: over what is stored, beside it, or for the person to choose."""

from __future__ import annotations

import pytest

from repairbook.home import shipped
from repairbook.model.answer import answered
from repairbook.model.draft import Body
from repairbook.model.library import Library
from repairbook.model.reflection import Reflection
from repairbook.ui.fingerprint import fingerprint
from repairbook.ui.recovery import recovered

EMPTY = fingerprint("")


@pytest.fixture(scope="module")
def library():
    return Library(shipped() / "data")


def stored(**answers):
    return Body(Reflection(**answers))


def test_words_built_on_what_is_stored_come_back_over_it():
    fields = {"moment": {"value": "She went quiet", "base": fingerprint("She")}}
    found = recovered(stored(moment="She"), fields)
    assert found.body.reflection.moment == "She went quiet"
    assert (found.contested, found.earlier) == (False, None)


@pytest.mark.parametrize("base", ["", EMPTY])
def test_words_typed_into_an_empty_field_come_back(base):
    found = recovered(stored(), {"moment": {"value": "She", "base": base}})
    assert (found.body.reflection.moment, found.contested) == ("She", False)


def test_words_over_something_stored_since_are_for_the_person_to_choose():
    fields = {"moment": {"value": "Mine", "base": fingerprint("Before")}}
    found = recovered(stored(moment="Theirs"), fields)
    assert found.contested
    assert found.body.reflection.moment == "Mine"


def test_the_same_words_stored_since_are_no_contest():
    fields = {"moment": {"value": "Same", "base": fingerprint("Before")}}
    assert not recovered(stored(moment="Same"), fields).contested


def test_an_older_text_is_laid_beside_a_newer_one():
    fields = {"moment": {"value": "x", "base": "", "earlier": "a long kept text"}}
    found = recovered(stored(), fields)
    assert found.body.reflection.moment == "x"
    assert found.earlier.reflection.moment == "a long kept text"


def test_choices_ratings_and_an_impossible_time_come_back(library):
    fields = {
        "feelings": {"value": ["ashamed"], "base": fingerprint([])},
        "peak": {"value": [2, 8], "base": fingerprint([])},
        "moment_at": {"value": "half past", "base": EMPTY},
    }
    body = recovered(stored(), fields, library).body
    assert (body.reflection.feelings, body.reflection.peak) == (("ashamed",), (2, 8))
    assert body.raw == {"moment_at": "half past"}


def test_an_emptied_field_comes_back_empty():
    before = answered(Body(), "moment_at", "half past")
    found = recovered(before, {"moment_at": {"value": "", "base": fingerprint("half past")}})
    assert (found.body.raw, found.body.reflection.moment_at, found.contested) == ({}, "", False)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("feelings", ["no_such_code"]),
        ("feelings", "ashamed and more"),
        ("peak", [99, 1]),
        ("peak", {"a": 1}),
        ("timeline", [{"at": "1:00", "owner": "x"}]),
        ("moment", 7),
        ("no_such_field", "x"),
        ("session", ["a"]),
    ],
)
def test_what_no_control_could_have_given_is_left_out(key, value, library):
    fields = {key: {"value": value, "base": ""}, "moment": {"value": "She", "base": ""}}
    if key == "moment":
        del fields["moment"]
        fields = {"moment": {"value": value, "base": ""}}
    found = recovered(stored(), fields, library)
    assert found.body == stored(moment="" if key == "moment" else "She")


def test_no_words_are_in_its_repr():
    found = recovered(stored(moment="secret"), {"moment": {"value": "secret too", "base": ""}})
    assert "secret" not in repr(found)
