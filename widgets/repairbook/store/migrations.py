"""The shape of the store grows by numbered steps: all that are due are taken together, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from repairbook.store.database import Connection, Database
from repairbook.store.errors import StoreTrouble, Why

SCHEMA = Path(__file__).parent / "schema"


@dataclass(frozen=True)
class Step:
    """One numbered step and the SQL it takes."""

    number: int
    sql: str


@cache
def steps(folder: Path = SCHEMA) -> tuple[Step, ...]:
    """Read the numbered files of a folder, in order."""
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return tuple(Step(int(file.name[:4]), file.read_text(encoding="utf-8")) for file in files)


def migrate(database: Database, due: Sequence[Step], backups: Path) -> tuple[int, ...]:
    """Bring the store to the newest shape and give the numbers of the steps taken.

    The caller holds the gate. A store that already holds something is copied first, into `backups`.

    Raises
    ------
    StoreTrouble
        If the store was written by a newer version.
    """
    newest = due[-1].number
    version = _version(database)
    if version > newest:
        raise StoreTrouble(Why.NEWER)
    if version == newest:
        return ()
    if version:
        database.backup(_place(backups, version))
    with database.writing() as rows:
        taken = tuple(_take(rows, step, database) for step in due if step.number > version)
        rows.execute(f"PRAGMA user_version = {newest}")
    return taken


def _version(database: Database) -> int:
    with database.reading() as rows:
        return int(rows.execute("PRAGMA user_version").fetchone()[0])


def _take(rows: Connection, step: Step, database: Database) -> int:
    for statement in _statements(step.sql, database):
        rows.execute(statement)
    return step.number


def _statements(sql: str, database: Database) -> Iterator[str]:
    # The driver's own way of running a whole script would commit first and leave half a step behind.
    pending = ""
    for piece in re.split("(?<=;)", sql):
        pending += piece
        if database.driver.module.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending


def _place(backups: Path, version: int) -> Path:
    backups.mkdir(mode=0o700, exist_ok=True)
    taken = sum(1 for _ in backups.glob(f"version-{version}-*.sqlite"))
    return backups / f"version-{version}-{taken + 1}.sqlite"
