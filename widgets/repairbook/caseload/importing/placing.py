"""Which session of a case each good row belongs to: one that is there, or one to be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from repairbook.caseload.importing.checking import LAST_NUMBER, Good
from repairbook.caseload.importing.refusal import Fault
from repairbook.caseload.importing.score_cells import MISSED
from repairbook.model.case import Session
from repairbook.model.words import Words


@dataclass
class Slot:
    """One session of a case: kept already (then it has an id), or to be made."""

    number: int
    id: str = ""
    date: dt.date | None = None
    attendance: str = ""
    first_line: int = 0


class Placed(NamedTuple):
    """A good row with its session."""

    row: Good
    slot: Slot


class CasePlan:
    """Place the rows of one case. Sessions that are there keep their number, whatever comes in late.

    Parameters
    ----------
    words
        The sentences.
    sessions
        The sessions the case has.
    """

    def __init__(self, words: Words, sessions: Iterable[Session]) -> None:
        self._words = words
        self._slots = {one.number: Slot(one.number, one.id, one.date, one.attendance) for one in sessions}
        self._stored = {slot.date for slot in self._slots.values() if slot.date}
        self.bad: list[tuple[int, str]] = []

    def place(self, rows: Sequence[Good]) -> list[Placed]:
        """Give the rows that fit, by session; those that do not are in `bad` with their reason."""
        placed = [self._at_number(row) for row in rows if row.number]
        by_date = [row for row in rows if not row.number]
        made = self._numbers_for(sorted({row.date for row in by_date if row.date}))
        placed += [self._at_date(row, made) for row in by_date]
        fitting = self._once(sorted(each for each in placed if each is not None))
        return sorted(fitting, key=lambda each: (each.slot.number, each.row.line))

    # ---- by number ----

    def _at_number(self, row: Good) -> Placed | None:
        slot = self._slots.get(row.number)
        if slot is None:
            if row.date in self._stored:
                self._refuse(row, Fault.OTHER_NUMBER)
                return None
            slot = self._slots[row.number] = Slot(row.number, first_line=row.line)
        elif slot.date and row.date and slot.date != row.date:
            self._refuse(row, Fault.OTHER_DATE if slot.id else Fault.DATE_DIFFERS, line=slot.first_line)
            return None
        return self._attended(row, slot)

    def _attended(self, row: Good, slot: Slot) -> Placed | None:
        if row.attendance and slot.attendance and row.attendance != slot.attendance:
            key = Fault.OTHER_ATTENDANCE if slot.id else Fault.ATTENDANCE_DIFFERS
            self._refuse(row, key, line=slot.first_line)
            return None
        if row.instrument and slot.attendance in MISSED:
            self._refuse(row, Fault.MISSED_SCORE)
            return None
        # Only a row that fits tells anything about its session.
        slot.attendance, slot.date = slot.attendance or row.attendance, slot.date or row.date
        return Placed(row, slot)

    # ---- by date ----

    def _at_date(self, row: Good, made: dict[dt.date, Slot | None]) -> Placed | None:
        found = [slot for slot in self._slots.values() if slot.date == row.date]
        if len(found) > 1:
            self._refuse(row, Fault.TWO_SESSIONS)
            return None
        slot = found[0] if found else made.get(row.date) if row.date else None
        if slot is None:
            self._refuse(row, Fault.NO_FREE_NUMBER)
            return None
        slot.first_line = slot.first_line or row.line
        return self._attended(row, slot)

    def _numbers_for(self, dates: Sequence[dt.date]) -> dict[dt.date, Slot | None]:
        """Make a session for every date that has none, in the order of the dates."""
        known = {slot.date for slot in self._slots.values()}
        made: dict[dt.date, Slot | None] = {}
        for date in dates:
            if date in known:
                continue
            number = self._free_number(date)
            made[date] = Slot(number, date=date) if number else None
            if number:
                self._slots[number] = Slot(number, date=date)
                made[date] = self._slots[number]
        return made

    def _free_number(self, date: dt.date) -> int:
        """Give the number a session of this day takes between its neighbours; 0 where none is free."""
        before = [slot.number for slot in self._slots.values() if slot.date and slot.date < date]
        after = [slot.number for slot in self._slots.values() if slot.date and slot.date > date]
        if not after:
            number = max(self._slots, default=0) + 1
            return number if number <= LAST_NUMBER else 0
        between = range(max(before, default=0) + 1, min(after))
        return next((number for number in between if number not in self._slots), 0)

    # ---- once each ----

    def _once(self, placed: Sequence[Placed]) -> list[Placed]:
        """Keep one of several equal rows, and none of several that contradict each other."""
        groups: dict[tuple[int, str, str], list[Placed]] = {}
        for each in placed:
            groups.setdefault((each.slot.number, each.row.instrument, each.row.rater), []).append(each)
        kept = []
        for (_, instrument, _), group in groups.items():
            first = group[0]
            if not instrument:
                kept.append(first)
            elif len({(each.row.total, each.row.more) for each in group}) == 1:
                kept.append(first)
                for each in group[1:]:
                    self._refuse(each.row, Fault.TWICE, line=first.row.line)
            else:
                lines = ", ".join(str(each.row.line) for each in group[:5])
                for each in group:
                    self._refuse(each.row, Fault.CONTRADICTS, lines=lines)
        return kept

    def _refuse(self, row: Good, key: Fault, **values: object) -> None:
        self.bad.append((row.line, self._words(f"import.fault.{key}", **values)))
