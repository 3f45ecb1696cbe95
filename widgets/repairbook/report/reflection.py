"""A whole reflection as prose: what is there, in the order it happened, and what is not, once, at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from repairbook.model.case import Case, Session
from repairbook.model.draft import FIELDS, Body, is_private
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.report.answers import Answers
from repairbook.report.block import Block, Heading, Missing, Private, Prose, Quote, Run
from repairbook.report.later import later_blocks
from repairbook.report.opening import opening
from repairbook.report.section import Section, has_answer
from repairbook.report.sentence import listed
from repairbook.store.shapes import Followed

WALK: dict[str, tuple[str, ...]] = {
    "moment": ("moment", "what_kind", "moment_at", "trigger_source", "movement"),
    "felt": ("feelings", "feelings_word", "peak", "urge", "urge_words", "did_words"),
    "stands": ("last_plan", "tried", "standing", "standing_by"),
    "forward": ("my_part", "my_part_answer", "next_time", "ask"),
}
# Each part of the walk that may be named as not said, with the fields that answer it.
PARTS: dict[str, tuple[str, ...]] = {
    "moment": ("moment",),
    "what_kind": ("what_kind",),
    "moment_at": ("moment_at",),
    "trigger_source": ("trigger_source",),
    "movement": ("movement",),
    "feelings": ("feelings", "feelings_word"),
    "peak": ("peak",),
    "urge": ("urge", "urge_words"),
    "did_words": ("did_words",),
    "tried": ("tried",),
    "standing": ("standing", "standing_by"),
    "my_part": ("my_part", "my_part_answer"),
    "next_time": ("next_time",),
    "ask": ("ask",),
}
RULE, MANDATED = "rule", "mandated"


def reflection_blocks(
    body: Body,
    *,
    case: Case,
    session: Session | None,
    library: Library,
    words: Words,
    follow_ups: Sequence[Followed] = (),
    sessions: Iterable[Session] = (),
    state: str,
    include_private: bool,
    when: dt.datetime | None,
) -> tuple[Block, ...]:
    """Tell a reflection as a page a colleague wrote.

    Parameters
    ----------
    body
        What was answered and typed.
    case, session
        Where it belongs; without a session, its own part of the opening is left out.
    follow_ups, sessions
        How it stood later, and the sessions a follow-up may name.
    state
        draft or closed.
    include_private
        Whether the parts that stay with the author are on the page: only ever for the author.
    when
        When it was last changed.
    """
    answers = Answers(body.reflection, library, words)
    blocks: list[Block] = [opening(case, session, answers, state=state, when=when)]
    blocks += _walk(body, answers)
    blocks += _closer(body, answers)
    known = {each.id: each for each in (*sessions, *([session] if session else []))}
    blocks += later_blocks(follow_ups, known, answers)
    if include_private:
        blocks += _private(body, answers)
    return (*blocks, *_missing(body, case, words))


def _walk(body: Body, answers: Answers) -> list[Block]:
    placed = {key for keys in WALK.values() for key in keys}
    # A field added to the walk later on is told at its end rather than lost.
    others = tuple(key for key in _shareable("") if key not in placed and key != "session")
    blocks: list[Block] = []
    for name, keys in WALK.items():
        more = others if name == "forward" else ()
        pieces = Section(body, answers).write((*keys, *more))
        if pieces:
            blocks += [Heading(answers.words(f"prose.section.{name}")), *pieces]
    return blocks


def _closer(body: Body, answers: Answers) -> list[Block]:
    blocks: list[Block] = []
    for theme in _themes():
        pieces = Section(body, answers).write(_shareable(theme))
        if pieces:
            blocks += [Heading(answers.words(f"themes.{theme}.title"), level=3), *pieces]
    return [Heading(answers.words("prose.section.closer")), *blocks] if blocks else []


def _private(body: Body, answers: Answers) -> list[Block]:
    pieces = Section(body, answers).write(key for key in FIELDS if is_private(key))
    if not pieces:
        return []
    words = answers.words
    quiet = Prose((Run(words("prose.private")),), quiet=True)
    told = tuple(piece for piece in pieces if isinstance(piece, Prose | Quote))
    return [Private((Heading(words("prose.section.private")), quiet, *told))]


def _missing(body: Body, case: Case, words: Words) -> list[Block]:
    unsaid = [name for name, keys in PARTS.items() if not _any(body, keys)]
    closed = [theme for theme in _themes() if not _any(body, _shareable(theme))]
    if len(unsaid) == len(PARTS) and len(closed) == len(_themes()):
        return [Missing(words("prose.missing.all"))]
    if case.participation != MANDATED:
        closed = [theme for theme in closed if theme != RULE]
    said = [
        words(f"prose.missing.{what}", it=listed([words(f"prose.{names}.{each}") for each in left], words))
        for what, names, left in (("walk", "name", unsaid), ("closer", "theme", closed))
        if left
    ]
    return [Missing(" ".join([*said, words("prose.missing.fine")]))] if said else []


def _any(body: Body, keys: Iterable[str]) -> bool:
    return any(has_answer(body, key) or key in body.raw for key in keys)


def _themes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(field.theme for field in FIELDS.values() if field.theme))


def _shareable(theme: str) -> tuple[str, ...]:
    return tuple(key for key, field in FIELDS.items() if field.theme == theme and not is_private(key))
