"""A first look through a whole file: how long it is, which cases it names, how it writes its dates."""

from __future__ import annotations

from dataclasses import dataclass, field

from repairbook.caseload.importing.dates import evidence
from repairbook.caseload.importing.mapping import Columns
from repairbook.caseload.importing.reading import Table
from repairbook.caseload.importing.refusal import CannotImport, Why
from repairbook.caseload.importing.shapes import Shape


@dataclass(frozen=True)
class Survey:
    """What one look through a file found."""

    rows: int
    dates: str
    names: frozenset[str] = field(repr=False)


def survey(table: Table, columns: Columns) -> Survey:
    """Look through a file once.

    Raises
    ------
    CannotImport
        If nothing stands below its headers.
    """
    shape, rows, width = Shape(columns), 0, len(table.headers)
    names: set[str] = set()
    orders = {evidence(date) for date in shape.dates_above}
    dated = columns.where("date") is not None
    for _, cells in table.rows():
        rows += 1
        if len(cells) == width:
            names.add(shape.case(cells))
            if dated:
                orders.update(map(evidence, shape.dates(cells)))
    if not rows:
        raise CannotImport(Why.NO_ROWS)
    orders.discard("")
    settled = orders.pop() if len(orders) == 1 else ""
    return Survey(rows, columns.dates or settled, frozenset(names - {""}))
