"""A score of one session on one instrument by one rater."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import field_validator
from pydantic_core import PydanticCustomError

from repairbook.model.field import Field, Kind, Reach
from repairbook.model.record import Code, Codes, Record


class Score(Record):
    """One session's score; a total, and the subscales or items it came from where they were typed."""

    id: str = ""
    session: Annotated[str, Field(Kind.REF, Reach.COUNTABLE)] = ""
    instrument: Annotated[Code, Field(Kind.REF, Reach.COUNTABLE)]
    rater: Annotated[Code, Field(Kind.REF, Reach.COUNTABLE)]
    total: Annotated[float, Field(Kind.NUMBER, Reach.COUNTABLE)]
    subscales: Annotated[dict[str, float], Field(Kind.NUMBERS, Reach.COUNTABLE)] = {}
    items: Annotated[tuple[float | None, ...], Field(Kind.NUMBERS, Reach.COUNTABLE)] = ()
    discussed: Annotated[bool | None, Field(Kind.YES_NO, Reach.COUNTABLE)] = None
    therapist_present: Annotated[bool | None, Field(Kind.YES_NO, Reach.COUNTABLE)] = None
    told_seen_by: Annotated[Codes, Field(Kind.CODES, Reach.COUNTABLE, book="seen_by")] = ()

    @field_validator("total")
    @classmethod
    def _finite(cls, value: float) -> float:
        if not math.isfinite(value):
            raise PydanticCustomError("not_finite", "an ordinary number")
        return value
