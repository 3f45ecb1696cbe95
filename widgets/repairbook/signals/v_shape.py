"""The V-shape: a fall that is large against how much this series usually spreads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from repairbook.signals.arrays import Floats, Wholes
from repairbook.signals.block import Block, earlier
from repairbook.signals.drop import NONE_BEFORE
from repairbook.signals.findings import CANNOT_SAY, FLAGGED, NO_SCORE, Answers, Column, Findings, Rung
from repairbook.signals.parameter import Number, YesNo, parameter
from repairbook.signals.rounding import reaches
from repairbook.signals.rule import WINDOW, Rule
from repairbook.signals.spread import running_spread
from repairbook.signals.terms import Terms

FEWEST = 4
"""Scores needed before a spread is taken seriously."""


@dataclass(frozen=True)
class VShape(Rule):
    """Flags a fall from the best of the sessions just before by k standard deviations or more.

    After the criteria that Gumz, Brähler, Geyer and Erices (2012) restate, DOI 10.1186/1471-2288-12-10:
    the larger of the spread within this series and the usual spread within series counts, so that a
    steady course is not flagged too easily. The parameters are ours.

    Parameters
    ----------
    k
        How many standard deviations: 1 is lenient, 2 is strict.
    lookback
        How many sessions before are looked at; none across a gap.
    window
        Within how many sessions the fall may be regained.
    detrend
        Whether the spread is taken around a straight line, so that growth does not hide a dip.
    s_inter
        The usual spread within series, where it is known.
    """

    name: ClassVar[str] = "v-shape"
    citation: ClassVar[str] = "10.1186/1471-2288-12-10"

    k: float = parameter(Number(above=0), 1)
    lookback: int = parameter(Number(least=1, whole=True), 1)
    window: int = parameter(Number(least=1, whole=True), WINDOW)
    detrend: bool = parameter(YesNo(), True)
    s_inter: float | None = parameter(Number(least=0))

    @property
    def regained_within(self) -> int:
        """Sessions within which a fall may be regained."""
        return self.window

    def judge(self, block: Block, terms: Terms) -> Findings:
        """Compare every fall with the spread."""
        scores = terms.turned(block.scores)
        best, since = self._best_before(scores)
        fall = best - scores
        enough = terms.settled(block.seen.astype(np.float64)) >= FEWEST
        own = np.where(enough, terms.settled(running_spread(block, detrend=self.detrend)), np.nan)
        spread = own if self.s_inter is None else np.fmax(own, np.where(enough, self.s_inter, np.nan))
        size = np.fmax(np.abs(best), np.abs(scores))
        rungs: list[Rung] = [
            (~block.present, CANNOT_SAY, NO_SCORE),
            (~enough, CANNOT_SAY, "fewer than four scores"),
            (np.isnan(fall), CANNOT_SAY, NONE_BEFORE),
            # A series without any spread has no falls either: standing still is not falling.
            (
                (fall > 0) & reaches(fall, self.k * spread, size),
                FLAGGED,
                "fell far for this series",
            ),
        ]
        return Findings(
            Answers.by(fall.shape, rungs, "no fall beyond the usual spread"),
            {"drop": Column((fall,))},
            {"s_intra": Column((own,)), "s": Column((spread,))},
            reference=block.rows - since,
        )

    def _best_before(self, scores: Floats) -> tuple[Floats, Wholes]:
        """Give the best score of the lookback, and how many sessions ago it was (the latest of equals)."""
        best = earlier(scores)
        since = np.ones(scores.shape, dtype=np.int64)
        unbroken = ~np.isnan(best)
        for back in range(2, min(self.lookback, scores.shape[0]) + 1):
            before = earlier(scores, back)
            unbroken &= ~np.isnan(before)
            better = unbroken & (before > best)
            best = np.where(better, before, best)
            since[better] = back
        return best, since
