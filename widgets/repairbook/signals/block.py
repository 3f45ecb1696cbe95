"""Series side by side, so that a rule looks at all of them in one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from repairbook.signals.arrays import Bools, Floats, Wholes

# Small enough that a rule's working arrays stay in the processor's own memory.
CELLS = 1 << 16
Kept = TypeVar("Kept", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Block:
    """Some series of about one length: a column each, a row for every session number, NaN for no score.

    Rows after a series' last session are NaN too, and nothing is read from them.
    """

    scores: Floats
    first: Wholes
    lengths: Wholes
    starts: Wholes

    @cached_property
    def present(self) -> Bools:
        """Where there is a score."""
        return ~np.isnan(self.scores)

    @cached_property
    def seen(self) -> Wholes:
        """How many scores there are up to each session."""
        return np.add.accumulate(self.present.astype(np.int64), axis=0)

    @cached_property
    def origin(self) -> Floats:
        """Each series' first score, which sums are reckoned from so that equal scores stay equal."""
        at = np.argmax(self.present, axis=0)
        first: Floats = self.scores[at, np.arange(self.scores.shape[1])]
        return np.where(np.isnan(first), 0.0, first)

    @cached_property
    def rows(self) -> Wholes:
        """The row of every cell, as a column that spreads over all series."""
        return np.arange(self.scores.shape[0], dtype=np.int64)[:, None]

    @cached_property
    def sessions(self) -> Floats:
        """The session number of every cell."""
        return (self.rows + self.first).astype(np.float64)

    def narrow(self, chosen: Wholes) -> Block:
        """Keep only some of the series."""
        return Block(self.scores[:, chosen], self.first[chosen], self.lengths[chosen], self.starts[chosen])


def earlier(values: Floats, by: int = 1) -> Floats:
    """Give at each session what was `by` sessions before; NaN where nothing was."""
    moved = np.full_like(values, np.nan)
    if by < values.shape[0]:
        moved[by:] = values[: values.shape[0] - by]
    return moved


def blocks(scores: Floats, first: Wholes, lengths: Wholes, starts: Wholes) -> Iterator[Block]:
    """Cut a long table into blocks of series of about one length."""
    order = np.argsort(lengths, kind="stable")
    by_length = lengths[order]
    begin = 0
    while begin < order.size:
        longest = max(int(by_length[begin] * 1.25), 8)
        room = begin + max(CELLS // longest, 1)
        end = min(int(np.searchsorted(by_length, longest, "right")), room)
        chosen = order[begin:end]
        yield _block(scores, first[chosen], lengths[chosen], starts[chosen])
        begin = end


def _block(scores: Floats, first: Wholes, lengths: Wholes, starts: Wholes) -> Block:
    rows = np.arange(lengths.max(), dtype=np.int64)[:, None]
    places = np.minimum(starts + rows, scores.size - 1)
    return Block(np.where(rows < lengths, scores[places], np.nan), first, lengths, starts)
