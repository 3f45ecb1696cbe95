"""Signs to tick, each with a short rating of how much it mattered."""

from __future__ import annotations

from typing import Any, ClassVar

from traitlets import Dict, List, TraitError, Unicode, validate

from repairbook.ui.widget import InputWidget, choices, static

HIGHEST = 5


class MarkerPicker(InputWidget):
    """Signs of a strain by family: tick what was there, then say how much it mattered.

    >>> sign = {"code": "W1", "label": "Went quiet", "line": "Short answers.", "family": "withdrawal"}
    >>> MarkerPicker(entries=[sign], families={"withdrawal": "Moving away"}, value={"W1": 4}).value
    {'W1': 4}
    """

    _esm = static("marker_picker.js")
    _css = static("marker_picker.css")

    english: ClassVar[dict[str, str]] = {
        "other": "Show the other {count}: {family}",
        "show": "{family} ({count})",
        "hide": "Fewer: {family}",
        "scale": "How much it mattered, 1 to 5",
        "low": "a little",
        "high": "very much",
        "clear": "Clear",
    }

    entries: List[Any] = List().tag(sync=True)
    """list of {code, label, line, family}, or codebook entries; default []; written by Python."""
    families = Dict().tag(sync=True)
    """dict of family to title, in the order shown; default {}; written by Python."""
    first = Unicode("").tag(sync=True)
    """str, default "" (all families start folded): the family shown first and open; written by Python."""
    note = Unicode("").tag(sync=True)
    """str, default "": what kind of list this is, said above it; written by Python."""
    value = Dict().tag(sync=True)
    """dict of code to rating, default {}: 0 is ticked and not rated, else 1-5; written by both."""

    @validate("entries")
    def _plain_entries(self, proposal: dict[str, Any]) -> list[dict[str, str]]:
        return choices(proposal["value"])

    @validate("first")
    def _known_family(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] and proposal["value"] not in self.families:
            message = f"MarkerPicker.first: one of {', '.join(self.families)}, or empty"
            raise TraitError(message)
        return proposal["value"]

    @validate("value")
    def _known_ratings(self, proposal: dict[str, Any]) -> dict[str, int]:
        value = proposal["value"]
        codes = {entry["code"] for entry in choices(self.entries)}
        if not set(value) <= codes:
            self.turn_down("each must be one of the entries")
        # type(), because True is an int to Python but no rating.
        if not all(type(rating) is int and 0 <= rating <= HIGHEST for rating in value.values()):
            self.turn_down(f"ratings are 0 to {HIGHEST}")
        return dict(value)
