"""What one rule says about one case: a verdict for every session, with the reason in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repairbook.model.words import Words

Value = float | int | bool | str | None

FLAGGED, CLEAR, CANNOT_SAY = "flagged", "clear", "cannot-say"
WORDS = "signals"


@dataclass(frozen=True)
class RuleSession:
    """What one rule says about one session.

    Parameters
    ----------
    verdict
        `flagged`, `clear` or `cannot-say`.
    reason
        Why, in the rule's own words.
    numbers
        The numbers behind it, by name; what is not known is not there.
    known_at
        The session from which on a flag could be known, where that is later than the session itself.
    """

    session_id: str
    number: int
    score: float | None
    verdict: str
    reason: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    known_at: int | None = None


@dataclass(frozen=True)
class RuleEpisode:
    """A fall joined to its repair, by session numbers; None where it did not come, or not yet."""

    onset: int
    lowest: int
    half: int | None
    full: int | None
    status: str
    pattern: str | None


@dataclass(frozen=True)
class RuleAnswer:
    """What one rule says about one case, session by session, missed ones included."""

    case_id: str
    rule: str
    citation: str
    params: Mapping[str, Value]
    instrument: str
    rater: str
    mode: str
    falls: bool
    sessions: tuple[RuleSession, ...] = ()
    episodes: tuple[RuleEpisode, ...] = ()

    @property
    def flagged(self) -> tuple[int, ...]:
        """The numbers of the sessions that deserve a conversation, says this rule."""
        return tuple(row.number for row in self.sessions if row.verdict == FLAGGED)

    @property
    def silent(self) -> bool:
        """Whether the rule cannot say anything about any session."""
        return all(row.verdict == CANNOT_SAY for row in self.sessions)

    def at(self, number: int) -> RuleSession | None:
        """Give what it says about one session."""
        return next((row for row in self.sessions if row.number == number), None)

    def said(self, number: int, words: Words) -> str:
        """Say its answer about a session in a sentence, with the numbers behind it."""
        row = self.at(number)
        if row is None:
            return ""
        if row.verdict != FLAGGED:
            return words(f"{WORDS}.{row.verdict}", rule=words(f"{WORDS}.rule.{self.rule}"), reason=row.reason)
        way = words(f"{WORDS}.way.{'lower' if self.falls else 'higher'}")
        return words(f"{WORDS}.flagged.{self._flag(row)}", **{**self._figures(row), "way": way})

    def _flag(self, row: RuleSession) -> str:
        if self.rule == "cutoff" and not self.params["inclusive"]:
            return "beyond-cutoff"
        # Every set of run rules holds the limits as its first; without them, a run was completed.
        side = 1 if self.falls else 2
        return "run" if self.rule == "control-chart" and row.numbers.get("hit_1") != side else self.rule

    def _figures(self, row: RuleSession) -> dict[str, str]:
        figures: dict[str, Value] = {**self.params, **row.numbers}
        change = row.numbers.get("change", row.numbers.get("drop", 0.0))
        limit = row.numbers.get("lower" if self.falls else "upper", 0.0)
        figures |= {"score": row.score, "change": abs(change), "limit": limit, "known_at": row.known_at}
        return {key: _figure(value) for key, value in figures.items()}


def _figure(value: Value) -> str:
    if isinstance(value, int | float):
        return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
    return value or ""
