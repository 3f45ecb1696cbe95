"""A gate that one process passes at a time: set-up and migration stand behind it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _shut(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _shut(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


@contextmanager
def gate(path: Path) -> Iterator[None]:
    """Wait until no other process is inside, then hold it; it opens again even after a kill."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _shut(handle)
        yield
    finally:
        os.close(handle)
