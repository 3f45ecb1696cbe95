"""Sealing: each part of a record is locked with a data key of its own, bound to where it belongs."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from repairbook.model.canonical import canonical
from repairbook.store.errors import KeyTrouble, Why
from repairbook.store.keys import MasterKey

_HEAD = b"RB1"
_NONCE_BYTES = 12
_MARK_BYTES = 16
_KEY_BYTES = 32


@dataclass(frozen=True)
class Place:
    """Where a sealed part belongs; moved to any other place it no longer opens.

    Parameters
    ----------
    table
        The table it lies in, so that a draft cannot be passed off as a kept version.
    record, author, part, revision
        What it is a part of, whose, which one, and which version of it.
    """

    table: str
    record: str
    author: str
    part: str
    revision: int

    @property
    def bound(self) -> bytes:
        """The place as bytes, to be authenticated with what is sealed."""
        # None of these holds the sign between them: ids are hexadecimal, the others are names in the code.
        return "|".join((self.table, self.record, self.author, self.part, str(self.revision))).encode()


@dataclass(frozen=True)
class Sealed:
    """A sealed part as stored: its wrapped data key, and its body."""

    key: bytes = field(repr=False)
    body: bytes = field(repr=False)


def seal(master: MasterKey, place: Place, part: Any) -> tuple[Sealed, str]:
    """Seal a part; give it with its digest, which shows later that an exported part is this one.

    The digest is SHA-256 over a random mark and the part's canonical JSON. The mark is kept only inside
    the sealed body, so the digest tells nothing about short answers to somebody who guesses.
    """
    mark, words = secrets.token_bytes(_MARK_BYTES), canonical(part)
    envelope = b'{"nonce":"' + mark.hex().encode() + b'","part":' + words + b"}"
    data_key, nonce, bound = secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_NONCE_BYTES), place.bound
    body = _HEAD + nonce + AESGCM(data_key).encrypt(nonce, envelope, bound)
    return Sealed(master.wrap(data_key, bound), body), hashlib.sha256(mark + words).hexdigest()


def unseal(master: MasterKey, place: Place, sealed: Sealed) -> Any:
    """Open a sealed part.

    Raises
    ------
    KeyTrouble
        If a single bit was changed, it lies where it does not belong, or the key is another one.
    """
    bound = place.bound
    data_key = master.unwrap(sealed.key, bound)
    start = len(_HEAD) + _NONCE_BYTES
    nonce, locked = sealed.body[len(_HEAD) : start], sealed.body[start:]
    if sealed.body[: len(_HEAD)] != _HEAD:
        raise KeyTrouble(Why.UNREADABLE)
    try:
        return json.loads(AESGCM(data_key).decrypt(nonce, locked, bound))["part"]
    except (InvalidTag, ValueError, KeyError, TypeError):
        # A fault of the JSON reader would carry the words.
        raise KeyTrouble(Why.UNREADABLE) from None
