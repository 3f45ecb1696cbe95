"""Single cells: read as they were meant, or not at all."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbook.caseload.importing.cells import is_nothing, number, plain, whole, yes_or_no


@given(st.integers(-999_999, 999_999), st.integers(0, 99), st.sampled_from(".,"))
def test_a_number_comes_back_with_a_point_or_a_comma(ones, hundredths, sign):
    assert number(f"{ones}{sign}{hundredths:02}") == float(f"{ones}.{hundredths:02}")


@pytest.mark.parametrize("text", ["36", " 36 ", "+36", "36.", "36,0", "36.00"])
def test_a_number_is_read_however_it_is_written(text):
    assert number(text) == 36


def test_a_printed_minus_is_a_minus():
    assert number("−1,5") == -1.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1e3",
        "inf",
        "nan",
        "1.000,5",
        "1,000.5",
        "3 6",
        "=36",
        "٣٦",
        "３６",
        "0x10",
        "1_0",
        "9" * 41,
        ".",
    ],
)
def test_what_is_no_plain_number_is_none(text):
    assert number(text) is None


@given(st.text(max_size=50))
def test_any_cell_is_an_ordinary_number_or_none(text):
    found = number(text)
    assert found is None or math.isfinite(found)
    assert whole(text) is None or whole(text) >= 0
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(("text", "count"), [("3", 3), ("3.0", 3), (" 03 ", 3), ("#3", 3), ("3,", 3)])
def test_a_counted_number_is_whole(text, count):
    assert whole(text) == count


@pytest.mark.parametrize("text", ["3.5", "-3", "3a", "", "third", "1234567"])
def test_what_counts_nothing_is_none(text):
    assert whole(text) is None


def test_yes_no_and_nothing_are_told_apart():
    assert [yes_or_no(text) for text in ("Yes", "1", "no", "0", "maybe")] == [True, True, False, False, None]
    assert [is_nothing(text) for text in ("", " ", "NA", "n/a", "-", "0")] == [True] * 5 + [False]
