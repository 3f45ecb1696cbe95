"""A store with the case of the reported session in it, for the tests of the alliance page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from repairbook.home import Home, shipped
from repairbook.model.case import Case, Session
from repairbook.model.draft import Body
from repairbook.model.instruments import Instruments
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.reflection import Reflection
from repairbook.model.score import Score
from repairbook.model.words import Words
from repairbook.store import Store

DATA = shipped() / "data"
LIBRARY = Library(DATA)
INSTRUMENTS = Instruments(DATA)
WORDS = Words(DATA / "prompts")
CLIENT = [38, 39, 40, 40, None, 40, 31, 29, 33, 36, 37, 37, 38]


@dataclass
class Told:
    """The store, who is acting, and the ids of what is in it."""

    store: Any
    actor: Actor
    case: str
    sessions: list[str]
    records: list[str]


def opened(tmp_path):
    store = Store.open(Home(tmp_path / "data", tmp_path / "config"), LIBRARY)
    actor = store.people.local("me")
    return Told(store, actor, store.cases.create(actor, Case(case_code="K7-M2")).id, [], [])


def with_sessions(tmp_path, count=13, missed=5):
    told = opened(tmp_path)
    for number in range(1, count + 1):
        kept = "no_show" if number == missed else "attended"
        session = told.store.sessions.add(told.actor, told.case, Session(number=number, attendance=kept))
        told.sessions.append(session.id)
    return told


def parole(tmp_path):
    told = with_sessions(tmp_path)
    for session, total in zip(told.sessions, CLIENT, strict=True):
        if total is not None:
            score = Score(session=session, instrument="srs-v3", rater="client", total=total)
            told.store.scores.record(told.actor, told.case, score)
    reflect(told, 6, what_kind="perhaps", standing="open", moment="She agreed with everything.")
    reflect(told, 7, what_kind="rupture", moment="<img src=x onerror=alert(1)>")
    return told


def reflect(told, number, **answers):
    session = told.sessions[number - 1]
    draft = told.store.reflections.begin(told.actor, told.case, session)
    body = Body(Reflection(session=session, **answers))
    told.store.reflections.save(told.actor, draft.record_id, draft.rev, body)
    told.records.append(draft.record_id)


def press(widget, name):
    """Press the button of this name that is in sight."""
    found = [
        one for one in in_sight(widget) if getattr(one, "description", "") == name and hasattr(one, "click")
    ]
    assert len(found) == 1, f"{len(found)} buttons in sight are called {name}"
    found[0].click()


def in_sight(widget):
    """Every widget below this one that is not hidden."""
    if "rb-hide" in widget._dom_classes:
        return
    yield widget
    for child in getattr(widget, "children", ()):
        yield from in_sight(child)


def said(widget):
    """Everything the HTML in sight says."""
    shown = (str(one.value) for one in in_sight(widget) if type(one).__name__ == "HTML")
    return " ".join(shown)
