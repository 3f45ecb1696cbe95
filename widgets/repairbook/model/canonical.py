"""One byte string for one value: RFC 8785 canonical JSON and the digests made from it."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:
    """Write a JSON value as RFC 8785 canonical JSON (sorted keys, no spaces, UTF-8).

    Raises
    ------
    ValueError
        If the value holds something JSON cannot say (NaN, infinities, other types). The message never
        quotes the value.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError):
        message = "the value cannot be written as canonical JSON"
        raise ValueError(message) from None


def digest(*parts: bytes) -> str:
    """SHA-256 over length-prefixed parts, as hex, so no two lists of parts share a digest by gluing."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(len(part).to_bytes(8, "big"))
        sha.update(part)
    return sha.hexdigest()
