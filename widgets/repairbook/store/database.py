"""A connection to the store: its settings, its two kinds of transaction, and its faults as sentences."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from repairbook.store import driver
from repairbook.store.errors import NotSaved, StoreError, StoreTrouble, Why

BUSY_SECONDS = 10.0
_WAL_LIMIT = 4 * 1024 * 1024
_TIDY_MILLISECONDS = 200
_PRAGMAS = (
    "foreign_keys = ON",
    "secure_delete = ON",
    f"journal_size_limit = {_WAL_LIMIT}",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
)
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_WRITE_FAULTS = {
    _BUSY: Why.NOT_SAVED_BUSY,
    _LOCKED: Why.NOT_SAVED_BUSY,
    _READONLY: Why.NOT_SAVED_READ_ONLY,
    _CANTOPEN: Why.NOT_SAVED_READ_ONLY,
    _IOERR: Why.NOT_SAVED_DISK,
    _FULL: Why.NOT_SAVED_FULL,
}
_READ_FAULTS = {
    _BUSY: Why.BUSY,
    _LOCKED: Why.BUSY,
    _READONLY: Why.NOT_OPENED,
    _CANTOPEN: Why.NOT_OPENED,
    _IOERR: Why.NOT_OPENED,
    _FULL: Why.FULL,
}
Row = Any
Connection = Any


class Database:
    """One open store file, for one process and one thread."""

    def __init__(self, connection: Connection, chosen: driver.Driver, busy_seconds: float) -> None:
        self._connection = connection
        self._busy_seconds = busy_seconds
        self._fault = chosen.module.Error
        self.driver = chosen

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Do everything inside as one step that is wholly kept or leaves nothing.

        Raises
        ------
        NotSaved
            If it could not be written; the same database can be used again once the cause is gone.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except self._fault as fault:
            raise _as_write_fault(fault) from None
        finally:
            self._leave()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read everything inside as it stood at one moment; nothing can be written."""
        try:
            self._connection.execute("BEGIN DEFERRED")
            yield self._connection
        except self._fault as fault:
            raise _as_read_fault(fault) from None
        finally:
            self._leave()

    def backup(self, to: Path) -> None:
        """Write a whole copy of the store as it stands now, readable by its owner only.

        The file itself is never copied: a copy would miss what is still in the log beside it.
        """
        try:
            _make_private(to)
            self._connection.execute("VACUUM INTO ?", (str(to),))
        except (self._fault, OSError) as fault:
            raise _as_write_fault(fault) from None

    def whole(self) -> bool:
        """Whether SQLite finds the file whole."""
        with self.reading() as rows:
            return bool(rows.execute("PRAGMA integrity_check").fetchone()[0] == "ok")

    def tidy_log(self) -> None:
        """Empty the log beside the store, so that what was destroyed is not left in it; skipped when busy."""
        with suppress(self._fault):
            # Nobody should wait for a reader in another window here.
            self._connection.execute(f"PRAGMA busy_timeout = {_TIDY_MILLISECONDS}")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._connection.execute(f"PRAGMA busy_timeout = {int(self._busy_seconds * 1000)}")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _leave(self) -> None:
        with suppress(self._fault):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def open_database(path: Path, busy_seconds: float = BUSY_SECONDS) -> Database:
    """Open or create the store file with the settings that keep an acknowledged save through a power cut.

    Raises
    ------
    StoreTrouble
        If the file cannot be opened, is no store, or may not be used with this SQLite.
    """
    chosen = driver.DRIVER
    try:
        _make_private(path)
        if not chosen.keeps_wal_safe:
            _refuse_wal(path, chosen)
        connection = _connect(str(path), chosen, busy_seconds)
    except (chosen.module.Error, OSError) as fault:
        raise _as_read_fault(fault) from None
    database = Database(connection, chosen, busy_seconds)
    try:
        _settle(connection, chosen)
    except chosen.module.Error as fault:
        database.close()
        raise _as_read_fault(fault) from None
    return database


def _connect(target: str, chosen: driver.Driver, busy_seconds: float, *, uri: bool = False) -> Connection:
    # Transactions are begun by hand only: the module's own begin would wait for the lock too late.
    connection = chosen.module.connect(target, timeout=busy_seconds, isolation_level=None, uri=uri)
    connection.row_factory = chosen.module.Row
    return connection


def _settle(connection: Connection, chosen: driver.Driver) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    wanted = "wal" if chosen.keeps_wal_safe else "delete"
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != wanted:
        mode = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0]
    # Without the log, the file's disappearance from its folder must reach the disk as well.
    connection.execute("PRAGMA synchronous = FULL" if mode == "wal" else "PRAGMA synchronous = EXTRA")


def _make_private(path: Path) -> None:
    """Create the file before SQLite does, so that it and the log beside it are private from the start."""
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    elif path.stat().st_mode & 0o077:
        # Only its mode is touched: opening and closing a store in use would drop its locks.
        path.chmod(0o600)


def _refuse_wal(path: Path, chosen: driver.Driver) -> None:
    if path.with_name(path.name + "-wal").exists():
        raise StoreTrouble(Why.WAL_REFUSED)
    with closing(_connect(f"{path.as_uri()}?mode=ro", chosen, BUSY_SECONDS, uri=True)) as connection:
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            raise StoreTrouble(Why.WAL_REFUSED)


def _number(fault: Exception) -> int:
    if isinstance(fault, OSError):
        return {errno.ENOSPC: _FULL, errno.EDQUOT: _FULL}.get(fault.errno or 0, _READONLY)
    return int(getattr(fault, "sqlite_errorcode", 0) or 0) & 0xFF


def _as_write_fault(fault: Exception) -> StoreError:
    reason = _WRITE_FAULTS.get(_number(fault))
    return NotSaved(reason) if reason else StoreTrouble(Why.DAMAGED)


def _as_read_fault(fault: Exception) -> StoreError:
    return StoreTrouble(_READ_FAULTS.get(_number(fault), Why.DAMAGED))
