"""Deleting a draft for good, asked twice."""

from __future__ import annotations

import html
from collections.abc import Callable

import ipywidgets as W

from repairbook.model.words import Words
from repairbook.ui.panel import Panel, box, button, link, show


class Discard(Panel):
    """A quiet door, then one question.

    The state is whether the question is open; `discard` is called after a yes.
    """

    def __init__(self, words: Words, discard: Callable[[], None]) -> None:
        self._door = link(words("read.delete"), lambda: self._edit(True))
        sure = W.HTML(f"<p>{html.escape(words('read.delete_sure'))}</p>")
        answers = box(
            [
                button(words("read.delete_no"), lambda: self._edit(False)),
                button(words("read.delete_yes"), discard),
            ],
            "rb-row",
            row=True,
        )
        self._question = box([sure, answers], "rb-alert")
        super().__init__([self._door, self._question], state=False)

    def _edit(self, is_open: bool) -> None:
        self.state = is_open

    def _draw(self) -> None:
        show(self._door, not self.state)
        show(self._question, self.state)
