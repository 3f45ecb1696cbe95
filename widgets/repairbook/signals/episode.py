"""An episode joins a fall to its repair: where it began, how low it went, when it was regained."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repairbook.signals.arrays import Bools, Floats, Smalls, Wholes
from repairbook.signals.findings import FLAGGED
from repairbook.signals.rounding import reaches
from repairbook.signals.series import Series
from repairbook.signals.terms import Terms

FULL, HALF, UNREPAIRED, CENSORED = range(4)
STATUSES = ("full", "half", "unrepaired", "censored")
PATTERNS = (
    "V",
    "slow_fall_fast_repair",
    "fast_fall_slow_repair",
    "slow_slow",
    "unrepaired",
    None,
)
NONE = -1


@dataclass(frozen=True, eq=False)
class Episodes:
    """The episodes of all series, in order; places are rows of the table, -1 where there is none."""

    owner: Wholes
    onset: Wholes
    lowest: Wholes
    half: Wholes
    full: Wholes
    status: Wholes
    pattern: Wholes

    @classmethod
    def of(
        cls, series: Series, terms: Terms, verdict: Smalls, window: int, reference: Wholes | None
    ) -> Episodes:
        """Join every run of flagged sessions to what came after.

        `reference` is the row each flagged session is measured from; the last score before it where
        this is left out.
        """
        scores = terms.turned(series.scores)
        flagged = np.flatnonzero(verdict == FLAGGED)
        opens = _opens(series, flagged)
        onset, owner = flagged[opens], series.owners[flagged[opens]]
        lowest = _lowest(scores, flagged, opens)
        came = (_last_before(series) if reference is None else reference)[onset]
        last = series.starts[owner] + series.lengths[owner] - 1
        half, full = _regained(scores, came, lowest, last, window)
        status = np.select(
            [came == NONE, full != NONE, half != NONE, last - lowest < window],
            [CENSORED, FULL, HALF, CENSORED],
            UNREPAIRED,
        )
        return cls(owner, onset, lowest, half, full, status, _pattern(status, came, lowest, full))


def _opens(series: Series, flagged: Wholes) -> Bools:
    """Mark the flagged rows that begin a run."""
    opens = np.ones(flagged.size, dtype=np.bool_)
    opens[1:] = (np.diff(flagged) > 1) | (np.diff(series.owners[flagged]) > 0)
    return opens


def _lowest(scores: Floats, flagged: Wholes, opens: Bools) -> Wholes:
    """Find the worst row of every run, the first of equals."""
    run = np.cumsum(opens) - 1
    order = np.lexsort((flagged, scores[flagged], run))
    return flagged[order[np.flatnonzero(opens)]]


def _last_before(series: Series) -> Wholes:
    """Give for every row the last row of its series before it that has a score."""
    rows = np.arange(series.scores.size, dtype=np.int64)
    latest = np.maximum.accumulate(np.where(np.isnan(series.scores), NONE, rows))
    before = np.concatenate(([NONE], latest[:-1])) if rows.size else latest
    return np.where(before >= series.starts[series.owners], before, NONE)


def _regained(
    scores: Floats, came: Wholes, lowest: Wholes, last: Wholes, window: int
) -> tuple[Wholes, Wholes]:
    """Find the first later rows at which half and all of the fall are regained."""
    top, bottom = scores[came], scores[lowest]
    known = came != NONE
    half, full = np.full_like(lowest, NONE), np.full_like(lowest, NONE)
    for later in range(min(window, int((last - lowest).max(initial=0))), 0, -1):
        there = known & (lowest + later <= last)
        now = scores[np.minimum(lowest + later, last)]
        size = np.fmax(np.abs(top), np.abs(bottom))
        # Later first, so that the earliest is written last.
        half[there & reaches(now, bottom + 0.5 * (top - bottom), size)] = later
        full[there & (now >= top)] = later
    return np.where(half == NONE, NONE, lowest + half), np.where(full == NONE, NONE, lowest + full)


def _pattern(status: Wholes, came: Wholes, lowest: Wholes, full: Wholes) -> Wholes:
    slow_fall, slow_repair = lowest - came > 1, full - lowest > 1
    repaired = slow_fall * 1 + slow_repair * 2
    return np.select(
        [status == FULL, status == UNREPAIRED],
        [repaired, PATTERNS.index("unrepaired")],
        PATTERNS.index(None),
    )
