"""Many sessions and scores coming in at once from elsewhere, each laid beside what is already here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from repairbook.access import Action
from repairbook.model.case import Session
from repairbook.model.score import Score
from repairbook.store.cases import case_row
from repairbook.store.database import Row
from repairbook.store.desk import Turn
from repairbook.store.door import checked
from repairbook.store.errors import NotFound, Refused
from repairbook.store.sessions import add_session, date_session

_CHANGED_MEANWHILE = "session: the sessions of this case were changed meanwhile; look at the file again."


@dataclass(frozen=True)
class Arrival:
    """One session of a case as it came in, with a score or without.

    Parameters
    ----------
    session
        A session without an id is found by its number, and made where there is none.
    """

    case_id: str
    session: Session
    score: Score | None = None


@dataclass
class Landed:
    """How many scores were new, took the place of another, or were here already; and what sessions gained."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    sessions: int = 0
    dated: int = 0

    @property
    def changes(self) -> int:
        """How many things are not as they were before."""
        return self.new + self.replaced + self.sessions + self.dated


@dataclass
class Landing:
    """The rows of one import, taken one by one inside one transaction.

    Parameters
    ----------
    keep
        Writes a score beside the earlier one, if any; None where nothing is to be written.
    """

    turn: Turn
    library: Any
    find: Callable[[Turn, Score], Score | None]
    keep: Callable[[Turn, str, Score, Score | None], Score] | None
    told: Landed = field(default_factory=Landed)
    _cases: set[str] = field(default_factory=set)
    _seen: dict[tuple[str, int], str] = field(default_factory=dict)

    def take(self, arrival: Arrival) -> None:
        """Take one row: its session first, then its score."""
        self._admit(arrival.case_id)
        session_id = self._session_id(arrival)
        if arrival.score is None:
            return
        score = checked(arrival.score, self.library).model_copy(update={"session": session_id})
        earlier = self.find(self.turn, score) if session_id else None
        score = over(earlier, score)
        if score == earlier:
            self.told.unchanged += 1
            return
        if earlier is None:
            self.told.new += 1
        else:
            self.told.replaced += 1
        if self.keep is not None:
            self.keep(self.turn, arrival.case_id, score, earlier)

    def _admit(self, case_id: str) -> None:
        if case_id not in self._cases:
            action = Action.SEE_CASE if self.keep is None else Action.CHANGE_CASE
            case_row(self.turn, case_id, action)
            self._cases.add(case_id)

    def _session_id(self, arrival: Arrival) -> str:
        """Give the session's id; empty where it would be made but nothing is written."""
        given, place = arrival.session, (arrival.case_id, arrival.session.number)
        if not given.id and place in self._seen:
            return self._seen[place]
        row = self._row(arrival)
        if row is None:
            given = checked(given, self.library)
            self.told.sessions += 1
            made = "" if self.keep is None else add_session(self.turn, arrival.case_id, given)
        else:
            made = row["id"]
            self._give_date(row, given)
        if not given.id:
            self._seen[place] = made
        return made

    def _row(self, arrival: Arrival) -> Row | None:
        given = arrival.session
        column, key = ("id", given.id) if given.id else ("number", given.number)
        row = self.turn.rows.execute(
            f"SELECT * FROM session WHERE case_id = ? AND {column} = ?", (arrival.case_id, key)
        ).fetchone()
        if given.id and row is None:
            raise NotFound
        if row is not None and _contradicts(row, given):
            raise Refused([_CHANGED_MEANWHILE])
        return row

    def _give_date(self, row: Row, given: Session) -> None:
        if given.date is None or row["date"] is not None:
            return
        if (row["case_id"], row["number"]) not in self._seen:
            self.told.dated += 1
            self._seen[row["case_id"], row["number"]] = row["id"]
        if self.keep is not None:
            date_session(self.turn, row["id"], given.date)


def over(earlier: Score | None, given: Score) -> Score:
    """Lay a score over the earlier one of the same session, instrument and rater.

    What the newer one does not speak of stays; parts and items stay only with the total they make.
    """
    if earlier is None:
        return given
    same = earlier.total == given.total
    kept = {
        "id": earlier.id,
        "subscales": given.subscales or (earlier.subscales if same else {}),
        "items": given.items or (earlier.items if same else ()),
        "discussed": earlier.discussed if given.discussed is None else given.discussed,
        "therapist_present": (
            earlier.therapist_present if given.therapist_present is None else given.therapist_present
        ),
        "told_seen_by": given.told_seen_by or earlier.told_seen_by,
    }
    return given.model_copy(update=kept)


def _contradicts(row: Row, given: Session) -> bool:
    return bool(row["date"] and given.date and row["date"] != given.date.isoformat())
