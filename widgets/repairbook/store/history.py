"""The history: every change in the life of anything kept, each entry chained to those before it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from repairbook.access import Action, Facts
from repairbook.model.canonical import canonical, digest
from repairbook.model.person import Actor
from repairbook.store.database import Connection, Row

if TYPE_CHECKING:
    from repairbook.store.desk import Desk

TABLES = {
    "person": "person",
    "case": "case_",
    "assignment": "assignment",
    "session": "session",
    "score": "score",
    "record": "record",
}
_A = {kind: f"An {kind}" if kind[0] in "aeiou" else f"A {kind}" for kind in TABLES}
_TAG = "repairbook history 1"
_CHAINED = (
    "seq",
    "previous",
    "previous_of_subject",
    "subject_kind",
    "subject",
    "revision",
    "actor",
    "action",
    "at",
    "stored_digest",
    "part_digests",
    "facts",
)


@dataclass(frozen=True)
class Entry:
    """What happened to one thing.

    Parameters
    ----------
    kind, subject
        What sort of thing, and its id.
    action, actor, at
        What was done, by whom, when.
    revision
        The kept version this entry speaks of, if it made one.
    stored
        The sealed bodies that were stored, of which a digest is kept.
    parts
        The digest of each part's words, by the part's name.
    """

    kind: str
    subject: str
    action: str
    actor: str
    at: str
    revision: int | None = None
    stored: Sequence[bytes] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


def append(rows: Connection, entry: Entry) -> None:
    """Add an entry, with the clear facts of the thing as they stand now, inside the running transaction."""
    facts = canonical(_facts(rows, entry.kind, entry.subject)).decode()
    last = rows.execute("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    own = rows.execute(
        "SELECT hash FROM history WHERE subject_kind = ? AND subject = ? ORDER BY seq DESC LIMIT 1",
        (entry.kind, entry.subject),
    ).fetchone()
    values = (
        last["seq"] + 1 if last else 1,
        last["hash"] if last else "",
        own["hash"] if own else "",
        entry.kind,
        entry.subject,
        entry.revision,
        entry.actor,
        entry.action,
        entry.at,
        digest(*entry.stored) if entry.stored else digest(facts.encode()),
        canonical(dict(entry.parts)).decode(),
        facts,
    )
    marks = ", ".join("?" * (len(_CHAINED) + 1))
    rows.execute(
        f"INSERT INTO history ({', '.join(_CHAINED)}, hash) VALUES ({marks})",
        (*values, _hash(values)),
    )


def was_there(rows: Connection, kind: str, subject: str) -> bool:
    """Whether the history knows a thing, also one that is gone."""
    found = rows.execute(
        "SELECT 1 FROM history WHERE subject_kind = ? AND subject = ? LIMIT 1", (kind, subject)
    ).fetchone()
    return found is not None


class History:
    """The chain of all that happened, open to checking."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self, actor: Actor) -> list[str]:
        """Say what does not fit: the chain's first break, else what differs from it; empty if sound.

        No key is needed. Somebody who holds the file and rewrites the whole chain is not found out by this:
        that takes a copy of the newest entry kept elsewhere.
        """
        with self._desk.reading(actor) as turn:
            turn.allow(Action.CHECK_HISTORY, Facts(owner=turn.keeper()))
            told = _Told()
            broken = _walk(turn.rows, told)
            return [broken] if broken else [*_differing(turn.rows, told), *_lost_versions(turn.rows, told)]


@dataclass
class _Told:
    """What the chain says: the newest facts of each thing, and every kept version."""

    facts: dict[tuple[str, str], tuple[int, dict[str, Any] | None]] = field(default_factory=dict)
    kept: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)


def _walk(rows: Connection, told: _Told) -> str:
    previous, of_subject = "", {("", ""): ""}
    for count, row in enumerate(rows.execute("SELECT * FROM history ORDER BY seq"), start=1):
        thing = (row["subject_kind"], row["subject"])
        follows = row["previous"] == previous and row["previous_of_subject"] == of_subject.get(thing, "")
        if row["seq"] != count or not follows:
            return f"Entry {count} of the history is missing or does not follow from the one before it."
        if _hash(tuple(row[name] for name in _CHAINED)) != row["hash"]:
            return f"Entry {count} of the history was changed."
        previous = of_subject[thing] = row["hash"]
        told.facts[thing] = (count, json.loads(row["facts"]))
        if row["revision"] is not None:
            told.kept[(row["subject"], row["revision"])] = (count, row["stored_digest"])
    return ""


def _differing(rows: Connection, told: _Told) -> Iterator[str]:
    for (kind, subject), (seq, facts) in told.facts.items():
        if kind not in TABLES:
            continue
        now = _facts(rows, kind, subject)
        if facts is None and now is not None:
            yield f"{_A[kind]} is there again that was removed by entry {seq} of the history."
        elif facts is not None and (now is None or any(now.get(key) != facts[key] for key in facts)):
            yield f"{_A[kind]} is no longer what entry {seq} of the history says."
    for kind, table in TABLES.items():
        ids = (row["id"] for row in rows.execute(f"SELECT id FROM {table} ORDER BY id"))
        if any((kind, subject) not in told.facts for subject in ids):
            yield f"{_A[kind]} is there that the history does not know."


def _lost_versions(rows: Connection, told: _Told) -> Iterator[str]:
    found = set()
    for row in rows.execute("SELECT * FROM revision ORDER BY record_id, n"):
        key = (row["record_id"], row["n"])
        found.add(key)
        seq, stored = told.kept.get(key, (0, ""))
        if stored != digest(*stored_bodies(row)):
            yield f"Kept version {row['n']} of a reflection is not what the history says (entry {seq})."
    for (record_id, n), (seq, _) in told.kept.items():
        if (record_id, n) not in found and told.facts[("record", record_id)][1] is not None:
            yield f"Kept version {n} of a reflection, made by entry {seq} of the history, is gone."


def stored_bodies(row: Row) -> tuple[bytes, ...]:
    """Give the sealed bodies of a row; their keys are left out, as a new master key wraps them anew."""
    return tuple(bytes(row[name]) for name in ("private_body", "shareable_body") if row[name] is not None)


def _facts(rows: Connection, kind: str, subject: str) -> dict[str, Any] | None:
    if kind not in TABLES:
        return {}
    row = rows.execute(f"SELECT * FROM {TABLES[kind]} WHERE id = ?", (subject,)).fetchone()
    if row is None:
        return None
    # A draft may move to another session with every save; only what is closed stays where it is.
    loose = {"session_id"} if kind == "record" and row["state"] == "draft" else set()
    names = [name for name in row.keys() if not name.endswith("_key") and name not in loose]  # noqa: SIM118
    return {name: _plain(row[name]) for name in names}


def _plain(value: Any) -> Any:
    return digest(value) if isinstance(value, bytes) else value


def _hash(values: Sequence[Any]) -> str:
    return digest(_TAG.encode(), canonical(list(values)))
