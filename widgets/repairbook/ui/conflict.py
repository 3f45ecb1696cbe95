"""Two tabs, two versions: both shown, one chosen, the other kept as an earlier version."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import ipywidgets as W

from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import Kind
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.ui.panel import Panel, box, button, show
from repairbook.ui.shape import shown
from repairbook.ui.writing import differing

_CODED = frozenset({Kind.CODE, Kind.CODES, Kind.RATES})


class ConflictPanel(Panel):
    """Shows where two versions differ and lets the person choose.

    The state is None, or (what is here, what the other tab saved).
    """

    def __init__(
        self, words: Words, library: Library, keep_here: Callable[[], None], take_other: Callable[[], None]
    ) -> None:
        self._words, self._library = words, library
        self._differences = W.HTML()
        title, lede = html.escape(words("conflict.title")), html.escape(words("conflict.lede"))
        intro = f"<h2 class='rb-h2'>{title}</h2><p>{lede}</p>"
        choices = box(
            [
                button(words("conflict.keep_here"), keep_here, quiet=False),
                button(words("conflict.take_other"), take_other),
            ],
            "rb-row",
            row=True,
        )
        super().__init__([W.HTML(intro), self._differences, choices])
        self.add_class("rb-note")
        self.add_class("rb-conflict")

    def _draw(self) -> None:
        show(self, self.state is not None)
        if self.state is not None:
            here, there = self.state
            self._differences.value = "".join(self._row(key, here, there) for key in differing(here, there))

    def _row(self, key: str, here: Body, there: Body) -> str:
        title = self._words.maybe(f"fields.{key}.title") or self._words(f"conflict.{key}")
        both = "".join(
            f"<div><em>{html.escape(self._words(f'conflict.{side}'))}</em>"
            f"<span class='rb-own'>{html.escape(self._say(key, body))}</span></div>"
            for side, body in (("here", here), ("there", there))
        )
        return f"<section><strong>{html.escape(title)}</strong>{both}</section>"

    def _say(self, key: str, body: Body) -> str:
        value, kind = shown(body, key), FIELDS[key].kind
        if not value:
            return self._words("conflict.nothing")
        if key in body.raw:
            return str(value)
        if kind in _CODED:
            return self._codes(body.reflection.book_of(key, FIELDS[key]), value)
        return _SAY.get(kind, _as_it_is)(self, value)

    def _codes(self, book: str, value: Any) -> str:
        known = self._library.codebook(book)
        rated = value if isinstance(value, dict) else {}
        return ", ".join(
            known.label(code) + (f" ({rated[code]})" if rated.get(code) else "") for code in value
        )

    def _mark(self, value: list[int]) -> str:
        return self._words("conflict.mark", pleasant=value[0], stirred=value[1])

    def _yes_no(self, value: list[str]) -> str:
        return self._words(f"walk.{value[0]}")

    def _rows(self, value: list[dict[str, str]]) -> str:
        events, moves = self._library.codebook("timeline_event"), self._library.codebook("moves")
        return "\n".join(
            " ".join(
                part
                for part in (
                    row["at"],
                    events.label(row["event"]),
                    row["move"] and moves.label(row["move"]),
                    row["line"],
                )
                if part
            )
            for row in value
        )

    def _reference(self, _value: str) -> str:
        # An id says nothing to a person, and the session's line stands on the page.
        return self._words("conflict.one_of_yours")


def _as_it_is(_panel: ConflictPanel, value: Any) -> str:
    return str(value)


_SAY: dict[Kind, Callable[[ConflictPanel, Any], str]] = {
    Kind.GRID: ConflictPanel._mark,
    Kind.YES_NO: ConflictPanel._yes_no,
    Kind.ROWS: ConflictPanel._rows,
    Kind.REF: ConflictPanel._reference,
}
