"""The master key: a small file of its own, outside every data home, that opens this workbook's text."""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from repairbook.home import Home
from repairbook.store.errors import KeyTrouble, Why

_FORM = 1
_ID_BYTES = 8
_NONCE_BYTES = 12
_SECRET_BYTES = 32


@dataclass(frozen=True)
class MasterKey:
    """The key that wraps every data key; its id is written beside what it wraps."""

    id: str
    secret: bytes = field(repr=False)

    def wrap(self, data_key: bytes, about: bytes) -> bytes:
        """Wrap a data key, bound to what it is for."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return bytes.fromhex(self.id) + nonce + AESGCM(self.secret).encrypt(nonce, data_key, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Give the data key back, if it is this key's, whole, and for what is asked."""
        if wrapped[:_ID_BYTES].hex() != self.id:
            raise KeyTrouble(Why.KEY_OTHER)
        nonce, sealed = wrapped[_ID_BYTES : _ID_BYTES + _NONCE_BYTES], wrapped[_ID_BYTES + _NONCE_BYTES :]
        try:
            return AESGCM(self.secret).decrypt(nonce, sealed, about)
        except (InvalidTag, ValueError):
            raise KeyTrouble(Why.UNREADABLE) from None


def make_key(path: Path) -> MasterKey:
    """Draw a new key and keep it in its file, whole or not at all; a key that is there is never replaced."""
    key = MasterKey(secrets.token_hex(_ID_BYTES), secrets.token_bytes(_SECRET_BYTES))
    text = json.dumps({"repairbook_key": _FORM, "id": key.id, "key": base64.b64encode(key.secret).decode()})
    try:
        _write_once(path, text.encode() + b"\n")
    except OSError:
        raise KeyTrouble(Why.KEY_NOT_KEPT) from None
    return key


def read_key(path: Path) -> MasterKey:
    """Read the key, refusing a file that others can read."""
    try:
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            raise KeyTrouble(Why.KEY_OPEN_TO_OTHERS)
        told = json.loads(path.read_text(encoding="utf-8"))
        key = MasterKey(str(told["id"]), base64.b64decode(told["key"], validate=True))
        fits = len(bytes.fromhex(key.id)) == _ID_BYTES and len(key.secret) == _SECRET_BYTES
    except FileNotFoundError:
        raise KeyTrouble(Why.KEY_MISSING) from None
    except (OSError, ValueError, KeyError, TypeError, binascii.Error):
        # The fault itself would quote the file.
        raise KeyTrouble(Why.KEY_UNREADABLE) from None
    if told.get("repairbook_key") != _FORM or not fits:
        raise KeyTrouble(Why.KEY_UNREADABLE)
    return key


def check_place(home: Home) -> None:
    """Refuse a key that a copy of a data home would carry along."""
    place = home.key_file.resolve()
    inside = place.is_relative_to(home.data.resolve())
    if inside or any((folder / home.store.name).exists() for folder in place.parents):
        raise KeyTrouble(Why.KEY_IN_DATA)


def _write_once(path: Path, data: bytes) -> None:
    whole = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, fails where a key already is.
        os.link(whole, path)
    finally:
        whole.unlink()
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
