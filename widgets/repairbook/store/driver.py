"""The one place that chooses the SQLite library: two of them in one process destroy data."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from repairbook.store.errors import StoreTrouble, Why

_STRICT_TABLES = (3, 37, 0)
_FIXED = (3, 51, 3)
_BACKPORTS = ((3, 50, 7), (3, 44, 6))


@dataclass(frozen=True)
class Driver:
    """A SQLite library as Python offers it: its module (DB-API) and the version of SQLite inside."""

    module: Any
    version: tuple[int, ...]

    @property
    def keeps_wal_safe(self) -> bool:
        """Whether its write-ahead log is free of the fault that can lose saves made at the same time."""
        return self.version >= _FIXED or any(
            back <= self.version < (back[0], back[1] + 1) for back in _BACKPORTS
        )


def choose(offered: Iterable[Driver]) -> Driver:
    """Take the first library with a safe write-ahead log, else the first one that will do without it.

    Raises
    ------
    StoreTrouble
        If none is new enough.
    """
    able = [one for one in offered if one.version >= _STRICT_TABLES]
    if not able:
        raise StoreTrouble(Why.SQLITE_TOO_OLD)
    return next((one for one in able if one.keeps_wal_safe), able[0])


def installed() -> Iterable[Driver]:
    """Give the libraries of this computer in the order of preference; each is loaded only when asked for."""
    for name in ("sqlite3", "pysqlite3.dbapi2"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        yield Driver(module, tuple(module.sqlite_version_info))


def _first_safe() -> Iterable[Driver]:
    for one in installed():
        yield one
        if one.keeps_wal_safe:
            return


DRIVER = choose(_first_safe())
"""The library of this process, chosen once; nothing else in the package imports one."""
