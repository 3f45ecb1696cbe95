"""Three things more about a stored score: was it talked about, was the therapist there, who will see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as W

from repairbook.model.library import Library
from repairbook.model.score import Score
from repairbook.model.words import Words
from repairbook.ui.chips import Chips
from repairbook.ui.controls import chip_words, yes_no
from repairbook.ui.shape import NO, YES

YES_NO = ("discussed", "therapist_present")


class ScoreMore(W.VBox):
    """Three optional answers; `add` is called with the key and the answer whenever one changes."""

    def __init__(self, words: Words, library: Library, add: Callable[[str, Any], None]) -> None:
        self._yes_no = {key: _chips(key, yes_no(words), words) for key in YES_NO}
        seen_by = list(library.codebook("seen_by").entries)
        self._seen_by = _chips("told_seen_by", seen_by, words, multiple=True)
        for key, chips in self._yes_no.items():
            chips.observe(lambda change, key=key: add(key, _answer(change.new)), "value")
        self._seen_by.observe(lambda change: add("told_seen_by", tuple(change.new)), "value")
        super().__init__([*self._yes_no.values(), self._seen_by])

    def show_score(self, score: Score) -> None:
        """Show what is known about a score."""
        for key, chips in self._yes_no.items():
            known = getattr(score, key)
            chips.value = [] if known is None else [YES if known else NO]
        self._seen_by.value = list(score.told_seen_by)


def _chips(key: str, options: list[Any], words: Words, *, multiple: bool = False) -> Chips:
    made = Chips(
        label=words(f"score.{key}"),
        heading=True,
        options=options,
        multiple=multiple,
        words=chip_words(words),
    )
    made.add_class(f"rb-key-score_{key}")
    return made


def _answer(value: list[str]) -> bool | None:
    return value[0] == YES if value else None
