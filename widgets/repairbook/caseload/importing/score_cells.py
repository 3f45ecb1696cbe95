"""The score of one entry: on which instrument, by whom, how much; or what does not fit."""

from __future__ import annotations

import json
from collections.abc import Mapping

from repairbook.caseload.importing.cells import number, plain, yes_or_no
from repairbook.caseload.importing.instrument_names import InstrumentNames, rater_of
from repairbook.caseload.importing.mapping import Columns
from repairbook.caseload.importing.refusal import Fault, Faulty
from repairbook.caseload.importing.shapes import Entry
from repairbook.model.instrument import Instrument
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.scoring import ROUNDING, check_score, score_items, total_from_subscales

MISSED = frozenset({"cancelled", "no_show"})
Scored = tuple[str, str, float | None, str]


class ScoreCells:
    """Read scores from the cells of a file.

    Parameters
    ----------
    words, library, names
        The sentences, the codebooks and the instruments.
    columns
        What holds for all rows.
    """

    def __init__(self, words: Words, library: Library, names: InstrumentNames, columns: Columns) -> None:
        self._words, self._names, self._columns = words, names, columns
        entries = library.codebook("seen_by").entries
        self._seen_by = {plain(said): each.code for each in entries for said in (each.code, each.label)}
        self._instruments: dict[tuple[str, str], Instrument | str] = {}

    def read(self, entry: Entry, attendance: str) -> Scored:
        """Give instrument, rater, total and what else is known, as JSON.

        Raises
        ------
        Faulty
            With the reasons.
        """
        if attendance in MISSED:
            raise self._faulty(Fault.MISSED_SCORE)
        instrument = self._instrument(entry.instrument, entry.rater or self._columns.rater)
        total, more = self._values(instrument, entry)
        more |= self._circumstances(entry)
        return instrument.id, instrument.rater, total, json.dumps(more) if more else ""

    def _instrument(self, name: str, rater: str) -> Instrument:
        key = (name, rater)
        if key not in self._instruments:
            self._instruments[key] = self._search(name or self._columns.instrument, rater)
        found = self._instruments[key]
        if isinstance(found, str):
            raise Faulty(found)
        return found

    def _search(self, name: str, rater: str) -> Instrument | str:
        said = rater_of(rater)
        found = self._names.candidates(name)
        if not name or not found:
            return self._words("import.fault.unknown_instrument" if name else "import.fault.no_instrument")
        if rater and not said:
            return self._words("import.fault.unknown_rater")
        fitting = [each for each in found if not rater or each.rater == said]
        if not fitting:
            return self._words("import.fault.wrong_rater", rater=found[0].rater)
        if len(fitting) > 1:
            return self._words("import.fault.which_instrument", names=", ".join(each.id for each in fitting))
        return fitting[0] if fitting[0].subject == "case" else self._words("import.fault.supervision")

    def _values(self, instrument: Instrument, entry: Entry) -> tuple[float, dict[str, object]]:
        if entry.items:
            return self._from_items(instrument, entry)
        parts = {name: self._numeric(text) for name, text in entry.parts.items()} if entry.parts else None
        total = self._numeric(entry.total)
        if (entry.total and total is None) or (parts and None in parts.values() and _unread(entry, parts)):
            raise self._faulty(Fault.NUMBER)
        faults = check_score(instrument, total, parts)
        if faults:
            raise Faulty(*faults)
        whole_parts = {name: value for name, value in (parts or {}).items() if value is not None}
        if total is None:
            total = total_from_subscales(instrument, whole_parts)
        return total, {"subscales": whole_parts} if whole_parts else {}

    def _from_items(self, instrument: Instrument, entry: Entry) -> tuple[float, dict[str, object]]:
        given = {at: self._numeric(text) for at, text in entry.items.items()}
        if any(text and given[at] is None for at, text in entry.items.items()):
            raise self._faulty(Fault.NUMBER)
        last = max(at for at, text in entry.items.items() if text)
        answers = [given.get(at) for at in range(1, max(instrument.items, last) + 1)]
        scored = score_items(instrument, answers)
        if scored.total is None:
            raise Faulty(*scored.sentences)
        total = self._numeric(entry.total)
        if entry.total and (total is None or check_score(instrument, total)):
            raise Faulty(
                *(check_score(instrument, total) if total is not None else self._faulty(Fault.NUMBER).args)
            )
        if total is not None and abs(total - scored.total) > ROUNDING:
            raise self._faulty(Fault.ITEMS_TOTAL)
        return scored.total, {"subscales": dict(scored.subscales), "items": answers}

    def _circumstances(self, entry: Entry) -> dict[str, object]:
        told: dict[str, object] = {}
        for key in ("discussed", "therapist_present"):
            if text := getattr(entry, key):
                if (answer := yes_or_no(text)) is None:
                    raise self._faulty(Fault.YES_NO)
                told[key] = answer
        if entry.told_seen_by:
            said = [plain(each) for each in entry.told_seen_by.replace(",", ";").split(";") if each.strip()]
            if not set(said) <= set(self._seen_by):
                raise self._faulty(Fault.SEEN_BY)
            told["told_seen_by"] = sorted({self._seen_by[each] for each in said})
        return told

    def _numeric(self, text: str) -> float | None:
        return number(text) if text else None

    def _faulty(self, key: Fault, **values: object) -> Faulty:
        return Faulty(self._words(f"import.fault.{key}", **values))


def _unread(entry: Entry, parts: Mapping[str, float | None]) -> bool:
    return any(text and parts[name] is None for name, text in entry.parts.items())
