"""The first line of a page: which case, which session, and how far the page has come."""

from __future__ import annotations

import datetime as dt

from repairbook.model.case import Case, Session
from repairbook.report.answers import Answers
from repairbook.report.block import Prose, Run
from repairbook.report.moment import day_words
from repairbook.report.sentence import listed, sentence

AS_USUAL = "attended"


def opening(
    case: Case, session: Session | None, answers: Answers, *, state: str, when: dt.datetime | None
) -> Prose:
    """Say where this belongs, and whether it is still a draft."""
    words = answers.words
    parts = [words("prose.opening.case", case="{case}")]
    if session is not None:
        parts.append(_session(session, answers))
    where = sentence(f"{', '.join(parts)}. ", case=Run(case.case_code, own=True))
    return Prose((*where, Run(_state(state, when, answers))), quiet=True)


def session_words(session: Session, answers: Answers) -> str:
    """Name a session by its number and, where it is known, its day."""
    words = answers.words
    day = f" {words('prose.opening.on', day=day_words(session.date, words))}" if session.date else ""
    return words("prose.opening.session", number=session.number) + day


def _session(session: Session, answers: Answers) -> str:
    words = answers.words
    parts = [session_words(session, answers)]
    if session.format:
        parts.append(answers.phrase("format", session.format))
    if session.attendance != AS_USUAL:
        parts.append(answers.phrase("attendance", session.attendance))
    if session.third_party:
        others = listed([answers.phrase("third_party", each) for each in session.third_party], words)
        parts.append(words("prose.opening.third_party", it=others))
    if session.interrupted:
        parts.append(words("prose.opening.interrupted"))
    return ", ".join(parts).replace("{", "(").replace("}", ")")


def _state(state: str, when: dt.datetime | None, answers: Answers) -> str:
    words = answers.words
    kind = "closed" if state == "closed" else "draft"
    if when is None:
        return words(f"prose.opening.{kind}")
    local = when.astimezone() if when.tzinfo else when
    return words(f"prose.opening.{kind}_on", day=day_words(local.date(), words))
