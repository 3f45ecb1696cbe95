"""The start page inside JupyterLab, where no address can point to a record."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable

import ipywidgets as W

from repairbook.store import Summary
from repairbook.ui.header import Header
from repairbook.ui.page_style import PageStyle
from repairbook.ui.panel import box, button, guarded, link
from repairbook.ui.place import Place


class StartPanel(W.VBox):
    """Own drafts, what waits for another look, and where to begin.

    Parameters
    ----------
    place
        Whose start page it is.
    open_record, begin
        Build the page that takes this one's place.
    """

    def __init__(
        self, place: Place, open_record: Callable[[str], W.Widget], begin: Callable[[], W.Widget]
    ) -> None:
        self._place, self._open_record, self._begin = place, open_record, begin
        words, kept = place.words, place.store.reflections
        due = kept.due(place.actor, dt.date.today())
        lists = [
            self._list("start.due", due),
            self._list("start.drafts", kept.drafts(place.actor)),
            self._list("start.closed", kept.closed(place.actor)),
        ]
        title = (
            f"<h1 class='rb-h1'>{html.escape(words('start.title'))}</h1>"
            f"<p class='rb-who'>{html.escape(words('app.who_line'))}</p>"
        )
        write = button(words("start.write"), self._write, quiet=False)
        other = link(words("start.own" if place.is_demo else "start.demo"), self._other_home)
        cards = [card for card in lists if card is not None]
        none = [W.HTML(f"<p class='rb-hint'>{html.escape(words('start.none'))}</p>")] if not cards else []
        main = box([W.HTML(title), write, *none, *cards, other], "rb-main")
        super().__init__([PageStyle(), Header(place, writes=False), main])
        self.add_class("rb-page")

    def _list(self, title: str, found: list[Summary]) -> W.Box | None:
        if not found:
            return None
        words = self._place.words
        heading = W.HTML(f"<h2 class='rb-h2'>{html.escape(words(title))}</h2>")
        rows = [button(self._line(one), self._opener(one.record_id)) for one in found[:12]]
        return box([heading, *rows], "rb-card", "rb-closer")

    def _line(self, one: Summary) -> str:
        when = f"{one.changed_at.astimezone():%d %b, %H:%M}"
        said = self._place.words(
            "start.draft_line", session=one.session_number or "-", case=one.case_code, when=when
        )
        return f"{said}: {one.first_words}" if one.first_words else said

    def _opener(self, record_id: str) -> Callable[[], None]:
        return lambda: self._show(lambda: self._open_record(record_id))

    def _write(self) -> None:
        self._show(self._begin)

    @guarded
    def _show(self, build: Callable[[], W.Widget]) -> None:
        self.children = (build(),)
        self.remove_class("rb-page")

    @guarded
    def _other_home(self) -> None:
        from repairbook.ui.reflect import page

        self.children = (page({} if self._place.is_demo else {"home": "demo"}),)
        self.remove_class("rb-page")
