"""Parameters of rules: what each may be, and how it is read from a command line."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any, Protocol

Value = float | int | bool | str | None
YES, NO = ("true", "yes", "1"), ("false", "no", "0")


class Kind(Protocol):
    """What a parameter may be."""

    def read(self, text: str) -> Value:
        """Read it from text; a ValueError where it cannot be read."""

    def fits(self, value: Value) -> bool:
        """Whether a value may be given."""

    def __str__(self) -> str:
        """Say what may be given."""


@dataclass(frozen=True)
class Number:
    """A number within limits, both included; whole where it must be; or one word instead."""

    least: float = -math.inf
    most: float = math.inf
    above: float = -math.inf
    below: float = math.inf
    whole: bool = False
    word: str = ""

    def read(self, text: str) -> Value:
        """Read a number, or the word."""
        if self.word and text == self.word:
            return text
        return int(text) if self.whole else float(text)

    def fits(self, value: Value) -> bool:
        """Whether a value is a number within the limits, or the word."""
        if isinstance(value, str):
            return bool(self.word) and value == self.word
        if isinstance(value, bool) or value is None or not math.isfinite(value):
            return False
        if self.whole and not isinstance(value, int):
            return False
        return self.least <= value <= self.most and self.above < value < self.below

    def __str__(self) -> str:
        limits = [
            f"{words} {limit:g}"
            for words, limit in (
                ("at least", self.least),
                ("above", self.above),
                ("at most", self.most),
                ("below", self.below),
            )
            if math.isfinite(limit)
        ]
        kind = "a whole number" if self.whole else "a number"
        said = f"{kind} {' and '.join(limits)}".strip()
        return f"{said}, or {self.word}" if self.word else said


@dataclass(frozen=True)
class YesNo:
    """True or false."""

    def read(self, text: str) -> Value:
        """Read true or false."""
        if text.lower() not in YES + NO:
            message = "neither true nor false"
            raise ValueError(message)
        return text.lower() in YES

    def fits(self, value: Value) -> bool:
        """Whether a value is true or false."""
        return isinstance(value, bool)

    def __str__(self) -> str:
        return "true or false"


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, text: str) -> Value:
        """Read a word."""
        return text

    def fits(self, value: Value) -> bool:
        """Whether a value is one of the words."""
        return value in self.words

    def __str__(self) -> str:
        return f"one of {', '.join(self.words)}"


def parameter(kind: Kind, default: Value = None, *, required: bool = False) -> Any:
    """Declare a parameter of a rule; one without a default may be left empty (null)."""
    return dataclasses.field(default=default, metadata={"kind": kind, "required": required})
