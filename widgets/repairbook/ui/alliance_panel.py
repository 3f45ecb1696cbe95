"""The alliance of one case: the chart, what it says, the reflections it opens, and a place for scores."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import ipywidgets as W

from repairbook.caseload.history import CaseHistory, ReflectionRow, case_history
from repairbook.charts.alliance import alliance_chart
from repairbook.charts.reading import reading
from repairbook.model.faults import DataFault
from repairbook.model.instrument import Instrument
from repairbook.model.instruments import Instruments
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.words import Words
from repairbook.ui.alliance_table import alliance_table
from repairbook.ui.panel import Panel, box, button, guarded, link, show
from repairbook.ui.score_entry import ScoreEntry
from repairbook.ui.vega_chart import VegaChart

RATERS = ("client", "therapist")
GAP = "16px"
COLUMN = "1 1 300px"


@dataclass(frozen=True)
class View:
    """What is shown of a case: its rows, how far, on which questionnaires, and what is open below."""

    history: CaseHistory = field(repr=False)
    upto: int | None = None
    shown: tuple[str, ...] = ()
    opened: str = ""
    fault: str = ""


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
    ) -> None:
        self._store, self._actor, self._words = store, actor, words
        self._library, self._instruments = library, instruments
        self._on_open, self._focus, self._upto = on_open, focus, upto_session
        self._offering = False
        self._chart = VegaChart()
        self._chart.observe(lambda change: self.pick(change.new["pick"]), "picked")
        self._sentence, self._empty, self._told, self._table = W.HTML(), W.HTML(), W.HTML(), W.HTML()
        self._hidden = W.HTML()
        self._later = button(words("alliance.later"), self._show_later)
        self._choosers = {rater: self._chooser(rater) for rater in RATERS}
        self._reading = box([], "rb-card", "rb-key-reading")
        self._doors: dict[str, W.Button] = {}
        self._list = box([], "rb-closer")
        offered = [each for each in _readable(instruments) if each.subject == "case"]
        self._entry = ScoreEntry(
            store, actor, case_id, words, library, offered, self.refresh, upto=upto_session, focus=focus
        )
        history = case_history(store, actor, case_id)
        super().__init__(self._lay_out(), state=View(history, self._start(history)))
        self.layout.grid_gap = GAP

    # ---- what the page asks of it ----

    @guarded
    def refresh(self) -> None:
        """Read the case again, as after a score was typed in."""
        self.state = replace(self.state, history=self._read(self.state.history.case_id), fault="")

    @guarded
    def show_case(self, case_id: str, upto_session: int | None = None) -> None:
        """Turn to another case."""
        history = self._read(case_id)
        self._upto = upto_session
        self._entry.begin(case_id, upto_session)
        self.state = View(history, self._start(history))
        self._reading.children = ()
        show(self._reading, False)

    @guarded
    def pick(self, record_id: str) -> None:
        """Open one of the reflections shown; any other id, such as one a browser made up, opens nothing."""
        known = {row.record_id: row for row in self._shown.reflections}
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
        words = self._words
        title = W.HTML(f"<h2 class='rb-h2'>{html.escape(words('alliance.title'))}</h2>")
        hidden = box([self._hidden, self._later], "rb-line", row=True)
        self._choosing = box(list(self._choosers.values()), "rb-row", row=True)
        self._hidden_line = hidden
        self._card = box([title, self._choosing, self._empty, self._chart, self._sentence, hidden], "rb-card")
        listed = W.HTML(f"<h2 class='rb-h2'>{html.escape(words('alliance.read'))}</h2>")
        self._listed = box([listed, self._list], "rb-card")
        scores = box([self._entry], "rb-card")
        self._table_card = box([self._table], "rb-card")
        show(self._reading, False)
        doing = box([self._listed, scores])
        doing.layout.grid_gap = GAP
        below = box([doing, self._table_card], row=True)
        below.layout.flex_flow, below.layout.align_items, below.layout.grid_gap = (
            "row wrap",
            "flex-start",
            GAP,
        )
        for column in (doing, self._table_card):
            column.layout.flex, column.layout.width = COLUMN, "auto"
        return [self._told, self._card, self._reading, below]

    def _draw(self) -> None:
        view: View = self.state
        chosen = self._chosen(view)
        self._told.value = _alert(view.fault)
        show(self._told, bool(view.fault))
        self._draw_choosers(chosen)
        self._draw_chart(view, chosen)
        words, label = self._words, self._label
        self._table.value = alliance_table(self._shown, chosen, words=words, label=label)
        show(self._table_card, bool(self._shown.sessions))
        self._draw_hidden(view)
        self._draw_list()

    def _draw_chart(self, view: View, chosen: list[Instrument]) -> None:
        words, shown = self._words, self._shown
        drawn = bool(chosen or shown.reflections)
        empty = words("alliance.empty" if shown.sessions else "alliance.empty_sessions")
        self._empty.value = "" if chosen else f"<p class='rb-note'>{html.escape(empty)}</p>"
        sentence = reading(shown, chosen, words=words) if chosen else ""
        if any(each.to_verify for each in chosen):
            sentence = f"{sentence} {words('alliance.verify')}"
        self._sentence.value = f"<p>{html.escape(sentence)}</p>"
        show(self._empty, not chosen)
        show(self._chart, drawn)
        show(self._sentence, bool(sentence))
        if drawn:
            spec = alliance_chart(shown, chosen, words=words, label=self._label)
            with self._chart.hold_sync():
                self._chart.spec = spec
                self._chart.name, self._chart.sentence = words("alliance.title"), sentence

    def _draw_hidden(self, view: View) -> None:
        held = self._upto is not None and view.history.latest > self._upto
        show(self._hidden_line, held)
        if held:
            said = self._words("alliance.hidden", number=self._upto) if view.upto is not None else ""
            self._hidden.value = html.escape(said)
            self._later.description = self._words("alliance.fewer" if view.upto is None else "alliance.later")

    def _draw_list(self) -> None:
        rows = self._shown.reflections
        for row in rows:
            if row.record_id not in self._doors:
                self._doors[row.record_id] = button("", self._opener(row.record_id))
            self._doors[row.record_id].description = self._line(row)
        doors = tuple(self._doors[row.record_id] for row in rows)
        if self._list.children != doors:
            self._list.children = doors
        show(self._listed, bool(rows))

    def _draw_choosers(self, chosen: list[Instrument]) -> None:
        now = {each.rater: each.id for each in chosen}
        for rater, chooser in self._choosers.items():
            options = [(each.title, each.id) for each in self._used(rater)]
            if list(chooser.options) != options:
                # New options choose their first one for a moment, which is nobody's wish.
                self._offering = True
                chooser.options = options
                chooser.value = now.get(rater)
                self._offering = False
            show(chooser, len(options) > 1)
        show(self._choosing, any(len(chooser.options) > 1 for chooser in self._choosers.values()))

    def _show_reading(self, found: W.Widget, row: ReflectionRow) -> None:
        title = html.escape(self._words("alliance.reading", session=row.number))
        away = link(self._words("alliance.close"), self._put_away)
        head = box([W.HTML(f"<h2 class='rb-h2'>{title}</h2>"), away], "rb-line", row=True)
        self._reading.children = (head, found)
        show(self._reading, True)
        self._focus("reading")

    @guarded
    def _put_away(self) -> None:
        self._reading.children = ()
        show(self._reading, False)
        self.state = replace(self.state, opened="")

    @guarded
    def _show_later(self) -> None:
        upto = None if self.state.upto is not None else self._upto
        self._entry.begin(self.state.history.case_id, upto)
        self.state = replace(self.state, upto=upto)

    @guarded
    def _turned(self) -> None:
        if self._offering:
            return
        shown = tuple(chooser.value for chooser in self._choosers.values() if chooser.value)
        if shown != tuple(each.id for each in self._chosen(self.state)):
            self.state = replace(self.state, shown=shown)

    # ---- what is known ----

    @property
    def _shown(self) -> CaseHistory:
        view: View = self.state
        return view.history.until(view.upto)

    def _read(self, case_id: str) -> CaseHistory:
        return case_history(self._store, self._actor, case_id)

    def _start(self, history: CaseHistory) -> int | None:
        return self._upto if self._upto is not None and history.latest > self._upto else None

    def _used(self, rater: str) -> list[Instrument]:
        known = {each.id: each for each in _readable(self._instruments)}
        return [known[each] for each in self._shown.used(rater) if each in known]

    def _chosen(self, view: View) -> list[Instrument]:
        """Give one questionnaire for each rater: the one asked for, else the one used most."""
        chosen = []
        for rater in RATERS:
            used = self._used(rater)
            wanted = [each for each in used if each.id in view.shown]
            chosen += (wanted or used)[:1]
        return chosen

    def _chooser(self, rater: str) -> W.Dropdown:
        words = self._words
        made = W.Dropdown(description=words(f"alliance.which.{rater}"))
        made.add_class("rb-plain")
        made.observe(lambda _: self._turned(), "value")
        return made

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


def _readable(instruments: Instruments) -> list[Instrument]:
    """Give every questionnaire whose file is in order; a faulty one of a site hides only itself."""
    found = []
    for each in instruments.ids():
        try:
            found.append(instruments.get(each))
        except DataFault:
            continue
    return found


def _alert(sentence: str) -> str:
    return f"<p class='rb-alert' role='alert'>{html.escape(sentence)}</p>" if sentence else ""
