"""A box for one number within a range: it keeps what is typed and says in a sentence what does not fit."""

from __future__ import annotations

import ipywidgets as W

from repairbook.model.instrument import Range
from repairbook.model.words import Words


class NumberBox(W.Text):
    """One number, typed with a point or a comma."""

    def __init__(self, key: str, words: Words, within: Range, label: str = "") -> None:
        super().__init__(continuous_update=True)
        self._words = words
        for name in ("rb-plain", "rb-number", f"rb-key-{key}"):
            self.add_class(name)
        self.ask(within, label)

    def ask(self, within: Range, label: str = "") -> None:
        """Ask for the total, or for the part of this label; what is typed stays."""
        self._within, self._label = within, label
        key = "score.part" if label else "score.total"
        self.description = self._words(key, label=label, **_ends(within))

    def number(self) -> float | None:
        """Give the number, or None where it is none or lies outside the range."""
        value = number_of(self.value)
        return value if value is not None and value in self._within else None

    def fault(self) -> str:
        """Say what does not fit; empty where it fits. What was typed is not repeated."""
        if self.number() is not None:
            return ""
        kind = "empty" if not self.value.strip() else "number" if number_of(self.value) is None else "range"
        example = f"{(self._within.low + self._within.high) / 2:g}"
        sentence = self._words(f"score.fault.{kind}", example=example, **_ends(self._within))
        return f"{self._label}: {sentence}" if self._label else sentence


def number_of(typed: str) -> float | None:
    """Read a number as people type it, with a point or a comma."""
    plain = typed.strip().replace(",", ".")
    if not plain or set(plain) - set("0123456789.+-"):
        return None
    try:
        return float(plain)
    except ValueError:
        return None


def _ends(within: Range) -> dict[str, str]:
    return {"low": f"{within.low:g}", "high": f"{within.high:g}"}
