"""A rating from low to high that can be taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from traitlets import Int, TraitError, Unicode, validate

from repairbook.ui.widget import InputWidget, static


class RatingScale(InputWidget):
    """A short row of numbers to tap; nothing is rated until one is chosen.

    >>> RatingScale(label="How much did I dread it?", low_label="not at all", high_label="very much").value
    0
    """

    _esm = static("rating_scale.js")
    _css = static("rating_scale.css")

    english: ClassVar[dict[str, str]] = {"clear": "Clear"}

    low = Int(1, min=1, max=20).tag(sync=True)
    """int, default 1: the lowest number; 0 is kept for "not rated"; written by Python."""
    high = Int(5, min=2, max=20).tag(sync=True)
    """int, default 5: the highest number; written by Python."""
    low_label = Unicode("").tag(sync=True)
    """str, default "": what the lowest number means; written by Python."""
    high_label = Unicode("").tag(sync=True)
    """str, default "": what the highest number means; written by Python."""
    value = Int(0).tag(sync=True)
    """int, default 0 (not rated): the rating; written by the page and by Python."""

    @validate("high")
    def _above_low(self, proposal: dict[str, Any]) -> int:
        if proposal["value"] <= self.low:
            message = "RatingScale.high: must be above low"
            raise TraitError(message)
        return proposal["value"]

    @validate("value")
    def _within(self, proposal: dict[str, Any]) -> int:
        value = proposal["value"]
        # True is an int to Python, but no rating.
        if isinstance(value, bool) or (value != 0 and not self.low <= value <= self.high):
            self.turn_down(f"0, or {self.low} to {self.high}")
        return value
