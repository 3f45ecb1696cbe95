"""Reliable change: more than the measure's own error explains."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from repairbook.signals.block import Block, earlier
from repairbook.signals.drop import NONE_BEFORE
from repairbook.signals.findings import CANNOT_SAY, FLAGGED, NO_SCORE, Answers, Column, Findings, Rung
from repairbook.signals.parameter import Number, parameter
from repairbook.signals.rounding import exceeds
from repairbook.signals.rule import Rule
from repairbook.signals.terms import Terms


@dataclass(frozen=True)
class ReliableChange(Rule):
    """Flags a harmful change since the session before that measurement error does not explain.

    Jacobson and Truax (1991), DOI 10.1037/0022-006X.59.1.12. Between neighbouring sessions this speaks
    of measurement error only.

    Parameters
    ----------
    sd
        The standard deviation the error is reckoned from.
    reliability
        The reliability, from 0 to 1.
    z
        How many standard errors of a difference the change must exceed.
    """

    name: ClassVar[str] = "reliable-change"
    citation: ClassVar[str] = "10.1037/0022-006X.59.1.12"

    sd: float | None = parameter(Number(above=0), required=True)
    reliability: float | None = parameter(Number(least=0, most=1), required=True)
    z: float = parameter(Number(above=0), 1.96)

    def judge(self, block: Block, terms: Terms) -> Findings:
        """Compare every change with the error of a difference."""
        change = block.scores - earlier(block.scores)
        sem, sdiff = self._errors()
        rci = change / sdiff if sdiff else np.full_like(change, np.nan)
        # Without error any change is reliable, and its index is no number.
        worse = exceeds(-terms.turned(rci), self.z, self.z) if sdiff else terms.turned(change) < 0
        rungs: list[Rung] = [
            (~block.present, CANNOT_SAY, NO_SCORE),
            (bool(self.lacking), CANNOT_SAY, self.lacking),
            (np.isnan(change), CANNOT_SAY, NONE_BEFORE),
            (worse, FLAGGED, "worse by more than the measure's error explains"),
        ]
        answers = Answers.by(change.shape, rungs, "no harmful change beyond the measure's error")
        quantities = {"sem": sem, "sdiff": sdiff, "threshold": self.z * sdiff}
        return Findings(
            answers,
            {"change": Column((change,)), "rci": Column((rci,))},
            {name: Column((np.broadcast_to(value, change.shape),)) for name, value in quantities.items()},
        )

    def _errors(self) -> tuple[float, float]:
        if self.sd is None or self.reliability is None:
            return math.nan, math.nan
        sem = self.sd * math.sqrt(1 - self.reliability)
        return sem, math.sqrt(2 * sem**2)
