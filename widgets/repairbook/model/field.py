"""What is known about one field of a record: its kind, who writes it and how far it travels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

TEXT_LIMIT = 20_000
LINE_LIMIT = 500


class Kind(StrEnum):
    """The shape of an answer."""

    TEXT = "text"
    LINE = "line"
    CODE = "code"
    CODES = "codes"
    RATE = "rate"
    RATES = "rates"
    GRID = "grid"
    TIME = "time"
    DATE = "date"
    YES_NO = "yes/no"
    ROWS = "rows"
    REF = "ref"
    NUMBER = "number"
    NUMBERS = "numbers"
    CONSENT = "consent"


class Reach(StrEnum):
    """How far an answer may travel at most."""

    NOT_STORED = "not stored"
    PRIVATE = "private"
    SHARED = "shared"
    COUNTABLE = "countable"


class Writer(StrEnum):
    """Whose answer it is."""

    SUPERVISEE = "E"
    SUPERVISOR = "R"
    JOINT = "J"
    CLIENT = "C"


@dataclass(frozen=True)
class Field:
    """One field of a record, as the table of fields states it.

    Parameters
    ----------
    kind, reach, writer
        Shape of the answer, how far it travels, whose it is.
    book
        Id of the codebook its codes come from; for `lens` the codebook is chosen by another field.
    limit
        Most codes that may be chosen; 0 is no limit.
    low, high
        Bounds of a rating, inclusive.
    theme
        The theme of "look closer" it belongs to; empty for the short walk.
    """

    kind: Kind
    reach: Reach
    writer: Writer = Writer.SUPERVISEE
    book: str = ""
    limit: int = 0
    low: int = 1
    high: int = 5
    theme: str = ""

    def as_schema(self) -> dict[str, Any]:
        """Describe the field for JSON Schema readers, under keys of our own."""
        told: dict[str, Any] = {
            "x-kind": str(self.kind),
            "x-reach": str(self.reach),
            "x-writer": str(self.writer),
        }
        if self.book:
            told["x-codebook"] = self.book
        if self.theme:
            told["x-theme"] = self.theme
        return told


def fields_of(model: type[BaseModel]) -> dict[str, Field]:
    """Every described field of a record class, in the order of the page."""
    return dict(_described(model))


def _described(model: type[BaseModel]) -> Iterator[tuple[str, Field]]:
    for key, info in model.model_fields.items():
        for mark in info.metadata:
            if isinstance(mark, Field):
                yield key, mark
