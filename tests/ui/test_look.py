from __future__ import annotations

import re
from pathlib import Path

import ipywidgets as W
import pytest

from repairbook.ui import look, panel
from repairbook.ui.chips import Chips

SOURCES = sorted(Path(look.__file__).parent.glob("*.py"))


def test_plain_widgets_share_one_layout():
    plain = [panel.box([]), panel.button("Go", print), panel.link("Go", print), Chips(), panel.Panel([])]
    assert {one.layout for one in plain} == {look.layout()}


def test_buttons_share_one_style():
    assert panel.button("Go", print).style is panel.link("Go", print).style


def test_a_widget_with_a_layout_of_its_own_keeps_it():
    own = W.Layout(width="10px")
    assert Chips(layout=own).layout is own


def test_a_closed_look_is_made_anew():
    before = look.layout()
    before.close()
    assert look.layout() is not before
    assert look.layout().comm is not None


def test_a_hundred_more_plain_boxes_are_a_hundred_more_widgets():
    look.layout()
    before = len(W.widgets.widget._instances)
    kept = [panel.box([]) for _ in range(100)]
    assert len(W.widgets.widget._instances) - before == len(kept)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nobody_changes_a_layout_that_others_share(path):
    assert re.findall(r"\.(?:layout|style)\.\w+.*(?<![=!<>])=(?!=)", path.read_text("utf-8")) == []
