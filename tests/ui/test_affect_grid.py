"""The affect grid: one mark on nine by nine, or none."""

from __future__ import annotations

import pytest

from repairbook.ui.affect_grid import AffectGrid


def test_a_mark_is_taken_and_can_be_undone():
    grid = AffectGrid(label="The worst moment")
    grid.set_state({"value": [3, 7]})
    assert grid.value == [3, 7]
    grid.set_state({"value": []})
    assert grid.value == []


@pytest.mark.parametrize(
    "hostile",
    [
        [3],
        [3, 7, 1],
        [0, 5],
        [10, 5],
        [3, "7"],
        [3.0, 7],
        [True, 1],
        [1.0, 1],
        [None, None],
        "37",
        3,
        None,
        {"a": 1},
    ],
)
def test_anything_off_the_grid_is_refused_and_the_old_mark_stays(hostile):
    grid = AffectGrid(value=[1, 1])
    grid.set_state({"value": hostile})
    assert grid.value == [1, 1]
    assert all(type(part) is int for part in grid.value)


def test_while_disabled_no_mark_is_made():
    grid = AffectGrid(disabled=True)
    grid.set_state({"value": [3, 7]})
    assert grid.value == []
