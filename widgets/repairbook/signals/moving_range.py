"""Moving ranges: how much scores differ from one session to the next, as the measure of usual change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repairbook.signals.arrays import Bools, Floats
from repairbook.signals.block import Block, earlier

D2 = 1.128
"""The mean range of two, in standard deviations; tables of control charts print these digits."""
UPPER = 3.267
"""The upper limit of a chart of moving ranges, in mean ranges."""
FEWEST = 2
"""Moving ranges needed before anything is said."""


@dataclass(frozen=True, eq=False)
class Usual:
    """The usual level and the usual change of every series, up to each session."""

    ranges: Floats
    center: Floats
    mean_range: Floats

    @property
    def sigma(self) -> Floats:
        """The standard deviation the mean range stands for."""
        return self.mean_range / D2

    @classmethod
    def of(cls, block: Block, baseline: int | None = None) -> Usual:
        """Reckon it from all scores so far, or from a baseline of the first so many of them.

        The mean range is NaN with fewer than two ranges; no range is taken across a gap.
        """
        ranges = np.abs(block.scores - earlier(block.scores))
        counted = block.present if baseline is None else block.present & (block.seen <= baseline)
        with np.errstate(divide="ignore", invalid="ignore"):
            center = block.origin + _running_mean(block.scores - block.origin, counted, 1)
            mean_range = _running_mean(ranges, counted & ~np.isnan(ranges), FEWEST)
        return cls(ranges, center, mean_range)


def _running_mean(values: Floats, counted: Bools, fewest: int) -> Floats:
    # Accumulating goes in order whatever else is in the block, so a series alone gets the same digits.
    total = np.add.accumulate(np.where(counted, values, 0.0), axis=0)
    count = np.add.accumulate(counted, axis=0, dtype=np.int64)
    return np.where(count >= fewest, total / count, np.nan)
