"""The secrets of the door: kept in a file only their owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from repairbook.home import Home

COOKIE_BYTES = 32
SHORTEST_TOKEN = 16


def new_token() -> str:
    """Make the key at the end of the link."""
    return secrets.token_urlsafe(24)


def cookie_secret(home: Home) -> bytes:
    """Give the secret that signs logins, made once, so a restart asks nobody to log in again."""
    path = home.config / "cookie_secret"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(handle, "wb") as file:
        secret = secrets.token_bytes(COOKIE_BYTES)
        file.write(secret)
    return secret


def _read(path: Path) -> bytes:
    secret = path.read_bytes()
    if len(secret) >= COOKIE_BYTES:
        return secret
    # A half-written file would sign logins with almost nothing.
    path.unlink()
    path.touch(mode=0o600)
    secret = secrets.token_bytes(COOKIE_BYTES)
    path.write_bytes(secret)
    return secret
