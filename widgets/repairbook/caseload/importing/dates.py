"""Dates as clinics write them, in any order; where day and month cannot be told apart, nobody guesses."""

from __future__ import annotations

import datetime as dt
import re

ORDERS = ("dmy", "mdy", "ymd")
DATE, ORDER, AMBIGUOUS = "date", "order", "ambiguous"
_YEARS = range(1950, 2101)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december", "sept")  # fmt: skip
_CLOCK = re.compile(r"[T\s]\s*\d{1,2}:\d{2}.*$", re.DOTALL)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]*(?:of\s+)?([a-z]+)[\s.,-]*(\d{4})", re.ASCII)
_MONTH_DAY = re.compile(r"([a-z]+)[\s.-]*(\d{1,2})(?:st|nd|rd|th)?[\s.,-]+(\d{4})", re.ASCII)


class Unclear(ValueError):
    """A date that is none (`date`), not in the order said (`order`), or to be read two ways (`ambiguous`)."""


def read_date(text: str, order: str = "") -> dt.date:
    """Read a date; a time of day behind it is left out.

    Parameters
    ----------
    order
        How the column writes dates, where that is known; empty where each must be clear by itself.

    Raises
    ------
    Unclear
        With `date`, `order` or `ambiguous`.
    """
    plain = _CLOCK.sub("", text.strip()).strip().lower()
    if found := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _day(*map(int, found.groups()))
    if found := _NUMBERS.fullmatch(plain):
        return _from_numbers(found[1], found[2], found[3], order)
    if found := _DAY_MONTH.fullmatch(plain):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(plain):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    raise Unclear(DATE)


def evidence(text: str) -> str:
    """Say which order a single date shows, if it shows one."""
    found = _NUMBERS.fullmatch(_CLOCK.sub("", text.strip()).strip())
    # Two digits for a year could be the day, so they show nothing.
    if found is None or len(found[3]) == 2:
        return ""
    first, second = int(found[1]), int(found[2])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else ""


def _from_numbers(first: str, second: str, third: str, order: str) -> dt.date:
    if order == "ymd" and len(third) == 2:
        return _day(2000 + int(first), int(second), int(third))
    if len(third) == 2 and order not in {"dmy", "mdy"}:
        raise Unclear(AMBIGUOUS)
    year = int(third) + (2000 if len(third) == 2 else 0)
    one, two = int(first), int(second)
    clear = "dmy" if one > 12 else "mdy" if two > 12 else ""
    if clear and order in {"dmy", "mdy"} and order != clear:
        # The column cannot be as somebody said it is: then its other dates may be misread too.
        raise Unclear(ORDER)
    chosen = clear or (order if order in {"dmy", "mdy"} else "dmy" if one == two else "")
    if not chosen:
        raise Unclear(AMBIGUOUS)
    return _day(year, two, one) if chosen == "dmy" else _day(year, one, two)


def _day(year: int, month: int, day: int) -> dt.date:
    if year not in _YEARS:
        raise Unclear(DATE)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unclear(DATE) from None


def _month(name: str) -> int:
    if name not in _MONTHS and name not in _FULL:
        raise Unclear(DATE)
    return _MONTHS.index(name[:3]) + 1
