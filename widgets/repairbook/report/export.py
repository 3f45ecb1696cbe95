"""A reflection as data for another program: every answer with its kind, its reach and its labels.

The JSON holds `format`, `schema` (a number), `record`, `case`, `session`, `state`, `changed_at`,
`follow_ups`, `codebooks` (id, version, title, whether complete) and `shareable`; `private` only where it
was asked for. Both parts hold `answers` and `as_typed` (what was typed and does not fit its field yet). An
answer holds `value`, `kind`, `writer`, `reach`; a coded one also `codebook` and `labels` (code to label).
Rows hold `columns`, described the same way. The values alone, by key, are what
`repairbook schema reflection` describes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from repairbook.model.case import Session
from repairbook.model.draft import FIELDS, SCHEMA_NUMBER, Body
from repairbook.model.faults import DataFault
from repairbook.model.field import Field, fields_of
from repairbook.model.library import Library
from repairbook.model.record import Record
from repairbook.model.reflection import TimelineRow
from repairbook.store.shapes import Followed

FORMAT = "repairbook reflection"
NAME_LENGTH = 40


def reflection_json(
    body: Body,
    *,
    record_id: str,
    case_code: str,
    session: Session | None,
    library: Library,
    include_private: bool,
    follow_ups: Sequence[Followed] = (),
    state: str = "",
    when: dt.datetime | None = None,
) -> str:
    """Give a reflection as documented JSON; the private part only where its author asks for it."""
    books = _Books(library)
    told: dict[str, Any] = {
        "format": FORMAT,
        "schema": SCHEMA_NUMBER,
        "record": record_id,
        "case": case_code,
        "session": {"id": session.id, **books.answers(session, fields_of(Session))} if session else None,
        "state": state,
        "changed_at": when.isoformat() if when else None,
        "shareable": _part(body, body.shareable, books),
    }
    if session:
        told["session"]["number"] = session.number
    if include_private:
        told["private"] = _part(body, body.private, books)
    told["follow_ups"] = [_followed(each, books) for each in follow_ups]
    told["codebooks"] = books.used()
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    # Half a surrogate pair cannot be written to a file; nothing a keyboard gives is lost.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def file_name(case_code: str, session_number: int | None, suffix: str) -> str:
    """Name a file so that every system takes it, such as reflection-K7-M2-session-7.html."""
    parts = ["reflection", _plain(case_code)]
    if session_number is not None:
        parts += ["session", str(session_number)]
    return f"{'-'.join(part for part in parts if part)}.{_plain(suffix).lower() or 'txt'}"


class _Books:
    """Labels for codes, remembering which codebooks were used."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._used: set[str] = set()

    def answers(self, record: Record, fields: Mapping[str, Field]) -> dict[str, Any]:
        """Describe every filled field of a record."""
        filled = record.filled()
        return {
            key: self._answer(filled[key], record.book_of(key, field), field)
            for key, field in fields.items()
            if key in filled
        }

    def used(self) -> list[dict[str, Any]]:
        """Name the codebooks the labels came from, with their versions."""
        books = [self._library.codebook(each) for each in sorted(self._used)]
        return [{"id": b.id, "version": b.version, "title": b.title, "complete": b.complete} for b in books]

    def _answer(self, value: Any, book: str, field: Field) -> dict[str, Any]:
        told: dict[str, Any] = {"value": value, **_about(field)}
        if book:
            told |= {"codebook": book, "labels": self._labels(book, value)}
        if field.kind == "rows":
            told["columns"] = {
                key: self._column([row[key] for row in value if key in row], column)
                for key, column in fields_of(TimelineRow).items()
            }
        return told

    def _column(self, values: list[Any], field: Field) -> dict[str, Any]:
        labels = {"codebook": field.book, "labels": self._labels(field.book, values)} if field.book else {}
        return {**_about(field), **labels}

    def _labels(self, book: str, value: Any) -> dict[str, str]:
        codes = [value] if isinstance(value, str) else list(value)
        try:
            known = self._library.codebook(book)
        except DataFault:
            return {}
        self._used.add(book)
        return {code: known.label(code) for code in codes if code in known.codes}


def _about(field: Field) -> dict[str, str]:
    return {"kind": str(field.kind), "writer": str(field.writer), "reach": str(field.reach)}


def _part(body: Body, part: Mapping[str, Any], books: _Books) -> dict[str, Any]:
    fields = {key: field for key, field in FIELDS.items() if key in part["answers"]}
    return {"answers": books.answers(body.reflection, fields), "as_typed": dict(part["raw"])}


def _followed(followed: Followed, books: _Books) -> dict[str, Any]:
    kept = followed.follow_up
    return {"at": followed.at.isoformat(), "answers": books.answers(kept, fields_of(type(kept)))}


def _plain(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_only)[:NAME_LENGTH].strip("-")
