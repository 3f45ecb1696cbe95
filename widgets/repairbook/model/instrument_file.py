"""Reading an instrument from its data file, with every fault of the file told at once."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from repairbook.model.faults import FaultList
from repairbook.model.instrument import (
    ANSWERS,
    BASES,
    BOUNDARIES,
    DIRECTIONS,
    MISSING,
    RATERS,
    SCORES,
    TAKES,
    Cutoff,
    Instrument,
    Provenance,
    Range,
    Subscale,
)
from repairbook.model.instrument_fit import NUMBERS, WHERE_GIVEN, check_fit
from repairbook.model.toml_file import TomlTable

INSTRUMENT_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
LONGEST_ID = 64
MOST_ITEMS = 300
MOST = 1e9
QUOTED = 40
KEYS = ("id", "version", "title", "rater", "subject", "takes", "owner", "licence", "provenance")


def parse_instrument(raw: Mapping[str, Any], file: str) -> Instrument:
    """Make an instrument from what a file holds, or refuse the file with all its faults."""
    faults = FaultList(file)
    table = TomlTable(raw, faults)
    table.only(*KEYS, *NUMBERS, *WHERE_GIVEN)
    subject = _one_of(table, "subject", tuple(RATERS))
    made = Instrument(
        id=_instrument_id(table, file),
        version=table.whole("version"),
        title=table.text("title"),
        rater=_rater(table, subject),
        subject=subject,
        items=_count(table, "items"),
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
        answers=_one_of(table, "answers", ANSWERS, default="steps"),
        names=table.texts("names"),
    )
    check_fit(table, made)
    faults.refuse_if_any()
    return made


def _instrument_id(table: TomlTable, file: str) -> str:
    given = table.text("id")
    expected = file.removesuffix(".toml")
    if given and not (INSTRUMENT_ID.fullmatch(given) and len(given) <= LONGEST_ID):
        right = f"at most {LONGEST_ID} lower case letters, digits and hyphens"
        table.fault("id", "is not a plain name", right)
    elif given and given != expected:
        table.fault("id", f'is "{given}", and the file has another name', f'"{expected}"')
    return given


def _rater(table: TomlTable, subject: str) -> str:
    every = tuple(dict.fromkeys(rater for raters in RATERS.values() for rater in raters))
    return _one_of(table, "rater", RATERS.get(subject, every))


def _subscale(row: TomlTable) -> Subscale:
    row.only("name", "label", "items", "size", "range")
    items = _item_numbers(row, "items") if "items" in row.raw else ()
    size = _count(row, "size") if "size" in row.raw else len(items)
    if ("items" in row.raw) == ("size" in row.raw):
        right = "the item numbers, or size where only their count is known"
        row.fault("items", "is there beside size" if items else "is missing", right)
    elif "items" in row.raw and row.raw["items"] == []:
        row.fault("items", "is empty", "at least one item number")
    return Subscale(_name(row), row.text("label"), items, size, _range(row, "range"))


def _cutoff(row: TomlTable) -> Cutoff:
    row.only("name", "at", "boundary", "line")
    at = row.raw.get("at")
    if not _is_number(at):
        row.fault("at", "is not a number", "a number such as 36")
    boundary = _one_of(row, "boundary", BOUNDARIES)
    return Cutoff(_name(row), float(at) if _is_number(at) else math.nan, boundary, row.text("line"))


def _provenance(row: TomlTable) -> Provenance:
    row.only("of", "basis", "source")
    if "of" not in row.raw or row.raw["of"] == []:
        row.fault("of", "is missing", 'the keys it speaks of, such as ["items"]')
    return Provenance(row.texts("of"), _one_of(row, "basis", BASES), row.text("source"))


def _takes(table: TomlTable) -> tuple[str, ...]:
    takes = table.texts("takes")
    if not takes or not set(takes) <= set(TAKES) or len(set(takes)) != len(takes):
        right = f"some of {', '.join(TAKES)}, each once"
        table.fault("takes", "is not a list of what can be entered", right)
    return takes


def _name(row: TomlTable) -> str:
    name = row.text("name")
    if name and not NAME.fullmatch(name):
        row.fault("name", "is not a plain name", "lower case with underscores, such as goal")
    return name


def _one_of(table: TomlTable, key: str, choices: Sequence[str], default: str | None = None) -> str:
    given = table.text(key) if default is None or key in table.raw else default
    if given not in ("", *choices):
        table.fault(key, f'is "{_short(given)}"', " or ".join(f'"{each}"' for each in choices))
    return given


def _count(table: TomlTable, key: str) -> int:
    given = table.whole(key)
    if given <= MOST_ITEMS:
        return max(given, 0)
    table.fault(key, "is more than any form has", f"{MOST_ITEMS} at most")
    return 0


def _range(table: TomlTable, key: str) -> Range:
    given = table.raw.get(key)
    if not isinstance(given, list) or len(given) != 2 or not all(_is_number(each) for each in given):
        table.fault(key, "is missing" if given is None else "is not a range", "two numbers, such as [1, 7]")
        return Range(0, 0)
    if not given[0] < given[1]:
        table.fault(key, f"is {given}", "the lower number first")
    return Range(float(given[0]), float(given[1]))


def _item_numbers(table: TomlTable, key: str) -> tuple[int, ...]:
    given = table.raw[key]
    if not isinstance(given, list) or not all(type(each) is int for each in given):
        table.fault(key, "is not a list of item numbers", "whole numbers, such as [1, 2, 8, 12]")
        return ()
    if len(set(given)) != len(given):
        table.fault(key, "names an item twice", "each number once")
    return tuple(given)


def _is_number(value: object) -> TypeGuard[float]:
    # A number too large for a scale is told like any other thing that is no number of one.
    return isinstance(value, int | float) and not isinstance(value, bool) and -MOST < value < MOST


def _short(given: str) -> str:
    return given if len(given) <= QUOTED else f"{given[:QUOTED]}…"
