"""About this case: filled in once, inherited by everything else."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as W

from repairbook.model.case import Case, Consent
from repairbook.model.field import LINE_LIMIT
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.ui.chips import Chips
from repairbook.ui.controls import chip_words
from repairbook.ui.panel import Panel, guarded
from repairbook.ui.steps import Steps

CODED = {"participation": "participation", "usual_format": "format", "modality": "modality"}
CONSENTS = {
    "consent_recording": "recording",
    "consent_supervision": "supervision",
    "consent_training": "training",
}


class CaseForm(Panel):
    """How the client comes and how we meet; then what the client agreed to, from when until when.

    The state is the case; every answer goes to `save` at once.
    """

    def __init__(self, words: Words, library: Library, save: Callable[[Case], None]) -> None:
        self._save = save
        self._coded = {key: _chips(key, book, words, library) for key, book in CODED.items()}
        self._client = W.Text(
            description=words("session.client_id"), placeholder=words("session.client_place")
        )
        self._given = {key: _day(words(f"session.{name}")) for key, name in CONSENTS.items()}
        self._until = {
            key: _day(words("session.until", what=words(f"session.{name}"))) for key, name in CONSENTS.items()
        }
        for key, chips in self._coded.items():
            chips.observe(lambda change, key=key: self._edit(key, (change.new or [""])[0]), "value")
        for key in CONSENTS:
            for day in (self._given[key], self._until[key]):
                day.observe(lambda _, key=key: self._edit(key, self._consent(key)), "value")
        self._client.add_class("rb-plain")
        self._client.observe(lambda change: self._edit("clinic_client_id", change.new[:LINE_LIMIT]), "value")
        steps = Steps(
            words,
            [*self._coded.values(), self._client],
            list(self._given.values()),
            list(self._until.values()),
        )
        super().__init__([steps], state=Case())
        self.add_class("rb-form")

    def _draw(self) -> None:
        said: Case = self.state
        for key, chips in self._coded.items():
            chips.value = [getattr(said, key)] if getattr(said, key) else []
        self._client.value = said.clinic_client_id
        for key in CONSENTS:
            consent: Consent | None = getattr(said, key)
            if consent is not None or self._consent(key) is not None:
                self._given[key].value = consent.given_on if consent else None
                self._until[key].value = consent.expires_on if consent else None
        self._drawn = said

    def _consent(self, key: str) -> Consent | None:
        given = self._given[key].value
        return Consent(given_on=given, expires_on=self._until[key].value) if given else None

    @guarded
    def _edit(self, key: str, value: object) -> None:
        said: Case = self.state
        # Half drawn, the boxes still hold another case's days: that is nobody's answer.
        if self._drawn is said and getattr(said, key) != value:
            changed = Case.model_validate({**said.model_dump(), key: value})
            self.state = changed
            self._save(changed)


def _day(label: str) -> W.DatePicker:
    made = W.DatePicker(description=label)
    made.add_class("rb-plain")
    return made


def _chips(key: str, book: str, words: Words, library: Library) -> Chips:
    name = "format" if key == "usual_format" else key
    return Chips(
        label=words(f"session.{name}"),
        heading=True,
        options=list(library.codebook(book).entries),
        words=chip_words(words),
    )
