"""Codebooks: lists of codes, each with a label and one line of explanation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from repairbook.model.faults import FaultList
from repairbook.model.toml_file import TomlTable

KINDS = ("choice", "list")
BOOK_KEYS = ("id", "version", "title", "kind", "source", "complete", "entry")
ADDITION_KEYS = ("id", "extends", "version", "source", "entry")
ENTRY_KEYS = ("code", "label", "line", "family", "notes", "maps")

BOOK_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
# Lower snake_case for our own codes; W1, R10, WD_P and the like keep their published form.
CODE = re.compile(r"[a-z][a-z0-9_]{0,63}|[A-Z]{1,4}[0-9]{1,2}|[A-Z]{2}_[A-Z]")
CODE_RIGHT = "lower case with underscores, such as not_yet, or a published code such as R10"


@dataclass(frozen=True)
class Entry:
    """One code: what it is called, and one line that says what is meant."""

    code: str
    label: str
    line: str
    family: str = ""
    notes: str = ""
    maps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """One list of codes, with where it comes from and whether its source was whole."""

    id: str
    version: int
    title: str
    source: str
    complete: bool
    kind: str
    entries: tuple[Entry, ...]
    _by_code: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the entries by code, so that one is found without a search."""
        object.__setattr__(self, "_by_code", {entry.code: entry for entry in self.entries})

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the order they are offered."""
        return tuple(self._by_code)

    def entry(self, code: str) -> Entry:
        """Give the entry of a code, or raise KeyError where there is none."""
        return self._by_code[code]

    def label(self, code: str) -> str:
        """Give what a code is called."""
        return self.entry(code).label


def parse_codebook(raw: Mapping[str, Any], file: str) -> Codebook:
    """Make a codebook from what a file holds, or refuse the file with all its faults."""
    faults = FaultList(file)
    table = TomlTable(raw, faults)
    table.only(*BOOK_KEYS)
    book = Codebook(
        id=_book_id(table, file),
        version=table.whole("version"),
        title=table.text("title"),
        source=table.text("source"),
        complete=table.flag("complete"),
        kind=_kind(table),
        entries=_entries(table),
    )
    # Where the source was cut off before its first item, an empty list is the honest one.
    if raw.get("complete") is True and not raw.get("entry"):
        table.fault("entry", "is missing", "at least one [[entry]], or complete = false")
    faults.refuse_if_any()
    return book


def parse_addition(raw: Mapping[str, Any], file: str, shipped: Codebook) -> Codebook:
    """Add a site's entries to a shipped codebook, which itself stays as it is."""
    # The shipped file has the same name, so the message says whose file is meant.
    faults = FaultList(f"{file} (this site's own)")
    table = TomlTable(raw, faults)
    table.only(*ADDITION_KEYS)
    _book_id(table, file)
    if table.text("extends") not in ("", shipped.id):
        table.fault("extends", "names another codebook than the file does", f'"{shipped.id}"')
    if "version" in raw:
        table.whole("version")
    table.text("source", default="")
    added = _entries(table, taken=shipped.codes)
    if not raw.get("entry"):
        table.fault("entry", "is missing", "at least one [[entry]]")
    faults.refuse_if_any()
    return replace(shipped, entries=shipped.entries + added)


def _book_id(table: TomlTable, file: str) -> str:
    book_id = table.text("id")
    expected = file.removesuffix(".toml")
    if book_id and not BOOK_ID.fullmatch(book_id):
        table.fault("id", "is not a plain name", "lower case letters, digits and underscores")
    elif book_id and book_id != expected:
        table.fault("id", f'is "{book_id}", and the file has another name', f'"{expected}"')
    return book_id


def _kind(table: TomlTable) -> str:
    kind = table.text("kind")
    if kind and kind not in KINDS:
        table.fault("kind", f'is "{kind}"', " or ".join(f'"{each}"' for each in KINDS))
    return kind


def _entries(table: TomlTable, taken: tuple[str, ...] = ()) -> tuple[Entry, ...]:
    seen: set[str] = set()
    entries = []
    for row in table.tables("entry"):
        entry = _entry(row)
        if entry.code in taken:
            row.fault("code", f'"{entry.code}" is in the shipped codebook', "a code of its own")
        if entry.code and entry.code in seen:
            row.fault("code", f'"{entry.code}" is there twice', "a code of its own for every entry")
        seen.add(entry.code)
        entries.append(entry)
    return tuple(entries)


def _entry(row: TomlTable) -> Entry:
    row.only(*ENTRY_KEYS)
    code = row.text("code")
    if code and not CODE.fullmatch(code):
        row.fault("code", f'is "{code}"', CODE_RIGHT)
    return Entry(
        code=code,
        label=row.text("label"),
        line=row.text("line"),
        family=row.text("family", default=""),
        notes=row.text("notes", default=""),
        maps=row.texts("maps"),
    )
