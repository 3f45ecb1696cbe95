"""The frames a chart of one case is drawn from: one table for each kind of mark."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from repairbook.caseload.history import CaseHistory
from repairbook.charts.kinds import NOT_SAID

if TYPE_CHECKING:
    import polars as pl

Label = Callable[[str, str], str]
"""Codebook id and code to what the page calls it."""


def scores_frame(history: CaseHistory, instrument: str, rater: str) -> pl.DataFrame:
    """Give one row for every session; where there is no score the total is empty, so the line breaks."""
    totals = history.series(instrument, rater)
    rows = [(row.number, totals.get(row.number)) for row in history.sessions]
    return _frame(rows, {"session": "i", "total": "f"})


def stages_frame(history: CaseHistory, label: Label) -> pl.DataFrame:
    """Give one row for every run of sessions in one stage, reaching half a session to either side."""
    rows = []
    for at, (stage, run) in enumerate(groupby(history.sessions, key=lambda row: row.stage)):
        numbers = [row.number for row in run]
        rows.append((label("stage", stage), min(numbers) - 0.5, max(numbers) + 0.5, at % 2 == 0))
    # A number nobody used would leave a hole between two bands that means nothing.
    joined = [
        (name, start if not at else rows[at - 1][2], end, shaded)
        for at, (name, start, end, shaded) in enumerate(rows)
    ]
    return _frame(joined, {"stage": "s", "start": "f", "end": "f", "shaded": "b"})


def missed_frame(history: CaseHistory, label: Label) -> pl.DataFrame:
    """Give one row for every session that did not take place, with why."""
    rows = [(row.number, label("attendance", row.attendance)) for row in history.sessions if row.missed]
    return _frame(rows, {"session": "i", "kind": "s"})


def reflections_frame(history: CaseHistory, label: Label, not_said: str) -> pl.DataFrame:
    """Give one row for every reflection; several on one session are stacked."""
    rows: list[tuple[Any, ...]] = []
    for number, run in groupby(history.reflections, key=lambda row: row.number):
        for level, row in enumerate(run):
            kind = label("what_kind", row.what_kind) if row.what_kind else not_said
            standing = label("standing", row.standing) if row.standing else not_said
            code = row.what_kind or NOT_SAID
            rows.append((number, level, code, kind, standing, row.record_id))
    columns = {"session": "i", "level": "i", "code": "s", "kind": "s", "standing": "s", "pick": "s"}
    return _frame(rows, columns)


def _frame(rows: list[Any], columns: dict[str, str]) -> pl.DataFrame:
    import polars as pl

    types = {"i": pl.Int64, "f": pl.Float64, "s": pl.String, "b": pl.Boolean}
    return pl.DataFrame(rows, schema={name: types[kind] for name, kind in columns.items()}, orient="row")
