"""A file as a table, whatever wrote it."""

from __future__ import annotations

import csv
import io

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from scores_files import WORDS

from repairbook.caseload.importing.bad_rows import as_text
from repairbook.caseload.importing.reading import LARGEST_CELL, Source, read_table
from repairbook.caseload.importing.refusal import CannotImport, Why

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32")
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
TABLE = [["case", "session", "größe"], ["K7-M2", "1", "36,5"], ["Ä 4711", "2", "“quoted”"]]


def table_of(content):
    return read_table(Source("scores.csv", content))


def read(content):
    table = table_of(content)
    return [list(table.headers), *(cells for _, cells in table.rows())]


def refused(content):
    with pytest.raises(CannotImport) as why:
        list(table_of(content).rows())
    assert why.value.sentence(WORDS).endswith(".")
    return why.value.why


def written(table, separator=",", end="\r\n"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(table)
    return text.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old"])
def test_a_table_is_read_whatever_wrote_it(encoding, separator, end):
    assert read(written(TABLE, SEPARATORS[separator], end).encode(encoding)) == TABLE


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=12), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(sorted(SEPARATORS.values())),
)
def test_every_cell_that_was_written_is_read(cells, separator):
    table = [["case", "session", "total"], *(["x", *row[1:]] for row in cells)]
    assert read(written(table, separator).encode()) == table


def test_empty_lines_and_a_title_above_the_headers_are_left_out():
    table = table_of(b"Report of the clinic\n\ncase,total\n\n,\nK7-M2,36\n\n")
    assert table.headers == ("case", "total")
    assert list(table.rows()) == [(6, ["K7-M2", "36"])]


def test_a_line_that_names_its_separator_is_believed():
    assert read(b"sep=|\ncase|to;tal\na;b|3\n") == [["case", "to;tal"], ["a;b", "3"]]


def test_short_rows_are_filled_up_and_long_ones_stay_long():
    assert read(b"case,session,total\nK7-M2\nK7-M2,1,36,5\n")[1:] == [
        ["K7-M2", "", ""],
        ["K7-M2", "1", "36", "5"],
    ]


def test_a_large_cell_is_read_and_one_without_an_end_is_refused():
    large = "x" * (LARGEST_CELL - 10)
    assert read(f"case,note\nK7-M2,{large}\n".encode())[1] == ["K7-M2", large]
    assert refused(f'case,note\nK7-M2,"{"x" * LARGEST_CELL}\nmore,rows\n'.encode()) == Why.HUGE_CELL


@pytest.mark.parametrize(
    "content",
    [b"", b" \n\n ", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\r\n", b",,,\n,,\n", "\n".encode("utf-16")],
)
def test_an_empty_file_is_refused_in_a_sentence(content):
    assert refused(content) == Why.EMPTY


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 case,total",
        b"\x89PNG\r\n\x1a\n0000",
        b"\x1f\x8b\x08\x00case,total",
        b"PK\x03\x04 no zip at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no old workbook",
        b"SQLite format 3\x00",
        bytes(range(256)),
        b"case,total\nK7-M2,\x00\n",
        b"\x00" * 5000,
    ],
)
def test_a_file_that_is_no_text_is_refused_in_a_sentence(content):
    assert refused(content) in {Why.BINARY, Why.LETTERS}


def test_letters_that_cannot_be_made_out_are_refused():
    assert refused(b"case,total\n\x81\x8d,36\n") == Why.LETTERS
    assert refused(b"\xff\xfecase") in {Why.LETTERS, Why.NO_TABLE}


@pytest.mark.parametrize("content", [b"just a sentence\nand another\n", b"case\nK7-M2\n"])
def test_a_text_without_columns_is_refused(content):
    assert refused(content) == Why.NO_TABLE


def test_a_table_without_headers_and_one_of_too_many_columns_are_refused():
    assert refused(b"1,2,36\n1,3,38\n") == Why.NO_HEADERS
    assert refused(",".join(f"c{n}" for n in range(2001)).encode()) == Why.COLUMNS


def test_a_file_that_is_not_there_is_refused(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(CannotImport) as why:
            read_table(Source(path.name, path))
        assert path.name in why.value.sentence(WORDS)


def test_the_first_sheet_of_a_workbook_is_read():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        book.add_worksheet("empty")
        sheet = book.add_worksheet("scores")
        sheet.write_row(0, 0, ["case", "date", "total"])
        sheet.write_row(1, 0, ["K7-M2", 45415, 36.5])
        sheet.write_number(1, 1, 45415, day)
        sheet.write_formula(3, 2, "=1+2", None, 3)
        sheet.write_string(3, 0, "4711")
    assert read(held.getvalue()) == [
        ["case", "date", "total"],
        ["K7-M2", "2024-05-03 00:00:00", "36.5"],
        ["4711", "", "3"],
    ]


def test_without_the_package_for_workbooks_the_sentence_names_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fastexcel", None)
    assert refused(b"PK\x03\x04") == Why.NO_EXCEL


def test_rows_kept_aside_are_read_as_they_were():
    aside = as_text([["case", "total", "line", "why not"], ["'=1+2", "36", "7", "Not a number."]])
    assert read(aside.encode("utf-8-sig")) == [["case", "total"], ["=1+2", "36"]]


def test_a_source_keeps_its_content_out_of_its_repr():
    assert "4711" not in repr(Source("a.csv", b"4711"))
