"""The cut-off: a score on the harmful side of a published line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from repairbook.signals.block import Block
from repairbook.signals.findings import CANNOT_SAY, FLAGGED, NO_SCORE, Answers, Findings, Rung
from repairbook.signals.parameter import Number, YesNo, parameter
from repairbook.signals.rule import Rule
from repairbook.signals.terms import Terms


@dataclass(frozen=True)
class Cutoff(Rule):
    """Flags a score at the cut-off or beyond it.

    A criterion in the sense of Eubanks-Carter, Gorman and Muran (2012), DOI 10.1080/10503307.2012.693772.

    Parameters
    ----------
    at
        The cut-off, in raw score units.
    inclusive
        Whether a score that lies exactly on it is flagged.
    """

    name: ClassVar[str] = "cutoff"
    citation: ClassVar[str] = "10.1080/10503307.2012.693772"

    at: float | None = parameter(Number(), required=True)
    inclusive: bool = parameter(YesNo(), True)

    def judge(self, block: Block, terms: Terms) -> Findings:
        """Compare every score with the cut-off."""
        scores = terms.turned(block.scores)
        line = np.nan if self.at is None else (self.at if terms.falls else -self.at)
        beyond = scores <= line if self.inclusive else scores < line
        rungs: list[Rung] = [
            (~block.present, CANNOT_SAY, NO_SCORE),
            (bool(self.lacking), CANNOT_SAY, self.lacking),
            (beyond, FLAGGED, "at the cut-off or beyond it" if self.inclusive else "beyond the cut-off"),
        ]
        return Findings(Answers.by(scores.shape, rungs, "on the better side of the cut-off"))
