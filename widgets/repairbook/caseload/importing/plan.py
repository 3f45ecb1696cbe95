"""What a file would change, before anything is changed: what comes in, and what is kept aside and why."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from repairbook.caseload.importing.checking import Checker, Good
from repairbook.caseload.importing.instrument_names import InstrumentNames
from repairbook.caseload.importing.mapping import Columns
from repairbook.caseload.importing.placing import CasePlan, Placed
from repairbook.caseload.importing.reading import Row, Table
from repairbook.caseload.importing.refusal import Faulty
from repairbook.caseload.importing.shapes import Shape
from repairbook.caseload.importing.stack import Stack
from repairbook.caseload.importing.survey import Survey, survey
from repairbook.model.case import Session
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.score import Score
from repairbook.model.words import Words
from repairbook.store import Store
from repairbook.store.arrivals import Arrival, Landed

_SCORE = {
    "date": "Date",
    "attendance": "Categorical",
    "instrument": "Categorical",
    "rater": "Categorical",
    "total": "Float64",
    "more": "String",
}
GOOD = {"line": "UInt32", "case": "Categorical", "number": "UInt16", **_SCORE}
PLACED = {"case": "Categorical", "number": "UInt16", "id": "String", **_SCORE}
STEP = 1000

Progress = Callable[[str, int, int], None]


def no_progress(_step: str, _done: int, _all: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Desk:
    """Whose import it is, and what files are understood by."""

    store: Store
    actor: Actor
    words: Words
    library: Library
    names: InstrumentNames


@dataclass
class Plan:
    """What a file would change.

    Parameters
    ----------
    rows
        How many rows the file has below its headers.
    empty
        How many of them say nothing about any session.
    bad
        Reasons by line; a row is kept aside as a whole, though what is good in it comes in.
    would
        What would be new, replaced and unchanged.
    """

    table: Table
    columns: Columns
    rows: int
    empty: int = 0
    bad: dict[int, list[str]] = field(default_factory=dict, repr=False)
    would: Landed = field(default_factory=Landed)
    _placed: Stack = field(default_factory=lambda: Stack(PLACED), repr=False)

    def __len__(self) -> int:
        return len(self._placed)

    def arrivals(self) -> Iterator[Arrival]:
        """Give what comes in, as the store takes it."""
        for row in self._placed.rows():
            case, number, session_id, date, attendance, *score = row
            yield Arrival(case, _session(session_id, number, date, attendance), _score(*score))

    def put_in(self, case: str, placed: Placed) -> None:
        """Take a row in."""
        slot, row = placed.slot, placed.row
        self._placed.add(
            (
                case,
                slot.number,
                slot.id,
                slot.date,
                slot.attendance,
                row.instrument,
                row.rater,
                row.total,
                row.more,
            )
        )

    def put_aside(self, line: int, reason: str) -> None:
        """Keep a row aside, each reason once."""
        reasons = self.bad.setdefault(line, [])
        if reason not in reasons:
            reasons.append(reason)


def make_plan(desk: Desk, table: Table, columns: Columns, progress: Progress = no_progress) -> Plan:
    """Look through a whole file and say what it would change; nothing is written.

    Raises
    ------
    CannotImport
        If the columns do not say enough, or there is no row.
    StoreError
        If the store cannot be read.
    """
    columns.refuse_unusable()
    seen = survey(table, columns)
    plan = Plan(table, columns, seen.rows)
    good = _checked(desk, plan, seen, progress)
    done = 0
    for case, group in groupby(good.rows("case", "line"), key=itemgetter(1)):
        rows = [Good(*row) for row in group]
        case_plan = CasePlan(desk.words, desk.store.sessions.list(desk.actor, case))
        for placed in case_plan.place(rows):
            plan.put_in(case, placed)
        for line, reason in case_plan.bad:
            plan.put_aside(line, reason)
        done += len(rows)
        progress("placing", done, len(good))
    plan.would = desk.store.scores.compare_many(
        desk.actor, _told(plan.arrivals(), "comparing", len(plan), progress)
    )
    return plan


def bring_in(desk: Desk, plan: Plan, progress: Progress = no_progress) -> Landed:
    """Keep everything good in one step, wholly or not at all.

    Raises
    ------
    StoreError
        If it could not be kept; then nothing is.
    """
    return desk.store.scores.record_many(desk.actor, _told(plan.arrivals(), "keeping", len(plan), progress))


def _checked(desk: Desk, plan: Plan, seen: Survey, progress: Progress) -> Stack:
    cases = desk.store.cases.find_many(desk.actor, seen.names)
    checker = Checker(desk.words, desk.library, desk.names, plan.columns, seen.dates, cases)
    shape, good, width = Shape(plan.columns), Stack(GOOD), len(plan.table.headers)
    for count, row in enumerate(plan.table.rows(), start=1):
        _take(plan, good, checker, shape, row, width)
        if count % STEP == 0 or count == seen.rows:
            progress("checking", count, seen.rows)
    return good


def _take(plan: Plan, good: Stack, checker: Checker, shape: Shape, row: Row, width: int) -> None:
    line, cells = row
    if (misfit := checker.misfit(cells, width)) is not None:
        plan.put_aside(line, misfit)
        return
    says = False
    for entry in shape.entries(line, cells):
        if not entry.says_something:
            continue
        says = True
        try:
            good.add(checker.check(entry))
        except Faulty as faulty:
            for reason in faulty.args:
                plan.put_aside(line, f"{entry.column}: {reason}" if entry.column else reason)
    plan.empty += not says


def _told(arrivals: Iterator[Arrival], step: str, count: int, progress: Progress) -> Iterator[Arrival]:
    for done, arrival in enumerate(arrivals, start=1):
        yield arrival
        if done % STEP == 0 or done == count:
            progress(step, done, count)


def _session(session_id: str, number: int, date: dt.date | None, attendance: str) -> Session:
    return Session(id=session_id, number=number, date=date, attendance=attendance or "attended")


def _score(instrument: str, rater: str, total: float | None, more: str) -> Score | None:
    if not instrument or total is None:
        return None
    told = json.loads(more) if more else {}
    return Score(instrument=instrument, rater=rater, total=total, **told)
