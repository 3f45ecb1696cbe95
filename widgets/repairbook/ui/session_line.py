"""One quiet line for the session, and everything about session and case behind its one button."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as W

from repairbook.model.case import Case, Session
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.words import Words
from repairbook.store import Store
from repairbook.store.errors import Refused, StoreError
from repairbook.ui.case_form import CaseForm
from repairbook.ui.chips import Chips
from repairbook.ui.controls import chip_words
from repairbook.ui.panel import Panel, box, link, show
from repairbook.ui.session_form import SessionForm, next_session

NEW = "new"


@dataclass(frozen=True)
class Standpoint:
    """Which case and session a reflection is about, and what is open for changing."""

    case: Case
    session: Session
    open: str = ""


class SessionLine(Panel):
    """Session and case in one line; "Change" opens them, one small form at a time.

    Parameters
    ----------
    store, actor, words, library
        Where cases and sessions are kept, and for whom.
    standpoint
        The case and session now.
    moved
        Called with case and session when the reflection now belongs elsewhere, or when they changed.
    """

    def __init__(
        self,
        store: Store,
        actor: Actor,
        words: Words,
        library: Library,
        standpoint: Standpoint,
        moved: Callable[[Case, Session], None],
    ) -> None:
        self._store, self._actor, self._words, self._library, self._moved = (
            store,
            actor,
            words,
            library,
            moved,
        )
        self._line = W.HTML()
        self._place = box([])
        self._forms: tuple[W.Box, W.Box, Chips, Chips, SessionForm, CaseForm] | None = None
        change = link(words("session.change"), self._toggle)
        super().__init__([box([self._line, change], "rb-line", row=True), self._place], state=standpoint)

    def _toggle(self) -> None:
        self._open("" if self.state.open else "choose")

    def _open(self, what: str) -> None:
        self.state = Standpoint(self.state.case, self.state.session, what)

    def _draw(self) -> None:
        at: Standpoint = self.state
        self._line.value = f"<span>{html.escape(line_of(self._words, at.case, at.session))}</span>"
        show(self._place, bool(at.open))
        if at.open:
            self._draw_forms(at)

    def _draw_forms(self, at: Standpoint) -> None:
        if self._forms is None:
            self._forms = self._build()
            self._place.children = (self._forms[0],)
        _, choice, cases, sessions, session_form, case_form = self._forms
        self._offer(cases, sessions, at)
        show(session_form, at.open in {"add", "correct"})
        show(case_form, at.open == "about")
        show(choice, at.open == "choose")
        if at.open in {"add", "correct"}:
            listed = self._store.sessions.list(self._actor, at.case.id)
            session_form.state = next_session(listed) if at.open == "add" else at.session
        case_form.state = at.case

    def _build(self) -> tuple[W.Box, W.Box, Chips, Chips, SessionForm, CaseForm]:
        words = self._words
        cases = _chooser("which_case", words)
        sessions = _chooser("which", words)
        cases.observe(lambda change: self._choose_case(change.new), "value")
        sessions.observe(lambda change: self._choose_session(change.new), "value")
        session_form = SessionForm(words, self._library, self._keep_session)
        case_form = CaseForm(words, self._library, self._keep_case)
        doors = box(
            [
                link(words("session.edit"), lambda: self._open("correct")),
                link(words("session.add"), lambda: self._open("add")),
                link(words("session.about"), lambda: self._open("about")),
                link(words("session.done"), lambda: self._open("")),
            ],
            "rb-row",
            row=True,
        )
        choice = box([cases, sessions], "rb-stack")
        card = box([choice, session_form, case_form, doors], "rb-card")
        return card, choice, cases, sessions, session_form, case_form

    def _offer(self, cases: Chips, sessions: Chips, at: Standpoint) -> None:
        words = self._words
        own = [(case.case_code, case.id) for case in self._store.cases.list(self._actor)]
        known = [
            (line_of(words, None, one), one.id)
            for one in reversed(self._store.sessions.list(self._actor, at.case.id))
        ]
        _set_options(cases, [*own, (words("session.new_case"), NEW)], at.case.id)
        _set_options(sessions, known, at.session.id)

    def _choose_case(self, chosen: list[str]) -> None:
        case_id = chosen[0] if chosen else ""
        if case_id in {"", self.state.case.id}:
            return
        if case_id == NEW:
            case, session = new_case(self._store, self._actor)
        else:
            case = self._store.cases.get(self._actor, case_id)
            session = latest_session(self._store, self._actor, case)
        self._go(case, session)

    def _choose_session(self, chosen: list[str]) -> None:
        session_id = chosen[0] if chosen else ""
        if session_id in {"", self.state.session.id}:
            return
        session = self._store.sessions.get(self._actor, session_id)
        self._go(self.state.case, session)

    def _keep_session(self, session: Session) -> str:
        try:
            if session.id:
                session = self._store.sessions.correct(self._actor, session)
            else:
                session = self._store.sessions.add(self._actor, self.state.case.id, session)
        except Refused:
            return self._words("faults.session_twice")
        except StoreError as trouble:
            return self._words.maybe(f"saved.{trouble.code}") or self._words("saved.trouble")
        self._go(self.state.case, session, then="")
        return ""

    def _keep_case(self, case: Case) -> None:
        self._go(self._store.cases.save(self._actor, case), self.state.session, then="about")

    def _go(self, case: Case, session: Session, then: str = "choose") -> None:
        self.state = Standpoint(case, session, then)
        self._moved(case, session)


def line_of(words: Words, case: Case | None, session: Session) -> str:
    """A session in one line: number, day, whether it was missed, and the case."""
    day = f", {day_of(session.date)}" if session.date else ""
    if case is None:
        return f"{session.number}{day}"
    return words("session.line", number=session.number, day=day, missed="", case=case.case_code)


def day_of(day: dt.date) -> str:
    """A day as people say it, such as Tue 17 Nov."""
    return f"{day:%a} {day.day} {day:%b}"


def new_case(store: Store, actor: Actor) -> tuple[Case, Session]:
    """Begin a case with a random code and its first session, today."""
    case = store.cases.create(actor, Case())
    return case, store.sessions.add(actor, case.id, next_session([]))


def latest_session(store: Store, actor: Actor, case: Case) -> Session:
    """The latest session of a case; a case without any gets its first."""
    listed = store.sessions.list(actor, case.id)
    return listed[-1] if listed else store.sessions.add(actor, case.id, next_session([]))


def _chooser(name: str, words: Words) -> Chips:
    return Chips(label=words(f"session.{name}"), heading=True, first=6, words=chip_words(words))


def _set_options(chooser: Chips, options: list[tuple[str, str]], value: str) -> None:
    # Held together: chosen and offered always fit each other.
    with chooser.hold_trait_notifications():
        chooser.options = [{"code": code, "label": label, "line": ""} for label, code in options]
        chooser.value = [value] if value in {code for _, code in options} else []
