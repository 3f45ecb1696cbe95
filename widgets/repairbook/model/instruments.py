"""All instruments at hand: the shipped ones, and those a site adds."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from repairbook.model.faults import DataFault, Fault
from repairbook.model.instrument import Instrument, parse_instrument
from repairbook.model.toml_file import read_toml

FOLDER = "instruments"


class Instruments:
    """Give instruments by their id: the shipped ones, and those a site adds under ids of its own."""

    def __init__(self, shipped_dir: Path, site_dir: Path | None = None) -> None:
        self._shipped_dir = shipped_dir
        self._site_dir = site_dir
        self._read: dict[str, Instrument] = {}

    def ids(self) -> tuple[str, ...]:
        """Give the ids of all instruments, in the order of the alphabet."""
        return tuple(sorted(self._files))

    def get(self, instrument_id: str) -> Instrument:
        """Give one instrument; an unknown id or a faulty file is refused as a `DataFault`."""
        if instrument_id not in self._read:
            # Only ids that name a listed file are looked up, so an id can never lead out of the folder.
            path = self._files.get(instrument_id)
            if path is None:
                raise DataFault([Fault(FOLDER, "the id", "names no instrument", "an id of the list")])
            self._read[instrument_id] = parse_instrument(read_toml(path), path.name)
        return self._read[instrument_id]

    def all(self) -> tuple[Instrument, ...]:
        """Give every instrument, or refuse with the faults of all the files at once."""
        found: list[Instrument] = []
        faults: list[Fault] = []
        for instrument_id in self.ids():
            try:
                found.append(self.get(instrument_id))
            except DataFault as refused:
                faults.extend(refused.faults)
        if faults:
            raise DataFault(faults)
        return tuple(found)

    @cached_property
    def _files(self) -> dict[str, Path]:
        shipped = _files(self._shipped_dir)
        own = {} if self._site_dir is None else _files(self._site_dir)
        if twice := sorted(shipped.keys() & own.keys()):
            right = "an id of its own; shipped instruments stay as they are"
            raise DataFault(
                Fault(f"{each}.toml (this site's own)", "id", "is shipped", right) for each in twice
            )
        return shipped | own


def _files(folder: Path) -> dict[str, Path]:
    found = (folder / FOLDER).glob("*.toml")
    return {path.stem: path for path in found if not path.name.startswith(".")}
