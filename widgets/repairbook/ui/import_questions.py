"""What is in which column: one choice for each, four at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets as W

from repairbook.caseload.importing.choices import field_words
from repairbook.caseload.importing.dates import ORDERS
from repairbook.model.instrument import Instrument
from repairbook.model.words import Words
from repairbook.ui.import_step import COLUMNS, ImportStep

NAME_SHOWN = 60


class ImportQuestions(W.VBox):
    """The choices of the columns step; `edit` is called with the question and the answer."""

    def __init__(
        self, words: Words, instruments: Mapping[str, Instrument], edit: Callable[[str, str], None]
    ) -> None:
        super().__init__()
        self.add_class("rb-form")
        self._words, self._known, self._edit = words, instruments, edit
        self._asked: dict[str, W.Dropdown] = {}
        self._drawing = False

    def forget(self) -> None:
        """Begin anew, as with another file."""
        self._asked = {}

    def show_step(self, now: ImportStep) -> None:
        """Ask what this step asks."""
        asked = now.asked_now if now.step == COLUMNS else ()
        self._drawing = True
        try:
            shown = tuple(self._question(ask, now) for ask in asked)
        finally:
            self._drawing = False
        if self.children != shown:
            self.children = shown

    def _question(self, ask: str, now: ImportStep) -> W.Dropdown:
        if ask not in self._asked:
            made = W.Dropdown(description=self._title(ask, now))
            made.add_class("rb-plain")
            made.observe(lambda change, ask=ask: self._heard(ask, change.new), "value")
            self._asked[ask] = made
        made = self._asked[ask]
        options = tuple((said, key) for key, said in self._options(ask, now))
        if options != made.options:
            made.options = options
        made.value = now.answer(ask)
        return made

    def _heard(self, ask: str, answer: str | None) -> None:
        if not self._drawing and answer is not None:
            self._edit(ask, answer)

    def _title(self, ask: str, now: ImportStep) -> str:
        if not ask.startswith("#") or now.table is None:
            return self._words(f"import.{ask}")
        return self._words("import.column", name=now.table.headers[int(ask[1:]) - 1][:NAME_SHOWN])

    def _options(self, ask: str, now: ImportStep) -> list[tuple[str, str]]:
        words, answer = self._words, now.answer(ask)
        if ask == "instrument":
            titles = [(each.id, each.title) for each in self._known.values()]
            kept = [] if answer in {"", *self._known} else [(answer, answer)]
            return [("", words("import.instrument_none")), *titles, *kept]
        if ask == "dates":
            orders = [(order, words(f"import.dates_order.{order}")) for order in ORDERS]
            return [("", words("import.dates_none")), *orders]
        chosen = self._known.get(now.answer("instrument"))
        parts = [part.name for part in chosen.subscales] if chosen else []
        return [(key, field_words(key, words)) for key in now.choices(ask, parts)]
