"""The alliance of one case: the chart, the reflections it opens, a place for scores, and every value."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets as W

from repairbook.caseload.history import ReflectionRow, case_history
from repairbook.home import Home
from repairbook.model.instruments import Instruments
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.words import Words
from repairbook.ui.alliance_chart import AllianceChart
from repairbook.ui.alliance_table import alliance_table
from repairbook.ui.alliance_view import View, offered, readable
from repairbook.ui.drop_offer import Door, DropOffer
from repairbook.ui.import_panel import ImportPanel
from repairbook.ui.panel import Panel, box, button, guarded, link, show
from repairbook.ui.rules_panel import RulesPanel
from repairbook.ui.score_entry import ScoreEntry

GAP = "16px"
COLUMN = "1 1 300px"


class AlliancePanel(Panel):
    """The chart with a sentence and a table, the reflections as buttons, and "Add a score".

    Parameters
    ----------
    store, actor, case_id
        Whose case it is; the store decides what may be seen of it.
    words, library, instruments
        What is said, the codebooks and the questionnaires.
    upto_session
        The last session shown until later ones are asked for; None shows all.
    on_open
        Called with a reflection's record id when its mark or its button is pressed; what it gives back, if
        anything, is shown below the chart.
    focus
        Moves the cursor to the box of a key.
    home
        Where what was said about files is remembered; without it no file can be brought in here.
    begin
        Makes what begins a reflection on a session of a case; None offers none.
    """

    def __init__(
        self,
        store: Any,
        actor: Actor,
        case_id: str,
        words: Words,
        library: Library,
        instruments: Instruments,
        upto_session: int | None = None,
        on_open: Callable[[str], W.Widget | None] = lambda _: None,
        focus: Callable[[str], None] = lambda _: None,
        home: Home | None = None,
        begin: Door | None = None,
    ) -> None:
        self._store, self._actor, self._words, self._library = store, actor, words, library
        self._on_open, self._focus = on_open, focus
        self._known = readable(instruments)
        view = View(case_history(store, actor, case_id), upto_session)
        self._chart = AllianceChart(view, words, self._label, self._known, self.pick, self._turn)
        self._rules = RulesPanel(view, words, self._known)
        self._offer = DropOffer(view, words, self._known, begin)
        self._told, self._table = W.HTML(), W.HTML()
        self._reading = box([], "rb-card")
        self._doors: dict[str, W.Button] = {}
        self._list = box([], "rb-closer")
        asked = offered(self._known, view.history)
        self._entry = ScoreEntry(
            store, actor, case_id, words, library, asked, self.refresh, upto=upto_session, focus=focus
        )
        self._adding: list[W.Widget] = [self._entry]
        if home is not None:
            known = self._known.values()
            self._adding.append(
                ImportPanel(store, actor, home, words, library, known, self.refresh, focus=focus)
            )
        super().__init__(self._lay_out(), state=view)
        self.layout = W.Layout(grid_gap=GAP)

    # ---- what the page asks of it ----

    @guarded
    def refresh(self) -> None:
        """Read the case again, as after a score was typed in."""
        history = case_history(self._store, self._actor, self.state.history.case_id)
        self.state = replace(self.state, history=history, fault="")

    @guarded
    def show_case(self, case_id: str, upto_session: int | None = None) -> None:
        """Turn to another case."""
        view = View(case_history(self._store, self._actor, case_id), upto_session)
        self._entry.begin(case_id, view.upto)
        self._put_away()
        self.state = view

    @guarded
    def pick(self, record_id: str) -> None:
        """Open one of the reflections shown; any other id, such as one a browser made up, opens nothing."""
        known = {row.record_id: row for row in self.state.rows.reflections}
        if record_id not in known:
            return
        try:
            found = self._on_open(record_id)
        except Exception:
            self.state = replace(self.state, fault=self._words("alliance.no_reading"))
            raise
        self.state = replace(self.state, opened=record_id, fault="")
        if found is not None:
            self._show_reading(found, known[record_id])

    def broken(self) -> None:
        """Say that this did not work, unless a nearer sentence is there already."""
        if not self.state.fault:
            self.state = replace(self.state, fault=self._words("alliance.could_not"))

    # ---- what is shown ----

    def _lay_out(self) -> list[W.Widget]:
        listed = W.HTML(f"<h2 class='rb-h2'>{html.escape(self._words('alliance.read'))}</h2>")
        self._listed = box([listed, self._list], "rb-card")
        self._table_card = box([self._table], "rb-card")
        doing = box([self._listed, box(self._adding, "rb-card")])
        doing.layout = W.Layout(grid_gap=GAP, flex=COLUMN, width="auto")
        self._table_card.layout = W.Layout(flex=COLUMN, width="auto")
        below = box([doing, self._table_card], row=True)
        below.layout = W.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap=GAP)
        show(self._reading, False)
        return [self._told, self._chart, self._offer, self._rules, self._reading, below]

    def _draw(self) -> None:
        view: View = self.state
        self._told.value = f"<p class='rb-alert' role='alert'>{html.escape(view.fault)}</p>"
        show(self._told, bool(view.fault))
        # The chart is drawn anew only when it would look different.
        self._chart.state = self._rules.state = self._offer.state = replace(view, opened="", fault="")
        chosen = view.chosen(self._known)
        self._table.value = alliance_table(view.rows, chosen, words=self._words, label=self._label)
        show(self._table_card, bool(view.rows.sessions))
        self._draw_list(view.rows.reflections)

    def _draw_list(self, rows: tuple[ReflectionRow, ...]) -> None:
        for row in rows:
            if row.record_id not in self._doors:
                self._doors[row.record_id] = button("", self._opener(row.record_id))
            self._doors[row.record_id].description = self._line(row)
        doors = tuple(self._doors[row.record_id] for row in rows)
        if self._list.children != doors:
            self._list.children = doors
        show(self._listed, bool(rows))

    def _show_reading(self, found: W.Widget, row: ReflectionRow) -> None:
        title = html.escape(self._words("alliance.reading", session=row.number))
        away = link(self._words("alliance.close"), self._put_away)
        head = box([W.HTML(f"<h2 class='rb-h2'>{title}</h2>"), away], "rb-row", "rb-key-reading", row=True)
        self._reading.children = (head, found)
        show(self._reading, True)
        self._focus("reading")

    @guarded
    def _put_away(self) -> None:
        self._reading.children = ()
        show(self._reading, False)
        self.state = replace(self.state, opened="")

    @guarded
    def _turn(self, view: View) -> None:
        self._entry.begin(view.history.case_id, view.upto)
        self.state = view

    # ---- what is said ----

    def _line(self, row: ReflectionRow) -> str:
        words = self._words
        kind = self._label("what_kind", row.what_kind) if row.what_kind else words("alliance.not_said")
        if not row.standing:
            return words("alliance.open_plain", session=row.number, kind=kind)
        standing = self._label("standing", row.standing)
        return words("alliance.open", session=row.number, kind=kind, standing=standing)

    def _opener(self, record_id: str) -> Callable[[], None]:
        return lambda: self.pick(record_id)

    def _label(self, book: str, code: str) -> str:
        found = self._library.codebook(book)
        return found.label(code) if code in found.codes else code
