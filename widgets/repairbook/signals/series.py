"""The long table of scores: many series, one row a session, gaps kept as gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from repairbook.signals.arrays import Floats, Wholes
from repairbook.signals.block import Block, blocks
from repairbook.signals.terms import Terms

COLUMNS = ("case", "session", "score")
LARGEST = 1e100
"""Scores beyond this could not be squared and added up."""
FURTHEST = 10**12
"""Session numbers beyond this are no session numbers."""
WIDEST = 1_000_000
"""The most numbers from a series' first session to its last."""
MOST = 100_000_000
"""The most rows the table may have once its gaps are shown."""

NO_SESSION = "the session is missing."

Fault = tuple[int, str]


class SeriesFault(ValueError):
    """A table of scores was refused; every fault found in it is told, one sentence each."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


@dataclass(frozen=True, eq=False)
class Series:
    """Series in the order of their first appearance, each from its first session number to its last."""

    cases: pl.Series
    first: Wholes
    lengths: Wholes
    scores: Floats

    @classmethod
    def of(cls, table: pl.DataFrame, terms: Terms | None = None) -> Series:
        """Take a table with the columns case, session and score; an empty score is a missing one.

        Raises
        ------
        SeriesFault
            With everything that is wrong, by the number of the row.
        """
        found = faults_of(table, terms or Terms())
        if found:
            raise SeriesFault(f"Row {row + 1}: {what}" for row, what in sorted(found))
        return cls._of(table)

    @classmethod
    def _of(cls, table: pl.DataFrame) -> Series:
        cases, codes = _coded(table["case"])
        sessions = table["session"].cast(pl.Int64).to_numpy()
        scores = table["score"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        first = np.full(len(cases), np.iinfo(np.int64).max, dtype=np.int64)
        last = np.full(len(cases), np.iinfo(np.int64).min, dtype=np.int64)
        np.minimum.at(first, codes, sessions)
        np.maximum.at(last, codes, sessions)
        lengths = last - first + 1
        if lengths.max(initial=0) > WIDEST or lengths.sum() > MOST:
            raise SeriesFault(["The session numbers of a case lie too far apart."])
        starts = _starts(lengths)
        spread = np.full(int(lengths.sum()), np.nan)
        spread[starts[codes] + sessions - first[codes]] = scores
        return cls(cases, first, lengths, spread)

    def __len__(self) -> int:
        return self.lengths.size

    @cached_property
    def starts(self) -> Wholes:
        """Where each series begins in the table."""
        return _starts(self.lengths)

    @cached_property
    def sessions(self) -> Wholes:
        """The session number of every row."""
        rows = np.arange(self.scores.size, dtype=np.int64)
        return rows + np.repeat(self.first - self.starts, self.lengths)

    @cached_property
    def owners(self) -> Wholes:
        """The series every row belongs to."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.lengths)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The table cut into blocks of series of about one length."""
        return tuple(blocks(self.scores, self.first, self.lengths, self.starts))

    def part(self, begin: int, end: int) -> Series:
        """Take some of the series, in their order."""
        rows = slice(int(self.lengths[:begin].sum()), int(self.lengths[:end].sum()))
        return Series(
            self.cases[begin:end], self.first[begin:end], self.lengths[begin:end], self.scores[rows]
        )


def faults_of(table: pl.DataFrame, terms: Terms) -> list[Fault]:
    """Find everything wrong with a table: the row, counted from 0, and a sentence for each."""
    score, session = pl.col("score").cast(pl.Float64), pl.col("session").cast(pl.Int64)
    checks = {
        "the case is missing.": pl.col("case").is_null(),
        NO_SESSION: session.is_null(),
        "the session number is out of all reason.": session.abs() > FURTHEST,
        "the score is not a finite number.": ~score.is_finite(),
        "the score is too large to reckon with.": score.is_finite() & (score.abs() > LARGEST),
        "the score lies outside the scale.": _outside(score, terms),
    }
    marks = table.select(check.fill_null(False).alias(what) for what, check in checks.items())
    found = [(row, what) for what in checks for row in marks[what].arg_true().to_list()]
    again = "this case and session are in the table already."
    return [*found, *((row, again) for row in _repeated(table))]


def _repeated(table: pl.DataFrame) -> list[int]:
    _, codes = _coded(table["case"])
    keys = pl.DataFrame({"code": codes, "session": table["session"].cast(pl.Int64)})
    later = (pl.col("code").diff() > 0) | ((pl.col("code").diff() == 0) & (pl.col("session").diff() > 0))
    # A table in order shows at a glance that nothing is in it twice.
    if keys.select(later.fill_null(True).all()).item():
        return []
    repeated = ~pl.struct("code", "session").is_first_distinct() & pl.col("session").is_not_null()
    return keys.select((repeated & table["case"].is_not_null()).arg_true()).to_series().to_list()


def _outside(score: pl.Expr, terms: Terms) -> pl.Expr:
    low = pl.lit(False) if terms.lower is None else score < terms.lower
    high = pl.lit(False) if terms.upper is None else score > terms.upper
    return score.is_finite() & (low | high)


def _coded(cases: pl.Series) -> tuple[pl.Series, Wholes]:
    """Number the cases by first appearance."""
    runs = cases.rle_id()
    heads = cases.filter(runs.is_first_distinct())
    names = heads.unique(maintain_order=True)
    if len(names) == len(heads):
        return names, runs.cast(pl.Int64).to_numpy()
    numbered = pl.DataFrame({"case": names, "code": np.arange(len(names), dtype=np.int64)})
    joined = cases.to_frame("case").join(numbered, on="case", how="left", maintain_order="left")
    return names, joined["code"].to_numpy()


def _starts(lengths: Wholes) -> Wholes:
    return np.cumsum(lengths) - lengths
