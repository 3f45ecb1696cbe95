"""The sudden drop: a large fall between two sessions after which the level stays down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from repairbook.signals.arrays import Bools, Floats, Smalls
from repairbook.signals.block import Block, earlier
from repairbook.signals.drop import larger
from repairbook.signals.findings import CANNOT_SAY, FLAGGED, NO_SCORE, Answers, Column, Findings, Rung
from repairbook.signals.parameter import Choice, Number, parameter
from repairbook.signals.rounding import exceeds, reaches
from repairbook.signals.rule import Rule
from repairbook.signals.terms import Terms

FAILS, HOLDS, UNKNOWN, OFF, UNTESTED = range(5)
TOLD = (False, True, None, "off")
FEWEST = 2
"""Scores needed on each side of the interval."""
SIDE = 3
"""Sessions looked at on each side of the interval."""


@dataclass(frozen=True)
class SuddenDrop(Rule):
    """Flags the session a sudden drop lands on, by the three criteria of sudden gains, turned to harm.

    Tang and DeRubeis (1999), DOI 10.1037/0022-006X.67.6.894; the missing-score rules and the critical
    value by the number of scores after Lutz and others (2013), DOI 10.1037/a0031772. A dip that is
    regained within a session or two is no sudden drop. Which sessions follow matters, so nothing can be
    said at the landing itself, only later.

    Parameters
    ----------
    cutoff
        The least fall (first criterion); left out where empty.
    alpha
        The level of the third criterion, which compares the means before and after.
    share
        The least fall as a share (second criterion), or `none` to leave it out.
    share_of
        Share of the distance to the harmful end of the scale (`range`), or of the score (`score`).
    """

    name: ClassVar[str] = "sudden-drop"
    citation: ClassVar[str] = "10.1037/0022-006X.67.6.894"

    cutoff: float | None = parameter(Number(least=0))
    alpha: float = parameter(Number(above=0, below=1), 0.05)
    share: float | str = parameter(Number(least=0, word="none"), 0.25)
    share_of: str = parameter(Choice(("range", "score")), "range")

    def judge(self, block: Block, terms: Terms) -> Findings:
        """Test every interval by what lies around it, at the session it leads to."""
        last = block.rows if terms.prospective else block.lengths - 1
        tested = (block.rows >= FEWEST) & (block.rows < last)
        if not tested.any():
            untested = np.full((3, *block.scores.shape), UNTESTED, dtype=np.int8)
            return self._findings(block, terms, untested, None)
        scores = terms.turned(block.scores)
        criteria = np.stack([self._large(scores), self._large_share(block, terms), self._stays(scores, SIDE)])
        criteria[:, ~tested] = UNTESTED
        early = np.stack([*criteria[:2], self._stays(scores, FEWEST)])
        # With the session after the landing two scores may do; else it takes the one after that.
        known_at = block.sessions + np.where(_flagged(early), 1, 2)
        return self._findings(block, terms, criteria, known_at)

    def _large(self, scores: Floats) -> Smalls:
        fall = earlier(scores) - scores
        if self.cutoff is None:
            return np.full(fall.shape, OFF, dtype=np.int8)
        return _coded(reaches(fall, self.cutoff, larger(scores)), ~np.isnan(fall))

    def _large_share(self, block: Block, terms: Terms) -> Smalls:
        shape = block.scores.shape
        if isinstance(self.share, str):
            return np.full(shape, OFF, dtype=np.int8)
        scores = terms.turned(block.scores)
        before = earlier(scores)
        if self.share_of == "score":
            base = earlier(block.scores)
        elif terms.worst is None:
            return np.full(shape, UNKNOWN, dtype=np.int8)
        else:
            base = before - terms.worst
        size = np.fmax(larger(scores), np.abs(base))
        return _coded(reaches(before - scores, self.share * base, size), ~np.isnan(before - scores))

    def _stays(self, scores: Floats, after: int) -> Smalls:
        # Reckoned from the score before the interval, so that equal scores have equal means.
        origin = earlier(scores)
        n1, mean1, squares1 = _side([earlier(scores, back) - origin for back in range(1, SIDE + 1)])
        n2, mean2, squares2 = _side([_later(scores, ahead) - origin for ahead in range(after)])
        enough = (n1 >= FEWEST) & (n2 >= FEWEST) & ~np.isnan(scores)
        freedom = n1 + n2 - 2
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = np.sqrt((squares1 + squares2) / freedom)
            critical = self._critical()[freedom.astype(np.int64)]
            holds = exceeds(mean1 - mean2, critical * spread, larger(scores))
        return _coded(holds, enough)

    def _critical(self) -> Floats:
        from scipy.special import stdtrit

        quantiles = np.abs(stdtrit(np.arange(1, 2 * SIDE - 1), self.alpha / 2))
        # By degrees of freedom from 0 on; too few scores count backwards to the last two.
        return np.array([np.nan, *quantiles, np.nan, np.nan])

    def _findings(self, block: Block, terms: Terms, criteria: Smalls, known_at: Floats | None) -> Findings:
        endless = self.share != "none" and self.share_of == "range" and terms.worst is None
        rungs: list[Rung] = [
            (~block.present, CANNOT_SAY, NO_SCORE),
            (endless, CANNOT_SAY, "the rule needs the end of the scale on the harmful side"),
            (criteria[0] == UNTESTED, CANNOT_SAY, "the first and the last interval so far are not tested"),
            ((criteria == UNKNOWN).any(axis=0), CANNOT_SAY, "too few scores before or after"),
            (_flagged(criteria), FLAGGED, "a large drop after which the level stayed down"),
        ]
        began = np.where(block.rows > 0, block.sessions - 1, np.nan)
        return Findings(
            Answers.by(block.scores.shape, rungs, "no drop that meets all criteria"),
            {
                "interval": Column((began, block.sessions), _interval),
                "criteria": Column(tuple(criteria), _criteria),
            },
            known_at=known_at,
        )


def _coded(holds: Bools, known: Bools) -> Smalls:
    return np.where(known, np.where(holds, HOLDS, FAILS), UNKNOWN).astype(np.int8)


def _flagged(criteria: Smalls) -> Bools:
    met: Bools = ((criteria == HOLDS) | (criteria == OFF)).all(axis=0)
    return met


def _later(scores: Floats, ahead: int) -> Floats:
    if not ahead:
        return scores
    moved = np.full_like(scores, np.nan)
    moved[:-ahead] = scores[ahead:]
    return moved


def _side(scores: list[Floats]) -> tuple[Floats, Floats, Floats]:
    there = [~np.isnan(score) for score in scores]
    count: Floats = sum((found.astype(np.float64) for found in there), np.zeros_like(scores[0]))
    with np.errstate(divide="ignore", invalid="ignore"):
        total = sum((np.nan_to_num(score) for score in scores), np.zeros_like(scores[0]))
        mean = total / count
        squares: Floats = sum((np.nan_to_num(score - mean) ** 2 for score in scores), np.zeros_like(mean))
    return count, mean, squares


def _interval(began: float, landed: float) -> list[int] | None:
    return [int(began), int(landed)] if math.isfinite(began) else None


def _criteria(*codes: float) -> list[object] | None:
    return None if codes[0] == UNTESTED else [TOLD[int(code)] for code in codes]
