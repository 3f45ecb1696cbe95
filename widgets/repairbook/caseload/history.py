"""The history of one case: its sessions, with the scores and the reflections that belong to each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from repairbook.model.person import Actor


@dataclass(frozen=True)
class SessionRow:
    """One session, kept or missed."""

    id: str
    number: int
    date: dt.date | None
    attendance: str
    missed: bool
    stage: str


@dataclass(frozen=True)
class ScoreRow:
    """One score of one session."""

    id: str
    session_id: str
    number: int
    instrument: str
    rater: str
    total: float


@dataclass(frozen=True)
class ReflectionRow:
    """One reflection of the person who is looking; never somebody else's."""

    record_id: str
    session_id: str
    number: int
    state: str
    what_kind: str
    movement: str
    standing: str
    first_words: str = field(default="", repr=False)


@dataclass(frozen=True)
class CaseHistory:
    """Everything the alliance page shows of one case, as plain rows in the order of the sessions."""

    case_id: str
    sessions: tuple[SessionRow, ...] = ()
    scores: tuple[ScoreRow, ...] = ()
    reflections: tuple[ReflectionRow, ...] = ()

    @property
    def latest(self) -> int:
        """The number of the last session, 0 before the first."""
        return max((session.number for session in self.sessions), default=0)

    def until(self, number: int | None) -> CaseHistory:
        """Give what was known at a session; later sessions are left out. None leaves out nothing."""
        if number is None:
            return self
        return replace(
            self,
            sessions=tuple(row for row in self.sessions if row.number <= number),
            scores=tuple(row for row in self.scores if row.number <= number),
            reflections=tuple(row for row in self.reflections if row.number <= number),
        )

    def used(self, rater: str) -> tuple[str, ...]:
        """Name the instruments this rater's scores are on, the one used most first."""
        given = [score.instrument for score in self.scores if score.rater == rater]
        return tuple(sorted(set(given), key=lambda name: (-given.count(name), name)))

    def series(self, instrument: str, rater: str) -> dict[int, float]:
        """Give session number and total of one instrument and rater; what is missing is not there."""
        chosen = (row for row in self.scores if (row.instrument, row.rater) == (instrument, rater))
        return {row.number: row.total for row in chosen}

    def reflected_on(self, number: int) -> tuple[ReflectionRow, ...]:
        """Give the reflections on one session."""
        return tuple(row for row in self.reflections if row.number == number)


def case_history(store: Any, actor: Actor, case_id: str) -> CaseHistory:
    """Join what the store lets this person see of one case."""
    sessions = {row.id: row for row in _sessions(store.sessions.list(actor, case_id))}
    return CaseHistory(
        case_id=case_id,
        sessions=tuple(sessions.values()),
        scores=_scores(store.scores.list(actor, case_id), sessions),
        reflections=_reflections(store.reflections.of_case(actor, case_id), sessions),
    )


def _sessions(sessions: Iterable[Any]) -> list[SessionRow]:
    rows = [
        SessionRow(each.id, each.number, each.date, each.attendance, each.missed, each.stage_or_guess)
        for each in sessions
    ]
    return sorted(rows, key=lambda row: (row.number, row.id))


def _scores(scores: Iterable[Any], sessions: dict[str, SessionRow]) -> tuple[ScoreRow, ...]:
    # A score is placed by its session's id, so a corrected number takes its scores along.
    rows = [
        ScoreRow(
            each.id, each.session, sessions[each.session].number, each.instrument, each.rater, each.total
        )
        for each in scores
        if each.session in sessions
    ]
    return tuple(sorted(rows, key=lambda row: (row.number, row.rater, row.instrument)))


def _reflections(summaries: Iterable[Any], sessions: dict[str, SessionRow]) -> tuple[ReflectionRow, ...]:
    rows = [
        ReflectionRow(
            record_id=each.record_id,
            session_id=each.session_id,
            number=sessions[each.session_id].number,
            state=each.state,
            what_kind=each.what_kind,
            movement=each.movement,
            standing=each.standing,
            first_words=each.first_words,
        )
        for each in summaries
        if each.session_id in sessions
    ]
    return tuple(sorted(rows, key=lambda row: row.number))
