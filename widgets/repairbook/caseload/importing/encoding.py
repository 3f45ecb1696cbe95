"""In which letters a text file is written, told from its bytes."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from repairbook.caseload.importing.refusal import CannotImport, Why

_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What begins like this is no text, whatever its name says.
_OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\x1f\x8b", b"\xff\xd8\xff", b"GIF8", b"SQLite format", b"Rar!", b"7z")
_STRANGE = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_MOSTLY = 0.3


def encoding_of(file: BinaryIO) -> str:
    """Name the encoding of an open file: by its mark, else UTF-8 where it fits, else Windows' western one.

    Raises
    ------
    CannotImport
        If it is no text, or in letters that cannot be told.
    """
    head = file.read(4096)
    if head.startswith(_OTHER_KINDS):
        raise CannotImport(Why.BINARY)
    named = next((name for mark, name in _MARKS if head.startswith(mark)), "") or _without_mark(head)
    if named:
        if not _fits(file, named):
            raise CannotImport(Why.LETTERS)
        return named
    if _holds_strange(file):
        raise CannotImport(Why.BINARY)
    found = next((name for name in ("utf-8", "cp1252") if _fits(file, name)), "")
    if not found:
        raise CannotImport(Why.LETTERS)
    return found


def _without_mark(head: bytes) -> str:
    """Tell UTF-16 without its mark by where the zeros of plain letters stand."""
    half = max(len(head) // 2, 1)
    first, second = head[0::2].count(0) / half, head[1::2].count(0) / half
    if second > _MOSTLY > first:
        return "utf-16-le"
    return "utf-16-be" if first > _MOSTLY > second else ""


def _fits(file: BinaryIO, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _holds_strange(file: BinaryIO) -> bool:
    file.seek(0)
    while block := file.read(_BLOCK):
        if len(block.translate(None, _STRANGE)) != len(block):
            return True
    return False
