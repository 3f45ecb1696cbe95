"""How much a series spreads around its level, or around its trend, up to each session."""

from __future__ import annotations

import numpy as np

from repairbook.signals.arrays import Bools, Floats
from repairbook.signals.block import Block


def running_spread(block: Block, *, detrend: bool) -> Floats:
    """Give the sample standard deviation of all scores so far, around a straight line if detrended.

    Goes session by session with Welford's recurrences, which lose no digits to growth or to a high
    level; NaN before the second score.
    """
    state = _Line(block.scores.shape[1])
    squares = np.empty_like(block.scores)
    for row, there in enumerate(block.present):
        scores = np.where(there, block.scores[row] - block.origin, 0.0)
        squares[row] = state.take(float(row), scores, there, detrend=detrend)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(block.seen > 1, np.sqrt(squares / (block.seen - 1)), np.nan)


class _Line:
    """The straight line through what was seen so far, and the squares it leaves."""

    def __init__(self, series: int) -> None:
        self._seen = np.zeros(series)
        self._mean_x = np.zeros(series)
        self._mean_y = np.zeros(series)
        self._xx = np.zeros(series)
        self._xy = np.zeros(series)
        self._squares = np.zeros(series)

    def take(self, x: float, y: Floats, there: Bools, *, detrend: bool) -> Floats:
        dx, dy = x - self._mean_x, y - self._mean_y
        after = np.maximum(self._seen + 1, 1)
        share = self._seen / after
        added = self._off_line(dx, dy) if detrend else dy * dy * share
        self._squares = self._squares + np.where(there, added, 0.0)
        self._xx += np.where(there, dx * dx * share, 0.0)
        self._xy += np.where(there, dx * dy * share, 0.0)
        self._mean_x += np.where(there, dx / after, 0.0)
        self._mean_y += np.where(there, dy / after, 0.0)
        self._seen += there
        return self._squares

    def _off_line(self, dx: Floats, dy: Floats) -> Floats:
        # Two points make the line; each later one adds its squared miss, less what moving the line saves.
        line = self._seen > 1
        xx = np.where(line, self._xx, 1.0)
        miss = dy - self._xy / xx * dx
        lever = 1 / np.where(line, self._seen, 1.0) + dx * dx / xx
        return np.where(line, miss * miss / (1 + lever), 0.0)
