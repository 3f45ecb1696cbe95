"""Kept versions: frozen copies that are only ever added."""

from __future__ import annotations

from typing import Any

from repairbook.model.draft import SCHEMA_NUMBER, Body
from repairbook.model.reflection import FollowUp
from repairbook.store.database import Row
from repairbook.store.desk import Turn, insert, moment
from repairbook.store.errors import NotFound
from repairbook.store.keys import MasterKey
from repairbook.store.parts import (
    SHAREABLE,
    SealedParts,
    Spot,
    open_body,
    open_part,
    seal_body,
    seal_shareable,
)
from repairbook.store.shapes import Followed, Kept

FOLLOW_UP = "follow_up"


def keep_body(turn: Turn, master: MasterKey, record: Row, reason: str, body: Body) -> int:
    """Freeze a body as the next kept version and give its number."""
    spot = _next_spot(turn, record)
    return _add(turn, record, spot, reason, seal_body(master, spot, body))


def keep_follow_up(turn: Turn, master: MasterKey, record: Row, follow_up: FollowUp) -> int:
    """Freeze a follow-up as the next kept version and give its number."""
    spot = _next_spot(turn, record)
    part = {"schema": SCHEMA_NUMBER, "answers": follow_up.filled()}
    return _add(turn, record, spot, FOLLOW_UP, seal_shareable(master, spot, part))


def versions(turn: Turn, record: Row) -> list[Kept]:
    """List the kept versions of a reflection, the first one first."""
    return [Kept(row["n"], row["reason"], row["rev"], moment(row["at"])) for row in _rows(turn, record)]


def version(turn: Turn, master: MasterKey, record: Row, n: int) -> Body:
    """Open the body of one kept version (a follow-up has none)."""
    for row in _rows(turn, record):
        if row["n"] == n and row["reason"] != FOLLOW_UP:
            return open_body(master, _spot(record, n), row)
    raise NotFound


def follow_ups(turn: Turn, master: MasterKey, record: Row) -> list[Followed]:
    """Open the follow-ups of a reflection, the first one first."""
    found = [row for row in _rows(turn, record) if row["reason"] == FOLLOW_UP]
    return [Followed(row["n"], moment(row["at"]), _follow_up(master, record, row)) for row in found]


def _follow_up(master: MasterKey, record: Row, row: Row) -> FollowUp:
    answers: dict[str, Any] = open_part(master, _spot(record, row["n"]), SHAREABLE, row)["answers"]
    return FollowUp(**{key: value for key, value in answers.items() if key in FollowUp.model_fields})


def _add(turn: Turn, record: Row, spot: Spot, reason: str, sealed: SealedParts) -> int:
    place = {"record_id": record["id"], "n": spot.revision, "reason": reason, "rev": record["rev"]}
    insert(turn.rows, "revision", {**place, "at": turn.stamp, **sealed.columns})
    turn.note(
        "record",
        record["id"],
        reason,
        revision=spot.revision,
        stored=sealed.bodies,
        parts=sealed.digests,
    )
    return spot.revision


def _next_spot(turn: Turn, record: Row) -> Spot:
    last = turn.rows.execute(
        "SELECT coalesce(max(n), 0) AS n FROM revision WHERE record_id = ?", (record["id"],)
    ).fetchone()
    return _spot(record, last["n"] + 1)


def _spot(record: Row, n: int) -> Spot:
    return Spot("revision", record["id"], record["author"], n)


def _rows(turn: Turn, record: Row) -> list[Row]:
    found = turn.rows.execute("SELECT * FROM revision WHERE record_id = ? ORDER BY n", (record["id"],))
    return list(found.fetchall())
