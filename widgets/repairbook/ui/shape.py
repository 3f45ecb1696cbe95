"""The shape an answer has in a control, and back: what the page shows, types and fingerprints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from repairbook.model.answer import value_of
from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import Kind

YES, NO = "yes", "no"


def shown(body: Body, key: str) -> Any:
    """Give the answer to a field as its control holds it (fingerprints are taken of this)."""
    value = value_of(body, key)
    if key in body.raw:
        return value
    return _TO_CONTROL.get(FIELDS[key].kind, _same)(value)


def taken(key: str, value: Any) -> Any:
    """Turn what a control holds into an answer.

    Raises
    ------
    ValueError
        If the shape is not one the control can give.
    """
    try:
        return _FROM_CONTROL.get(FIELDS[key].kind, _same)(value)
    except (TypeError, KeyError, IndexError, AttributeError):
        message = f"the answer does not fit the field {key}"
        raise ValueError(message) from None


def _same(value: Any) -> Any:
    return value


def yes_no_chips(value: bool | None) -> list[str]:
    """Give a yes, a no or nothing as its chip."""
    return [] if value is None else [YES if value else NO]


def yes_or_no(value: list[str]) -> bool | None:
    """Give the chip that was tapped as a yes, a no or nothing."""
    return {YES: True, NO: False}[value[0]] if value else None


_TO_CONTROL: dict[Kind, Callable[[Any], Any]] = {
    Kind.CODE: lambda value: [value] if value else [],
    Kind.CODES: list,
    Kind.YES_NO: yes_no_chips,
    Kind.RATE: lambda value: value or 0,
    Kind.GRID: lambda value: list(value or ()),
    Kind.RATES: dict,
    Kind.DATE: lambda value: value.isoformat() if value else "",
    Kind.ROWS: lambda rows: [row.model_dump() for row in rows],
}

_FROM_CONTROL: dict[Kind, Callable[[Any], Any]] = {
    Kind.CODE: lambda value: value[0] if value else "",
    Kind.CODES: tuple,
    Kind.YES_NO: yes_or_no,
    Kind.RATE: lambda value: value or None,
    Kind.GRID: lambda value: tuple(value) or None,
    Kind.RATES: dict,
    Kind.ROWS: lambda rows: tuple(dict(row) for row in rows),
}
