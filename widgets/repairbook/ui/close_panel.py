"""Closing a reflection: what it means, and when to look at it again."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable

import ipywidgets as W

from repairbook.model.draft import Body
from repairbook.model.reflection import OPEN_STANDINGS
from repairbook.model.words import Words
from repairbook.ui.chips import Chips
from repairbook.ui.panel import Panel, box, button, show

WEEKS = {"two_weeks": 2, "four_weeks": 4, "eight_weeks": 8}
NEVER = "never"


class ClosePanel(Panel):
    """Asks when to look again and closes.

    The state is the body being written. `close` is called with the day to look again, or None; it gives
    back a sentence when closing has to wait, else nothing.
    """

    def __init__(
        self, words: Words, close: Callable[[dt.date | None], str], leave: Callable[[], None], body: Body
    ) -> None:
        self._words, self._close = words, close
        self._when = when_chips(words)
        self._asked = box([self._when])
        self._fault = W.HTML()
        title = (
            f"<h2 class='rb-h2'>{html.escape(words('close.title'))}</h2>"
            f"<p>{html.escape(words('close.text'))}</p>"
        )
        doors = box(
            [button(words("close.do"), self._try, quiet=False), button(words("close.not_yet"), leave)],
            "rb-row",
            row=True,
        )
        super().__init__([W.HTML(title), self._asked, self._fault, doors], state=body)
        self.add_class("rb-card")

    def _draw(self) -> None:
        is_open = stays_open(self.state)
        show(self._asked, is_open)
        self._when.value = ["two_weeks"] if is_open else [NEVER]
        self._fault.value = ""

    def _try(self) -> None:
        sentence = self._close(due_day(self._when.value))
        self._fault.value = (
            f'<span class="rb-fault" role="alert">{html.escape(sentence)}</span>' if sentence else ""
        )


def stays_open(body: Body) -> bool:
    """Whether a reflection asks to be looked at again: a rupture that is not settled."""
    said = body.reflection
    return said.what_kind != "repair" and said.standing in OPEN_STANDINGS


def when_chips(words: Words) -> Chips:
    """Chips for when to look again."""
    options = [{"code": code, "label": words(f"close.{code}"), "line": ""} for code in (*WEEKS, NEVER)]
    return Chips(label=words("close.when"), heading=True, options=options, value=["two_weeks"])


def due_day(chosen: list[str], today: dt.date | None = None) -> dt.date | None:
    """The day chosen with the chips; None for never."""
    weeks = WEEKS.get(chosen[0] if chosen else NEVER)
    return (today or dt.date.today()) + dt.timedelta(weeks=weeks) if weeks else None
