"""A form in small steps: one handful of controls at a time, with a way back and on."""

from __future__ import annotations

import ipywidgets as W

from repairbook.model.words import Words
from repairbook.ui.panel import Panel, box, button, show


class Steps(Panel):
    """Shows one group of controls at a time; the state is which one."""

    def __init__(self, words: Words, *groups: list[W.Widget]) -> None:
        self._groups = [box(group, "rb-stack") for group in groups]
        self._back = button(words("themes.nav.back"), lambda: self._edit(self.state - 1))
        self._next = button(words("themes.nav.next"), lambda: self._edit(self.state + 1))
        super().__init__([*self._groups, box([self._back, self._next], "rb-row", row=True)], state=0)

    def _edit(self, at: int) -> None:
        self.state = min(max(at, 0), len(self._groups) - 1)

    def _draw(self) -> None:
        for at, group in enumerate(self._groups):
            show(group, at == self.state)
        show(self._back, self.state > 0)
        show(self._next, self.state < len(self._groups) - 1)
