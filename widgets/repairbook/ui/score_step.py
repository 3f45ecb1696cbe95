"""How far the typing of a score has come: which boxes, which buttons, and what to tell the person."""

from __future__ import annotations

from dataclasses import dataclass, field

from repairbook.model.instrument import Instrument
from repairbook.model.score import Score

AT_ONCE = 4


@dataclass(frozen=True)
class ScoreStep:
    """One step of typing a score: shut, total, parts (four at a time) or more (once it is stored)."""

    step: str = "shut"
    part: int = 0
    fault: str = ""
    said: str = ""
    kept: Score | None = field(default=None, repr=False)

    def doors(self, chosen: Instrument | None) -> set[str]:
        """Name the buttons of this step."""
        if chosen is None:
            return {"cancel"}
        if self.step == "more":
            return {"done", "remove"}
        if self.step == "total":
            return {"save", "cancel"} | ({"parts"} if "subscales" in chosen.takes else set())
        last = (self.part + 1) * AT_ONCE >= len(chosen.subscales)
        return {"save" if last else "next", "total"}

    def hint(self, chosen: Instrument | None) -> str:
        """Name the quiet sentence of this step."""
        if chosen is None:
            return "no_instrument"
        if chosen.rater == "therapist":
            return "hint_therapist"
        return "more" if self.step == "more" else "hint"
