"""The foot of the page: read it back, print, keep, close, and what lies beside the page."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as W

from repairbook.model.words import Words
from repairbook.ui.discard import Discard
from repairbook.ui.panel import Panel, box, button, link, show
from repairbook.ui.side_table import SideTable


@dataclass(frozen=True)
class Footing:
    """Which face of the page is up, whether it is closed, and whether a follow-up is due."""

    face: str
    closed: bool
    due: bool


@dataclass(frozen=True)
class Doors:
    """What the doors of the foot do."""

    turn: Callable[[str], None]
    print_page: Callable[[], None]
    keep: Callable[[], None]
    discard: Callable[[], None]


class Foot(Panel):
    """One row of doors, one line that says what was done, and the side table.

    The state is a Footing.
    """

    def __init__(self, words: Words, doors: Doors, aside: SideTable, footing: Footing) -> None:
        self._doors = {
            "read": button(words("read.open"), lambda: doors.turn("read")),
            "write": button(words("read.back"), lambda: doors.turn("write")),
            "print": button(words("read.print"), doors.print_page),
            "follow": link(words("follow.title"), lambda: doors.turn("follow")),
            "keep": link(words("read.keep"), doors.keep),
            "close": button(words("close.open"), lambda: doors.turn("close"), quiet=False),
        }
        self._told = W.HTML()
        self._discard = Discard(words, doors.discard)
        row = box(list(self._doors.values()), "rb-foot", row=True)
        super().__init__([row, self._told, aside, self._discard], state=footing)

    def say(self, sentence: str) -> None:
        """Say in one line what was done."""
        self._told.value = f"<p class='rb-hint' role='status'>{html.escape(sentence)}</p>"

    def _draw(self) -> None:
        at: Footing = self.state
        reading, writing = at.face == "read", at.face == "write"
        show(self._doors["read"], not reading)
        show(self._doors["write"], reading and not at.closed)
        show(self._doors["print"], reading)
        show(self._doors["keep"], writing)
        show(self._doors["follow"], reading and at.closed and not at.due)
        show(self._doors["close"], at.face != "close" and not at.closed)
        show(self._discard, writing and not at.closed)
