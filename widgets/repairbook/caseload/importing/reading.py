"""A file as a table of plain strings, row by row, whatever wrote it."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from repairbook.caseload.importing.encoding import encoding_of
from repairbook.caseload.importing.refusal import CannotImport, Why

SEPARATORS = ",;\t|"
LARGEST_CELL = 1 << 20
MOST_COLUMNS = 2000
_LOOKED_AT = 30
_ADDED = 2  # A file of rows kept aside carries the line and the reason behind its own columns.
ADDED_HEADERS = ("line", "why not")
_FORMULA_SIGNS = tuple("=+-@\t\r")

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Source:
    """A file on this computer, or one that was given to the page."""

    name: str
    content: Path | bytes = field(repr=False)

    def open(self) -> BinaryIO:
        """Open it from its beginning."""
        if isinstance(self.content, bytes):
            return io.BytesIO(self.content)
        try:
            return self.content.open("rb")
        except OSError:
            raise CannotImport(Why.NOT_OPENED, name=self.name) from None


@dataclass(frozen=True)
class Table:
    """Headers, and rows that can be gone through more than once; each row has the line it begins on."""

    headers: tuple[str, ...] = field(repr=False)
    rows: Callable[[], Iterator[Row]] = field(repr=False)


def read_table(source: Source) -> Table:
    """Read a file as a table: a text with separators, or the first sheet of a workbook.

    Raises
    ------
    CannotImport
        If it is empty, no table, no text, or too large to be one.
    """
    with source.open() as file:
        head = file.read(8)
        if not head:
            raise CannotImport(Why.EMPTY)
        from repairbook.caseload.importing.excel import is_workbook, sheet_rows

        if is_workbook(head):
            cells = sheet_rows(file)
            return _table(lambda: iter(cells))
        file.seek(0)
        encoding = encoding_of(file)
    separator = _separator(source, encoding)
    return _table(lambda: _lines(source, encoding, separator))


def _table(rows: Callable[[], Iterator[Row]]) -> Table:
    header = next((row for row in rows() if _filled(row[1]) > 1), None)
    if header is None:
        raise CannotImport(Why.NO_TABLE if any(_filled(cells) for _, cells in rows()) else Why.EMPTY)
    start, cells = header
    headers = [cell.strip() for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise CannotImport(Why.COLUMNS, most=MOST_COLUMNS)
    if _looks_like_values(headers):
        raise CannotImport(Why.NO_HEADERS)
    kept = len(headers) - _ADDED if tuple(headers[-_ADDED:]) == ADDED_HEADERS else len(headers)
    return Table(tuple(headers[:kept]), lambda: _below(rows, start, kept, len(headers)))


def _below(rows: Callable[[], Iterator[Row]], start: int, kept: int, width: int) -> Iterator[Row]:
    """Give the rows under the headers that hold anything; short ones are filled up, long ones stay long."""
    for line, cells in rows():
        if line <= start or not _filled(cells):
            continue
        own, beyond = cells[:kept], cells[width:]
        own = [_unmarked(cell) if kept < width else cell for cell in own] + [""] * (kept - len(own))
        yield line, own + (beyond if _filled(beyond) else [])


def _lines(source: Source, encoding: str, separator: str) -> Iterator[Row]:
    with source.open() as file:
        text = io.TextIOWrapper(file, encoding=encoding, newline="")
        try:
            yield from _parsed(text, separator)
        except csv.Error:
            raise CannotImport(Why.HUGE_CELL) from None
        except OSError:
            raise CannotImport(Why.NOT_OPENED, name=source.name) from None


def _parsed(text: Iterator[str], separator: str) -> Iterator[Row]:
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(text, delimiter=separator)
    start = 1
    for cells in reader:
        yield start, cells
        start = reader.line_num + 1


def _separator(source: Source, encoding: str) -> str:
    """Choose what separates cells: the sign that cuts most rows into as many cells as the headers have."""
    with source.open() as file:
        text = io.TextIOWrapper(file, encoding=encoding, newline="")
        lines = list(itertools.islice(iter(lambda: text.readline(LARGEST_CELL), ""), _LOOKED_AT))
    if not "".join(lines).strip("\ufeff \t\r\n\v\f\x1a"):
        raise CannotImport(Why.EMPTY)
    first = lines[0].strip().casefold()
    if first.startswith("sep=") and len(first) == 5:
        return first[-1]
    return max(SEPARATORS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    try:
        widths = [len(cells) for _, cells in _parsed(iter(lines), separator) if _filled(cells)]
    except csv.Error:
        return 0, 0
    header = next((width for width in widths if width > 1), 0)
    return (widths.count(header), header) if header else (0, 0)


def _looks_like_values(headers: list[str]) -> bool:
    numbers = sum(1 for header in headers if header.replace(".", "").replace(",", "").isdigit())
    return bool(numbers) and not any(header and header[0].isalpha() and len(header) > 1 for header in headers)


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell and not cell.isspace())


def _unmarked(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_SIGNS) else cell
