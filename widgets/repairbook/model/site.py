"""What one site adds in `site.toml`: numbers to call, words that would name it, how exact its forms are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repairbook.model.faults import FaultList
from repairbook.model.toml_file import TomlTable, read_toml

FILE = "site.toml"
KEYS = ("call", "identifier_words", "reliability")


@dataclass(frozen=True)
class Call:
    """Somebody to call when safety is at stake."""

    who: str
    number: str


@dataclass(frozen=True)
class Reliability:
    """How exact a site takes an instrument's total to be, and where it has these numbers from."""

    instrument: str
    sd: float
    reliability: float
    source: str


@dataclass(frozen=True)
class Site:
    """A site's own entries; all of them may be missing."""

    calls: tuple[Call, ...] = ()
    identifier_words: tuple[str, ...] = ()
    reliabilities: tuple[Reliability, ...] = ()

    def reliability_of(self, instrument: str) -> Reliability | None:
        """Give what the site says of an instrument; None where it says nothing."""
        return next((each for each in self.reliabilities if each.instrument == instrument), None)


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
    faults = FaultList(FILE)
    for key in sorted(raw.keys() - set(KEYS)):
        faults.add(key, "is not known here", "`call`, `identifier_words` or `reliability`")
    calls = raw.get("call", [])
    words = raw.get("identifier_words", [])
    if not isinstance(calls, list) or not all(_is_call(call) for call in calls):
        faults.add("call", "is not a list of people to call", '[[call]] with who = "…" and number = "…"')
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        faults.add("identifier_words", "is not a list of words", '["…", "…"]')
    reliabilities = _reliabilities(TomlTable(raw, faults))
    faults.refuse_if_any()
    return Site(tuple(Call(call["who"], call["number"]) for call in calls), tuple(words), reliabilities)


def _is_call(call: object) -> bool:
    return (
        isinstance(call, dict)
        and set(call) == {"who", "number"}
        and all(isinstance(value, str) and value.strip() for value in call.values())
    )


def _reliabilities(table: TomlTable) -> tuple[Reliability, ...]:
    read: list[Reliability] = []
    for row in table.tables("reliability"):
        made = _reliability(row)
        if made.instrument and made.instrument in (each.instrument for each in read):
            row.fault("instrument", "is there twice", "one [[reliability]] for each instrument")
        read.append(made)
    return tuple(read)


def _reliability(row: TomlTable) -> Reliability:
    row.only("instrument", "sd", "reliability", "source")
    sd, exact = _number(row, "sd"), _number(row, "reliability")
    # One that is no number was told already and equals nothing, itself included.
    if sd <= 0:
        row.fault("sd", f"is {sd:g}", "a number above 0")
    if exact < 0 or exact > 1:
        row.fault("reliability", f"is {exact:g}", "a number from 0 to 1")
    return Reliability(row.text("instrument"), sd, exact, row.text("source"))


def _number(row: TomlTable, key: str) -> float:
    given = row.raw.get(key)
    # A whole number of hundreds of digits is no finite number either.
    if isinstance(given, int | float) and not isinstance(given, bool) and abs(given) <= 1e9:
        return float(given)
    row.fault(key, "is missing" if given is None else "is not a number", "a number such as 0.88")
    return math.nan
