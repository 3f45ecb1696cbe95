"""Reflections: begun, saved, kept, closed, followed up; each step by its author only."""

from __future__ import annotations

import datetime as dt

from repairbook.access import Action
from repairbook.model.draft import Body
from repairbook.model.person import Actor
from repairbook.model.reflection import FollowUp, Reflection
from repairbook.store import kept, shelf
from repairbook.store.cases import case_row, session_number
from repairbook.store.database import Row
from repairbook.store.desk import Desk, Turn, insert, is_id, new_id, update
from repairbook.store.door import checked, checked_body
from repairbook.store.errors import NotFound, Stale, StoreTrouble, Why
from repairbook.store.history import was_there
from repairbook.store.parts import SealedParts, Spot, seal_body
from repairbook.store.shapes import Draft, Followed, Kept, Saved, Summary


class Reflections:
    """The reflections of the person who acts; nobody else's are ever given."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._begun: dict[str, str] = {}

    def begin(self, actor: Actor, case_id: str, session_id: str = "", record_id: str = "") -> Draft:
        """Reserve a reflection on a case; nothing is written until the first save.

        Parameters
        ----------
        record_id
            The id reserved earlier, when a page comes back that had not saved yet.
        """
        with self._desk.reading(actor) as turn:
            case_row(turn, case_id, Action.BEGIN)
            if session_id:
                session_number(turn, session_id, case_id)
            record_id = record_id or new_id()
            _refuse_used(turn, record_id)
            self._begun[record_id] = case_id
            return Draft(record_id, turn.me, case_id, 0, Body(Reflection(session=session_id)))

    def open(self, actor: Actor, record_id: str) -> Draft:
        """Give a reflection as it was last saved, or as it was closed."""
        with self._desk.reading(actor) as turn:
            return shelf.draft_of(self._desk.master, shelf.find(turn, record_id, Action.READ))

    def save(self, actor: Actor, record_id: str, base_rev: int, body: Body, case_id: str = "") -> Saved:
        """Save the draft that was at `base_rev` when this text began, in one step.

        Parameters
        ----------
        case_id
            Needed only for the first save of a reflection that another process has begun.

        Raises
        ------
        Stale
            If a newer version was saved since; nothing is written, and the error carries that version.
        Refused
            If an answer does not fit; every fault is named.
        NotSaved
            If it could not be written; saving again later works.
        Closed
            If the reflection was closed.
        """
        body = checked_body(body, self._desk.library)
        rev = base_rev + 1
        # Sealed before the transaction, so that others wait for the disk only.
        sealed = seal_body(self._desk.master, Spot("draft", record_id, actor.person_id, rev), body)
        with self._desk.writing(actor) as turn:
            row = _narrow(turn, record_id)
            if row is None:
                if base_rev:
                    raise NotFound
                _first(turn, record_id, case_id or self._begun.get(record_id, ""), body, sealed)
            else:
                shelf.guard(turn, row, Action.WRITE)
                self._refuse_stale(turn, row, base_rev)
                _follow_session(turn, row, body)
                _overwrite(turn, record_id, base_rev, sealed)
            return Saved(rev, turn.at)

    def drafts(self, actor: Actor) -> list[Summary]:
        """List one's own drafts, the last changed first."""
        with self._desk.reading(actor) as turn:
            return shelf.own(turn, self._desk.master, "r.state = 'draft'")

    def closed(self, actor: Actor) -> list[Summary]:
        """List one's own closed reflections, the last closed first."""
        with self._desk.reading(actor) as turn:
            return shelf.own(turn, self._desk.master, "r.state = 'closed'")

    def of_case(self, actor: Actor, case_id: str) -> list[Summary]:
        """List one's own reflections on a case, drafts among them."""
        with self._desk.reading(actor) as turn:
            return shelf.own(turn, self._desk.master, "r.case_id = ?", case_id)

    def due(self, actor: Actor, today: dt.date) -> list[Summary]:
        """List one's own closed reflections that ask how it stands now, the longest waiting first."""
        with self._desk.reading(actor) as turn:
            return shelf.due(turn, self._desk.master, today)

    def keep(self, actor: Actor, record_id: str) -> int:
        """Keep the draft as it is now as a version, and give its number."""
        with self._desk.writing(actor) as turn:
            row = shelf.find(turn, record_id, Action.WRITE)
            body = shelf.body_of(self._desk.master, row)
            return kept.keep_body(turn, self._desk.master, row, "keep", body)

    def keep_other(self, actor: Actor, record_id: str, body: Body) -> int:
        """Keep words typed in another tab beside what was saved, and give the version's number.

        Also after closing: the closed text stays as it is, the other words lie beside it.
        """
        body = checked_body(body, self._desk.library)
        with self._desk.writing(actor) as turn:
            row = shelf.find(turn, record_id, Action.SET_ASIDE)
            return kept.keep_body(turn, self._desk.master, row, "other tab", body)

    def close(self, actor: Actor, record_id: str, base_rev: int, due_on: dt.date | None = None) -> Saved:
        """Close a reflection: its text is frozen as it was saved last, and never changes again.

        Parameters
        ----------
        due_on
            When to ask how it stands now; None where nothing is open.
        """
        with self._desk.writing(actor) as turn:
            row = shelf.find(turn, record_id, Action.WRITE)
            self._refuse_stale(turn, row, base_rev)
            body = shelf.body_of(self._desk.master, row)
            turn.rows.execute("DELETE FROM draft WHERE record_id = ?", (record_id,))
            update(
                turn.rows, "record", record_id, {"state": "closed", "closed_at": turn.stamp} | _due(due_on)
            )
            kept.keep_body(turn, self._desk.master, row, "close", body)
            return Saved(row["rev"], turn.at)

    def follow_up(
        self, actor: Actor, record_id: str, follow_up: FollowUp, due_on: dt.date | None = None
    ) -> int:
        """Say how it stands now; a new date moves the question, none ends it."""
        follow_up = checked(follow_up, self._desk.library)
        with self._desk.writing(actor) as turn:
            row = shelf.find(turn, record_id, Action.FOLLOW_UP)
            if follow_up.session:
                session_number(turn, follow_up.session, row["case_id"])
            update(turn.rows, "record", record_id, _due(due_on))
            return kept.keep_follow_up(turn, self._desk.master, row, follow_up)

    def follow_ups(self, actor: Actor, record_id: str) -> list[Followed]:
        """Give how it stood later, in order."""
        with self._desk.reading(actor) as turn:
            return kept.follow_ups(turn, self._desk.master, shelf.find(turn, record_id, Action.READ))

    def revisions(self, actor: Actor, record_id: str) -> list[Kept]:
        """List the kept versions, in order."""
        with self._desk.reading(actor) as turn:
            return kept.versions(turn, shelf.find(turn, record_id, Action.READ))

    def revision(self, actor: Actor, record_id: str, n: int) -> Body:
        """Give the text of one kept version."""
        with self._desk.reading(actor) as turn:
            return kept.version(turn, self._desk.master, shelf.find(turn, record_id, Action.READ), n)

    def move(self, actor: Actor, record_id: str, case_id: str, session_id: str = "") -> Draft:
        """Move a draft to another case or session; give it with its new revision."""
        with self._desk.writing(actor) as turn:
            row = shelf.find(turn, record_id, Action.WRITE)
            case_row(turn, case_id, Action.BEGIN)
            body = shelf.body_of(self._desk.master, row)
            answers = body.reflection.model_copy(update={"session": session_id})
            body = checked_body(Body(answers, body.raw), self._desk.library)
            if session_id:
                session_number(turn, session_id, case_id)
            update(turn.rows, "record", record_id, {"case_id": case_id, "session_id": session_id or None})
            spot = Spot("draft", record_id, turn.me, row["rev"] + 1)
            _overwrite(turn, record_id, row["rev"], seal_body(self._desk.master, spot, body))
            turn.note("record", record_id, "move")
            return shelf.draft_of(self._desk.master, shelf.find(turn, record_id, Action.READ))

    def discard(self, actor: Actor, record_id: str) -> None:
        """Destroy a draft and its kept versions with their keys; the history keeps only that it was."""
        with self._desk.writing(actor) as turn:
            shelf.find(turn, record_id, Action.WRITE)
            update(turn.rows, "record", record_id, {"state": "discarded"})
            for table in ("draft", "revision"):
                turn.rows.execute(f"DELETE FROM {table} WHERE record_id = ?", (record_id,))
            turn.rows.execute("DELETE FROM record WHERE id = ?", (record_id,))
            turn.note("record", record_id, "discard")
        self._desk.database.tidy_log()

    def _refuse_stale(self, turn: Turn, row: Row, base_rev: int) -> None:
        if row["rev"] != base_rev:
            raise Stale(shelf.draft_of(self._desk.master, shelf.find(turn, row["id"], Action.READ)))


def _narrow(turn: Turn, record_id: str) -> Row | None:
    return turn.rows.execute(
        "SELECT r.id, r.author, r.case_id, r.session_id, r.state, d.rev FROM record r "
        "LEFT JOIN draft d ON d.record_id = r.id AND d.author = r.author WHERE r.id = ?",
        (record_id,),
    ).fetchone()


def _first(turn: Turn, record_id: str, case_id: str, body: Body, sealed: SealedParts) -> None:
    case_row(turn, case_id, Action.BEGIN)
    session_id = body.reflection.session
    if session_id:
        session_number(turn, session_id, case_id)
    _refuse_used(turn, record_id)
    record = {"id": record_id, "kind": "reflection", "author": turn.me, "case_id": case_id}
    life = {"session_id": session_id or None, "state": "draft", "created_at": turn.stamp}
    insert(turn.rows, "record", record | life)
    place = {"record_id": record_id, "author": turn.me, "rev": 1, "changed_at": turn.stamp}
    insert(turn.rows, "draft", {**place, **sealed.columns})
    turn.note("record", record_id, "begin", stored=sealed.bodies, parts=sealed.digests)


def _refuse_used(turn: Turn, record_id: str) -> None:
    # An id may come from a page's address; one that was discarded must not come back to life.
    if not is_id(record_id) or was_there(turn.rows, "record", record_id):
        raise NotFound


def _follow_session(turn: Turn, row: Row, body: Body) -> None:
    session_id = body.reflection.session or None
    if session_id == row["session_id"]:
        return
    if session_id:
        session_number(turn, session_id, row["case_id"])
    update(turn.rows, "record", row["id"], {"session_id": session_id})


def _overwrite(turn: Turn, record_id: str, base_rev: int, sealed: SealedParts) -> None:
    sets = ", ".join(f"{name} = ?" for name in ("rev", "changed_at", *sealed.columns))
    changed = turn.rows.execute(
        f"UPDATE draft SET {sets} WHERE record_id = ? AND author = ? AND rev = ?",
        (base_rev + 1, turn.stamp, *sealed.columns.values(), record_id, turn.me, base_rev),
    ).rowcount
    if changed != 1:
        raise StoreTrouble(Why.DAMAGED)


def _due(due_on: dt.date | None) -> dict[str, str | None]:
    return {"due_on": due_on.isoformat() if due_on else None}
