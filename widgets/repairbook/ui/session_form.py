"""Number, date and circumstances of one session."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable

import ipywidgets as W
from pydantic import ValidationError

from repairbook.model.case import Session
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.ui.chips import Chips
from repairbook.ui.controls import chip_words, yes_no
from repairbook.ui.panel import Panel, button
from repairbook.ui.shape import yes_no_chips, yes_or_no
from repairbook.ui.steps import Steps


class SessionForm(Panel):
    """Number, day, whether it was kept, stage of the work; then how and with whom we met.

    The state is the session being added or corrected; `save` is called with the new one and gives back
    a sentence when it could not be taken, else nothing.
    """

    def __init__(self, words: Words, library: Library, save: Callable[[Session], str]) -> None:
        self._words, self._save = words, save
        self._number = W.Text(description=words("session.number"))
        self._day = W.DatePicker(description=words("session.date"))
        self._attendance = _chips("attendance", words("session.attendance"), words, library)
        self._stage = _chips("stage", words("session.stage"), words, library)
        self._format = _chips("format", words("session.format_then"), words, library)
        self._others = _chips("third_party", words("session.third_party"), words, library, multiple=True)
        self._interrupted = Chips(
            label=words("session.interrupted"), heading=True, options=yes_no(words), words=chip_words(words)
        )
        self._fault = W.HTML()
        for typed in (self._number, self._day):
            typed.add_class("rb-plain")
        steps = Steps(
            words,
            [self._number, self._day, self._attendance, self._stage],
            [self._format, self._others, self._interrupted],
        )
        keep = button(words("session.save"), self._keep, quiet=False)
        super().__init__([steps, self._fault, keep], state=Session(number=1))
        self.add_class("rb-form")

    def _draw(self) -> None:
        said: Session = self.state
        self._number.value = str(said.number)
        self._day.value = said.date
        self._attendance.value = [said.attendance]
        self._stage.value = [said.stage_or_guess]
        self._format.value = [said.format] if said.format else []
        self._others.value = list(said.third_party)
        self._interrupted.value = yes_no_chips(said.interrupted)
        self._fault.value = ""

    def _keep(self) -> None:
        sentence = self._try()
        self._fault.value = (
            f'<span class="rb-fault" role="alert">{html.escape(sentence)}</span>' if sentence else ""
        )

    def _try(self) -> str:
        said: Session = self.state
        number = self._number.value.strip()
        try:
            changed = {
                **said.model_dump(),
                "number": int(number) if number.isdecimal() else 0,
                "date": self._day.value,
                "attendance": (self._attendance.value or ["attended"])[0],
                "stage": self._stage_said(),
                "format": (self._format.value or [""])[0],
                "third_party": tuple(self._others.value),
                "interrupted": yes_or_no(self._interrupted.value),
            }
            return self._save(Session.model_validate(changed))
        except ValidationError as error:
            kinds = [fault["type"] for fault in error.errors(include_input=False)]
            return " ".join(
                self._words.maybe(f"faults.{kind}") or self._words("faults.default") for kind in kinds
            )

    def _stage_said(self) -> str:
        # A stage left as guessed stays a guess, so it may move when the number is corrected.
        chosen = (self._stage.value or [""])[0]
        said: Session = self.state
        return said.stage if chosen == said.stage_or_guess else chosen


def next_session(sessions: list[Session]) -> Session:
    """The session most likely meant by "a new one": the next number, today."""
    return Session(number=max((one.number for one in sessions), default=0) + 1, date=dt.date.today())


def _chips(book: str, label: str, words: Words, library: Library, *, multiple: bool = False) -> Chips:
    return Chips(
        label=label,
        heading=True,
        multiple=multiple,
        options=list(library.codebook(book).entries),
        words=chip_words(words),
    )
