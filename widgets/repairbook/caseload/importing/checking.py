"""Each entry of a file, good or kept aside with the reasons; no reason repeats what a cell holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from repairbook.caseload.importing.cells import plain, whole
from repairbook.caseload.importing.dates import Unclear, read_date
from repairbook.caseload.importing.instrument_names import InstrumentNames
from repairbook.caseload.importing.mapping import Columns
from repairbook.caseload.importing.refusal import Fault, Faulty
from repairbook.caseload.importing.score_cells import ScoreCells, Scored
from repairbook.caseload.importing.shapes import Entry
from repairbook.model.library import Library
from repairbook.model.words import Words

T = TypeVar("T")
LAST_NUMBER = 2000
LONGEST_USED = 1000
_ALSO = {
    "attended": "attended present came kept yes y show shown completed held",
    "late": "late came_late arrived_late",
    "cancelled": "cancelled canceled cancel cx called_off",
    "no_show": "no_show noshow ns dna did_not_attend did_not_come",
}


class Good(NamedTuple):
    """One entry that fits: a session of a case, with a score or without."""

    line: int
    case: str
    number: int
    date: dt.date | None
    attendance: str
    instrument: str
    rater: str
    total: float | None
    more: str


class Checker:
    """Check entries against the instruments, the codebooks and the cases the person works on.

    Parameters
    ----------
    words, library, names
        The sentences, the codebooks and the instruments.
    columns
        What holds for all rows.
    order
        How the file writes its dates, where that is settled.
    cases
        Case ids by the names in the file.
    """

    def __init__(
        self,
        words: Words,
        library: Library,
        names: InstrumentNames,
        columns: Columns,
        order: str,
        cases: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._words, self._columns = words, columns
        self._used = [at for at, key in enumerate(columns.fields) if key]
        self._order, self._cases = order, cases
        self._attendances = _attendances(library)
        self._scores = ScoreCells(words, library, names, columns)
        self._dates: dict[str, dt.date | str] = {}

    def check(self, entry: Entry) -> Good:
        """Give a good entry.

        Raises
        ------
        Faulty
            With every reason at once.
        """
        faults: list[str] = []
        case = self._tried(faults, "", self._case, entry.case)
        counted = self._tried(faults, 0, self._number, entry)
        date = self._tried(faults, None, self._date, entry.date)
        # A wide file may hold a word where a session has no score because it was missed.
        word = self._attendances.get(plain(entry.total), "") if self._columns.shape == "wide" else ""
        attendance = word or self._tried(faults, "", self._attendance, entry.attendance)
        scored: Scored = ("", "", None, "")
        if entry.holds_score and not word:
            scored = self._tried(faults, scored, self._scores.read, entry, attendance)
        if faults:
            raise Faulty(*faults)
        return Good(entry.line, case, counted, date, attendance, *scored)

    @staticmethod
    def _tried(faults: list[str], otherwise: T, read: Callable[..., T], *given: object) -> T:
        try:
            return read(*given)
        except Faulty as faulty:
            faults.extend(faulty.args)
            return otherwise

    def misfit(self, cells: list[str], width: int) -> str | None:
        """Say what is wrong with a row as a whole; None where it can be read cell by cell."""
        if len(cells) > width:
            return self._words("import.fault.too_many_cells", count=width)
        for at in self._used:
            cell = cells[at]
            if "\n" in cell or "\r" in cell or len(cell) > LONGEST_USED:
                return self._words("import.fault.long_cell")
        return None

    # ---- whose, and which session ----

    def _case(self, name: str) -> str:
        ids = self._cases.get(name, ())
        if len(ids) != 1:
            raise self._faulty(Fault.NO_CASE if not name else "two_cases" if ids else "unknown_case")
        return ids[0]

    def _number(self, entry: Entry) -> int:
        if not entry.number:
            if not entry.date:
                raise self._faulty(Fault.NO_SESSION)
            return 0
        found = whole(entry.number)
        if found is None or not 1 <= found <= LAST_NUMBER:
            raise self._faulty(Fault.SESSION_NUMBER, most=LAST_NUMBER)
        return found

    def _date(self, text: str) -> dt.date | None:
        if not text:
            return None
        if text not in self._dates:
            try:
                self._dates[text] = read_date(text, self._order)
            except Unclear as unclear:
                self._dates[text] = self._words(f"import.fault.{unclear}_date")
        found = self._dates[text]
        if isinstance(found, str):
            raise Faulty(found)
        return found

    def _attendance(self, text: str) -> str:
        if text and plain(text) not in self._attendances:
            raise self._faulty(Fault.ATTENDANCE)
        return self._attendances[plain(text)] if text else ""

    def _faulty(self, key: str, **values: object) -> Faulty:
        return Faulty(self._words(f"import.fault.{key}", **values))


def _attendances(library: Library) -> dict[str, str]:
    book = library.codebook("attendance")
    found = {plain(said): each.code for each in book.entries for said in (each.code, each.label)}
    return {word: code for code, words in _ALSO.items() for word in words.split()} | found
