"""Chips: what a browser may and may not choose."""

from __future__ import annotations

import pytest
from traitlets import TraitError

from repairbook.ui.chips import Chips

FEELINGS = [{"code": code, "label": code.title(), "line": ""} for code in ("ashamed", "angry", "sad", "numb")]


def three(**more):
    return Chips(label="What I felt", options=FEELINGS, multiple=True, limit=3, **more)


def test_codes_among_the_options_are_taken():
    chips = three()
    chips.set_state({"value": ["sad", "numb"]})
    assert chips.value == ["sad", "numb"]


@pytest.mark.parametrize(
    "hostile",
    [
        ["cornered"],
        ["sad", "sad"],
        ["ashamed", "angry", "sad", "numb"],
        "sad",
        [["sad"]],
        [{"code": "sad"}],
        [1],
        None,
        ["x" * 100_000],
    ],
)
def test_anything_else_from_the_browser_is_refused_and_the_old_choice_stays(hostile):
    chips = three(value=["sad"])
    chips.set_state({"value": hostile})
    assert chips.value == ["sad"]


def test_a_single_choice_takes_one_code_and_can_be_undone():
    chips = Chips(options=FEELINGS, value=["sad"])
    chips.set_state({"value": ["sad", "numb"]})
    assert chips.value == ["sad"]
    chips.set_state({"value": []})
    assert chips.value == []


def test_without_a_limit_all_may_be_chosen():
    chips = Chips(options=FEELINGS, multiple=True)
    chips.set_state({"value": ["ashamed", "angry", "sad", "numb"]})
    assert len(chips.value) == 4


def test_an_own_word_is_taken_only_where_there_is_a_field_for_it():
    chips = three(own_key="feelings_own")
    chips.set_state({"own": "hollow"})
    assert chips.own == "hollow"
    chips.set_state({"own": "x" * 201})
    assert chips.own == "hollow"
    closed = three()
    closed.set_state({"own": "hollow"})
    assert closed.own == ""


def test_the_browser_cannot_widen_its_own_choice():
    chips = three(value=["sad"])
    chips.set_state({"options": [{"code": "evil"}], "limit": 0, "value": ["evil"]})
    assert chips.value == ["sad"]
    assert (len(chips.options), chips.limit) == (4, 3)


def test_while_disabled_neither_choice_nor_own_word_changes():
    chips = three(own_key="feelings_own", disabled=True)
    chips.set_state({"value": ["sad"], "own": "hollow"})
    assert (chips.value, chips.own) == ([], "")


def test_python_is_told_when_it_sets_an_unknown_code():
    with pytest.raises(TraitError, match="one of the options"):
        Chips(options=FEELINGS, value=["cornered"])


def test_options_and_value_can_change_together():
    chips = three(value=["sad"])
    with chips.hold_trait_notifications():
        chips.options = [{"code": "warm", "label": "Warm"}]
        chips.value = ["warm"]
    assert chips.value == ["warm"]
