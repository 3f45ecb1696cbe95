"""One stretch of a page: sentences gather into paragraphs, long texts stand as quotes, lists as tables."""

from __future__ import annotations

from collections.abc import Iterable

from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import Kind
from repairbook.report.answers import Answers, Sentence
from repairbook.report.block import Prose, Quote, Run, Table
from repairbook.report.sentence import paragraph, sentence
from repairbook.report.tables import (
    CLIENT_RATINGS,
    OWN_RATINGS,
    SIGNS,
    ratings_table,
    signs_table,
    timeline_table,
)

Piece = Prose | Quote | Table
Pair = tuple[str, str]

# A code and the person's own words for it make one sentence.
PAIRED: dict[str, Pair] = {"feelings": ("feelings", "feelings_word"), "urge": ("urge", "urge_words")}
NEEDS_NO_LEAD = "moment"


class Section:
    """Write the given fields, in order, as far as they are filled.

    Parameters
    ----------
    body
        What was answered, and what was typed and does not fit yet.
    answers
        Says one answer at a time.
    """

    def __init__(self, body: Body, answers: Answers) -> None:
        self._body, self._answers = body, answers
        self._pieces: list[Piece] = []
        self._sentences: list[Sentence] = []
        self._done: set[str] = set()

    def write(self, keys: Iterable[str]) -> list[Piece]:
        """Give the pieces of this section; none where nothing is filled."""
        for key in keys:
            if key not in self._done and has_answer(self._body, key):
                self._add(key)
            if key in self._body.raw:
                lead = sentence(self._words("prose.as_typed", title=self._answers.title(key)))
                self._quote(lead, self._body.raw[key])
        self._end_paragraph()
        return self._pieces

    def _add(self, key: str) -> None:
        kind = FIELDS[key].kind
        if key in SIGNS:
            self._table(signs_table(self._answers, key))
        elif kind is Kind.ROWS:
            self._table(timeline_table(self._answers))
        elif key in OWN_RATINGS + CLIENT_RATINGS:
            self._done.update(OWN_RATINGS + CLIENT_RATINGS)
            self._table(ratings_table(self._answers))
        elif kind is Kind.TEXT:
            lead = () if key == NEEDS_NO_LEAD else sentence(self._answers.template(key))
            self._quote(lead, getattr(self._body.reflection, key))
        elif key in PAIRED and all(has_answer(self._body, each) for each in PAIRED[key]):
            self._pair(*PAIRED[key])
        else:
            self._sentences += self._answers.say(key)

    def _pair(self, coded: str, worded: str) -> None:
        # The code's sentence ends in a colon instead of a full stop, and the own words follow.
        said = paragraph(self._answers.say(coded))
        line = Run(getattr(self._body.reflection, worded), own=True)
        opening = "".join(run.text for run in said).rstrip(".")
        self._sentences.append(sentence(self._words("prose.with_words", said=opening, it="{it}"), it=line))
        self._done.add(worded)

    def _quote(self, lead: Sentence, text: str) -> None:
        self._end_paragraph()
        if lead:
            self._pieces.append(Prose(lead))
        self._pieces.append(Quote(text))

    def _table(self, table: Table) -> None:
        self._end_paragraph()
        self._pieces.append(table)

    def _end_paragraph(self) -> None:
        if self._sentences:
            self._pieces.append(Prose(paragraph(self._sentences)))
        self._sentences = []

    def _words(self, key: str, **values: str) -> str:
        return self._answers.words(key, **values)


def has_answer(body: Body, key: str) -> bool:
    """Whether a field holds an answer that fits."""
    value = getattr(body.reflection, key)
    return value is not None and value not in ("", (), {})
