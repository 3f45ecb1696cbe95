"""Dates in every order."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbook.caseload.importing.dates import ORDERS, Unclear, evidence, read_date

THIRD_OF_MAY = dt.date(2024, 5, 3)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2089, 12, 31))
FORMS = {"dmy": "{0.day}{1}{0.month:02}{1}{0.year}", "mdy": "{0.month}{1}{0.day:02}{1}{0.year}"}


@pytest.mark.parametrize(
    "text",
    ["2024-05-03", "2024/5/3", "2024.05.03", "20240503", "3 May 2024", "3rd of may 2024", "May 3, 2024",
     "03-May-2024", "2024-05-03 00:00:00", "2024-05-03T14:30:00Z", " 2024-05-03 9:05 "],
)  # fmt: skip
@pytest.mark.parametrize("order", ["", *ORDERS])
def test_a_date_that_is_clear_needs_no_order(text, order):
    assert read_date(text, order) == THIRD_OF_MAY


@pytest.mark.parametrize("text", ["03/05/2024", "3.5.2024", "03-05-2024 10:00"])
def test_day_and_month_that_cannot_be_told_apart_are_not_guessed(text):
    with pytest.raises(Unclear, match="ambiguous"):
        read_date(text)
    assert read_date(text, "dmy") == THIRD_OF_MAY
    assert read_date(text, "mdy") == dt.date(2024, 3, 5)


@pytest.mark.parametrize(("text", "order"), [("25/12/2024", "mdy"), ("12/25/2024", "dmy")])
def test_a_date_against_the_order_said_is_refused(text, order):
    with pytest.raises(Unclear, match="order"):
        read_date(text, order)
    assert read_date(text) == dt.date(2024, 12, 25)


def test_a_year_of_two_digits_needs_the_order():
    for text in ("13/05/24", "24-05-03"):
        with pytest.raises(Unclear, match="ambiguous"):
            read_date(text)
    assert read_date("13/05/24", "dmy") == dt.date(2024, 5, 13)
    assert read_date("24-05-03", "ymd") == THIRD_OF_MAY


@pytest.mark.parametrize(
    "text",
    ["", "soon", "45415", "2024-13-01", "31.02.2024", "0/0/2024", "13/13/2024", "2024-05", "=TODAY()",
     "3 Mayhem 2024",     "1800-01-01", "99999999", "٣/٥/٢٠٢٤", "1" * 5000, "2024-05-03-04"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text):
    with pytest.raises(Unclear, match="date"):
        read_date(text, "dmy")


@given(DAYS, st.sampled_from(sorted(FORMS)), st.sampled_from("./-"))
def test_every_date_comes_back_in_the_order_it_was_written_in(day, order, sign):
    assert read_date(FORMS[order].format(day, sign), order) == day


@given(DAYS, st.sampled_from(sorted(FORMS)))
def test_without_an_order_a_date_is_read_rightly_or_not_at_all(day, order):
    try:
        assert read_date(FORMS[order].format(day, "/")) == day
    except Unclear:
        assert day.day <= 12


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text):
    for order in ("", *ORDERS):
        try:
            read_date(text, order)
        except Unclear:
            continue


def test_a_date_shows_its_order_only_where_there_is_one_reading():
    shown = [
        evidence(text) for text in ("13/05/2024", "05/13/2024", "05/06/2024", "2024-05-13", "13/05/24", "x")
    ]
    assert shown == ["dmy", "mdy", "", "", "", ""]
