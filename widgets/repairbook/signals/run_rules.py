"""Run rules: patterns of points on a control chart, by the numbers they are published under."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from repairbook.signals.arrays import Bools, Floats, Smalls
from repairbook.signals.block import earlier
from repairbook.signals.findings import LOWER, NEITHER, UPPER
from repairbook.signals.rounding import SLACK


@dataclass(frozen=True, eq=False)
class Chart:
    """Scores with the centre and sigma that hold at each session, and the patterns that end there.

    A point is looked at by the limits of the session that looks back on it, so a prospective answer
    uses nothing later. A missing score satisfies no condition: it ends every run.
    """

    scores: Floats
    center: Floats
    sigma: Floats

    @cached_property
    def margin(self) -> Floats:
        """How far beyond a line a point has to be to be beyond it, whatever rounding does."""
        return SLACK * (np.abs(self.center) + 3 * self.sigma)

    @cached_property
    def bars(self) -> tuple[Floats, ...]:
        """How far from the centre none, one, two and three sigmas are."""
        return tuple(sigmas * self.sigma + self.margin for sigmas in range(4))

    @cached_property
    def distances(self) -> dict[int, Floats]:
        """How far from the centre the points some sessions ago are; filled as they are asked for."""
        return {}

    def beyond(self, sigmas: int, back: int, sign: int) -> Bools:
        """Whether the point `back` sessions ago lies beyond so many sigmas, above (1) or below (-1)."""
        if back not in self.distances:
            self.distances[back] = earlier(self.scores, back) - self.center
        far, bar = self.distances[back], self.bars[sigmas]
        return far > bar if sign > 0 else far < -bar

    def inside(self, back: int) -> Bools:
        """Whether the point `back` sessions ago lies within one sigma."""
        outside = self.beyond(1, back, 1) | self.beyond(1, back, -1)
        return ~outside & ~np.isnan(self.distances[back]) & ~np.isnan(self.sigma)

    @cached_property
    def steps(self) -> Smalls:
        """Whether the score rose (1) or fell (-1) into each point; 0 where neither is known."""
        before = earlier(self.scores)
        return (self.scores > before).astype(np.int8) - (self.scores < before).astype(np.int8)

    def step(self, back: int) -> Smalls:
        """Whether the score rose (1) or fell (-1) into the point `back` sessions ago."""
        moved = np.zeros_like(self.steps)
        moved[back:] = self.steps[: max(self.steps.shape[0] - back, 0)]
        return moved

    def limit(self) -> Smalls:
        """One point beyond three sigmas."""
        return self._sided(lambda sign: self.beyond(3, 0, sign))

    def some_of(self, points: int, length: int, sigmas: int) -> Smalls:
        """So many of a full window beyond so many sigmas on one side, the last point among them."""
        whole = _all(~np.isnan(earlier(self.scores, back)) for back in range(length))

        def holds(sign: int) -> Bools:
            found = [self.beyond(sigmas, back, sign) for back in range(length)]
            enough: Bools = np.add.reduce(np.stack(found), axis=0, dtype=np.int8) >= points
            return whole & found[0] & enough

        return self._sided(holds)

    def one_side(self, length: int) -> Smalls:
        """So many points in a row on one side of the centre."""
        return self._sided(lambda sign: _all(self.beyond(0, back, sign) for back in range(length)))

    def trend(self, length: int) -> Smalls:
        """So many points in a row steadily up or down."""
        return self._sided(lambda sign: _all(self.step(back) == sign for back in range(length - 1)))

    def alternating(self, length: int) -> Smalls:
        """So many points in a row alternating up and down."""
        turns = (self.step(back) * self.step(back + 1) < 0 for back in range(length - 2))
        return _both(_all(turns))

    def hugging(self, length: int) -> Smalls:
        """So many points in a row within one sigma."""
        return _both(_all(self.inside(back) for back in range(length)))

    def avoiding(self, length: int) -> Smalls:
        """So many points in a row outside one sigma, on both sides."""
        above = [self.beyond(1, back, 1) for back in range(length)]
        below = [self.beyond(1, back, -1) for back in range(length)]
        outside = _all(up | down for up, down in zip(above, below, strict=True))
        return _both(outside & _any(above) & _any(below))

    def _sided(self, holds: Callable[[int], Bools]) -> Smalls:
        below, above = holds(-1), holds(1)
        return np.where(below, LOWER, np.where(above, UPPER, 0)).astype(np.int8)


def _all(conditions: Iterator[Bools]) -> Bools:
    return reduce(np.logical_and, conditions)


def _any(conditions: list[Bools]) -> Bools:
    return reduce(np.logical_or, conditions)


def _both(holds: Bools) -> Smalls:
    return np.where(holds, NEITHER, 0).astype(np.int8)


def _limit(chart: Chart) -> Smalls:
    return chart.limit()


Finder = Callable[[Chart], Smalls]

RULE_SETS: dict[str, dict[int, Finder]] = {
    "limits": {1: _limit},
    "western-electric": {
        1: _limit,
        2: lambda chart: chart.some_of(2, 3, 2),
        3: lambda chart: chart.some_of(4, 5, 1),
        4: lambda chart: chart.one_side(8),
    },
    "nelson": {
        1: _limit,
        2: lambda chart: chart.one_side(9),
        3: lambda chart: chart.trend(6),
        4: lambda chart: chart.alternating(14),
        5: lambda chart: chart.some_of(2, 3, 2),
        6: lambda chart: chart.some_of(4, 5, 1),
        7: lambda chart: chart.hugging(15),
        8: lambda chart: chart.avoiding(8),
    },
}
