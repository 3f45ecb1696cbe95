"""The bar on top of every page: where one is, whose case, and whether every letter is stored."""

from __future__ import annotations

import html

import ipywidgets as W

from repairbook.ui.place import Place
from repairbook.ui.saved_line import SavedLine

START = "/"
DEMO_START = "/demo"


class Header(W.HBox):
    """Brand, demo note and, on a page where something is written, the saved line."""

    def __init__(self, place: Place, *, writes: bool = True) -> None:
        words = place.words
        self.saved = SavedLine(words=words.under("saved_line"))
        brand = W.HTML(_brand(place))
        demo = [W.HTML(f"<span class='rb-hint'>{html.escape(words('app.demo'))}</span>")]
        super().__init__([brand, *(demo if place.is_demo else []), *([self.saved] if writes else [])])
        self.add_class("rb-header")


def _brand(place: Place) -> str:
    name = html.escape(place.words("app.name"))
    if not place.in_voila:
        return f"<b>{name}</b>"
    start = DEMO_START if place.is_demo else START
    back = html.escape(place.words("app.back"))
    return f"<b>{name}</b> <a class='rb-home' href='{start}'>{back}</a>"
