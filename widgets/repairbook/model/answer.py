"""Giving one answer: it fits and becomes part of the reflection, or it is kept as typed with a reason."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import LINE_LIMIT, TEXT_LIMIT, Kind
from repairbook.model.reflection import Reflection

_TYPED = frozenset({Kind.TEXT, Kind.LINE, Kind.TIME, Kind.DATE})
_EMPTY_DATE = ""


def answered(body: Body, key: str, value: Any, library: Any = None) -> Body:
    """Give one answer and get the new body; the old one is unchanged.

    Parameters
    ----------
    body
        What has been answered so far.
    key
        A field of the reflection.
    value
        The answer as a control gives it: text for typed fields, codes, numbers.
    library
        The codebooks, to refuse unknown codes.

    Raises
    ------
    KeyError
        If there is no such field.
    ValueError
        If the answer does not fit and is not something a person typed (only a forged message can do
        that: controls offer nothing that does not fit).
    """
    field = FIELDS[key]
    raw = {other: text for other, text in body.raw.items() if other != key}
    try:
        return Body(_with(body.reflection, key, _plain(field.kind, value), library), raw)
    except ValidationError:
        if field.kind not in _TYPED or not isinstance(value, str):
            message = f"the answer does not fit the field {key}"
            raise ValueError(message) from None
        cleared = _with(body.reflection, key, Reflection.model_fields[key].default, None)
        return Body(cleared, {**raw, key: _plain(Kind.TEXT, value)})


def value_of(body: Body, key: str) -> Any:
    """Give what a control should show for a field: the raw text where something does not fit yet."""
    return body.raw[key] if key in body.raw else getattr(body.reflection, key)


def fault_of(body: Body, key: str) -> str:
    """Name why the raw text of a field does not fit, as a key of the words; empty when it fits."""
    if key not in body.raw:
        return ""
    try:
        _with(body.reflection, key, _plain(FIELDS[key].kind, body.raw[key]), None)
    except ValidationError as error:
        kind = error.errors(include_input=False)[0]["type"]
        return "date" if FIELDS[key].kind is Kind.DATE else kind
    return ""


def most_of(key: str) -> int:
    """Give the number of characters a typed field can hold."""
    return TEXT_LIMIT if FIELDS[key].kind is Kind.TEXT else LINE_LIMIT


def _plain(kind: Kind, value: Any) -> Any:
    if isinstance(value, str):
        # Half a surrogate pair cannot be written down; everything else a keyboard gives can.
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if kind is Kind.DATE and value == _EMPTY_DATE:
        return None
    return value


def _with(reflection: Reflection, key: str, value: Any, library: Any) -> Reflection:
    answers = {**reflection.model_dump(exclude_defaults=True), key: value}
    if key == "lens" and value != reflection.lens:
        # Codes chosen under one lens mean nothing under another.
        answers.pop("lens_codes", None)
    return Reflection.model_validate(answers, context={"library": library} if library else None)
