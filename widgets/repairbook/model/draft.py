"""A draft body: what has been answered, and what was typed but does not fit yet, split by reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

from repairbook.model.field import Field, Reach, fields_of
from repairbook.model.reflection import Reflection

FIELDS: dict[str, Field] = fields_of(Reflection)
SCHEMA_NUMBER = 1


@dataclass(frozen=True)
class Body:
    """A reflection as typed so far.

    Parameters
    ----------
    reflection
        The answers that fit their fields.
    raw
        Field key to text that was typed and does not fit (an impossible time): kept as it is until
        the person mends it.
    """

    reflection: Reflection = field(default_factory=Reflection, repr=False)
    raw: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def private(self) -> dict[str, Any]:
        """The part that never leaves its author."""
        return self._part(private=True)

    @property
    def shareable(self) -> dict[str, Any]:
        """The part that travels to named persons once shared."""
        return self._part(private=False)

    @classmethod
    def from_parts(cls, private: dict[str, Any], shareable: dict[str, Any]) -> Self:
        """Join the two stored parts again, upgrading older shapes in memory."""
        answers = {**_answers(shareable), **_answers(private)}
        return cls(Reflection.model_validate(answers), {**shareable.get("raw", {}), **private.get("raw", {})})

    def _part(self, *, private: bool) -> dict[str, Any]:
        filled = self.reflection.filled()
        keep = {key: value for key, value in filled.items() if is_private(key) == private}
        raw = {key: text for key, text in self.raw.items() if is_private(key) == private}
        return {"schema": SCHEMA_NUMBER, "answers": keep, "raw": raw}


def is_private(key: str) -> bool:
    """Whether a field stays with its author for good."""
    return FIELDS[key].reach is Reach.PRIVATE


def _answers(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.get("answers", {}).items() if key in FIELDS}
