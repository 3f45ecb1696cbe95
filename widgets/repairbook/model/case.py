"""A case, its sessions and who works on it; everything a reflection inherits instead of asking again."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Annotated

from pydantic import field_validator
from pydantic_core import PydanticCustomError

from repairbook.model.field import Field, Kind, Reach
from repairbook.model.record import Code, Codes, Day, Line, Record

_COUNTABLE, _SHARED, _PRIVATE = Reach.COUNTABLE, Reach.SHARED, Reach.PRIVATE
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_DIGITS = "23456789"


class Consent(Record):
    """What the client agreed to, from when until when."""

    given_on: Day
    expires_on: Day | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the consent is in force on a day (the last day included)."""
        return self.given_on <= day and (self.expires_on is None or day <= self.expires_on)


class Case(Record):
    """The profile of one case, filled in once."""

    id: str = ""
    case_code: Annotated[Line, Field(Kind.LINE, _SHARED)] = ""
    clinic_client_id: Annotated[Line, Field(Kind.LINE, _PRIVATE)] = ""
    unit: Annotated[Code, Field(Kind.CODE, _COUNTABLE, book="unit")] = "individual"
    modality: Annotated[Code, Field(Kind.CODE, _COUNTABLE, book="modality")] = ""
    participation: Annotated[Code, Field(Kind.CODE, _COUNTABLE, book="participation")] = ""
    usual_format: Annotated[Code, Field(Kind.CODE, _COUNTABLE, book="format")] = ""
    consent_recording: Annotated[Consent | None, Field(Kind.CONSENT, _SHARED)] = None
    consent_supervision: Annotated[Consent | None, Field(Kind.CONSENT, _SHARED)] = None
    consent_training: Annotated[Consent | None, Field(Kind.CONSENT, _SHARED)] = None
    ended_session: Annotated[Code, Field(Kind.REF, _COUNTABLE)] = ""
    ended_reason: Annotated[Code, Field(Kind.CODE, _COUNTABLE, book="ending_reason")] = ""
    ended_mutual: Annotated[bool | None, Field(Kind.YES_NO, _COUNTABLE)] = None

    @field_validator("unit")
    @classmethod
    def _individual_only(cls, value: str) -> str:
        if value != "individual":
            raise PydanticCustomError("individual_only", "individual work only, for now")
        return value


class Assignment(Record):
    """Who supervises whose work on a case, in what kind of supervision, from when until when."""

    supervisee: Annotated[str, Field(Kind.REF, _SHARED)]
    supervisor: Annotated[str, Field(Kind.REF, _SHARED)] = ""
    kind: Annotated[Code, Field(Kind.CODE, _COUNTABLE, book="assignment_kind")] = "individual"
    starts_on: Annotated[Day | None, Field(Kind.DATE, _SHARED)] = None
    ends_on: Annotated[Day | None, Field(Kind.DATE, _SHARED)] = None


class Session(Record):
    """One meeting, kept or missed; its number and date may be corrected without moving anything."""

    id: str = ""
    number: Annotated[int, Field(Kind.NUMBER, _COUNTABLE)]
    date: Annotated[Day | None, Field(Kind.DATE, _SHARED)] = None
    attendance: Annotated[Code, Field(Kind.CODE, _COUNTABLE, book="attendance")] = "attended"
    format: Annotated[Code, Field(Kind.CODE, _COUNTABLE, book="format")] = ""
    third_party: Annotated[Codes, Field(Kind.CODES, _COUNTABLE, book="third_party")] = ()
    interrupted: Annotated[bool | None, Field(Kind.YES_NO, _COUNTABLE)] = None
    stage: Annotated[Code, Field(Kind.CODE, _COUNTABLE, book="stage")] = ""

    @field_validator("number")
    @classmethod
    def _counted_from_one(cls, value: int) -> int:
        if not 1 <= value <= 2000:
            raise PydanticCustomError("session_number", "a number from 1 to 2000")
        return value

    @property
    def missed(self) -> bool:
        """Whether nobody met."""
        return self.attendance in {"cancelled", "no_show"}

    @property
    def stage_or_guess(self) -> str:
        """The stage as corrected, else as the number suggests (the first five sessions build the bond)."""
        return self.stage or ("commitment" if self.number <= EARLY_SESSIONS else "process")


EARLY_SESSIONS = 5
"""Sessions counted as early: the alliance forms within about the first five."""


def new_case_code() -> str:
    """Draw a random case code such as K7-M2, which says nothing about the person."""
    pair = [secrets.choice(_LETTERS) + secrets.choice(_DIGITS) for _ in range(2)]
    return "-".join(pair)
