"""The drop: a score that fell since the session before by at least so much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from repairbook.signals.arrays import Floats
from repairbook.signals.block import Block, earlier
from repairbook.signals.findings import CANNOT_SAY, FLAGGED, NO_SCORE, Answers, Column, Findings, Rung
from repairbook.signals.parameter import Number, YesNo, parameter
from repairbook.signals.rounding import exceeds, reaches
from repairbook.signals.rule import Rule
from repairbook.signals.terms import Terms

NONE_BEFORE = "no score in the session before"


@dataclass(frozen=True)
class Drop(Rule):
    """Flags a harmful change since the session before.

    A criterion in the sense of Eubanks-Carter, Gorman and Muran (2012), DOI 10.1080/10503307.2012.693772.

    Parameters
    ----------
    by
        The size of the change, in raw score units.
    inclusive
        Whether a change of exactly this size is flagged.
    """

    name: ClassVar[str] = "drop"
    citation: ClassVar[str] = "10.1080/10503307.2012.693772"

    by: float | None = parameter(Number(least=0), required=True)
    inclusive: bool = parameter(YesNo(), True)

    def judge(self, block: Block, terms: Terms) -> Findings:
        """Compare every score with the one before."""
        change = block.scores - earlier(block.scores)
        compare = reaches if self.inclusive else exceeds
        bar = np.nan if self.by is None else self.by
        rungs: list[Rung] = [
            (~block.present, CANNOT_SAY, NO_SCORE),
            (bool(self.lacking), CANNOT_SAY, self.lacking),
            (np.isnan(change), CANNOT_SAY, NONE_BEFORE),
            (compare(-terms.turned(change), bar, larger(block.scores)), FLAGGED, "worse by as much, or more"),
        ]
        answers = Answers.by(change.shape, rungs, "not worse by so much")
        blank = np.full_like(change, np.nan)
        return Findings(answers, {"change": Column((change,)), "rci": Column((blank,))})


def larger(scores: Floats) -> Floats:
    """Give the larger in size of every score and the one before."""
    return np.fmax(np.abs(scores), np.abs(earlier(scores)))
