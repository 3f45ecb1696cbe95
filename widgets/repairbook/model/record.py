"""The base of everything kept: frozen, half-filled states valid, all faults at once, no text in errors."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from repairbook.model.field import LINE_LIMIT, TEXT_LIMIT, Field, Kind, fields_of

_CODED = frozenset({Kind.CODE, Kind.CODES, Kind.RATES})
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_CLOCK = re.compile(r"^\s*(\d{1,3}):([0-5]\d)\s*$")


def _single_line(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise PydanticCustomError("one_line", "one line only")
    return value


def _clock(value: str) -> str:
    if value and not _CLOCK.match(value):
        raise PydanticCustomError("clock", "minutes and seconds, such as 12:30")
    return value


def is_five(value: int) -> int:
    """Check a rating from 1 to 5."""
    if not 1 <= value <= 5:
        raise PydanticCustomError("rating", "a number from 1 to 5")
    return value


def _nine(value: tuple[int, int]) -> tuple[int, int]:
    if not all(1 <= mark <= 9 for mark in value):
        raise PydanticCustomError("grid", "two numbers from 1 to 9")
    return value


def _iso_day(value: object) -> object:
    # A bare number is not a day somebody meant, though a parser may read it as seconds since 1970.
    if isinstance(value, dt.date) or (isinstance(value, str) and _DAY.match(value)):
        return value
    raise PydanticCustomError("day", "a date such as 2026-11-17")


Text = Annotated[str, StringConstraints(max_length=TEXT_LIMIT)]
Line = Annotated[str, StringConstraints(max_length=LINE_LIMIT), AfterValidator(_single_line)]
Clock = Annotated[str, AfterValidator(_clock)]
Day = Annotated[dt.date, BeforeValidator(_iso_day)]
Code = Annotated[str, StringConstraints(max_length=64)]
Codes = tuple[Code, ...]
Five = Annotated[int, AfterValidator(is_five)]
Grid = Annotated[tuple[int, int], AfterValidator(_nine)]


class Record(BaseModel):
    """A frozen piece of a record.

    Codes are checked against the codebooks only where a `library` is given in the validation context:
    what was stored under an older codebook stays readable.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        strict=False,
        json_schema_extra=lambda schema, cls: _describe(schema, cls),
    )

    def __repr__(self) -> str:
        """Name the record only: what people wrote belongs in no log."""
        return f"{type(self).__name__}()"

    __str__ = __repr__

    @model_validator(mode="after")
    def _codes_are_known(self, info: ValidationInfo) -> Self:
        library = (info.context or {}).get("library")
        if library is None:
            return self
        faults = [
            InitErrorDetails(type=PydanticCustomError(*fault), loc=(key,), input=None)
            for key, field in coded_fields(type(self)).items()
            if (given := getattr(self, key)) and (fault := self._code_fault(key, field, given, library))
        ]
        if faults:
            raise ValidationError.from_exception_data(type(self).__name__, faults, hide_input=True)
        return self

    def _code_fault(self, key: str, field: Field, given: Any, library: Any) -> tuple[Any, Any] | None:
        codes = (given,) if field.kind is Kind.CODE else tuple(given)
        book = self.book_of(key, field)
        if field.limit and len(codes) > field.limit:
            return "too_many", f"at most {field.limit}"
        if len(set(codes)) != len(codes):
            return "twice", "each only once"
        if book and not set(codes) <= set(library.codebook(book).codes):
            return "unknown_code", f"a code of the list {book}"
        return None

    def book_of(self, key: str, field: Field) -> str:
        """The codebook a field's codes come from (a record may let another field choose it)."""
        return field.book

    def filled(self) -> dict[str, Any]:
        """What has been answered so far, as plain JSON values."""
        return self.model_dump(mode="json", exclude_defaults=True)


@cache
def coded_fields(model: type[BaseModel]) -> dict[str, Field]:
    """The fields of a record class that are answered with codes."""
    return {key: field for key, field in fields_of(model).items() if field.kind in _CODED}


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    for key, field in fields_of(model).items():
        if key in schema.get("properties", {}):
            schema["properties"][key].update(field.as_schema())
