"""What one rule says about a long table of series: a verdict for every session, with reason and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from repairbook.signals.arrays import Floats, Numbers, Smalls, Wholes
from repairbook.signals.episode import NONE, PATTERNS, STATUSES, Episodes
from repairbook.signals.findings import VERDICTS, Column, Columns
from repairbook.signals.layout import Layout
from repairbook.signals.rule import Rule
from repairbook.signals.series import Series
from repairbook.signals.terms import Terms

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False)
class Answer:
    """A rule's answers to every row of a table; see `Findings` for what its columns mean.

    `quantities` has a row for every session where each session has its own (prospective), and one for
    every series where all its sessions share them (retrospective).
    """

    series: Series
    rule: Rule
    terms: Terms
    verdict: Smalls
    reason: Smalls
    reasons: tuple[str, ...]
    values: Columns
    quantities: Columns
    hits: dict[int, Smalls]
    known_at: Floats | None
    reference: Wholes | None

    @cached_property
    def episodes(self) -> Episodes:
        """The falls this rule sees, each joined to its repair."""
        window = self.rule.regained_within
        return Episodes.of(self.series, self.terms, self.verdict, window, self.reference)

    def frame(self) -> pl.DataFrame:
        """Give a row for every session: verdict, reason, and the numbers behind them."""
        import polars as pl

        words = pl.Enum(VERDICTS)
        columns = {
            "case": self.series.cases.gather(self.series.owners),
            "session": self.series.sessions,
            "score": pl.Series(self.series.scores, nan_to_null=True),
            "verdict": pl.Series(VERDICTS, dtype=words).gather(self.verdict),
            "reason": pl.Series(self.reasons, dtype=pl.Categorical).gather(self.reason),
        }
        columns |= {name: pl.Series(part, nan_to_null=True) for name, part in self._numbers()}
        return pl.DataFrame(columns)

    def _numbers(self) -> Iterable[tuple[str, Numbers]]:
        for name, column in self.values.items():
            yield from _named(name, column)
        for name, column in self.quantities.items():
            wide = column if self.terms.prospective else column.each(lambda part: part[self.series.owners])
            yield from _named(name, wide)
        for n, sides in self.hits.items():
            yield f"hit_{n}", sides
        if self.known_at is not None:
            yield "known_at", self.known_at

    def episode_frame(self) -> pl.DataFrame:
        """Give a row for every episode, by session numbers."""
        import polars as pl

        found = self.episodes
        numbers = np.append(self.series.sessions, 0)
        columns = {"case": self.series.cases.gather(found.owner)}
        for name in ("onset", "lowest", "half", "full"):
            rows = getattr(found, name)
            columns[name] = pl.Series(np.where(rows == NONE, np.nan, numbers[rows]), nan_to_null=True).cast(
                pl.Int64
            )
        columns["status"] = pl.Series(STATUSES).gather(found.status)
        columns["pattern"] = pl.Series(PATTERNS, dtype=pl.String).gather(found.pattern)
        return pl.DataFrame(columns)


def _named(name: str, column: Column) -> Iterable[tuple[str, Numbers]]:
    if len(column.parts) == 1:
        return [(name, column.parts[0])]
    return [(f"{name}_{place}", part) for place, part in enumerate(column.parts, start=1)]


def judge(series: Series, rule: Rule, terms: Terms) -> Answer:
    """Ask one rule about every session of every series."""
    with np.errstate(over="ignore"):
        found = [rule.judge(block, terms) for block in series.blocks]
    laid = Layout(series, found)
    return Answer(
        series=series,
        rule=rule,
        terms=terms,
        verdict=laid.verdict(),
        reason=laid.reason(),
        reasons=found[0].answers.reasons if found else (),
        values=laid.values(),
        quantities=laid.quantities(each_row=terms.prospective),
        hits=laid.hits(),
        known_at=laid.known_at(),
        reference=laid.reference(),
    )
