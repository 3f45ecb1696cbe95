"""About this case: filled in once, inherited by everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import ipywidgets as W

from repairbook.model.case import Case, Consent
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.ui.chips import Chips
from repairbook.ui.controls import chip_words
from repairbook.ui.panel import Panel, box, button, show

CODED = {"participation": "participation", "usual_format": "format", "modality": "modality"}
CONSENTS = {
    "consent_recording": "recording",
    "consent_supervision": "supervision",
    "consent_training": "training",
}


class CaseForm(Panel):
    """How the client comes and how we meet; then what the client agreed to, and since when.

    The state is the case; every answer goes to `save` at once.
    """

    def __init__(self, words: Words, library: Library, save: Callable[[Case], None]) -> None:
        self._words, self._save = words, save
        self._coded = {key: _chips(key, book, words, library) for key, book in CODED.items()}
        self._given = {
            key: W.DatePicker(description=words(f"session.{name}")) for key, name in CONSENTS.items()
        }
        for key, chips in self._coded.items():
            chips.observe(lambda change, key=key: self._edit(key, (change.new or [""])[0]), "value")
        for key, day in self._given.items():
            day.add_class("rb-plain")
            day.observe(lambda change, key=key: self._edit(key, _consent(change.new)), "value")
        first, second = (box(list(asked.values()), "rb-stack") for asked in (self._coded, self._given))
        self._steps = (first, second)
        self._turn = button(words("themes.nav.next"), self._other_step)
        show(second, False)
        super().__init__([first, second, self._turn], state=Case())
        self.add_class("rb-form")

    def _draw(self) -> None:
        said: Case = self.state
        for key, chips in self._coded.items():
            chips.value = [getattr(said, key)] if getattr(said, key) else []
        for key, day in self._given.items():
            consent: Consent | None = getattr(said, key)
            day.value = consent.given_on if consent else None

    def _edit(self, key: str, value: object) -> None:
        said: Case = self.state
        if getattr(said, key) != value:
            self.state = Case.model_validate({**said.model_dump(), key: value})
            self._save(self.state)

    def _other_step(self) -> None:
        second = "rb-hide" in self._steps[1]._dom_classes
        show(self._steps[0], not second)
        show(self._steps[1], second)
        self._turn.description = self._words("themes.nav.back" if second else "themes.nav.next")


def _consent(day: dt.date | None) -> Consent | None:
    return Consent(given_on=day) if day else None


def _chips(key: str, book: str, words: Words, library: Library) -> Chips:
    name = "format" if key == "usual_format" else key
    return Chips(
        label=words(f"session.{name}"),
        heading=True,
        options=list(library.codebook(book).entries),
        words=chip_words(words),
    )
