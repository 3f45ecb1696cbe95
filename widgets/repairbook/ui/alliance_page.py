"""The page of the alliance: which case, its chart, and a reflection to read below it."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import ipywidgets as W

from repairbook.ui.alliance_panel import AlliancePanel
from repairbook.ui.header import Header
from repairbook.ui.page_style import PageStyle
from repairbook.ui.panel import box, button, guarded, show
from repairbook.ui.place import Place


class AlliancePage(W.VBox):
    """Every case of the person, one at a time.

    Parameters
    ----------
    place
        Whose page it is; its address may name a case, the last session to show, and a record to open.
    write_on
        Builds the page a reflection is written on, where it takes this one's place (JupyterLab); in a web
        page of its own a link leads there instead.
    make_reading
        Builds what shows a reflection as prose; its `state` is the reflection.
    """

    def __init__(
        self,
        place: Place,
        write_on: Callable[[str], W.Widget],
        make_reading: Callable[[Place], Any],
    ) -> None:
        self._place, self._write_on, self._make_reading = place, write_on, make_reading
        self._style = PageStyle()
        self._told = W.HTML()
        self._reading: Any = None
        cases = place.store.cases.list(place.actor)
        self._cases = W.Dropdown(description=place.words("alliance.case"))
        self._cases.add_class("rb-plain")
        self._cases.layout = W.Layout(max_width="320px")
        show(self._told, False)
        main = box([self._intro(), self._told, self._cases, *self._first(cases)], "rb-main", "rb-wide")
        super().__init__([self._style, Header(place, writes=False), main])
        self.add_class("rb-page")

    def broken(self) -> None:
        """Say that something went wrong."""
        said = html.escape(self._place.words("app.broken"))
        self._told.value = f"<p class='rb-alert' role='alert'>{said}</p>"
        show(self._told, True)

    def _intro(self) -> W.HTML:
        words = self._place.words
        return W.HTML(
            f"<h1 class='rb-h1'>{html.escape(words('alliance.heading'))}</h1>"
            f"<p class='rb-lede'>{html.escape(words('alliance.lede'))}</p>"
            f"<p class='rb-who'>{html.escape(words('alliance.who'))}</p>"
        )

    def _first(self, cases: list[Any]) -> list[W.Widget]:
        show(self._cases, len(cases) > 1)
        if not cases:
            return [self._no_case()]
        place = self._place
        asked = [one for one in cases if place.query.get("case") in {one.id, one.case_code}]
        first = (asked or cases)[0]
        self._panel = AlliancePanel(
            place.store,
            place.actor,
            first.id,
            place.words,
            place.library,
            place.instruments,
            _number(place.query.get("upto", "")),
            self._open,
            self._style.focus_on,
            place.home,
            self._begin,
        )
        self._cases.options = [(one.case_code, one.id) for one in cases]
        self._cases.value = first.id
        self._cases.observe(lambda change: self._turn(change.new), "value")
        if place.query.get("record"):
            self._panel.pick(place.query["record"])
        return [self._panel]

    def _no_case(self) -> W.Widget:
        words = self._place.words
        note = W.HTML(f"<p class='rb-note'>{html.escape(words('alliance.no_case'))}</p>")
        begin = W.HTML(_link(self._place.address("reflect"), words("alliance.begin")))
        return box([note, begin] if self._place.in_voila else [note], "rb-card")

    @guarded
    def _turn(self, case_id: str) -> None:
        self._panel.show_case(case_id)

    def _open(self, record_id: str) -> W.Widget:
        """Show a reflection as prose, with the way to its own page."""
        draft = self._place.store.reflections.open(self._place.actor, record_id)
        if self._reading is None:
            self._reading = self._make_reading(self._place)
        self._reading.state = draft
        key = "alliance.go_on" if draft.state == "draft" else "alliance.its_page"
        shown = box([self._door(record_id, self._place.words(key)), self._reading])
        shown.layout = W.Layout(grid_gap="12px")
        return shown

    def _door(self, record_id: str, said: str) -> W.Widget:
        if self._place.in_voila:
            return W.HTML(_link(self._place.address("reflect", record=record_id), said))
        return button(said, lambda: self._leave(record_id))

    def _begin(self, case_id: str, session_id: str) -> W.Widget:
        said = self._place.words("rules.begin")
        if self._place.in_voila:
            return W.HTML(_link(self._place.address("reflect", case=case_id, session=session_id), said))
        return button(said, lambda: self._begin_on(case_id, session_id))

    @guarded
    def _begin_on(self, case_id: str, session_id: str) -> None:
        draft = self._place.store.reflections.begin(self._place.actor, case_id, session_id)
        self._leave(draft.record_id)

    @guarded
    def _leave(self, record_id: str) -> None:
        self.children = (self._write_on(record_id),)
        self.remove_class("rb-page")


def _link(address: str, said: str) -> str:
    return f"<p><a class='rb-home' href='{html.escape(address, quote=True)}'>{html.escape(said)}</a></p>"


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 5 else None
