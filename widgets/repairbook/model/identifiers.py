"""Spotting what may point to a person in a text: it points and never changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_SHORT_MONTHS = "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_STREET = "street|road|avenue|lane|drive|close|terrace|square|boulevard|court|way|crescent"
_SHORT_STREET = r"st|rd|ave|blvd"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "date",
        re.compile(
            r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))\b"
            rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS}|{_SHORT_MONTHS})\b"
            rf"|\b(?:{_MONTHS}|{_SHORT_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b",
            re.IGNORECASE,
        ),
    ),
    (
        "address",
        re.compile(
            rf"\b\d{{1,5}}[a-z]?\s+(?:[A-Z][\w'’-]+\s+){{1,3}}(?i:{_STREET}|{_SHORT_STREET})\b"
            r"|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
        ),
    ),
    (
        "record_number",
        re.compile(
            r"\b(?:record|file|case|patient|client|hospital|nhs|mrn|ssn|insurance)"
            r"\s*(?:no\.?|number|nr\.?|id|#)\s*[:#]?\s*[A-Z\d][A-Z\d/-]{2,}"
            r"|\b\d{3}-\d{2}-\d{4}\b|\b\d{7,}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "phone",
        re.compile(
            r"(?<![\w.])(?:\+\d{1,3}[\s./-]?)?(?:\(\d{1,5}\)[\s./-]?)?\d{2,5}(?:[\s./-]\d{2,5}){1,4}\b"
        ),
    ),
    (
        "title_name",
        re.compile(
            r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Officer|Judge|Sister|Father)\.?\s+[A-Z][\w'’-]+"
        ),
    ),
)
_FEWEST_PHONE_DIGITS = 7


@dataclass(frozen=True)
class Found:
    """One place in a text that may point to a person: kind, and where (character offsets)."""

    kind: str
    start: int
    end: int
    words: str = field(repr=False)


def find_identifiers(text: str, site_words: Iterable[str] = ()) -> tuple[Found, ...]:
    """Find what may point to a person, first come first, none overlapping.

    Parameters
    ----------
    text
        What somebody typed.
    site_words
        A site's own list (places, staff, programme names); matched as whole words, any case.
    """
    found: list[Found] = []
    for kind, pattern in (*_PATTERNS, *_site_pattern(site_words)):
        for match in pattern.finditer(text):
            if _counts(kind, match) and not _overlaps(found, match):
                found.append(Found(kind, match.start(), match.end(), match.group()))
    return tuple(sorted(found, key=lambda one: one.start))


def _site_pattern(site_words: Iterable[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = sorted({word.strip() for word in site_words if word.strip()}, key=len, reverse=True)
    if not words:
        return ()
    joined = "|".join(re.escape(word) for word in words)
    return (("site_word", re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)),)


def _counts(kind: str, match: re.Match[str]) -> bool:
    if kind != "phone":
        return True
    return sum(letter.isdigit() for letter in match.group()) >= _FEWEST_PHONE_DIGITS


def _overlaps(found: Iterable[Found], match: re.Match[str]) -> bool:
    return any(one.start < match.end() and match.start() < one.end for one in found)
