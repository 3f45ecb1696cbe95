"""The first sheet of a spreadsheet file as rows of strings."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, BinaryIO

from repairbook.caseload.importing.refusal import CannotImport, Why

if TYPE_CHECKING:
    from repairbook.caseload.importing.reading import Row

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LARGEST_UNPACKED = 512 * 1024 * 1024


def is_workbook(head: bytes) -> bool:
    """Whether a file begins like a spreadsheet, new or old."""
    return head.startswith((_ZIP, _OLD))


def sheet_rows(file: BinaryIO) -> list[Row]:
    """Give the rows of the first sheet that holds a table.

    Raises
    ------
    CannotImport
        If it is no spreadsheet, too large when unpacked, or the package that reads it is not installed.
    """
    try:
        import fastexcel
    except ImportError:
        raise CannotImport(Why.NO_EXCEL) from None
    file.seek(0)
    _refuse_too_large(file)
    file.seek(0)
    try:
        book = fastexcel.read_excel(file.read())
        for name in book.sheet_names:
            sheet = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
            if sheet.width > 1:
                return [
                    (line, [cell or "" for cell in row])
                    for line, row in enumerate(sheet.iter_rows(), start=1)
                ]
    except fastexcel.FastExcelError:
        # Its own words would quote cells.
        raise CannotImport(Why.BINARY) from None
    raise CannotImport(Why.NO_TABLE)


def _refuse_too_large(file: BinaryIO) -> None:
    if not file.read(4).startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(file) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise CannotImport(Why.BINARY) from None
    if unpacked > _LARGEST_UNPACKED:
        raise CannotImport(Why.UNPACKED)
