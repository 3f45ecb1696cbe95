"""Which instrument a cell or header means, and whose rating it is."""

from __future__ import annotations

from collections.abc import Iterable

from repairbook.caseload.importing.cells import plain
from repairbook.model.instrument import Instrument

RATER_WORDS = {
    "client": "client",
    "patient": "client",
    "c": "client",
    "cl": "client",
    "pt": "client",
    "therapist": "therapist",
    "t": "therapist",
    "th": "therapist",
    "clinician": "therapist",
    "counsellor": "therapist",
    "counselor": "therapist",
    "supervisor": "supervisor",
    "supervisee": "supervisee",
}


class InstrumentNames:
    """The instruments at hand, found by id, by title, or by the first words of an id where that is enough."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._all = tuple(instruments)
        self._found: dict[str, tuple[Instrument, ...]] = {}

    def candidates(self, name: str) -> tuple[Instrument, ...]:
        """Give every instrument a name may mean."""
        if name not in self._found:
            self._found[name] = self._search(plain(name))
        return self._found[name]

    def _search(self, wanted: str) -> tuple[Instrument, ...]:
        if not wanted:
            return ()
        exact = tuple(each for each in self._all if wanted in {plain(each.id), plain(each.title)})
        return exact or tuple(each for each in self._all if plain(each.id).startswith(f"{wanted}_"))

    def parts(self, instrument: Instrument | None) -> dict[str, str]:
        """Give the parts a header may name, by that name: those of one instrument, or of all."""
        chosen = [instrument] if instrument else self._all
        return {
            plain(said): part.name
            for each in chosen
            for part in each.subscales
            for said in (part.name, part.label)
        }


def rater_of(text: str) -> str:
    """Give the rater a word means; empty where it means none."""
    return RATER_WORDS.get(plain(text).removesuffix("_rated").removesuffix("_report"), "")
