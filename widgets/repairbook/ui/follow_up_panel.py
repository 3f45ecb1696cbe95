"""How does it stand now? Asked again while a closed reflection was left open."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable

import ipywidgets as W

from repairbook.model.library import Library
from repairbook.model.reflection import OPEN_STANDINGS, FollowUp
from repairbook.model.words import Words
from repairbook.ui.chips import Chips
from repairbook.ui.close_panel import due_day, when_chips
from repairbook.ui.controls import chip_words
from repairbook.ui.panel import Panel, box, button, show


class FollowUpPanel(Panel):
    """Three short answers and, while it stays open, when to look again.

    `save` is called with the follow-up and the next day to look, or None; it gives back a sentence when
    it could not be saved, else nothing. The state is the follow-up as answered so far.
    """

    def __init__(
        self, words: Words, library: Library, save: Callable[[FollowUp, dt.date | None], str]
    ) -> None:
        self._words, self._save = words, save
        self._standing = _chips("standing", words, library)
        self._by = _chips("standing_by", words, library)
        self._line = W.Text(description=words("follow.line"))
        self._line.add_class("rb-plain")
        self._again = when_chips(words)
        self._again.label = words("follow.again")
        self._asked = box([self._again])
        self._told = W.HTML()
        for name, chips in (("standing", self._standing), ("standing_by", self._by)):
            chips.observe(lambda change, name=name: self._edit(**{name: (change.new or [""])[0]}), "value")
        self._line.observe(lambda change: self._edit(line=change.new[:500]), "value")
        title = W.HTML(f"<h2 class='rb-h2'>{html.escape(words('follow.title'))}</h2>")
        keep = button(words("follow.save"), self._keep, quiet=False)
        super().__init__(
            [title, self._standing, self._by, self._line, self._asked, self._told, keep], state=FollowUp()
        )
        self.add_class("rb-card")

    def _edit(self, **answers: str) -> None:
        self.state = self.state.model_copy(update=answers)

    def _draw(self) -> None:
        show(self._asked, self.state.standing in OPEN_STANDINGS)

    def _keep(self) -> None:
        said: FollowUp = self.state
        if not said.standing:
            self._tell(self._words("follow.pick"))
            return
        again = due_day(self._again.value) if said.standing in OPEN_STANDINGS else None
        self._tell(self._save(said, again))

    def _tell(self, sentence: str) -> None:
        self._told.value = (
            f'<span class="rb-fault" role="alert">{html.escape(sentence)}</span>' if sentence else ""
        )


def _chips(key: str, words: Words, library: Library) -> Chips:
    return Chips(
        label=words(f"fields.{key}.title"),
        heading=True,
        options=list(library.codebook(key).entries),
        words=chip_words(words),
    )
