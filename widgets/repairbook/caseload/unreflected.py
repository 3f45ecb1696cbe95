"""Unreflected drops: sessions a rule sees a fall in, and nobody has reflected on yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from repairbook.caseload.history import CaseHistory, ReflectionRow
from repairbook.caseload.rule_answer import FLAGGED, RuleAnswer

if TYPE_CHECKING:
    from repairbook.model.words import Words

DROP_LIKE = ("cutoff", "drop", "v-shape", "control-chart")
"""The rules that offer a session to reflect on, unless others are named."""
OF_LEVEL = frozenset({"cutoff", "control-chart"})
"""Rules that speak of where a score lies; a fall is where it came there from the better side."""
SHARED = "shared"
WORDS = "signals.unreflected"


@dataclass(frozen=True)
class UnreflectedDrop:
    """A session to perhaps reflect on, with all that starting a reflection needs.

    Parameters
    ----------
    before, score
        The last score before, and the score of this session, as the first of the rules sees them.
    flags
        The answers of the rules that see a fall here.
    own
        Whether this is offered to the author of the reflections.
    """

    case_id: str
    session_id: str
    number: int
    before: float
    score: float
    flags: tuple[RuleAnswer, ...]
    own: bool

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that see it."""
        return tuple(dict.fromkeys(flag.rule for flag in self.flags))

    def said(self, words: Words) -> str:
        """Say what moved, why it is offered, and that it may be good news."""
        moved = {"number": self.number, "before": f"{self.before:g}", "score": f"{self.score:g}"}
        reasons = dict.fromkeys(flag.said(self.number, words) for flag in self.flags)
        still = words(f"{WORDS}.{'not_yet' if self.own else 'not_shared'}")
        return " ".join([words(f"{WORDS}.moved", **moved), *reasons, still, words(f"{WORDS}.honest")])


def for_author(
    history: CaseHistory, answers: Iterable[RuleAnswer], rules: Collection[str] = DROP_LIKE
) -> tuple[UnreflectedDrop, ...]:
    """Give the drops to offer to the author of this history's reflections; all of these count, drafts too."""
    return _drops(history, answers, history.reflections, rules, own=True)


def for_others(
    history: CaseHistory,
    answers: Iterable[RuleAnswer],
    shared: Iterable[ReflectionRow],
    rules: Collection[str] = DROP_LIKE,
) -> tuple[UnreflectedDrop, ...]:
    """Give the drops to offer to somebody else, by what was shared with them and nothing more.

    Of `shared` only rows in the state `shared` count, and the history's own reflections are not looked
    at: what is offered is the same whether or not there is a draft, so it never betrays one.
    """
    return _drops(history, answers, (row for row in shared if row.state == SHARED), rules, own=False)


def _drops(
    history: CaseHistory,
    answers: Iterable[RuleAnswer],
    seen: Iterable[ReflectionRow],
    rules: Collection[str],
    *,
    own: bool,
) -> tuple[UnreflectedDrop, ...]:
    """Give the sessions with a fall and no reflection up to the next session that took place."""
    falls = [(answer, dict(_falls(answer))) for answer in answers if answer.rule in rules]
    reflected = {row.session_id for row in seen}
    found = []
    for at, session in enumerate(history.sessions):
        flags = tuple(answer for answer, moved in falls if session.number in moved)
        if flags and reflected.isdisjoint(_around(history, at)):
            before, score = next(moved[session.number] for _, moved in falls if session.number in moved)
            found.append(
                UnreflectedDrop(history.case_id, session.id, session.number, before, score, flags, own)
            )
    return tuple(found)


def _falls(answer: RuleAnswer) -> Iterator[tuple[int, tuple[float, float]]]:
    """Give the sessions a rule sees a fall in, with the score before and the score there."""
    # The first score of all has fallen from nowhere, however low it is.
    before: float | None = None
    was_flagged = False
    for row in answer.sessions:
        if row.score is None:
            continue
        flagged = row.verdict == FLAGGED
        if flagged and before is not None and not (was_flagged and answer.rule in OF_LEVEL):
            yield row.number, (before, row.score)
        before, was_flagged = row.score, flagged


def _around(history: CaseHistory, at: int) -> Iterator[str]:
    """Give the session and those after it, up to the next that took place."""
    yield history.sessions[at].id
    for session in history.sessions[at + 1 :]:
        yield session.id
        if not session.missed:
            return
