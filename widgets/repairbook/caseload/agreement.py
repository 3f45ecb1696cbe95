"""Who says there was a rupture: the client, the therapist, a reflection and each rule, session by session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from repairbook.caseload.history import CaseHistory, SessionRow
from repairbook.caseload.rule_answer import CANNOT_SAY, FLAGGED, RuleAnswer

if TYPE_CHECKING:
    from repairbook.model.person import Actor
    from repairbook.model.reflection import Reflection
    from repairbook.model.words import Words

BOTH, CLIENT_ONLY, THERAPIST_ONLY, NEITHER = CELLS = ("both_saw", "client_only", "therapist_only", "neither")
"""Codes of the codebook `agreement_cells`."""
CANNOT_TELL = "cannot_say"
ANSWER, KIND, SCORE = "answer", "kind", "score"
"""What somebody's saying is known by: their own answer, the kind of moment told, a rule on their scores."""
WORDS = "signals.agreement"


@dataclass(frozen=True)
class Said:
    """What one reflection says of its session: whether there was tension, as either of the two says.

    `told` is whether the reflection itself tells of a rupture; what is not answered is None.
    """

    record_id: str
    session_id: str
    client: bool | None = None
    therapist: bool | None = None
    told: bool | None = None


@dataclass(frozen=True)
class AgreementRow:
    """What everybody says of one session.

    Parameters
    ----------
    client, therapist
        Whether they say there was a rupture; None where that cannot be said.
    client_by, therapist_by
        What that is known by: `answer`, `kind` or `score`; empty where it is not known.
    reflected
        The reflections on this session, by id.
    rules
        The verdict of each rule, by rater and rule: `client:cutoff`.
    """

    session_id: str
    number: int
    missed: bool
    client: bool | None
    client_by: str
    therapist: bool | None
    therapist_by: str
    reflected: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]

    @property
    def cell(self) -> str:
        """The cell of agreement: a code of `agreement_cells`, or `cannot_say`."""
        if self.client is None or self.therapist is None:
            return CANNOT_TELL
        if self.client:
            return BOTH if self.therapist else CLIENT_ONLY
        return THERAPIST_ONLY if self.therapist else NEITHER

    def said(self, words: Words) -> str:
        """Say who says so, and what that is known by."""
        sides = (("client", self.client, self.client_by), ("therapist", self.therapist, self.therapist_by))
        told = [
            words(f"{WORDS}.{who}.{by}.{'yes' if says else 'no'}") if by else words(f"{WORDS}.{who}.unknown")
            for who, says, by in sides
        ]
        told.append(words(f"{WORDS}.{'reflected' if self.reflected else 'not_reflected'}"))
        return " ".join(told)


def agreement(
    history: CaseHistory,
    said: Iterable[Said],
    answers: Iterable[RuleAnswer] = (),
    *,
    client_rule: str = "cutoff",
    therapist_rule: str = "",
) -> tuple[AgreementRow, ...]:
    """Compare what is said of every session.

    Somebody's own answer counts first. Without it, the therapist's reflection counts where it tells of a
    rupture, and then a rule on their scores, where one is named. No reflection is not a no.

    Parameters
    ----------
    said
        What the reflections say that may be seen here; the reflections of the history are not looked at,
        so that what another person is shown never depends on a draft.
    answers
        What the rules say, of any rater.
    client_rule, therapist_rule
        The rule on the scores that stands in for an answer; none where it is empty.
    """
    by_session: dict[str, list[Said]] = {}
    for each in said:
        by_session.setdefault(each.session_id, []).append(each)
    asked = tuple(answers)
    return tuple(
        _row(
            session,
            by_session.get(session.id, []),
            _verdicts(asked, session.number),
            (client_rule, therapist_rule),
        )
        for session in history.sessions
    )


def counted(rows: Iterable[AgreementRow]) -> dict[str, int]:
    """Count the sessions in each cell, those that took place only."""
    found = Counter(row.cell for row in rows if not row.missed)
    return {cell: found[cell] for cell in (*CELLS, CANNOT_TELL)}


def said_of(record_id: str, session_id: str, reflection: Reflection) -> Said:
    """Take from a reflection what it says of its session."""
    # A repair worth keeping, or perhaps a rupture, does not say whether there was one.
    told = True if reflection.what_kind == "rupture" else None
    return Said(record_id, session_id, reflection.client_psq_tension, reflection.psq_tension, told)


def own_said(store: Any, actor: Actor, history: CaseHistory) -> tuple[Said, ...]:
    """Read what a person's own reflections on a case say, drafts among them; for their own eyes only.

    One whose words cannot be opened counts as a reflection that says nothing.
    """
    from repairbook.store import KeyTrouble, NotAllowed

    said = []
    for row in history.reflections:
        try:
            reflection = store.reflections.open(actor, row.record_id).body.reflection
        except KeyTrouble:
            said.append(Said(row.record_id, row.session_id))
        except NotAllowed:
            # Put away in another tab since the history was read.
            continue
        else:
            said.append(said_of(row.record_id, row.session_id, reflection))
    return tuple(said)


def _row(
    session: SessionRow, here: list[Said], verdicts: dict[str, str], rules: tuple[str, str]
) -> AgreementRow:
    client, client_by = _first(
        (ANSWER, _any(each.client for each in here)),
        (SCORE, _says(verdicts, "client", rules[0])),
    )
    therapist, therapist_by = _first(
        (ANSWER, _any(each.therapist for each in here)),
        (KIND, _any(each.told for each in here)),
        (SCORE, _says(verdicts, "therapist", rules[1])),
    )
    return AgreementRow(
        session_id=session.id,
        number=session.number,
        missed=session.missed,
        client=client,
        client_by=client_by,
        therapist=therapist,
        therapist_by=therapist_by,
        reflected=tuple(each.record_id for each in here),
        rules=tuple(verdicts.items()),
    )


def _verdicts(answers: Iterable[RuleAnswer], number: int) -> dict[str, str]:
    found = ((answer, answer.at(number)) for answer in answers)
    return {f"{answer.rater}:{answer.rule}": row.verdict for answer, row in found if row is not None}


def _says(verdicts: dict[str, str], rater: str, rule: str) -> bool | None:
    verdict = verdicts.get(f"{rater}:{rule}", CANNOT_SAY)
    return None if verdict == CANNOT_SAY else verdict == FLAGGED


def _any(answers: Iterable[bool | None]) -> bool | None:
    given = [each for each in answers if each is not None]
    return any(given) if given else None


def _first(*known: tuple[str, bool | None]) -> tuple[bool | None, str]:
    return next(((says, by) for by, says in known if says is not None), (None, ""))
