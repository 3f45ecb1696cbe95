"""The control chart: a session that does not belong to the usual ups and downs of this series."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import ClassVar

import numpy as np

from repairbook.signals.arrays import Bools, Floats, Smalls
from repairbook.signals.block import Block
from repairbook.signals.findings import (
    CANNOT_SAY,
    FLAGGED,
    LOWER,
    NO_SCORE,
    UPPER,
    Answers,
    Column,
    Columns,
    Findings,
    Rung,
)
from repairbook.signals.moving_range import UPPER as RANGE_LIMIT
from repairbook.signals.moving_range import Usual
from repairbook.signals.parameter import Choice, Number, parameter
from repairbook.signals.rule import Rule
from repairbook.signals.run_rules import RULE_SETS, Chart
from repairbook.signals.terms import Terms


@dataclass(frozen=True)
class ControlChart(Rule):
    """Flags a point beyond the limits of an individuals chart, or one that completes a run of points.

    Shewhart's chart as in the NIST/SEMATECH e-Handbook, 6.3.2.2, DOI 10.18434/M32189; the runs of the
    Western Electric handbook (1956) and of Nelson (1984), DOI 10.1080/00224065.1984.11978921. It needs
    some eight to twelve sessions to mean much.

    Parameters
    ----------
    rules
        `limits` for points beyond three sigmas only, or one of the two sets of runs.
    baseline
        Reckon centre and sigma from the first so many scores, and hold them.
    center, sigma
        The centre and sigma themselves, where they are known from elsewhere.
    """

    name: ClassVar[str] = "control-chart"
    citation: ClassVar[str] = "10.18434/M32189"

    rules: str = parameter(Choice(tuple(RULE_SETS)), "limits")
    baseline: int | None = parameter(Number(least=1, whole=True))
    center: float | None = parameter(Number())
    sigma: float | None = parameter(Number(least=0))

    def judge(self, block: Block, terms: Terms) -> Findings:
        """Look at every point by the limits that hold at its session."""
        usual = Usual.of(block, self.baseline)
        center, sigma = self._lines(usual, terms)
        known = ~np.isnan(center) & ~np.isnan(sigma)
        chart = Chart(block.scores, np.where(known, center, np.nan), sigma)
        hits = {
            n: np.where(known, find(chart), 0).astype(np.int8) for n, find in RULE_SETS[self.rules].items()
        }
        harmful, other = (LOWER, UPPER) if terms.falls else (UPPER, LOWER)
        later_runs = {n: side for n, side in hits.items() if n > 1}
        rungs: list[Rung] = [
            (~block.present, CANNOT_SAY, NO_SCORE),
            (~known, CANNOT_SAY, "fewer than two pairs of neighbouring scores"),
            (hits[1] == harmful, FLAGGED, "beyond the limit on the harmful side"),
            (_any(later_runs, harmful, known.shape), FLAGGED, "completes a run on the harmful side"),
            (_any(hits, other, known.shape), 0, "unusual, but not on the harmful side"),
        ]
        answers = Answers.by(known.shape, rungs, "within limits")
        quantities = self._quantities(center, sigma, terms.settled(usual.mean_range))
        return Findings(answers, {"mr": Column((usual.ranges,))}, quantities, hits)

    def _lines(self, usual: Usual, terms: Terms) -> tuple[Floats, Floats]:
        shape = usual.center.shape
        center = terms.settled(usual.center) if self.center is None else np.full(shape, float(self.center))
        sigma = terms.settled(usual.sigma) if self.sigma is None else np.full(shape, float(self.sigma))
        return center, sigma

    def _quantities(self, center: Floats, sigma: Floats, mean_range: Floats) -> Columns:
        shown = center if self.center is not None else np.where(np.isnan(sigma), np.nan, center)
        lines = {
            "center": shown,
            "sigma": sigma,
            "lower": center - 3 * sigma,
            "upper": center + 3 * sigma,
            "mr_mean": mean_range,
            "mr_upper": RANGE_LIMIT * mean_range,
        }
        return {name: Column((line,)) for name, line in lines.items()}


def _any(hits: dict[int, Smalls], side: int, shape: tuple[int, ...]) -> Bools:
    found = (points == side for points in hits.values())
    return reduce(np.logical_or, found, np.zeros(shape, dtype=np.bool_))
