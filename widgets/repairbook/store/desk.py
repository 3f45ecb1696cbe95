"""What every part of the store works with, and one turn at it: who acts, when, in one transaction."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from repairbook.access import Action, Facts, may
from repairbook.model.person import Actor, Role
from repairbook.store import history
from repairbook.store.database import Connection, Database
from repairbook.store.errors import NotAllowed, StoreTrouble, Why
from repairbook.store.keys import MasterKey

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """One transaction on behalf of one person, whose roles were read in it."""

    rows: Connection
    actor: Actor
    at: dt.datetime

    @property
    def me(self) -> str:
        """The id of the person who acts."""
        return self.actor.person_id

    @property
    def stamp(self) -> str:
        """The moment of this turn as it is stored."""
        return stamp(self.at)

    @property
    def today(self) -> dt.date:
        """The day of this turn where the person is."""
        return self.at.astimezone().date()

    def allow(self, action: Action, facts: Facts) -> None:
        """Go on only if the person may do this.

        Raises
        ------
        NotAllowed
            If they may not; what is not theirs looks like what is not there.
        """
        if not may(self.actor, action, facts):
            _log.warning("Refused: %s may not %s.", self.me, action)
            raise NotAllowed

    def note(
        self,
        kind: str,
        subject: str,
        action: str,
        *,
        revision: int | None = None,
        stored: Sequence[bytes] = (),
        parts: Mapping[str, str] | None = None,
    ) -> None:
        """Add what was done in this turn to the history."""
        entry = history.Entry(kind, subject, action, self.me, self.stamp, revision, stored, parts or {})
        history.append(self.rows, entry)

    def keeper(self) -> str:
        """The person this store was set up for."""
        row = self.rows.execute("SELECT value FROM meta WHERE name = 'keeper'").fetchone()
        return row["value"] if row else ""


@dataclass(frozen=True)
class Desk:
    """The open database, the keys, the codebooks and the clock."""

    database: Database
    master: MasterKey = field(repr=False)
    index_key: bytes = field(repr=False)
    library: Any
    now: Callable[[], dt.datetime]

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[Turn]:
        """Let a known person write; all that is done inside is kept together or not at all."""
        with self.database.writing() as rows:
            yield Turn(rows, _as_now(rows, actor), self.now())

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[Turn]:
        """Let a known person read."""
        with self.database.reading() as rows:
            yield Turn(rows, _as_now(rows, actor), self.now())


def _as_now(rows: Connection, actor: Actor) -> Actor:
    """Give the person with the roles they have now, whatever roles were claimed."""
    row = rows.execute("SELECT roles FROM person WHERE id = ?", (actor.person_id,)).fetchone()
    if row is None:
        _log.warning("Refused: somebody the store does not know.")
        raise NotAllowed
    return replace(actor, roles=frozenset(Role(role) for role in json.loads(row["roles"])))


def new_id() -> str:
    """Draw a random id that says nothing about what it names."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether this has the form of an id."""
    return re.fullmatch(r"[0-9a-f]{32}", text) is not None


def stamp(at: dt.datetime) -> str:
    """Write a moment as it is stored: in universal time, sortable as text."""
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds")


def moment(text: str) -> dt.datetime:
    """Read a stored moment."""
    return dt.datetime.fromisoformat(text)


def day(text: str | None) -> dt.date | None:
    """Read a stored date."""
    return dt.date.fromisoformat(text) if text else None


def insert(rows: Connection, table: str, values: Mapping[str, Any]) -> None:
    """Add one row; names come from the code, values are bound."""
    marks = ", ".join("?" * len(values))
    rows.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def update(rows: Connection, table: str, row_id: str, values: Mapping[str, Any]) -> None:
    """Change the one row of this id."""
    sets = ", ".join(f"{name} = ?" for name in values)
    if rows.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*values.values(), row_id)).rowcount != 1:
        raise StoreTrouble(Why.DAMAGED)
