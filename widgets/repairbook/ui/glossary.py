"""Every word the workbook uses, searchable: what it is called, what is meant, and where it comes from."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

import ipywidgets as W

from repairbook.model.codebook import Codebook, Entry
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.ui.chips import Chips
from repairbook.ui.controls import chip_words
from repairbook.ui.panel import Panel, button, guarded, show

AT_ONCE = 30
DIGITS = "1–9"
PLACE = re.compile(r"^S[0-9]{2}([.:,;]\s*|$)")


@dataclass(frozen=True)
class Found:
    """One entry of one list, with the text it is searched by."""

    book: Codebook
    entry: Entry
    text: str
    letter: str


@dataclass(frozen=True)
class Query:
    """What was asked for, and how many of the answers show."""

    text: str = ""
    letter: str = ""
    shown: int = AT_ONCE


class Glossary(Panel):
    """A search box, an index by first letter, and the words found, list by list.

    Parameters
    ----------
    library
        All codebooks, the site's own entries among them.
    words
        What the page says.
    """

    def __init__(self, library: Library, words: Words) -> None:
        self._library, self._words = library, words
        self._search = W.Text(
            description=words("glossary.search"), placeholder=words("glossary.place"), continuous_update=True
        )
        self._search.add_class("rb-plain")
        self._letters = Chips(label=words("glossary.letters"), options=self._index(), words=chip_words(words))
        self._count, self._results = W.HTML(), W.HTML()
        self._results.add_class("rb-prose")
        self._more = button(words("glossary.more", count=AT_ONCE), self._show_more)
        self._search.observe(lambda change: self._ask(text=change.new), "value")
        self._letters.observe(lambda change: self._ask(letter="".join(change.new)), "value")
        title = W.HTML(
            f"<h2 class='rb-h2'>{html.escape(words('glossary.title'))}</h2>"
            f"<p class='rb-hint'>{html.escape(words('glossary.lede'))}</p>"
        )
        children = [title, self._search, self._letters, self._count, self._results, self._more]
        super().__init__(children, state=Query())
        self.layout = W.Layout(grid_gap="12px")
        self.add_class("rb-glossary")

    @guarded
    def _ask(self, **asked: str) -> None:
        self.state = replace(self.state, shown=AT_ONCE, **asked)

    @guarded
    def _show_more(self) -> None:
        self.state = replace(self.state, shown=self.state.shown + AT_ONCE)

    def broken(self) -> None:
        """Say that something went wrong."""
        self._count.value = f"<p role='alert'>{html.escape(self._words('app.broken'))}</p>"

    def _draw(self) -> None:
        query: Query = self.state
        found = self._matching(query)
        self._count.value = f"<p class='rb-hint' role='status'>{html.escape(self._counted(found))}</p>"
        self._results.value = self._page(found[: query.shown]) + self._empty_lists(query)
        left = len(found) - query.shown
        show(self._more, left > 0)
        if left > 0:
            self._more.description = self._words("glossary.more", count=min(left, AT_ONCE))

    # ---- finding ----

    @cached_property
    def _all(self) -> tuple[Found, ...]:
        books = sorted(self._library.all(), key=lambda book: folded(book.title))
        return tuple(
            Found(book, entry, _searched(book, entry), _letter(entry.label))
            for book in books
            for entry in book.entries
        )

    def _matching(self, query: Query) -> list[Found]:
        parts = folded(query.text).split()
        return [
            one
            for one in self._all
            if query.letter in {"", one.letter} and all(part in one.text for part in parts)
        ]

    def _index(self) -> list[dict[str, str]]:
        letters = sorted({one.letter for one in self._all})
        ordered = [
            *(each for each in letters if each == DIGITS),
            *(each for each in letters if each != DIGITS),
        ]
        return [{"code": letter, "label": letter, "line": ""} for letter in ordered]

    # ---- showing ----

    def _counted(self, found: list[Found]) -> str:
        if not found:
            return self._words("glossary.none")
        if len(found) == 1:
            return self._words("glossary.found_one")
        lists = len({one.book.id for one in found})
        return self._words(
            "glossary.found_one_list" if lists == 1 else "glossary.found", count=len(found), lists=lists
        )

    def _page(self, found: list[Found]) -> str:
        groups = groupby(found, key=lambda one: one.book)
        return "".join(self._group(book, [one.entry for one in run]) for book, run in groups)

    def _group(self, book: Codebook, entries: list[Entry]) -> str:
        rows = "".join(_row(entry) for entry in entries)
        return f"<section class='rb-keep'>{self._head(book)}<dl>{rows}</dl></section>"

    def _head(self, book: Codebook) -> str:
        source = html.escape(self._words("glossary.source", source=book.source))
        notes = [f"<p class='rb-hint'>{source}</p>"]
        if not book.complete:
            key = "incomplete" if book.entries else "empty_list"
            notes.insert(0, f"<p class='rb-note'>{html.escape(self._words(f'glossary.{key}'))}</p>")
        return f"<h3>{html.escape(book.title)}</h3>{''.join(notes)}"

    def _empty_lists(self, query: Query) -> str:
        """Name the lists whose source prints none of their words, where their title is asked for."""
        parts = folded(query.text).split()
        if not parts or query.letter:
            return ""
        empty = (book for book in self._library.all() if not book.entries)
        return "".join(
            f"<section class='rb-keep'>{self._head(book)}</section>"
            for book in empty
            if all(part in folded(f"{book.title} {book.source}") for part in parts)
        )


def folded(text: str) -> str:
    """Write a text without accents and capitals, as it is searched."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(each for each in split if not unicodedata.combining(each)).casefold()


def _searched(book: Codebook, entry: Entry) -> str:
    return folded(" ".join((entry.label, entry.line, entry.notes, entry.code, book.title)))


def _letter(label: str) -> str:
    first = next((each for each in folded(label) if each.isalnum()), "")
    return first.upper() if first.isalpha() else DIGITS


def _row(entry: Entry) -> str:
    code = f" <span class='rb-hint'>{html.escape(entry.code)}</span>" if entry.code[:1].isupper() else ""
    note = _note(entry)
    # A caution about a boundary is never a footnote.
    kind = "rb-note" if "boundary:" in note.casefold() else "rb-hint"
    notes = f"<dd class='{kind}'>{html.escape(note)}</dd>" if note else ""
    return f"<dt>{html.escape(entry.label)}{code}</dt><dd>{html.escape(entry.line)}</dd>{notes}"


def _note(entry: Entry) -> str:
    """Give the note without the number of its place in the source, which the list's head has already."""
    note = PLACE.sub("", entry.notes)
    return note[:1].upper() + note[1:]
