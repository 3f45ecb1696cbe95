"""One answer as a sentence: whatever kind it is, in words that can stand on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from repairbook.model.draft import FIELDS
from repairbook.model.faults import DataFault
from repairbook.model.field import Kind
from repairbook.model.library import Library
from repairbook.model.reflection import Reflection
from repairbook.model.words import Words
from repairbook.report.block import Run
from repairbook.report.moment import clock_words, day_words, grid_values
from repairbook.report.sentence import inline, listed, sentence

Sentence = tuple[Run, ...]


@dataclass(frozen=True)
class Answers:
    """Say the answers of one reflection.

    Parameters
    ----------
    reflection
        What has been answered.
    library, words
        The codebooks, and the words around the answers.
    """

    reflection: Reflection
    library: Library
    words: Words

    def label(self, book: str, code: str) -> str:
        """Give what a code is called; a code no codebook knows any more is shown as it is kept."""
        if not code:
            return ""
        try:
            label = self.library.codebook(book).label(code)
        except (DataFault, KeyError):
            return code
        return self.words.maybe(f"codes.{book}.{code}.label") or label

    def codes(self, book: str) -> tuple[str, ...]:
        """Give the codes of a list in its order; none where there is no such list any more."""
        try:
            return self.library.codebook(book).codes
        except DataFault:
            return ()

    def phrase(self, book: str, code: str) -> str:
        """Give a code so that it can stand inside a sentence."""
        return self.words.maybe(f"prose.phrase.{book}.{code}") or inline(self.label(book, code), self.words)

    def say(self, key: str) -> list[Sentence]:
        """Say one answer, in as many sentences as it needs."""
        value, kind = getattr(self.reflection, key), FIELDS[key].kind
        if kind is Kind.CODE:
            return self._codes(key, (value,))
        if kind is Kind.CODES:
            return self._codes(key, value)
        if kind is Kind.YES_NO:
            return [self._yes_no(key, value)]
        if kind is Kind.GRID:
            return [sentence(self.template(key), **grid_values(value, self.words))]
        return [sentence(self.template(key), it=self._it(kind, value), **self._clock(kind, value))]

    def template(self, key: str) -> str:
        """Give the sentence around an answer; a field that has none yet is named by its title."""
        own = FIELDS[key].kind in {Kind.TEXT, Kind.LINE}
        plain = "prose.plain_own" if own else "prose.plain"
        named = self.words.maybe(f"prose.field.{key}")
        return named or self.words(plain, title=self.title(key), it="{it}")

    def title(self, key: str) -> str:
        """Give what the page calls a field."""
        title = self.words.maybe(f"fields.{key}.title") or key.replace("_", " ")
        return title.rstrip(" …?.:").replace("{", "(").replace("}", ")")

    def _it(self, kind: Kind, value: Any) -> str | Run:
        if kind is Kind.DATE:
            return day_words(value, self.words)
        return Run(value, own=True) if kind is Kind.LINE else str(value).strip()

    def _clock(self, kind: Kind, value: Any) -> dict[str, str]:
        return {"about": clock_words(value, self.words)} if kind is Kind.TIME else {}

    def _codes(self, key: str, codes: tuple[str, ...]) -> list[Sentence]:
        book = self.reflection.book_of(key, FIELDS[key])
        whole = {code: self.words.maybe(f"prose.says.{key}.{code}") for code in codes}
        listed_codes = [self.phrase(book, code) for code in codes if not whole[code]]
        said = [sentence(self.template(key), it=listed(listed_codes, self.words))] if listed_codes else []
        return said + [(Run(each),) for each in whole.values() if each]

    def _yes_no(self, key: str, value: bool) -> Sentence:
        answer = "yes" if value else "no"
        said = self.words.maybe(f"prose.says.{key}.{answer}")
        return (Run(said),) if said else sentence(self.template(key), it=self.words(f"prose.{answer}"))
