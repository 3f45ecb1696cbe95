"""A person who uses the workbook, and the person who is acting now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from repairbook.model.record import Line, Record


class Role(StrEnum):
    """What a person may be here; one person may be several."""

    SUPERVISEE = "supervisee"
    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Person(Record):
    """Somebody with a place in the workbook."""

    id: str = ""
    login: Line
    name: Line = ""
    roles: tuple[Role, ...] = ()
    site: Line = ""
    trainee_year: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who is acting: given to every function of the store, which asks `access` every time."""

    person_id: str
    roles: frozenset[Role] = frozenset()
