"""Splitting a series in two so that each part keeps as close as can be to its own mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repairbook.signals.arrays import Floats, Wholes
from repairbook.signals.block import Block

TIED = 1e-12


@dataclass(frozen=True, eq=False)
class Split:
    """For every series: after how many scores it splits, both means, and the squares before and after."""

    after: Wholes
    early_mean: Floats
    late_mean: Floats
    squares: Floats
    squares_left: Floats
    gain: Floats


@dataclass(frozen=True, eq=False)
class Packed:
    """The scores of some series without their gaps, each reckoned from the series' first score."""

    scores: Floats
    sums: Floats
    rows: Wholes
    counts: Wholes

    @classmethod
    def of(cls, block: Block) -> Packed:
        """Move the scores of every series together; `rows` keeps where they were."""
        rows = np.argsort(~block.present, axis=0, kind="stable")
        scores = np.nan_to_num(np.take_along_axis(block.scores, rows, axis=0) - block.origin)
        return cls(scores, np.add.accumulate(scores, axis=0), rows, block.seen[-1])

    def narrow(self, chosen: Wholes) -> Packed:
        """Keep only some of the series."""
        scores, sums = (np.take(part, chosen, axis=1) for part in (self.scores, self.sums))
        return Packed(scores, sums, np.take(self.rows, chosen, axis=1), self.counts[chosen])

    def split(self, length: int, least: int) -> Split:
        """Find the best split of the first `length` scores into parts of at least `least`; ties go early."""
        sizes = np.arange(least, length - least + 1, dtype=np.float64)[:, None]
        total, left = self.sums[length - 1], self.sums[least - 1 : length - least]
        above = left - sizes / length * total
        gain = above * above * (length / (sizes * (length - sizes)))
        scores = self.scores[:length]
        squares = _squares(scores - total / length)
        # What a split leaves is compared, as far as rounding lets it be told apart.
        best = np.argmax(gain >= gain.max(axis=0) - TIED * squares, axis=0)
        series = np.arange(gain.shape[1])
        after = best + least
        early_mean = left[best, series] / after
        late_mean = (total - left[best, series]) / (length - after)
        early = np.arange(length)[:, None] < after
        squares_left = _squares(scores - np.where(early, early_mean, late_mean))
        return Split(after, early_mean, late_mean, squares, squares_left, gain[best, series])


def _squares(misses: Floats) -> Floats:
    squares = misses * misses
    # Over one column numpy would add in another order, and a series alone get other last digits.
    total: Floats = squares.sum(axis=0) if squares.shape[1] > 1 else np.add.accumulate(squares)[-1]
    return total
