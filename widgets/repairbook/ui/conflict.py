"""Two tabs, two versions: both shown, one chosen, the other kept as an earlier version."""

from __future__ import annotations

import html
from collections.abc import Callable

import ipywidgets as W

from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import Kind
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.ui.panel import Panel, box, button, show
from repairbook.ui.shape import shown
from repairbook.ui.writing import differing


class ConflictPanel(Panel):
    """Shows where two versions differ and lets the person choose.

    The state is None, or (what is here, what the other tab saved).
    """

    def __init__(
        self, words: Words, library: Library, keep_here: Callable[[], None], take_other: Callable[[], None]
    ) -> None:
        self._words, self._library = words, library
        self._differences = W.HTML()
        intro = (
            f"<strong>{html.escape(words('conflict.title'))}</strong>"
            f"<p>{html.escape(words('conflict.lede'))}</p>"
        )
        choices = box(
            [
                button(words("conflict.keep_here"), keep_here, quiet=False),
                button(words("conflict.take_other"), take_other),
            ],
            "rb-row",
            row=True,
        )
        super().__init__([W.HTML(intro), self._differences, choices])
        self.add_class("rb-alert")

    def _draw(self) -> None:
        show(self, self.state is not None)
        if self.state is not None:
            here, there = self.state
            self._differences.value = "".join(self._row(key, here, there) for key in differing(here, there))

    def _row(self, key: str, here: Body, there: Body) -> str:
        title = self._words.maybe(f"fields.{key}.title") or key
        both = "".join(
            f"<div><em>{html.escape(self._words(f'conflict.{side}'))}</em>"
            f"<span class='rb-own'>{html.escape(self._say(key, body))}</span></div>"
            for side, body in (("here", here), ("there", there))
        )
        return f"<section><strong>{html.escape(title)}</strong>{both}</section>"

    def _say(self, key: str, body: Body) -> str:
        value = shown(body, key)
        field = FIELDS[key]
        if field.kind in {Kind.CODE, Kind.CODES} and field.book:
            value = ", ".join(self._library.codebook(field.book).label(code) for code in value)
        elif not isinstance(value, str):
            value = ", ".join(map(str, value)) if isinstance(value, list | dict) else str(value)
        return value or self._words("conflict.nothing")
