"""One mark for a feeling: how pleasant, how stirred up."""

from __future__ import annotations

from typing import Any, ClassVar

from traitlets import Bool, List, validate

from repairbook.ui.widget import InputWidget, static

SIDE = 9


class AffectGrid(InputWidget):
    """A square of nine by nine: one tap says how pleasant and how stirred up a moment was.

    The idea is Russell, Weiss and Mendelsohn's (1989, doi:10.1037/0022-3514.57.3.493); the words are ours.

    >>> AffectGrid(label="The worst moment", value=[3, 7]).value
    [3, 7]
    """

    _esm = static("affect_grid.js")
    _css = static("affect_grid.css")

    english: ClassVar[dict[str, str]] = {
        "pleasure": "unpleasant → pleasant",
        "arousal": "calm → stirred up",
        "set": "pleasant {pleasure} of 9, stirred up {arousal} of 9",
        "empty": "no mark yet",
        "clear": "Clear",
    }

    caption = Bool(True).tag(sync=True)
    """bool, default True: show the label above the grid when it is no heading; written by Python."""
    value: List[Any] = List().tag(sync=True)
    """list of int, default [] (no mark): [pleasure, arousal], each 1-9; written by both."""

    @validate("value")
    def _on_the_grid(self, proposal: dict[str, Any]) -> list[int]:
        value = proposal["value"]
        # type(), because True is an int to Python but no place on the grid.
        if value and (len(value) != 2 or not all(type(part) is int and 1 <= part <= SIDE for part in value)):
            self.turn_down(f"nothing, or two numbers from 1 to {SIDE}")
        return list(value)
