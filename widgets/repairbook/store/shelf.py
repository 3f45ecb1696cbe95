"""Reading reflections: one by its id, and the author's own lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from repairbook.access import Action, Facts
from repairbook.model.draft import Body
from repairbook.store.database import Row
from repairbook.store.desk import Turn, day, moment
from repairbook.store.errors import Closed, KeyTrouble, NotFound
from repairbook.store.keys import MasterKey
from repairbook.store.parts import SHAREABLE, Spot, open_body, open_part
from repairbook.store.shapes import Draft, Summary

FIRST_WORDS = 12
_FIRST_LETTERS = 119

# A draft lies in its own row; of what is closed, the frozen copy is the kept version of that reason.
_SELECT = """
SELECT r.*, c.case_code, s.number AS session_number, v.n AS closed_n,
    coalesce(d.rev, v.rev) AS rev, coalesce(d.changed_at, r.closed_at) AS changed_at,
    coalesce(d.private_key, v.private_key) AS private_key,
    coalesce(d.private_body, v.private_body) AS private_body,
    coalesce(d.shareable_key, v.shareable_key) AS shareable_key,
    coalesce(d.shareable_body, v.shareable_body) AS shareable_body
FROM record r
JOIN case_ c ON c.id = r.case_id
LEFT JOIN session s ON s.id = r.session_id
LEFT JOIN draft d ON d.record_id = r.id AND d.author = r.author
LEFT JOIN revision v ON v.record_id = r.id AND v.reason = 'close'
"""


def find(turn: Turn, record_id: str, action: Action) -> Row:
    """Give a reflection's row to a person who may do this with it now.

    Raises
    ------
    Closed
        If it is the person's own and this can no longer be done, as it is closed.
    """
    row = turn.rows.execute(f"{_SELECT} WHERE r.id = ?", (record_id,)).fetchone()
    if row is None:
        raise NotFound
    guard(turn, row, action)
    return row


def guard(turn: Turn, row: Row, action: Action) -> None:
    """Let only a person go on who may do this with the reflection of this row."""
    if action is Action.WRITE and row["author"] == turn.me and row["state"] == "closed":
        raise Closed
    turn.allow(action, Facts(owner=row["author"], state=row["state"]))


def spot_of(row: Row) -> Spot:
    """Say where the sealed parts of this row lie."""
    if row["state"] == "draft":
        return Spot("draft", row["id"], row["author"], row["rev"])
    return Spot("revision", row["id"], row["author"], row["closed_n"])


def body_of(master: MasterKey, row: Row) -> Body:
    """Open what the row holds."""
    return open_body(master, spot_of(row), row)


def draft_of(master: MasterKey, row: Row) -> Draft:
    """Give the whole reflection of this row."""
    return Draft(
        record_id=row["id"],
        author=row["author"],
        case_id=row["case_id"],
        rev=row["rev"],
        body=body_of(master, row),
        state=row["state"],
        changed_at=moment(row["changed_at"]),
        due_on=day(row["due_on"]),
    )


def own(turn: Turn, master: MasterKey, where: str, *values: Any) -> list[Summary]:
    """Give a person's own reflections that meet a condition, the last changed first."""
    sql = f"{_SELECT} WHERE r.author = ? AND {where} ORDER BY changed_at DESC, r.id"
    found = turn.rows.execute(sql, (turn.me, *values)).fetchall()
    for row in found:
        guard(turn, row, Action.READ)
    return [_summary(turn, master, row) for row in found]


def due(turn: Turn, master: MasterKey, today: dt.date) -> list[Summary]:
    """Give a person's own closed reflections whose follow-up is due, the longest waiting first."""
    waiting = own(turn, master, "r.state = 'closed' AND r.due_on <= ?", today.isoformat())
    return sorted(waiting, key=lambda one: (one.due_on or today, one.record_id))


def _summary(turn: Turn, master: MasterKey, row: Row) -> Summary:
    try:
        answers = open_part(master, spot_of(row), SHAREABLE, row)["answers"]
        standing, readable = _standing(turn, master, row, answers), True
    except KeyTrouble:
        # One damaged reflection must not hide the others.
        answers, standing, readable = {}, "", False
    return Summary(
        record_id=row["id"],
        case_id=row["case_id"],
        case_code=row["case_code"],
        session_id=row["session_id"] or "",
        session_number=row["session_number"],
        state=row["state"],
        changed_at=moment(row["changed_at"]),
        closed_at=moment(row["closed_at"]) if row["closed_at"] else None,
        due_on=day(row["due_on"]),
        first_words=_first_words(answers.get("moment", "")),
        what_kind=answers.get("what_kind", ""),
        movement=answers.get("movement", ""),
        standing=standing,
        readable=readable,
    )


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    cut = " ".join(line.split(" ")[:FIRST_WORDS])[:_FIRST_LETTERS]
    return cut if cut == line else f"{cut}…"


def _standing(turn: Turn, master: MasterKey, row: Row, answers: dict[str, Any]) -> str:
    last = turn.rows.execute(
        "SELECT * FROM revision WHERE record_id = ? AND reason = 'follow_up' ORDER BY n DESC LIMIT 1",
        (row["id"],),
    ).fetchone()
    if last is not None:
        spot = Spot("revision", row["id"], row["author"], last["n"])
        answers = open_part(master, spot, SHAREABLE, last)["answers"]
    return str(answers.get("standing", ""))
