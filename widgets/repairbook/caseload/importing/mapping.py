"""What each column of a file is: guessed from its header, corrected by the person, remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from repairbook.caseload.importing.cells import plain
from repairbook.caseload.importing.dates import Unclear, read_date
from repairbook.caseload.importing.instrument_names import InstrumentNames
from repairbook.caseload.importing.refusal import CannotImport, Why
from repairbook.model.instrument import Instrument

ONCE = ("case", "session", "date", "attendance", "instrument", "rater", "total", "discussed",
        "therapist_present", "told_seen_by", "event", "repeat")  # fmt: skip
_VALUES = ("total", "part:", "item:", "total:", "at:", "on:")
_NUMBERED = {"item": 999, "at": 2000}
_HEADERS = {
    "case": "case case_code case_id case_number case_no client client_id client_code client_number patient "
    "patient_id participant participant_id subject_id record_id mrn id code",
    "session": "session session_number session_no session_nr session_num sessionnumber visit visit_number "
    "visit_no appointment_number sitting session_index",
    "date": "date session_date date_of_session visit_date appointment_date day datum completed_on",
    "attendance": "attendance attended attendance_code status session_status showed present",
    "instrument": "instrument questionnaire measure form scale test",
    "rater": "rater rated_by respondent informant perspective filled_in_by",
    "total": "total score total_score sum sum_score value result mean mean_score",
    "discussed": "discussed talked_about discussed_with_client",
    "therapist_present": "therapist_present therapist_in_room",
    "told_seen_by": "told_seen_by seen_by",
    "event": "redcap_event_name",
    "repeat": "redcap_repeat_instance",
}
_KNOWN = {header: field for field, headers in _HEADERS.items() for header in headers.split()}
_ITEM = re.compile(r"(?:.*_)?(?:item|question|q)_?(\d{1,3})", re.ASCII)
_SESSION_COLUMN = re.compile(r"(?:(?:.*_)?(?:session|sitting|visit|s|t)_?)?(\d{1,4})", re.ASCII)
FEWEST_WIDE = 2


@dataclass(frozen=True)
class Columns:
    """The field of each column, in the order of the file; empty for a column that is not used.

    Parameters
    ----------
    instrument, rater
        What holds for every row that does not say it itself.
    dates
        The order of dates the person chose; empty where the column must settle it.
    """

    fields: tuple[str, ...]
    instrument: str = ""
    rater: str = ""
    dates: str = ""

    def where(self, field: str) -> int | None:
        """Give the column of a field, None where there is none."""
        return self.fields.index(field) if field in self.fields else None

    def numbered(self, kind: str) -> list[tuple[int, str]]:
        """Give the columns of a kind, such as the single items, with what follows its colon."""
        start = f"{kind}:"
        return [
            (at, field.removeprefix(start)) for at, field in enumerate(self.fields) if field.startswith(start)
        ]

    @property
    def shape(self) -> str:
        """Long (one row a score), wide (one row a case), or as REDCap writes it."""
        if any(field.startswith(("at:", "on:")) for field in self.fields):
            return "wide"
        return "redcap" if {"event", "repeat"} & set(self.fields) else "long"

    def refuse_unusable(self) -> None:
        """Go on only if every row can say whose score it is, of which session, and how much."""
        twice = [field for field in ONCE if self.fields.count(field) > 1]
        if twice:
            raise CannotImport(Why.TWICE, field=twice[0])
        if "case" not in self.fields:
            raise CannotImport(Why.NO_CASE)
        if self.shape == "long" and not {"session", "date"} & set(self.fields):
            raise CannotImport(Why.NO_SESSION)
        if not any(field.startswith(_VALUES) for field in self.fields) and "attendance" not in self.fields:
            raise CannotImport(Why.NO_SCORE)
        asks = any(field.startswith(_VALUES) and not field.startswith("total:") for field in self.fields)
        if asks and "instrument" not in self.fields and not self.instrument:
            raise CannotImport(Why.NO_INSTRUMENT)


def guess(headers: Sequence[str], names: InstrumentNames, instrument: Instrument | None = None) -> Columns:
    """Guess what each column is from its header; what is not known stays unused."""
    said = [plain(header) for header in headers]
    parts = names.parts(instrument)
    fields: list[str] = []
    for header in said:
        found = _KNOWN.get(header, "") or _numbered(header) or _part(header, parts) or _total(header, names)
        # The first of two columns that could be the same is taken; the person may choose the other.
        fields.append("" if found in fields else found)
    if "redcap_event_name" in said or "redcap_repeat_instance" in said:
        for at, header in enumerate(said):
            fields[at] = "case" if header == "record_id" else "" if fields[at] == "case" else fields[at]
    return Columns(tuple(_wide(headers, fields)))


def chosen(columns: Columns, headers: Sequence[str], asked: Mapping[str, str]) -> Columns:
    """Lay over a guess what the person said; a column is named by its header, or by its place as #3.

    Raises
    ------
    CannotImport
        If there is no such column or field.
    """
    fields = list(columns.fields)
    for name, field in asked.items():
        at = _place(name, headers)
        if not is_field(field):
            raise CannotImport(Why.NO_FIELD, fields=", ".join((*ONCE, "part:…", "item:1", "at:1", "total:…")))
        fields = ["" if each == field and field in ONCE else each for each in fields]
        fields[at] = field
    return replace(columns, fields=tuple(fields))


def is_field(field: str) -> bool:
    """Whether this names a field a column can be; empty is a column that is not used."""
    kind, colon, rest = field.partition(":")
    if not colon:
        return not field or field in ONCE
    if kind in _NUMBERED:
        return rest.isascii() and rest.isdecimal() and 1 <= int(rest[:9]) <= _NUMBERED[kind]
    return kind in {"part", "total", "on"} and bool(rest)


def _place(name: str, headers: Sequence[str]) -> int:
    if name in headers:
        return list(headers).index(name)
    same = [at for at, header in enumerate(headers) if plain(header) == plain(name)]
    if same:
        return same[0]
    number = name.removeprefix("#")
    if (
        name.startswith("#")
        and number.isascii()
        and number.isdecimal()
        and 1 <= int(number[:9]) <= len(headers)
    ):
        return int(number) - 1
    raise CannotImport(Why.NO_COLUMN, columns=", ".join(header for header in headers if header)[:300])


def _numbered(header: str) -> str:
    found = _ITEM.fullmatch(header)
    return f"item:{int(found[1])}" if found and is_field(f"item:{int(found[1])}") else ""


def _part(header: str, parts: Mapping[str, str]) -> str:
    return f"part:{parts[header]}" if header in parts else ""


def _total(header: str, names: InstrumentNames) -> str:
    for ending in ("_total_score", "_total", "_sum", "_score", "_mean", ""):
        if header.endswith(ending) and len(header) > len(ending):
            found = names.candidates(header.removesuffix(ending) if ending else header)
            if len(found) == 1:
                return f"total:{found[0].id}"
    return ""


def _wide(headers: Sequence[str], fields: list[str]) -> list[str]:
    """Take numbered or dated columns as sessions, where no column says the session or the score."""
    if {"session", "date", "event", "repeat"} & set(fields) or any(
        field.startswith(_VALUES) for field in fields
    ):
        return fields
    wide = ["" if field else _session_column(header) for header, field in zip(headers, fields, strict=True)]
    found = [field for field in wide if field]
    kinds = {field.partition(":")[0] for field in found}
    if len(found) < FEWEST_WIDE or len(set(found)) != len(found) or len(kinds) != 1:
        return fields
    return [field or other for field, other in zip(fields, wide, strict=True)]


def _session_column(header: str) -> str:
    try:
        read_date(header, "dmy")
    except Unclear:
        found = _SESSION_COLUMN.fullmatch(plain(header))
        number = int(found[1]) if found else 0
        return f"at:{number}" if number and is_field(f"at:{number}") else ""
    return f"on:{header}"
