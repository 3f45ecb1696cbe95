"""What a rule finds in a block of series, before it is laid back into the long table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from repairbook.signals.arrays import Bools, Floats, Numbers, Smalls, Wholes

CLEAR, FLAGGED, CANNOT_SAY = 0, 1, 2
VERDICTS = ("clear", "flagged", "cannot-say")
LOWER, UPPER, NEITHER = 1, 2, 3
SIDES = ("", "lower", "upper", None)
NO_SCORE = "no score in this session"

Rung = tuple[Bools | bool, int, str]
Told = Callable[..., object]


def number(value: float) -> float | None:
    """Tell a number; nothing where there is none."""
    return value if math.isfinite(value) else None


def whole(value: float) -> int | None:
    """Tell a whole number; nothing where there is none."""
    return int(value) if math.isfinite(value) else None


def pair(first: float, second: float) -> list[float] | None:
    """Tell two numbers; nothing where there are none."""
    return [first, second] if math.isfinite(first) and math.isfinite(second) else None


@dataclass(frozen=True, eq=False)
class Column:
    """What a rule tells under one name: a number for each session or series, or a few side by side."""

    parts: tuple[Numbers, ...]
    told: Told = number

    def each(self, change: Callable[[Numbers], Numbers]) -> Column:
        """Give the same column with all of its numbers laid out otherwise."""
        return Column(tuple(change(part) for part in self.parts), self.told)


Columns = Mapping[str, Column]


@dataclass(frozen=True, eq=False)
class Answers:
    """A verdict for every session, and which of the reasons it has."""

    verdict: Smalls
    reason: Smalls
    reasons: tuple[str, ...]

    @classmethod
    def by(cls, shape: tuple[int, ...], rungs: Sequence[Rung], otherwise: str) -> Answers:
        """Answer every session by the first rung that holds for it; clear where none does."""
        verdict = np.full(shape, CLEAR, dtype=np.int8)
        reason = np.full(shape, len(rungs), dtype=np.int8)
        for place, (holds, answer, _) in reversed(list(enumerate(rungs))):
            np.copyto(verdict, np.int8(answer), where=holds)
            np.copyto(reason, np.int8(place), where=holds)
        return cls(verdict, reason, (*(words for _, _, words in rungs), otherwise))


@dataclass(frozen=True, eq=False)
class Findings:
    """All a rule says about a block.

    Parameters
    ----------
    answers
        The verdicts with their reasons.
    values
        Numbers of single sessions.
    quantities
        Numbers of the reckoning as a whole, as each session may know them.
    hits
        For every run rule that some session completes, on which side it does.
    known_at
        The session from which on a flag could be known, where that is later than the session itself.
    reference
        The row an episode beginning here is measured from, where it is not the last score before.
    """

    answers: Answers
    values: Columns = field(default_factory=dict)
    quantities: Columns = field(default_factory=dict)
    hits: Mapping[int, Smalls] = field(default_factory=dict)
    known_at: Floats | None = None
    reference: Wholes | None = None
