"""A short mark of a value, made alike in Python and in the page, so the page can tell what is stored."""

from __future__ import annotations

import json
import re
from typing import Any

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
OFFSET, PRIME = 0x811C9DC5, 0x01000193


def fingerprint(value: Any) -> str:
    """Mark a value: equal values have equal marks, and a changed letter changes the mark.

    32-bit FNV-1a over the UTF-8 bytes of `canonical(value)`, eight hex digits, a colon, the number of bytes.
    It guards against accident, not against malice, and nothing can be read back from it.
    """
    data = canonical(value).encode()
    mark = OFFSET
    for byte in data:
        mark = ((mark ^ byte) * PRIME) & 0xFFFFFFFF
    return f"{mark:08x}:{len(data)}"


def canonical(value: Any) -> str:
    """Write a value as the one text both sides agree on: a str as itself, nothing as "", the rest as JSON."""
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, str):
        return plain
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value).replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, dict):
        return {_plain(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    # A page knows one kind of number: there 3.0 is 3.
    return int(value) if isinstance(value, float) and value.is_integer() else value
