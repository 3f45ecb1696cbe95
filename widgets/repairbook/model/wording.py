"""A wording pack: the text of a form, added by a site under its own permission and never shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from repairbook.model.faults import DataFault, Fault, FaultList
from repairbook.model.instrument import Instrument
from repairbook.model.instruments import Instruments
from repairbook.model.toml_file import TomlTable, read_toml

FOLDER = "wording"
LONGEST = 1000
KEYS = ("instrument", "version", "language", "licence", "introduction", "item")
ITEM_KEYS = ("number", "text", "low", "high")


@dataclass(frozen=True)
class ItemWording:
    """One item's text, and the words at the two ends of its scale where the form has them."""

    text: str = field(repr=False)
    low: str = field(default="", repr=False)
    high: str = field(default="", repr=False)


@dataclass(frozen=True)
class Wording:
    """The text of one form in one language, with the permission it is used under.

    The items stand in the order of the form. `version` is the instrument's, so that a pack made for
    another shape of it is noticed.
    """

    instrument: str
    version: int
    language: str
    licence: str
    items: tuple[ItemWording, ...]
    introduction: str = field(default="", repr=False)


class Wordings:
    """Give a site's wording packs, each read from `wording/<instrument>.toml` when first asked for.

    Parameters
    ----------
    site_dir
        The site's own folder in the data home; no other place is looked in.
    instruments
        The instruments at hand, so that a pack is checked against the shape of its form.
    """

    def __init__(self, site_dir: Path, instruments: Instruments) -> None:
        self._site_dir = site_dir
        self._instruments = instruments
        self._read: dict[str, Wording] = {}

    def ids(self) -> tuple[str, ...]:
        """Name the instruments there is a pack for, in the order of the alphabet."""
        return tuple(sorted(self._files))

    def get(self, instrument_id: str) -> Wording | None:
        """Give one instrument's wording, or None where the site has none; a faulty file is a `DataFault`."""
        # Only ids that name a listed file are looked up, so an id can never lead out of the folder.
        path = self._files.get(instrument_id)
        if path is None:
            return None
        if instrument_id not in self._read:
            self._read[instrument_id] = self._load(instrument_id, path)
        return self._read[instrument_id]

    def all(self) -> tuple[Wording, ...]:
        """Give every pack, or refuse with the faults of all the files at once."""
        found: list[Wording] = []
        faults: list[Fault] = []
        for instrument_id in self.ids():
            try:
                found += [pack for pack in [self.get(instrument_id)] if pack]
            except DataFault as refused:
                faults.extend(refused.faults)
        if faults:
            raise DataFault(faults)
        return tuple(found)

    def _load(self, instrument_id: str, path: Path) -> Wording:
        # The instrument's own file has the same name, so the folder is said as well.
        file = f"{FOLDER}/{path.name}"
        if instrument_id not in self._instruments.ids():
            right = "a file named after an instrument of the list"
            raise DataFault([Fault(file, "the file", "is named after no instrument", right)])
        instrument = self._instruments.get(instrument_id)
        try:
            raw = read_toml(path)
        except DataFault as refused:
            raise DataFault(replace(fault, file=file) for fault in refused.faults) from None
        return parse_wording(raw, file, instrument)

    @cached_property
    def _files(self) -> dict[str, Path]:
        found = (self._site_dir / FOLDER).glob("*.toml")
        return {path.stem: path for path in found if not path.name.startswith(".")}


def parse_wording(raw: Mapping[str, Any], file: str, instrument: Instrument) -> Wording:
    """Make a wording pack from what a file holds, or refuse it with all its faults, none quoting a text."""
    faults = FaultList(file)
    table = TomlTable(raw, faults)
    table.only(*KEYS)
    if table.text("instrument") not in ("", instrument.id):
        table.fault("instrument", "is another one than the file is named after", f'"{instrument.id}"')
    version = table.whole("version")
    if version > 0 and version != instrument.version:
        table.fault("version", "is not the one of this instrument", str(instrument.version))
    made = Wording(
        instrument=instrument.id,
        version=version,
        language=_language(table),
        licence=table.text("licence"),
        items=_items(table, instrument),
        introduction=_short_text(table, "introduction", default=""),
    )
    faults.refuse_if_any()
    return made


def _language(table: TomlTable) -> str:
    given = table.text("language")
    if given and not all(part.isascii() and part.isalnum() for part in given.split("-")):
        table.fault("language", "is not a language code", 'a code such as "en" or "pt-BR"')
    return given


def _items(table: TomlTable, instrument: Instrument) -> tuple[ItemWording, ...]:
    found: dict[int, ItemWording] = {}
    for row in table.tables("item"):
        row.only(*ITEM_KEYS)
        number = row.whole("number")
        if number > instrument.items:
            row.fault("number", "is no item of this instrument", f"a number from 1 to {instrument.items}")
        elif number > 0 and number in found:
            row.fault("number", f"{number} is there twice", "each item once")
        ends = (_short_text(row, "low", default=""), _short_text(row, "high", default=""))
        found[number] = ItemWording(_short_text(row, "text"), *ends)
    left_out = [number for number in range(1, instrument.items + 1) if number not in found]
    if left_out:
        which = ", ".join(str(number) for number in left_out)
        right = f"one [[item]] for each of the {instrument.items} items"
        table.fault("item", f"has no text for {which}", right)
    return tuple(found[number] for number in sorted(found))


def _short_text(table: TomlTable, key: str, default: str | None = None) -> str:
    given = table.text(key, default)
    if len(given) > LONGEST:
        table.fault(key, "is too long for a form", f"{LONGEST} characters at most")
    return given
