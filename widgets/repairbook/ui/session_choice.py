"""Which session something belongs to: one of the case's, or a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ipywidgets as W

from repairbook.model.case import Session
from repairbook.model.words import Words

NEW = "new"


class SessionChoice(W.Dropdown):
    """The kept sessions of a case, the latest first, then "a new session"."""

    def __init__(self, words: Words) -> None:
        super().__init__(description=words("score.session"))
        self._words = words
        self._numbers: dict[str, int] = {}
        self.add_class("rb-plain")

    def offer(self, sessions: Sequence[Session], scored: Mapping[str, float], upto: int | None) -> None:
        """Offer sessions; those with a score already say so, and the latest without one is chosen.

        Parameters
        ----------
        sessions
            All sessions of the case.
        scored
            Session id to the total it already has.
        upto
            The last session to offer; a new one is offered only where nothing is held back.
        """
        latest = max((each.number for each in sessions), default=0)
        kept = [each for each in reversed(sessions) if not each.missed and each.number <= (upto or latest)]
        offered = [(self._said(each, scored), each.id) for each in kept]
        if upto is None or upto >= latest:
            offered.append((self._words("score.new_session", number=latest + 1), NEW))
        before = self.value
        self._numbers = {each.id: each.number for each in sessions} | {NEW: latest + 1}
        free = [each.id for each in kept if each.id not in scored]
        known = [value for _, value in offered]
        self.options = offered
        self.value = (
            before if before in known and before not in scored else next(iter([*free, *known[-1:]]), None)
        )

    @property
    def number(self) -> int:
        """The number of the chosen session."""
        return self._numbers.get(self.value or "", 0)

    def _said(self, session: Session, scored: Mapping[str, float]) -> str:
        if session.id in scored:
            total = f"{scored[session.id]:g}"
            return self._words("score.choice_session_scored", number=session.number, total=total)
        return self._words("score.choice_session", number=session.number)
