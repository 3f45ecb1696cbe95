from __future__ import annotations

import ipywidgets as W
import pytest

from repairbook.ui.chips import Chips
from repairbook.ui.panel import box, show


def test_what_is_hidden_can_be_shown_again():
    held = box([Chips(label="Who says so?")])
    show(held, False)
    assert "rb-hide" in held._dom_classes
    show(held, True)
    assert "rb-hide" not in held._dom_classes


def test_a_small_widget_is_not_hidden_by_itself_because_its_page_would_not_hear_of_it():
    with pytest.raises(TypeError, match="hide a box around it"):
        show(Chips(label="Who says so?"), False)


def test_a_plain_widget_is_hidden_as_it_is():
    held = W.HTML("<p>Saved.</p>")
    show(held, False)
    assert "rb-hide" in held._dom_classes
