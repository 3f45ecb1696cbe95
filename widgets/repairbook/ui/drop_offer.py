"""A quiet offer: the latest fall of a case nobody has reflected on, with a way to begin."""

from __future__ import annotations

import html
from collections.abc import Callable

import ipywidgets as W

from repairbook.caseload.rules import ask, rules_for
from repairbook.caseload.unreflected import DROP_LIKE, UnreflectedDrop, for_author
from repairbook.model.instrument import Instrument
from repairbook.model.words import Words
from repairbook.ui.alliance_view import View
from repairbook.ui.panel import Panel, box, show

Door = Callable[[str, str], W.Widget]
"""Case id and session id to what begins a reflection on that session."""


class DropOffer(Panel):
    """One note about one session, and only where there is something to offer.

    Parameters
    ----------
    view
        What is shown above; no later session is spoken of.
    words, known
        What is said, and the questionnaires by their id.
    door
        Makes what begins a reflection; without it nothing is offered.
    """

    def __init__(self, view: View, words: Words, known: dict[str, Instrument], door: Door | None) -> None:
        self._words, self._known, self._door = words, known, door
        self._said, self._place = W.HTML(), box([])
        self._offered = ("", "")
        self._note = box([self._said, self._place], "rb-note")
        super().__init__([self._note], state=view)

    def _draw(self) -> None:
        view, chosen = self.state, self.state.chosen(self._known)
        drop = self._latest(view, chosen[0]) if self._door and chosen else None
        show(self, drop is not None)
        if drop is None or self._door is None:
            return
        self._said.value = f"<p>{html.escape(drop.said(self._words))}</p>"
        if self._offered != (drop.case_id, drop.session_id):
            self._offered = (drop.case_id, drop.session_id)
            self._place.children = (self._door(drop.case_id, drop.session_id),)

    def _latest(self, view: View, instrument: Instrument) -> UnreflectedDrop | None:
        if instrument.rater != "client":
            return None
        rules = rules_for(instrument, names=DROP_LIKE)
        drops = for_author(view.rows, ask(view.rows, instrument, rules))
        return drops[-1] if drops else None
