"""The chart of the alliance with its sentence, which questionnaires it shows, and how far it goes."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace

import ipywidgets as W

from repairbook.charts.alliance import alliance_chart
from repairbook.charts.frames import Label
from repairbook.charts.reading import reading
from repairbook.model.instrument import Instrument
from repairbook.model.words import Words
from repairbook.ui.alliance_view import RATERS, View
from repairbook.ui.panel import Panel, box, button, guarded, show
from repairbook.ui.vega_chart import VegaChart


class AllianceChart(Panel):
    """One card: the chart, the sentence below it, and "Show later sessions" where some are held back.

    Parameters
    ----------
    view
        What to show.
    words, label, known
        What is said, what codes are called, and the questionnaires by their id.
    pick
        Called with the record id of a mark that is pressed.
    changed
        Called with the new view when other questionnaires or later sessions are asked for.
    """

    def __init__(
        self,
        view: View,
        words: Words,
        label: Label,
        known: dict[str, Instrument],
        pick: Callable[[str], None],
        changed: Callable[[View], None],
    ) -> None:
        self._words, self._label, self._known, self._changed = words, label, known, changed
        self._offering = False
        self._chart = VegaChart(failed=words("alliance.failed"))
        self._chart.observe(lambda change: pick(change.new.get("pick", "")), "picked")
        self._sentence, self._empty, self._hidden = W.HTML(), W.HTML(), W.HTML()
        self._later = button(words("alliance.later"), self._turn_later)
        self._choosers = {rater: self._chooser(rater) for rater in RATERS}
        self._choosing = box(list(self._choosers.values()), "rb-row", row=True)
        self._line = box([self._hidden, self._later], "rb-line", row=True)
        title = W.HTML(f"<h2 class='rb-h2'>{html.escape(words('alliance.title'))}</h2>")
        self._drawing = box([self._chart])
        children = [title, self._choosing, self._empty, self._drawing, self._sentence, self._line]
        super().__init__(children, state=view)
        self.add_class("rb-card")

    def _draw(self) -> None:
        view: View = self.state
        chosen = view.chosen(self._known)
        self._draw_choosers(view, chosen)
        self._draw_empty(view, chosen)
        self._draw_chart(view, chosen)
        self._draw_later(view)

    def _draw_chart(self, view: View, chosen: list[Instrument]) -> None:
        words, rows = self._words, view.rows
        drawn = bool(chosen or rows.reflections)
        sentence = reading(rows, chosen, words=words) if chosen else ""
        if any(each.to_verify for each in chosen):
            sentence = f"{sentence} {words('alliance.verify')}"
        self._sentence.value = f"<p>{html.escape(sentence)}</p>"
        show(self._sentence, bool(sentence))
        show(self._drawing, drawn)
        if drawn:
            spec = alliance_chart(rows, chosen, words=words, label=self._label)
            with self._chart.hold_sync():
                self._chart.spec = spec
                self._chart.name, self._chart.sentence = words("alliance.title"), sentence

    def _draw_empty(self, view: View, chosen: list[Instrument]) -> None:
        said = self._words("alliance.empty" if view.rows.sessions else "alliance.empty_sessions")
        self._empty.value = f"<p class='rb-note'>{html.escape(said)}</p>"
        show(self._empty, not chosen)

    def _draw_later(self, view: View) -> None:
        show(self._line, view.holds_back)
        show(self._hidden, not view.later)
        self._hidden.value = html.escape(self._words("alliance.hidden", number=view.held))
        self._later.description = self._words("alliance.fewer" if view.later else "alliance.later")

    def _draw_choosers(self, view: View, chosen: list[Instrument]) -> None:
        now = {each.rater: each.id for each in chosen}
        for rater, chooser in self._choosers.items():
            options = [(each.title, each.id) for each in view.used(rater, self._known)]
            if list(chooser.options) != options:
                # New options choose their first one for a moment, which is nobody's wish.
                self._offering = True
                chooser.options = options
                chooser.value = now.get(rater)
                self._offering = False
            show(chooser, len(options) > 1)
        show(self._choosing, any(len(chooser.options) > 1 for chooser in self._choosers.values()))

    def _chooser(self, rater: str) -> W.Dropdown:
        made = W.Dropdown(description=self._words(f"alliance.which.{rater}"))
        made.add_class("rb-plain")
        made.observe(lambda _: self._turn_questionnaire(), "value")
        return made

    @guarded
    def _turn_questionnaire(self) -> None:
        if not self._offering:
            wanted = tuple(chooser.value for chooser in self._choosers.values() if chooser.value)
            self._changed(replace(self.state, wanted=wanted))

    @guarded
    def _turn_later(self) -> None:
        self._changed(replace(self.state, later=not self.state.later))
