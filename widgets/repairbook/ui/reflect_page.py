"""The page of one reflection: written, read back, closed, and looked at again."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field, replace
from typing import Any

import ipywidgets as W

from repairbook.model.case import Case, Session
from repairbook.model.draft import Body
from repairbook.model.reflection import FollowUp
from repairbook.store.errors import StoreError
from repairbook.ui.close_panel import ClosePanel
from repairbook.ui.closer import Closer
from repairbook.ui.controls import Kit
from repairbook.ui.follow_up_panel import FollowUpPanel
from repairbook.ui.foot import Doors, Foot, Footing
from repairbook.ui.header import Header
from repairbook.ui.intro import intro
from repairbook.ui.keeping import Keeping
from repairbook.ui.page_style import PageStyle
from repairbook.ui.panel import Panel, box, guarded, show
from repairbook.ui.place import Place
from repairbook.ui.plan_line import PlanLine
from repairbook.ui.reading import Reading, day_words
from repairbook.ui.safety import SafetyLine
from repairbook.ui.session_line import SessionLine, Standpoint
from repairbook.ui.side_table import SideTable, soon
from repairbook.ui.walk import Walk
from repairbook.ui.writing import Writing


@dataclass(frozen=True)
class Page:
    """What the page shows: the words so far and which face of it is turned up."""

    body: Body = field(repr=False)
    face: str = "write"


class ReflectPage(Panel):
    """One reflection, from the first word to the follow-up.

    Parameters
    ----------
    place
        Whose page it is and where it is kept.
    writing
        The reflection being written.
    case, session
        What it is about.
    """

    def __init__(self, place: Place, writing: Writing, case: Case, session: Session) -> None:
        self._place, self._writing = place, writing
        self._case = case
        words, library = place.words, place.library
        kit = Kit(words, library, {})
        site_words = place.site.identifier_words
        body = writing.body
        self._style = PageStyle()
        self._header = Header(place)
        self._keeping = Keeping(
            place, writing, self._header.saved, lambda body: self._edit(body=body), self._say, self.broken
        )
        self._line = SessionLine(
            place.store, place.actor, words, library, Standpoint(case, session), self._moved
        )
        self._plan = PlanLine(kit, self._keeping.answer, body)
        self._walk = Walk(kit, self._keeping.answer, site_words, body)
        self._below = box([])
        self._closer: Closer | None = None
        self._foot: Foot
        self._close = ClosePanel(words, self._close_it, lambda: self._turn("write"), body)
        self._reading = Reading(place)
        self._follow = FollowUpPanel(words, library, self._follow_up)
        self._broken = W.HTML()
        self._write_face = box([intro(place), self._line, SafetyLine(words, place.site), self._plan])
        self._read_face = box([])
        self._foot_place = box([])
        main = box(
            [
                self._broken,
                self._keeping.conflict,
                self._write_face,
                self._walk,
                self._below,
                self._read_face,
                self._close,
                self._follow,
                self._foot_place,
            ],
            "rb-main",
        )
        self._kit, self._site_words = kit, site_words
        super().__init__([self._style, self._header, main], state=Page(body, self._first_face()))
        self.add_class("rb-page")
        self._begin()

    # ---- beginning ----

    def _first_face(self) -> str:
        return "read" if self._writing.closed else "write"

    def _begin(self) -> None:
        self._keeping.listen()
        self._keeping.begin()
        self._style.record = self._writing.record_id
        self._offer_plan()
        if self._writing.closed:
            self._header.saved.mark_closed()
            self._complete()
        else:
            self._style.focus_on("moment")
            soon(self._complete)

    @guarded
    def _complete(self) -> None:
        """Lay out what is below the first cards."""
        if self._closer is not None:
            return
        words = self._place.words
        self._walk.complete()
        opened = "rule" if self._case.participation == "mandated" else ""
        self._closer = Closer(self._kit, self._keeping.answer, self._site_words, self.state.body, opened)
        self._below.children = (self._closer,)
        self._read_face.children = (self._reading,)
        doors = Doors(self._turn, self._style.print_page, self._keep_version, self._discard_it)
        aside = SideTable(self._place, self._about, lambda: self._writing.record_id, self._style)
        self._foot = Foot(words, doors, aside, self._footing())
        self._foot_place.children = (self._foot,)
        self._draw()

    def _about(self) -> tuple[str, int]:
        at: Standpoint = self._line.state
        return at.case.id, at.session.number

    # ---- drawing ----

    def _draw(self) -> None:
        page: Page = self.state
        writing = page.face in {"write", "close"}
        self._plan.state = self._walk.state = page.body
        if self._closer is not None:
            self._closer.state = page.body
            self._foot.state = self._footing()
        for widget in (self._write_face, self._walk, self._below):
            show(widget, writing)
        show(self._read_face, page.face in {"read", "follow"})
        show(self._close, page.face == "close")
        self._close.state = page.body
        self._reading.show(self._writing.draft if page.face in {"read", "follow"} else None)
        show(self._follow, page.face == "follow" or (page.face == "read" and self._is_due()))

    def _footing(self) -> Footing:
        return Footing(self.state.face, self._writing.closed, self._is_due())

    def _is_due(self) -> bool:
        due_on = self._writing.draft.due_on
        return self._writing.closed and due_on is not None and due_on <= dt.date.today()

    def _edit(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)

    # ---- the faces of the page ----

    @guarded
    def _turn(self, face: str) -> None:
        self._keeping.now()
        self._edit(face=face)

    @guarded
    def _keep_version(self) -> None:
        if not self._keeping.now():
            return
        if self._writing.begun:
            self._place.store.reflections.keep(self._place.actor, self._writing.record_id)
        self._say(self._place.words("read.kept" if self._writing.begun else "close.nothing"))

    @guarded
    def _close_it(self, due_on: dt.date | None) -> str:
        words = self._place.words
        if not self._keeping.now():
            return words("close.unsaved")
        if not self._writing.begun:
            return words("close.nothing")
        if self._writing.body.raw:
            return words("close.waiting")
        try:
            self._writing.close(due_on)
        except StoreError as trouble:
            return words.maybe(f"saved.{trouble.code}") or words("saved.trouble")
        self._header.saved.mark_closed()
        self._edit(face="read")
        said = words("close.closed", day=day_words(dt.date.today()))
        self._say(f"{said} {words('close.due', day=day_words(due_on))}" if due_on else said)
        return ""

    @guarded
    def _discard_it(self) -> None:
        words = self._place.words
        self._writing.discard()
        self._keeping.stop()
        self._style.record = ""
        said = W.HTML(f"<p role='status'>{html.escape(words('read.deleted'))}</p>")
        self.children = (self._style, self._header, box([box([said], "rb-card")], "rb-main"))

    @guarded
    def _follow_up(self, said: FollowUp, due_on: dt.date | None) -> str:
        words = self._place.words
        try:
            self._writing.follow_up(said, due_on)
        except StoreError as trouble:
            return words.maybe(f"saved.{trouble.code}") or words("saved.trouble")
        self._edit(face="read")
        self._say(words("follow.saved"))
        return ""

    @guarded
    def _moved(self, case: Case, session: Session) -> None:
        moved = case.id != self._writing.draft.case_id
        self._case = case
        self._writing.move(case, session)
        if moved:
            self._keeping.begin()
            self._style.record = self._writing.record_id
            self._offer_plan()
        self._edit(body=self._writing.body)
        self._keeping.now()
        if self._closer is not None:
            self._closer.open_by_itself("rule" if case.participation == "mandated" else "")

    def _offer_plan(self) -> None:
        self._plan.offer(self._writing.last_plan())

    def _say(self, sentence: str) -> None:
        self._foot.say(sentence)

    def broken(self) -> None:
        """Say that something went wrong, without saying what was written."""
        sentence = html.escape(self._place.words("app.broken"))
        self._broken.value = f"<div class='rb-alert' role='alert'>{sentence}</div>"
