"""The rating scale: only whole numbers on the scale, or none."""

from __future__ import annotations

import pytest
from traitlets import TraitError

from repairbook.ui.rating_scale import RatingScale


def test_a_number_on_the_scale_is_taken_and_can_be_undone():
    scale = RatingScale(label="Dread")
    scale.set_state({"value": 4})
    assert scale.value == 4
    scale.set_state({"value": 0})
    assert scale.value == 0


@pytest.mark.parametrize("hostile", [9, 6, -1, 2.5, "3", True, None, [3], 10**30, float("nan")])
def test_anything_off_the_scale_is_refused_and_the_old_rating_stays(hostile):
    scale = RatingScale(value=2)
    scale.set_state({"value": hostile})
    assert scale.value == 2


def test_true_does_not_slip_in_as_a_one():
    scale = RatingScale(value=1)
    scale.set_state({"value": True})
    assert type(scale.value) is int


def test_the_ends_can_be_other_numbers():
    scale = RatingScale(low=2, high=7)
    scale.set_state({"value": 7})
    scale.set_state({"value": 1})
    assert scale.value == 7


def test_a_scale_upside_down_is_refused():
    with pytest.raises(TraitError):
        RatingScale(low=5, high=3)


def test_the_browser_cannot_stretch_the_scale():
    scale = RatingScale()
    scale.set_state({"high": 20, "value": 9})
    assert (scale.high, scale.value) == (5, 0)


def test_while_disabled_no_rating_comes_in():
    scale = RatingScale(disabled=True)
    scale.set_state({"value": 3})
    assert scale.value == 0
