"""Sessions: rows with a stable id, so that a corrected number or date moves nothing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from repairbook.access import Action
from repairbook.model.canonical import canonical
from repairbook.model.case import Session
from repairbook.model.person import Actor
from repairbook.store.cases import case_row
from repairbook.store.database import Row
from repairbook.store.desk import Desk, Turn, day, insert, new_id, update
from repairbook.store.door import checked
from repairbook.store.errors import NotFound, Refused

_PLAIN = ("number", "attendance", "format", "stage", "interrupted")
_Sessions = list[Session]


class Sessions:
    """The sessions of the cases a person works on, kept or missed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, actor: Actor, case_id: str, session: Session) -> Session:
        """Add a session to a case.

        Raises
        ------
        Refused
            If the case already has a session of this number.
        """
        session = checked(session, self._desk.library).model_copy(update={"id": ""})
        with self._desk.writing(actor) as turn:
            case_row(turn, case_id, Action.CHANGE_CASE)
            _refuse_double(turn, case_id, session)
            return session.model_copy(update={"id": add_session(turn, case_id, session)})

    def list(self, actor: Actor, case_id: str) -> _Sessions:
        """Give a case's sessions by their number."""
        with self._desk.reading(actor) as turn:
            case_row(turn, case_id, Action.SEE_CASE)
            found = turn.rows.execute("SELECT * FROM session WHERE case_id = ? ORDER BY number", (case_id,))
            return [_session(row) for row in found.fetchall()]

    def get(self, actor: Actor, session_id: str) -> Session:
        """Give one session."""
        with self._desk.reading(actor) as turn:
            return _session(_row(turn, session_id, Action.SEE_CASE))

    def correct(self, actor: Actor, session: Session) -> Session:
        """Correct what is known about a session; reflections and scores stay with it."""
        session = checked(session, self._desk.library)
        with self._desk.writing(actor) as turn:
            row = _row(turn, session.id, Action.CHANGE_CASE)
            _refuse_double(turn, row["case_id"], session)
            update(turn.rows, "session", session.id, _columns(session))
            turn.note("session", session.id, "correct")
            return session


def add_session(turn: Turn, case_id: str, session: Session) -> str:
    """Add a session that was checked to a case that was asked about; give its id."""
    session_id = new_id()
    columns = {"id": session_id, "case_id": case_id, **_columns(session), "created_at": turn.stamp}
    insert(turn.rows, "session", columns)
    turn.note("session", session_id, "add")
    return session_id


def date_session(turn: Turn, session_id: str, date: dt.date) -> None:
    """Give a session the date it lacked; nothing moves."""
    update(turn.rows, "session", session_id, {"date": date.isoformat()})
    turn.note("session", session_id, "correct")


def _row(turn: Turn, session_id: str, action: Action) -> Row:
    row = turn.rows.execute("SELECT * FROM session WHERE id = ?", (session_id,)).fetchone()
    if row is None:
        raise NotFound
    case_row(turn, row["case_id"], action)
    return row


def _refuse_double(turn: Turn, case_id: str, session: Session) -> None:
    double = turn.rows.execute(
        "SELECT 1 FROM session WHERE case_id = ? AND number = ? AND id <> ?",
        (case_id, session.number, session.id),
    ).fetchone()
    if double:
        raise Refused([f"number: this case already has a session {session.number}."])


def _columns(session: Session) -> dict[str, Any]:
    return {
        **{name: getattr(session, name) for name in _PLAIN},
        "date": session.date.isoformat() if session.date else None,
        "third_party": canonical(list(session.third_party)).decode(),
    }


def _session(row: Row) -> Session:
    return Session(
        id=row["id"],
        date=day(row["date"]),
        third_party=tuple(json.loads(row["third_party"])),
        **{name: row[name] for name in _PLAIN},
    )
