"""What one site adds for itself: numbers to call, words that would name it, in `site.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repairbook.model.faults import DataFault, Fault
from repairbook.model.toml_file import read_toml

FILE = "site.toml"


@dataclass(frozen=True)
class Call:
    """Somebody to call when safety is at stake."""

    who: str
    number: str


@dataclass(frozen=True)
class Site:
    """A site's own entries; all of them may be missing."""

    calls: tuple[Call, ...] = ()
    identifier_words: tuple[str, ...] = ()


def read_site(folder: Path) -> Site:
    """Read `site.toml` of a site's folder; a missing file is an empty site.

    Raises
    ------
    DataFault
        Naming every fault of the file at once.
    """
    path = folder / FILE
    return parse_site(read_toml(path)) if path.exists() else Site()


def parse_site(raw: dict[str, Any]) -> Site:
    """Check a site's table, all faults at once."""
    faults = [
        Fault(FILE, key, "is not known here", "`call` or `identifier_words`")
        for key in sorted(raw.keys() - {"call", "identifier_words"})
    ]
    calls = raw.get("call", [])
    words = raw.get("identifier_words", [])
    if not isinstance(calls, list) or not all(_is_call(call) for call in calls):
        faults.append(
            Fault(FILE, "call", "is not a list of people to call", '[[call]] with who = "…" and number = "…"')
        )
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        faults.append(Fault(FILE, "identifier_words", "is not a list of words", '["…", "…"]'))
    if faults:
        raise DataFault(faults)
    return Site(tuple(Call(call["who"], call["number"]) for call in calls), tuple(words))


def _is_call(call: object) -> bool:
    return (
        isinstance(call, dict)
        and set(call) == {"who", "number"}
        and all(isinstance(value, str) and value.strip() for value in call.values())
    )
