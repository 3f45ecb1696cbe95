"""The last plan of the case, shown again, and whether there was a chance to try it."""

from __future__ import annotations

import html

import ipywidgets as W

from repairbook.model.draft import Body
from repairbook.ui.controls import Edit, Kit
from repairbook.ui.fields import Fields
from repairbook.ui.panel import Panel, show

LONGEST = 220


class PlanLine(Panel):
    """One note with the last plan and four short answers; hidden when there was no plan.

    The state is the body being written; `offer` sets the plan.
    """

    def __init__(self, kit: Kit, edit: Edit, body: Body) -> None:
        self._words = kit.words
        self._fields = Fields(["last_plan"], kit, edit)
        self._said = W.HTML()
        super().__init__([self._said, self._fields.box("last_plan")], state=body)
        self.add_class("rb-note")
        self.offer("")

    def offer(self, plan: str) -> None:
        """Show a plan to answer, or nothing."""
        text = self._words("plan.line", plan=shortened(plan))
        self._said.value = f"<p>{html.escape(text)}</p>"
        show(self, bool(plan.strip()))

    def _draw(self) -> None:
        self._fields.draw(self.state)


def shortened(text: str, most: int = LONGEST) -> str:
    """One line of a text, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
