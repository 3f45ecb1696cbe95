"""The marker picker: known signs, each ticked or rated 1 to 5."""

from __future__ import annotations

import pytest
from traitlets import TraitError

from repairbook.ui.marker_picker import MarkerPicker

ENTRIES = [
    {"code": "W1", "label": "Went quiet", "line": "Short answers.", "family": "withdrawal"},
    {"code": "C1", "label": "Complained", "line": "Said it was wrong.", "family": "confrontation"},
]
FAMILIES = {"withdrawal": "Moving away", "confrontation": "Moving against"}


def picker(**more):
    return MarkerPicker(label="Signs", entries=ENTRIES, families=FAMILIES, first="withdrawal", **more)


def test_a_tick_and_a_rating_are_taken_and_can_be_undone():
    signs = picker()
    signs.set_state({"value": {"W1": 0, "C1": 5}})
    assert signs.value == {"W1": 0, "C1": 5}
    signs.set_state({"value": {}})
    assert signs.value == {}


@pytest.mark.parametrize(
    "hostile",
    [
        {"W9": 1},
        {"W1": 9},
        {"W1": -1},
        {"W1": True},
        {"W1": 2.0},
        {"W1": "3"},
        {"W1": None},
        {"W1": {"x": 1}},
        ["W1"],
        "W1",
        None,
        {f"W{n}": 1 for n in range(1000)},
    ],
)
def test_anything_else_from_the_browser_is_refused_and_the_old_ticks_stay(hostile):
    signs = picker(value={"W1": 2})
    signs.set_state({"value": hostile})
    assert signs.value == {"W1": 2}
    assert type(signs.value["W1"]) is int


def test_the_family_shown_first_is_a_known_one_or_none():
    signs = picker()
    signs.first = ""
    signs.first = "confrontation"
    with pytest.raises(TraitError):
        signs.first = "elsewhere"


def test_the_browser_cannot_add_signs():
    signs = picker()
    signs.set_state({"entries": [{"code": "X"}], "value": {"X": 1}})
    assert (len(signs.entries), signs.value) == (2, {})


def test_while_disabled_nothing_is_ticked():
    signs = picker(disabled=True)
    signs.set_state({"value": {"W1": 1}})
    assert signs.value == {}
