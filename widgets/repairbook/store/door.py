"""What comes in is checked again at the door, by the model and the codebooks, whoever sent it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import ValidationError

from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import TEXT_LIMIT
from repairbook.model.record import Record
from repairbook.store.errors import Refused

R = TypeVar("R", bound=Record)


def checked(given: R, library: Any) -> R:
    """Give the same record back once every field fits.

    Raises
    ------
    Refused
        With one sentence per fault; none quotes what was given.
    """
    try:
        # Warnings are off because they would quote what does not fit.
        plain = given.model_dump(warnings=False)
        return type(given).model_validate(plain, context={"library": library})
    except ValidationError as faults:
        sentences = list(_sentences(faults, type(given)))
    raise Refused(sentences)


def checked_body(given: Body, library: Any) -> Body:
    """Give the same body back once its answers fit and its raw text belongs to known fields."""
    reflection, faults = given.reflection, list(_raw_faults(given.raw))
    try:
        reflection = checked(reflection, library)
    except Refused as refused:
        faults.extend(refused.sentences)
    if faults:
        raise Refused(faults)
    return Body(reflection, dict(given.raw))


def _sentences(faults: ValidationError, model: type[Record]) -> Iterator[str]:
    for fault in faults.errors(include_url=False, include_context=False, include_input=False):
        key = fault["loc"][0] if fault["loc"] else ""
        yield f"{key if key in model.model_fields else 'One field'}: {fault['msg'].rstrip('.')}."


def _raw_faults(raw: dict[str, str]) -> Iterator[str]:
    for key, text in raw.items():
        if key not in FIELDS:
            yield "One field is not known."
        elif not isinstance(text, str) or len(text) > TEXT_LIMIT or not _can_be_written(text):
            yield f"{key}: this text cannot be kept."


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
