"""Three shapes of a file, told as one: one entry for each score or attendance of one session."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from repairbook.caseload.importing.cells import is_nothing
from repairbook.caseload.importing.mapping import Columns

_ARM = re.compile(r"[\s_]*\(?arm[\s_:]*\d+\)?.*$", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(\d{1,4})\D*$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file says about one session, still in the words of the file.

    `parts` and `items` are empty where the row has none; `column` names the session of a wide file.
    """

    line: int
    case: str = field(repr=False)
    number: str
    date: str
    attendance: str
    instrument: str
    rater: str
    total: str = field(repr=False)
    parts: dict[str, str] = field(default_factory=dict, repr=False)
    items: dict[int, str] = field(default_factory=dict, repr=False)
    discussed: str = ""
    therapist_present: str = ""
    told_seen_by: str = ""
    column: str = ""

    @property
    def says_something(self) -> bool:
        """Whether it holds a score, or says if somebody came."""
        return self.holds_score or bool(self.attendance)

    @property
    def holds_score(self) -> bool:
        """Whether there is any number to score."""
        return bool(self.total or self.parts or self.items)


Reader = Callable[[list[str]], str]


class Shape:
    """How the rows of one file are read.

    Parameters
    ----------
    columns
        What each column is.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._case = _reader(columns, "case")
        self._date, self._attendance = _reader(columns, "date"), _reader(columns, "attendance")
        self._instrument, self._rater = _reader(columns, "instrument"), _reader(columns, "rater")
        self._total = _reader(columns, "total")
        self._number = self._redcap_number() if columns.shape == "redcap" else _reader(columns, "session")
        self._three = [_reader(columns, key) for key in ("discussed", "therapist_present", "told_seen_by")]
        self._parts = columns.numbered("part")
        self._items = [(at, int(number)) for at, number in columns.numbered("item")]
        self._own_totals = columns.numbered("total")
        self._sessions = [(at, number, "") for at, number in columns.numbered("at")]
        self._sessions += [(at, "", date) for at, date in columns.numbered("on")]

    def entries(self, line: int, cells: list[str]) -> Iterator[Entry]:
        """Give what a row says; a row may say several things, or nothing."""
        if self._sessions:
            yield from self._wide(line, cells)
            return
        for instrument, total in self._totals(cells):
            yield self._entry(line, cells, self._number(cells), self._date(cells), instrument, total)

    def case(self, cells: list[str]) -> str:
        """Give the case a row names."""
        return self._case(cells)

    def dates(self, cells: list[str]) -> Iterator[str]:
        """Give the dates a row holds."""
        yield self._date(cells)

    @property
    def dates_above(self) -> list[str]:
        """The dates that stand in the headers of a wide file."""
        return [date for _, _, date in self._sessions if date]

    def _wide(self, line: int, cells: list[str]) -> Iterator[Entry]:
        for at, number, date in self._sessions:
            said = _said(cells[at])
            if said:
                yield self._entry(line, cells, number, date, self._instrument(cells), said, number or date)

    def _totals(self, cells: list[str]) -> list[tuple[str, str]]:
        """Give each score of a long row with its instrument; one empty score where the row has none."""
        own = [(instrument, _said(cells[at])) for at, instrument in self._own_totals]
        given = [(instrument, total) for instrument, total in own if total]
        total = self._total(cells)
        if total or not given:
            given.append((self._instrument(cells), total))
        return given

    def _entry(
        self,
        line: int,
        cells: list[str],
        number: str,
        date: str,
        instrument: str,
        total: str,
        column: str = "",
    ) -> Entry:
        discussed, present, seen_by = (read(cells) for read in self._three)
        parts = {name: _said(cells[at]) for at, name in self._parts} if self._parts else {}
        items = {item: _said(cells[at]) for at, item in self._items} if self._items else {}
        return Entry(
            line,
            self._case(cells),
            number,
            date,
            self._attendance(cells),
            instrument,
            self._rater(cells),
            total,
            parts if any(parts.values()) else {},
            items if any(items.values()) else {},
            discussed,
            present,
            seen_by,
            column,
        )

    def _redcap_number(self) -> Reader:
        """Give the session's number of a row as REDCap writes it: said, else the repeat, else the event."""
        said = [_reader(self._columns, key) for key in ("session", "repeat")]
        event = _reader(self._columns, "event")

        def number(cells: list[str]) -> str:
            return next((found for read in said if (found := read(cells))), "") or _of_event(event(cells))

        return number


def _of_event(event: str) -> str:
    found = _LAST_NUMBER.search(_ARM.sub("", event))
    return found[1] if found else ""


def _reader(columns: Columns, key: str) -> Reader:
    at = columns.where(key)
    if at is None:
        return lambda _: ""
    pick = itemgetter(at)
    return lambda cells: _said(pick(cells))


def _said(cell: str) -> str:
    return "" if is_nothing(cell) else cell.strip()
