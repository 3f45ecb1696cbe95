"""The rows kept aside, as a file of their own: everything they held, where they stood, and why."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from repairbook.caseload.importing.cells import number
from repairbook.caseload.importing.plan import Plan
from repairbook.caseload.importing.reading import ADDED_HEADERS

_FORMULA_SIGNS = tuple("=+-@\t\r")
_MOST_FILES = 1000
_ENCODING = "utf-8-sig"


def bad_lines(plan: Plan) -> Iterator[list[str]]:
    """Give the file of rows kept aside: headers, then each row with its line and its reasons."""
    yield [*map(_harmless, plan.table.headers), *ADDED_HEADERS]
    width = len(plan.table.headers)
    for line, cells in plan.table.rows():
        if line in plan.bad:
            # Cells beyond the headers stay too, behind the reasons.
            yield [
                *map(_harmless, cells[:width]),
                str(line),
                " ".join(plan.bad[line]),
                *map(_harmless, cells[width:]),
            ]


def as_text(lines: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue()


def write_bad_rows(plan: Plan, beside: Path) -> Path | None:
    """Write the rows kept aside to a new file that only its owner can open; nothing where all were good.

    A file that is there already is never written over: it may hold somebody's corrections.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    if not plan.bad:
        return None
    for to in _names(beside):
        if to.is_file() and not to.is_symlink() and _holds(to, plan):
            return to
        try:
            handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding=_ENCODING, newline="") as file:
            csv.writer(file).writerows(bad_lines(plan))
        return to
    raise FileExistsError


def _holds(there: Path, plan: Plan) -> bool:
    """Whether an earlier file holds the very same rows, as when a file is brought in once more."""
    with there.open(encoding=_ENCODING, errors="replace", newline="") as file:
        try:
            return all(one == other for one, other in zip_longest(csv.reader(file), bad_lines(plan)))
        except csv.Error:
            return False


def _names(beside: Path) -> Iterator[Path]:
    stem = beside.stem.removesuffix(".bad")
    yield beside.with_name(f"{stem}.bad.csv")
    for count in range(2, _MOST_FILES):
        yield beside.with_name(f"{stem}.bad-{count}.csv")


def _harmless(cell: str) -> str:
    """Give a cell that a spreadsheet shows and never computes; a plain number stays a number."""
    starts = cell.lstrip(" ").startswith(_FORMULA_SIGNS)
    return f"'{cell}" if starts and number(cell) is None else cell
