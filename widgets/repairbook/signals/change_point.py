"""The change point: the level of the series shifted, and stayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from repairbook.signals.arrays import Bools, Floats, Wholes
from repairbook.signals.block import Block
from repairbook.signals.findings import (
    CANNOT_SAY,
    FLAGGED,
    NO_SCORE,
    Answers,
    Column,
    Columns,
    Findings,
    Rung,
    pair,
    whole,
)
from repairbook.signals.moving_range import Usual
from repairbook.signals.parameter import Number, parameter
from repairbook.signals.rounding import exceeds
from repairbook.signals.rule import Rule
from repairbook.signals.split import Packed
from repairbook.signals.terms import Terms

AFTER, EARLY, LATE, SQUARES, SQUARES_LEFT, HARMFUL = range(6)
COLUMNS = 6


@dataclass(frozen=True)
class ChangePoint(Rule):
    """Flags the first score of a later part of the series whose level is worse.

    One shift of the mean by least squares, accepted when it saves more squares than a penalty of the
    form Killick, Fearnhead and Eckley (2012) use, DOI 10.1080/01621459.2012.737745. A session can be
    answered when enough scores lie before it, and from it on.

    Parameters
    ----------
    min_segment
        The least number of scores on each side.
    penalty
        How many times sigma squared times the logarithm of the number of scores a shift must save.
    """

    name: ClassVar[str] = "change-point"
    citation: ClassVar[str] = "10.1080/01621459.2012.737745"

    min_segment: int = parameter(Number(least=1, whole=True), 3)
    penalty: float = parameter(Number(least=0), 2)

    def judge(self, block: Block, terms: Terms) -> Findings:
        """Find the best split of every series, so far or as a whole, and weigh it."""
        packed, sigma = Packed.of(block), Usual.of(block).sigma
        at_score = np.take_along_axis(sigma, packed.rows, axis=0)
        told = (self._so_far if terms.prospective else self._whole)(block, packed, at_score, terms)
        place = block.seen - 1
        count = block.seen if terms.prospective else np.broadcast_to(packed.counts, place.shape)
        testable = (place >= self.min_segment) & (count - place >= self.min_segment)
        lands = (told[HARMFUL] == 1) & (place == told[AFTER])
        rungs: list[Rung] = [
            (~block.present, CANNOT_SAY, NO_SCORE),
            (np.isnan(terms.settled(sigma)), CANNOT_SAY, "fewer than two pairs of neighbouring scores"),
            (~testable, CANNOT_SAY, f"fewer than {self.min_segment} scores before it, or from it on, so far"),
            (lands, FLAGGED, "the level is worse from here on"),
        ]
        answers = Answers.by(place.shape, rungs, "no lasting shift to a worse level begins here")
        known_at = None
        if not terms.prospective:
            known_at = block.first + self._known(packed, at_score, terms, told[:, -1])
            known_at = np.broadcast_to(known_at, place.shape)
        return Findings(answers, quantities=_quantities(block, packed, told), known_at=known_at)

    def _so_far(self, block: Block, packed: Packed, sigma: Floats, terms: Terms) -> Floats:
        rows, series = block.scores.shape
        told = np.full((COLUMNS, rows + 1, series), np.nan)
        for length in range(2 * self.min_segment, int(packed.counts.max()) + 1):
            told[:, length] = self._weighed(packed, sigma, terms, length)
        return np.take_along_axis(told, block.seen[None], axis=1)

    def _whole(self, block: Block, packed: Packed, sigma: Floats, terms: Terms) -> Floats:
        told = np.full((COLUMNS, packed.counts.size), np.nan)
        for length in np.unique(packed.counts[packed.counts >= 2 * self.min_segment]).tolist():
            mine = np.flatnonzero(packed.counts == length)
            told[:, mine] = self._weighed(packed.narrow(mine), sigma[:, mine], terms, length)
        return np.broadcast_to(told[:, None], (COLUMNS, *block.scores.shape))

    def _weighed(self, packed: Packed, sigma: Floats, terms: Terms, length: int) -> Floats:
        split = packed.split(length, self.min_segment)
        worse: Bools = terms.turned(split.late_mean) < terms.turned(split.early_mean)
        bar = self.penalty * sigma[length - 1] ** 2 * np.log(length)
        harmful = worse & exceeds(split.gain, bar, split.squares)
        means = (split.early_mean, split.late_mean)
        return np.stack([split.after, *means, split.squares, split.squares_left, harmful]).astype(np.float64)

    def _known(self, packed: Packed, sigma: Floats, terms: Terms, told: Floats) -> Floats:
        """Give the row at which the series so far first shows the shift that it shows as a whole."""
        known = np.full(packed.counts.size, np.nan)
        open_ = np.flatnonzero(told[HARMFUL] == 1)
        length = int(told[AFTER, open_].min(initial=packed.scores.shape[0])) + self.min_segment
        while open_.size:
            seen = self._weighed(packed.narrow(open_), sigma[:, open_], terms, length)
            found = (seen[HARMFUL] == 1) & (seen[AFTER] == told[AFTER, open_])
            known[open_[found]] = packed.rows[length - 1, open_[found]]
            open_ = open_[~found]
            length += 1
        return known


def _quantities(block: Block, packed: Packed, told: Floats) -> Columns:
    last_early = np.nan_to_num(told[AFTER], nan=1).astype(np.int64) - 1
    rows: Wholes = np.take_along_axis(packed.rows, last_early, axis=0)
    after = np.where(np.isnan(told[AFTER]), np.nan, block.first + rows)
    return {
        "after": Column((after,), whole),
        "means": Column((block.origin + told[EARLY], block.origin + told[LATE]), pair),
        "sse": Column((told[SQUARES], told[SQUARES_LEFT]), pair),
    }
