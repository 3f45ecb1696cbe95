"""What the rules say about one line of a case, session by session: plain rows, ready to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from repairbook.caseload.history import CaseHistory
from repairbook.caseload.rule_answer import CANNOT_SAY, CLEAR, FLAGGED, RuleAnswer, RuleSession, Value
from repairbook.caseload.rules import PROSPECTIVE, RETROSPECTIVE, ask, rules_for
from repairbook.model.instrument import Instrument

LATER = "later"
VERDICTS = (FLAGGED, LATER, CLEAR, CANNOT_SAY)
LATE = ("sudden-drop", "change-point")
SHOWN = ("cutoff", "control-chart", "v-shape", "sudden-drop", "change-point")


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one session.

    Parameters
    ----------
    session
        Its number.
    verdict
        `flagged`, `later` (flagged, but only by what came after it), `clear` or `cannot-say`.
    reason
        Why, in a few words.
    numbers
        What was compared, by name.
    known_at
        The session at which it could first be known, where that is a later one.
    """

    session: int
    verdict: str
    reason: str
    numbers: Mapping[str, float]
    known_at: int | None = None


@dataclass(frozen=True)
class RuleRow:
    """One rule with its parameters and all it says."""

    rule: str
    params: Mapping[str, Value]
    verdicts: tuple[Verdict, ...]

    def sessions(self, *kinds: str) -> list[int]:
        """Name the sessions with one of these verdicts."""
        return [each.session for each in self.verdicts if each.verdict in kinds]

    @property
    def last(self) -> Mapping[str, float]:
        """The numbers of the last session, as the limits stand now."""
        return self.verdicts[-1].numbers if self.verdicts else {}


def rule_rows(
    history: CaseHistory,
    instrument: Instrument,
    *,
    upto: int | None = None,
    mode: str = PROSPECTIVE,
) -> tuple[RuleRow, ...]:
    """Ask every rule about one questionnaire's line.

    Parameters
    ----------
    history, instrument
        The case, and whose line it is.
    upto
        The last session that is known.
    mode
        `prospective` judges each session by what was known at it; what only later sessions show is told
        with the session it was known at. `retrospective` judges each by the whole line.
    """
    shown = history.until(upto)
    if not shown.series(instrument.id, instrument.rater):
        return ()
    # A questionnaire without a line on the harmful side has no cut-off to speak of.
    rules = [rule for rule in rules_for(instrument, names=SHOWN) if not rule.lacking]
    both = (ask(shown, instrument, rules, each) for each in (mode, RETROSPECTIVE))
    return tuple(_row(*each) for each in zip(*both, strict=True))


def _row(then: RuleAnswer, now: RuleAnswer) -> RuleRow:
    # Some rules can speak of a session only later; what they say by now is told with when they could.
    told = (now if now.rule in LATE else then).sessions
    return RuleRow(now.rule, now.params, tuple(_verdict(each) for each in told))


def _verdict(row: RuleSession) -> Verdict:
    kind = row.verdict if row.known_at is None else LATER
    numbers = dict(row.numbers) if row.score is None else {**row.numbers, "score": row.score}
    return Verdict(row.number, kind, row.reason, numbers, row.known_at)
