"""What the person said about a kind of file, kept so that the next one of its kind needs no asking."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from repairbook.caseload.importing.cells import plain
from repairbook.caseload.importing.dates import ORDERS
from repairbook.caseload.importing.mapping import Columns, is_field
from repairbook.home import Home

MOST = 200


class Remembered:
    """The columns of files seen before, by a fingerprint of their headers; no header is kept."""

    def __init__(self, home: Home) -> None:
        self._path: Path = home.data / "import" / "columns.json"

    def recall(self, headers: Sequence[str]) -> Columns | None:
        """Give what was said about a file with these headers; None where nothing fits."""
        kept = self._read().get(fingerprint(headers))
        if not isinstance(kept, dict):
            return None
        fields = kept.get("fields")
        told = [kept.get(name, "") for name in ("instrument", "rater", "dates")]
        if not isinstance(fields, list) or len(fields) != len(headers) or not _are_texts([*fields, *told]):
            return None
        if not all(map(is_field, fields)) or told[2] not in {"", *ORDERS}:
            return None
        return Columns(tuple(fields), *told)

    def keep(self, headers: Sequence[str], columns: Columns) -> None:
        """Remember a file's columns; a folder that cannot be written costs only the memory."""
        kept = self._read()
        key = fingerprint(headers)
        kept.pop(key, None)
        kept[key] = {
            "fields": list(columns.fields),
            "instrument": columns.instrument,
            "rater": columns.rater,
            "dates": columns.dates,
        }
        newest = dict(list(kept.items())[-MOST:])
        _write(self._path, json.dumps(newest))

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def fingerprint(headers: Sequence[str]) -> str:
    """Tell a kind of file by its headers, without keeping them."""
    return hashlib.sha256("\x1f".join(map(plain, headers)).encode()).hexdigest()


def _are_texts(values: Sequence[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _write(path: Path, text: str) -> None:
    whole = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        number = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        whole.replace(path)
    except OSError:
        whole.unlink(missing_ok=True)
