"""All instruments at hand: the shipped ones, and those a site adds."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from repairbook.model.faults import DataFault, Fault
from repairbook.model.instrument import Instrument
from repairbook.model.instrument_file import parse_instrument
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
        faults = list(self._taken)
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
        # A shipped id stays the shipped one; what a site put there is told of, and hides nothing else.
        return self._own | self._shipped

    @property
    def _taken(self) -> tuple[Fault, ...]:
        right = "an id of its own; shipped instruments stay as they are"
        twice = sorted(self._shipped.keys() & self._own.keys())
        return tuple(Fault(f"{each}.toml (this site's own)", "id", "is shipped", right) for each in twice)

    @cached_property
    def _shipped(self) -> dict[str, Path]:
        return _files(self._shipped_dir)

    @cached_property
    def _own(self) -> dict[str, Path]:
        return {} if self._site_dir is None else _files(self._site_dir)


def _files(folder: Path) -> dict[str, Path]:
    found = (folder / FOLDER).glob("*.toml")
    return {path.stem: path for path in found if not path.name.startswith(".")}
