"""The store of one data home: set up under a lock, brought up to date, opened with its key."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from repairbook.home import Home
from repairbook.store import history
from repairbook.store.cases import Cases
from repairbook.store.database import BUSY_SECONDS, Connection, Database, open_database
from repairbook.store.desk import Desk, insert, stamp
from repairbook.store.errors import KeyTrouble, StoreTrouble, Why
from repairbook.store.gate import gate
from repairbook.store.keys import MasterKey, check_place, make_key, read_key
from repairbook.store.migrations import migrate, steps
from repairbook.store.people import People
from repairbook.store.reflections import Reflections
from repairbook.store.scores import Scores
from repairbook.store.sessions import Sessions

_INDEX_BYTES = 32


def utc_now() -> dt.datetime:
    """Give this moment."""
    return dt.datetime.now(dt.UTC)


class Store:
    """Everything kept in one data home. Every function takes the person who acts, and asks what they may.

    Parameters
    ----------
    desk
        The open database with its keys.
    first_run
        Whether this opening made the key.
    key_note
        What to tell about the key file: where it is, and what losing it means.
    """

    def __init__(self, desk: Desk, *, first_run: bool, key_note: str) -> None:
        self._desk = desk
        self.first_run = first_run
        self.key_note = key_note
        self.people = People(desk)
        self.cases = Cases(desk)
        self.sessions = Sessions(desk)
        self.scores = Scores(desk)
        self.reflections = Reflections(desk)
        self.history = history.History(desk)

    @classmethod
    def open(
        cls,
        home: Home,
        library: Any = None,
        *,
        now: Callable[[], dt.datetime] = utc_now,
        busy_seconds: float = BUSY_SECONDS,
    ) -> Self:
        """Open the store of a home, setting it up at the first run.

        Parameters
        ----------
        library
            The codebooks that codes are checked against; None leaves codes unchecked.
        busy_seconds
            How long a save waits for another process that is writing.

        Raises
        ------
        StoreTrouble
            If the folder or the file cannot be used.
        KeyTrouble
            If the key is missing, misplaced, open to others, or another store's.
        """
        try:
            home.make()
            with gate(home.data / "setup.lock"):
                return cls._set_up(home, library, now, busy_seconds)
        except OSError:
            raise StoreTrouble(Why.NOT_OPENED) from None

    def close(self) -> None:
        """Let go of the store."""
        self._desk.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @classmethod
    def _set_up(cls, home: Home, library: Any, now: Callable[[], dt.datetime], busy_seconds: float) -> Self:
        check_place(home)
        database = open_database(home.store, busy_seconds)
        try:
            migrate(database, steps(), home.data / "backups")
            master, made = _master(home, _known_key(database))
            index_key = _index_key(database, master, now)
        except BaseException:
            database.close()
            raise
        desk = Desk(database, master, index_key, library, now)
        return cls(desk, first_run=made, key_note=_note(home.key_file))


def _known_key(database: Database) -> str:
    with database.reading() as rows:
        row = rows.execute("SELECT value FROM meta WHERE name = 'key_id'").fetchone()
        return str(row["value"]) if row else ""


def _master(home: Home, known: str) -> tuple[MasterKey, bool]:
    if not known and not home.key_file.exists():
        return make_key(home.key_file), True
    master = read_key(home.key_file)
    if known and master.id != known:
        raise KeyTrouble(Why.KEY_OTHER)
    return master, False


def _index_key(database: Database, master: MasterKey, now: Callable[[], dt.datetime]) -> bytes:
    """Give the key that client numbers are found by; it is made once, and kept wrapped."""
    with database.reading() as rows:
        row = rows.execute("SELECT value FROM meta WHERE name = 'index_key'").fetchone()
    if row is not None:
        return master.unwrap(bytes(row["value"]), b"index_key")
    index_key = secrets.token_bytes(_INDEX_BYTES)
    with database.writing() as rows:
        insert(rows, "meta", {"name": "index_key", "value": master.wrap(index_key, b"index_key")})
        insert(rows, "meta", {"name": "key_id", "value": master.id})
        _note_key(rows, master, now())
    return index_key


def _note_key(rows: Connection, master: MasterKey, at: dt.datetime) -> None:
    history.append(rows, history.Entry("key", master.id, "first use", "", stamp(at)))


def _note(key_file: Path) -> str:
    return (
        f"Your text is locked with the key in the file {key_file}. Keep a copy of that file somewhere safe, "
        "apart from this computer: without it, nobody can read the text again."
    )
