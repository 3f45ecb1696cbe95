"""The few answers that read better as a table: signs, movements, ratings, the line of a session."""

from __future__ import annotations

from repairbook.model.draft import FIELDS
from repairbook.report.answers import Answers
from repairbook.report.block import Run, Table

SIGNS = ("markers", "movements_2022", "aspects")
RATED_BY_BOTH = ("tension", "intensity", "addressed", "resolved")
OWN_RATINGS = tuple(f"psq_{each}" for each in RATED_BY_BOTH)
CLIENT_RATINGS = tuple(f"client_psq_{each}" for each in RATED_BY_BOTH)


def signs_table(answers: Answers, key: str) -> Table:
    """Give what was ticked, in the order of its list, with how much it weighed."""
    ticked: dict[str, int] = getattr(answers.reflection, key)
    book = FIELDS[key].book
    order = {code: place for place, code in enumerate(answers.codes(book))}
    codes = sorted(ticked, key=lambda code: order.get(code, len(order)))
    rows = tuple((Run(answers.label(book, code)), Run(_rated(answers, ticked[code]))) for code in codes)
    words = answers.words
    columns = (words(f"prose.table.{key}_named"), words(f"prose.table.{key}_rated"))
    return Table(words(f"prose.table.{key}"), columns, rows)


def timeline_table(answers: Answers) -> Table:
    """Give the line of the session: when, what, and the person's own line about it."""
    words = answers.words
    rows = tuple(
        (
            Run(row.at.strip()),
            Run(_what(answers, row.event, row.move)),
            Run(row.line, own=True),
        )
        for row in answers.reflection.timeline
    )
    columns = tuple(words(f"prose.table.{each}") for each in ("at", "what", "line"))
    return Table(words("prose.table.timeline"), columns, rows)


def ratings_table(answers: Answers) -> Table:
    """Give how the strain was rated, by the therapist and, where there is one, by the client."""
    words, kept = answers.words, answers.reflection
    raters = [
        (words(f"prose.table.{who}"), keys)
        for who, keys in (("mine", OWN_RATINGS), ("clients", CLIENT_RATINGS))
        if any(getattr(kept, key) is not None for key in keys)
    ]
    rows = []
    for place, name in enumerate(RATED_BY_BOTH):
        given = [getattr(kept, keys[place]) for _, keys in raters]
        if any(value is not None for value in given):
            cells = (Run(_rating(answers, value)) for value in given)
            rows.append((Run(words(f"prose.table.psq_{name}")), *cells))
    columns = (words("prose.table.question"), *(title for title, _ in raters))
    return Table(words("prose.table.psq"), columns, tuple(rows))


def _what(answers: Answers, event: str, move: str) -> str:
    if not (event and move):
        return answers.label("timeline_event", event) if event else answers.label("moves", move)
    return f"{answers.label('timeline_event', event)}: {answers.phrase('moves', move)}"


def _rated(answers: Answers, rating: int) -> str:
    return answers.words("prose.of_five", it=rating) if rating else answers.words("prose.not_rated")


def _rating(answers: Answers, value: bool | int | None) -> str:
    if value is None:
        return answers.words("prose.not_rated")
    if isinstance(value, bool):
        return answers.words("prose.yes" if value else "prose.no")
    return _rated(answers, value)
