"""A rule: a frozen object with its parameters and its source, that answers every session of many series."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

from repairbook.signals.block import Block
from repairbook.signals.findings import Findings
from repairbook.signals.parameter import Kind, Value
from repairbook.signals.terms import Terms

WINDOW = 5
"""Sessions within which a fall may be regained, counted from its lowest session."""


@dataclass(frozen=True)
class Rule(ABC):
    """One way of saying which sessions deserve a conversation.

    Raises
    ------
    ValueError
        With one sentence for every parameter that is not what it may be.
    """

    name: ClassVar[str]
    citation: ClassVar[str]

    def __post_init__(self) -> None:
        kinds = self.kinds()
        faults = [
            f"The parameter {key} of {self.name} is {kinds[key]}."
            for key, value in self.params().items()
            if not _fits(value, self._field(key))
        ]
        if faults:
            raise ValueError("\n".join(faults))

    @abstractmethod
    def judge(self, block: Block, terms: Terms) -> Findings:
        """Answer every session of every series of a block."""

    @classmethod
    def kinds(cls) -> dict[str, Kind]:
        """Name the parameters and what each may be."""
        return {spot.name: spot.metadata["kind"] for spot in dataclasses.fields(cls)}

    @classmethod
    def reading(cls, texts: dict[str, str]) -> Self:
        """Make the rule from parameters as typed; `null` leaves one empty."""
        values: dict[str, Value] = {}
        faults = []
        for key, text in texts.items():
            try:
                values[key] = None if text in {"", "null"} else cls.kinds()[key].read(text)
            except ValueError:
                faults.append(f"The parameter {key} of {cls.name} is {cls.kinds()[key]}.")
        if faults:
            raise ValueError("\n".join(faults))
        made: type = cls
        rule: Self = made(**values)
        return rule

    def params(self) -> dict[str, Value]:
        """Give all parameters, those left at their defaults included."""
        return {spot.name: getattr(self, spot.name) for spot in dataclasses.fields(self)}

    @property
    def lacking(self) -> str:
        """Say which required parameters were not given; nothing if all were."""
        empty = [
            spot.name
            for spot in dataclasses.fields(self)
            if spot.metadata["required"] and getattr(self, spot.name) is None
        ]
        return f"the rule needs its parameter {' and '.join(empty)}" if empty else ""

    @property
    def regained_within(self) -> int:
        """Sessions within which a fall may be regained."""
        return WINDOW

    @classmethod
    def _field(cls, key: str) -> dataclasses.Field[object]:
        return next(spot for spot in dataclasses.fields(cls) if spot.name == key)


def _fits(value: Value, spot: dataclasses.Field[object]) -> bool:
    if value is None:
        return spot.default is None
    kind: Kind = spot.metadata["kind"]
    return kind.fits(value)
