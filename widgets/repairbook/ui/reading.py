"""A reflection read back as prose, with ways to take it along."""

from __future__ import annotations

import base64
import datetime as dt
import html
from typing import Any

import ipywidgets as W

from repairbook.report.export import file_name, reflection_json
from repairbook.report.html import reflection_html
from repairbook.report.page import page_html
from repairbook.report.reflection import reflection_blocks
from repairbook.store import Draft, Followed
from repairbook.ui.panel import Panel
from repairbook.ui.place import Place


class Reading(Panel):
    """The whole reflection as prose and two downloads.

    The state is the draft or closed reflection being read, or None.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._prose, self._doors = W.HTML(), W.HTML()
        super().__init__([self._prose, self._doors])

    def show(self, draft: Draft | None) -> None:
        """Read a reflection anew, with whatever was added to it since."""
        self.state = None
        self.state = draft

    def _draw(self) -> None:
        if self.state is None:
            self._prose.value = self._doors.value = ""
            return
        blocks = self._blocks(self.state)
        self._prose.value = page_html(blocks)
        self._doors.value = self._downloads(self.state, blocks)

    def _blocks(self, draft: Draft) -> Any:
        place = self._place
        session = self._session(draft)
        return reflection_blocks(
            draft.body,
            case=place.store.cases.get(place.actor, draft.case_id),
            session=session,
            library=place.library,
            words=place.words,
            follow_ups=self._follow_ups(draft),
            sessions=place.store.sessions.list(place.actor, draft.case_id),
            state=draft.state,
            include_private=True,
            when=draft.changed_at,
        )

    def _follow_ups(self, draft: Draft) -> list[Followed]:
        return self._place.store.reflections.follow_ups(self._place.actor, draft.record_id)

    def _session(self, draft: Draft) -> Any:
        session_id = draft.body.reflection.session
        return self._place.store.sessions.get(self._place.actor, session_id) if session_id else None

    def _downloads(self, draft: Draft, blocks: Any) -> str:
        words, session = self._place.words, self._session(draft)
        case = self._place.store.cases.get(self._place.actor, draft.case_id)
        number = session.number if session else None
        title = words("session.line", number=number or "", day="", missed="", case=case.case_code)
        page = reflection_html(blocks, title=title, words=words, private=True)
        data = reflection_json(
            draft.body,
            record_id=draft.record_id,
            case_code=case.case_code,
            session=session,
            library=self._place.library,
            include_private=True,
            follow_ups=self._follow_ups(draft),
            state=draft.state,
            when=draft.changed_at,
        )
        links = (
            _link(words("read.html"), file_name(case.case_code, number, "html"), "text/html", page),
            _link(words("read.json"), file_name(case.case_code, number, "json"), "application/json", data),
        )
        return f"<div class='rb-row rb-downloads'>{''.join(links)}</div>"


def _link(text: str, name: str, kind: str, content: str) -> str:
    packed = base64.b64encode(content.encode()).decode("ascii")
    return (
        f'<a class="rb-download" download="{html.escape(name)}" '
        f'href="data:{kind};charset=utf-8;base64,{packed}">{html.escape(text)}</a>'
    )


def day_words(day: dt.date) -> str:
    """A day in full, such as 17 November 2026."""
    return f"{day.day} {day:%B %Y}"
