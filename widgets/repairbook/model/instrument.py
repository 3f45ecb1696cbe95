"""Instruments: the shape of a questionnaire and where each of its numbers comes from, never its wording."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from repairbook.model.faults import FaultList
from repairbook.model.toml_file import TomlTable

RATERS = ("client", "therapist", "supervisor")
SUBJECTS = ("case", "pair")
DIRECTIONS = ("higher_is_better", "lower_is_better")
SCORES = ("sum", "mean")
MISSING = ("all_needed",)
TAKES = ("total", "subscales")
BOUNDARIES = ("at_or_below", "below", "at_or_above", "above")
BASES = ("sourced", "known", "verify", "ours", "computed")
NUMBERS = ("items", "item_range", "direction", "score", "total_range", "missing")
WHERE_GIVEN = ("subscale", "reversed", "cutoff")
INSTRUMENT_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
KEYS = ("id", "version", "title", "rater", "subject", "takes", "owner", "licence", "provenance")


@dataclass(frozen=True)
class Range:
    """The lowest and the highest value there can be, both included."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        """Say the range as a person would."""
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Subscale:
    """One part of an instrument, by the numbers of its items."""

    name: str
    label: str
    items: tuple[int, ...]
    range: Range


@dataclass(frozen=True)
class Cutoff:
    """A published line on the total, with the side its boundary falls on."""

    name: str
    at: float
    boundary: str
    line: str

    def reached(self, total: float) -> bool:
        """Whether a total falls on the side the cut-off speaks of."""
        if total == self.at:
            return self.boundary.startswith("at_or_")
        return (total < self.at) == self.boundary.endswith("below")


@dataclass(frozen=True)
class Provenance:
    """Where some of an instrument's numbers come from, and how sure that is.

    `basis` is `sourced` (read in public material), `known` (common knowledge of the field), `verify`
    (believed right, to be checked before anyone relies on it), `ours` (a choice of this workbook) or
    `computed` (arithmetic on the others).
    """

    of: tuple[str, ...]
    basis: str
    source: str


@dataclass(frozen=True)
class Instrument:
    """The shape of one questionnaire as one rater fills it in."""

    id: str
    version: int
    title: str
    rater: str
    subject: str
    items: int
    item_range: Range
    direction: str
    score: str
    total_range: Range
    missing: str
    takes: tuple[str, ...]
    owner: str
    licence: str
    reversed: tuple[int, ...] = ()
    subscales: tuple[Subscale, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()
    provenance: tuple[Provenance, ...] = ()

    @property
    def to_verify(self) -> tuple[str, ...]:
        """The numbers still to be checked, which the page says wherever they are used."""
        return tuple(key for note in self.provenance if note.basis == "verify" for key in note.of)

    def range_of(self, items: int) -> Range:
        """Give the range of a score made from this many items."""
        times = items if self.score == "sum" else 1
        return Range(self.item_range.low * times, self.item_range.high * times)


def parse_instrument(raw: Mapping[str, Any], file: str) -> Instrument:
    """Make an instrument from what a file holds, or refuse the file with all its faults."""
    faults = FaultList(file)
    table = TomlTable(raw, faults)
    table.only(*KEYS, *NUMBERS, *WHERE_GIVEN)
    made = Instrument(
        id=_instrument_id(table, file),
        version=table.whole("version"),
        title=table.text("title"),
        rater=_one_of(table, "rater", RATERS),
        subject=_one_of(table, "subject", SUBJECTS),
        items=table.whole("items"),
        item_range=_range(table, "item_range"),
        direction=_one_of(table, "direction", DIRECTIONS),
        score=_one_of(table, "score", SCORES),
        total_range=_range(table, "total_range"),
        missing=_one_of(table, "missing", MISSING),
        takes=_takes(table),
        owner=table.text("owner"),
        licence=table.text("licence"),
        reversed=_item_numbers(table, "reversed") if "reversed" in raw else (),
        subscales=tuple(_subscale(row) for row in table.tables("subscale")),
        cutoffs=tuple(_cutoff(row) for row in table.tables("cutoff")),
        provenance=tuple(_provenance(row) for row in table.tables("provenance")),
    )
    faults.refuse_if_any()
    _check_sums(table, made)
    _check_provenance(table, made)
    faults.refuse_if_any()
    return made


def _check_sums(table: TomlTable, made: Instrument) -> None:
    if made.total_range != (expected := made.range_of(made.items)):
        table.fault("total_range", f"is {made.total_range}", f"{expected} for these items")
    names = [part.name for part in made.subscales]
    if len(set(names)) != len(names):
        table.fault("subscale", "has a name that is there twice", "a name of its own for each")
    seen: set[int] = set()
    for number, part in enumerate(made.subscales, start=1):
        key, expected = f"subscale {number}: ", made.range_of(len(part.items))
        if not set(part.items) <= set(range(1, made.items + 1)) or seen & set(part.items):
            table.fault(f"{key}items", "do not fit", f"numbers from 1 to {made.items}, each in one subscale")
        if part.range != expected:
            table.fault(f"{key}range", f"is {part.range}", f"{expected} for these items")
        seen |= set(part.items)
    if not set(made.reversed) <= set(range(1, made.items + 1)):
        table.fault("reversed", "do not fit", f"numbers from 1 to {made.items}")
    if "subscales" in made.takes and seen != set(range(1, made.items + 1)):
        table.fault("takes", "names subscales, and they leave items out", "every item in one subscale")
    for number, cutoff in enumerate(made.cutoffs, start=1):
        if cutoff.at not in made.total_range:
            table.fault(f"cutoff {number}: at", f"is {cutoff.at:g}", f"a total from {made.total_range}")


def _check_provenance(table: TomlTable, made: Instrument) -> None:
    told = {key for note in made.provenance for key in note.of}
    given = [key for key in (*NUMBERS, *WHERE_GIVEN) if key in table.raw]
    for key in given:
        if key not in told:
            table.fault(key, "is said without its source", f'a [[provenance]] with of = ["{key}"]')
    for key in sorted(told - set(given)):
        table.fault("provenance", f'speaks of "{key}"', f"some of {', '.join(given)}")


def _instrument_id(table: TomlTable, file: str) -> str:
    given = table.text("id")
    expected = file.removesuffix(".toml")
    if given and not INSTRUMENT_ID.fullmatch(given):
        table.fault("id", "is not a plain name", "lower case letters, digits and hyphens")
    elif given and given != expected:
        table.fault("id", f'is "{given}", and the file has another name', f'"{expected}"')
    return given


def _subscale(row: TomlTable) -> Subscale:
    row.only("name", "label", "items", "range")
    name = row.text("name")
    if name and not NAME.fullmatch(name):
        row.fault("name", "is not a plain name", "lower case with underscores, such as goal")
    return Subscale(name, row.text("label"), _item_numbers(row, "items"), _range(row, "range"))


def _cutoff(row: TomlTable) -> Cutoff:
    row.only("name", "at", "boundary", "line")
    at = row.raw.get("at")
    if not _is_number(at):
        row.fault("at", "is not a number", "a number such as 36")
    boundary = _one_of(row, "boundary", BOUNDARIES)
    return Cutoff(row.text("name"), float(at) if _is_number(at) else 0, boundary, row.text("line"))


def _provenance(row: TomlTable) -> Provenance:
    row.only("of", "basis", "source")
    return Provenance(row.texts("of"), _one_of(row, "basis", BASES), row.text("source"))


def _takes(table: TomlTable) -> tuple[str, ...]:
    takes = table.texts("takes")
    if not takes or not set(takes) <= set(TAKES):
        table.fault("takes", "is not a list of what can be entered", f"some of {', '.join(TAKES)}")
    return takes


def _one_of(table: TomlTable, key: str, choices: tuple[str, ...]) -> str:
    given = table.text(key)
    if given and given not in choices:
        table.fault(key, f'is "{given}"', " or ".join(f'"{each}"' for each in choices))
    return given


def _range(table: TomlTable, key: str) -> Range:
    given = table.raw.get(key)
    if not isinstance(given, list) or len(given) != 2 or not all(_is_number(each) for each in given):
        table.fault(key, "is not a range", "two numbers, such as [1, 7]")
        return Range(0, 0)
    if not given[0] < given[1]:
        table.fault(key, f"is {given}", "the lower number first")
    return Range(float(given[0]), float(given[1]))


def _item_numbers(table: TomlTable, key: str) -> tuple[int, ...]:
    given = table.raw.get(key)
    if not isinstance(given, list) or not all(type(each) is int for each in given):
        table.fault(key, "is not a list of item numbers", "whole numbers, such as [1, 2, 8, 12]")
        return ()
    if len(set(given)) != len(given):
        table.fault(key, "names an item twice", "each number once")
    return tuple(given)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
