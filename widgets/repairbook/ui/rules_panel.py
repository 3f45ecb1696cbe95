"""What the rules say about the line above, opened only when asked for."""

from __future__ import annotations

import html
from typing import Any

import ipywidgets as W

from repairbook.model.instrument import Instrument
from repairbook.model.words import Words
from repairbook.ui.alliance_view import View
from repairbook.ui.panel import Panel, box, button, guarded, show
from repairbook.ui.vega_chart import VegaChart


class RulesPanel(Panel):
    """A quiet button; behind it the strip of the rules, its sentence, and each rule with its numbers.

    Parameters
    ----------
    view
        What is shown above; the rules know no session more.
    words, known
        What is said, and the questionnaires by their id.
    """

    def __init__(self, view: View, words: Words, known: dict[str, Instrument]) -> None:
        self._words, self._known = words, known
        self._open = False
        self._chart: VegaChart | None = None
        self._whose, self._none, self._table = W.HTML(), W.HTML(), W.HTML()
        self._sentence, self._off = W.HTML(), W.HTML()
        self._door = button(words("rules.open"), self._toggle)
        self._door.layout = W.Layout(align_self="flex-start")
        self._drawing = box([])
        intro = W.HTML(
            f"<h2 class='rb-h2'>{html.escape(words('rules.title'))}</h2>"
            f"<p class='rb-hint'>{html.escape(words('rules.lede'))}</p>"
        )
        inside = [intro, self._whose, self._none, self._drawing, self._sentence, self._table, self._off]
        self._inside = box(inside, "rb-card")
        super().__init__([self._door, self._inside], state=view)
        self.layout = W.Layout(grid_gap="12px")

    @guarded
    def _toggle(self) -> None:
        self._open = not self._open
        self._draw()

    def _draw(self) -> None:
        words, chosen = self._words, self.state.chosen(self._known)
        # A rule speaks of one line; the first one is the large one in the chart.
        show(self._door, bool(chosen))
        show(self._inside, bool(chosen) and self._open)
        self._door.description = words("rules.close" if self._open else "rules.open")
        if chosen and self._open:
            self._draw_rules(chosen[0])

    def _draw_rules(self, instrument: Instrument) -> None:
        # The rules need some libraries; nobody who only looks at the line should wait for them.
        from repairbook.charts.rules_strip import rules_strip
        from repairbook.charts.rules_words import strip_reading
        from repairbook.charts.verdicts import rule_rows
        from repairbook.ui.rules_table import rules_table

        words, history = self._words, self.state.rows
        rows = rule_rows(history, instrument)
        said = strip_reading(rows, words) if rows else ""
        self._whose.value = _paragraph(words("rules.whose", title=instrument.title), "rb-hint")
        self._none.value = _paragraph(words("rules.none"), "rb-note")
        show(self._none, not rows)
        self._sentence.value = _paragraph(f"{said} {words('rules.honest')}")
        self._table.value, self._off.value = (
            rules_table(rows, words),
            _paragraph(words("rules.off"), "rb-hint"),
        )
        for each in (self._drawing, self._sentence, self._table, self._off):
            show(each, bool(rows))
        if rows:
            self._draw_chart(rules_strip(history, rows, words=words), said)

    def _draw_chart(self, spec: dict[str, Any], said: str) -> None:
        if self._chart is None:
            self._chart = VegaChart(failed=self._words("alliance.failed"))
            self._drawing.children = (self._chart,)
        with self._chart.hold_sync():
            self._chart.spec = spec
            self._chart.name, self._chart.sentence = self._words("rules.title"), said

    def broken(self) -> None:
        """Say that the rules could not be asked."""
        self._none.value = _paragraph(self._words("alliance.could_not"), "rb-alert")
        show(self._none, True)


def _paragraph(said: str, kind: str = "") -> str:
    named = f" class='{kind}'" if kind else ""
    return f"<p{named}>{html.escape(said)}</p>"
