"""How it stood later: one short entry for each follow-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from repairbook.model.case import Session
from repairbook.model.reflection import Reflection
from repairbook.report.answers import Answers
from repairbook.report.block import Block, Heading, Prose, Quote
from repairbook.report.moment import day_words
from repairbook.report.opening import session_words
from repairbook.report.sentence import paragraph, sentence
from repairbook.store.shapes import Followed


def later_blocks(
    follow_ups: Sequence[Followed], sessions: Mapping[str, Session], answers: Answers
) -> list[Block]:
    """Tell the follow-ups in order; none where nobody has come back to it yet."""
    blocks: list[Block] = []
    for followed in follow_ups:
        kept = followed.follow_up
        said = [sentence(_when(followed, sessions, answers))]
        stood = Answers(
            Reflection(standing=kept.standing, standing_by=kept.standing_by), answers.library, answers.words
        )
        said += [each for key in ("standing", "standing_by") if getattr(kept, key) for each in stood.say(key)]
        blocks.append(Prose(paragraph(said)))
        if kept.line:
            blocks.append(Quote(kept.line))
    return [Heading(answers.words("prose.section.later")), *blocks] if blocks else []


def _when(followed: Followed, sessions: Mapping[str, Session], answers: Answers) -> str:
    words = answers.words
    session = sessions.get(followed.follow_up.session)
    if session is not None:
        name = session_words(session, answers)
        return words("prose.later", it=name[:1].upper() + name[1:])
    day = followed.at.astimezone() if followed.at.tzinfo else followed.at
    return words("prose.later", it=day_words(day.date(), words))
