"""One theme of "look closer", opened on its own, a few questions at a time."""

from __future__ import annotations

import ipywidgets as W

from repairbook.model.draft import Body
from repairbook.ui.controls import Edit, Kit
from repairbook.ui.fields import Fields
from repairbook.ui.panel import Panel, box, button, link, show
from repairbook.ui.themes import Theme, is_asked


class ThemePanel(Panel):
    """Shows one step of a theme at a time; steps are built when first reached.

    Parameters
    ----------
    theme, kit, edit, site_words
        What to ask, with what, and where answers go.
    done
        Called when the person is done here.
    body
        What is answered so far.
    """

    def __init__(
        self, theme: Theme, kit: Kit, edit: Edit, site_words: tuple[str, ...], body: Body, done: object
    ) -> None:
        self._theme, self._kit, self._edit, self._site_words = theme, kit, edit, site_words
        self._at = 0
        self._steps: dict[int, tuple[W.Box, Fields]] = {}
        words = kit.words
        self._place = box([])
        self._count = W.HTML()
        self._back = button(words("themes.nav.back"), lambda: self._go(-1))
        self._next = button(words("themes.nav.next"), lambda: self._go(1))
        self._done = link(words("themes.nav.done"), done)  # type: ignore[arg-type]
        nav = box([self._back, self._count, self._next, self._done], "rb-row", row=True)
        super().__init__([self._place, nav], state=body)
        self.add_class("rb-theme")

    def _go(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._theme.steps) - 1)
        self._draw()

    def _draw(self) -> None:
        place, fields = self._step(self._at)
        if self._place.children != (place,):
            self._place.children = (place,)
        fields.draw(self.state)
        for key, control in fields.controls.items():
            show(control.box, is_asked(key, self.state.reflection))
        last = len(self._theme.steps) - 1
        self._count.value = self._kit.words("themes.nav.step", at=self._at + 1, of=last + 1)
        show(self._back, self._at > 0)
        show(self._next, self._at < last)

    def _step(self, at: int) -> tuple[W.Box, Fields]:
        if at not in self._steps:
            options = {"movement": self.state.reflection.movement}
            kit = Kit(self._kit.words, self._kit.library, options)
            fields = Fields(self._theme.steps[at], kit, self._edit, self._site_words)
            self._steps[at] = (box([control.box for control in fields.controls.values()], "rb-stack"), fields)
        return self._steps[at]
