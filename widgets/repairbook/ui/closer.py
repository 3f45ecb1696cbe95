"""Look closer: six themes in a list, each opened on its own, only if it helps."""

from __future__ import annotations

import html

import ipywidgets as W

from repairbook.model.draft import Body
from repairbook.ui import look
from repairbook.ui.controls import Edit, Kit
from repairbook.ui.panel import Panel, box, show
from repairbook.ui.theme_panel import ThemePanel
from repairbook.ui.themes import THEMES, Theme, answered_count


class Closer(Panel):
    """The list of themes; the one that is open shows its questions under it.

    Parameters
    ----------
    kit, edit, site_words
        What questions are built with and where answers go.
    body
        What is answered so far; the state.
    opened
        Name of a theme that opens by itself, or nothing.
    """

    def __init__(
        self, kit: Kit, edit: Edit, site_words: tuple[str, ...], body: Body, opened: str = ""
    ) -> None:
        self._kit, self._edit, self._site_words = kit, edit, site_words
        self._open, self._by_itself = opened, opened
        self._panels: dict[str, ThemePanel] = {}
        self._states = {theme.name: W.Label() for theme in THEMES}
        self._buttons = {theme.name: self._button(theme) for theme in THEMES}
        self._places = {theme.name: box([], "rb-theme-place") for theme in THEMES}
        words = kit.words
        title = (
            f"<h2 class='rb-h2'>{html.escape(words('walk.optional'))}</h2>"
            f"<p class='rb-hint'>{html.escape(words('walk.optional_hint'))}</p>"
        )
        rows: list[W.Widget] = []
        for theme in THEMES:
            rows += [
                box([self._buttons[theme.name], self._states[theme.name]], row=True),
                self._places[theme.name],
            ]
        super().__init__([W.HTML(title), box(rows, "rb-closer")], state=body)
        self.add_class("rb-card")

    def open_by_itself(self, name: str) -> None:
        """Open a theme because the case asks for it; an empty name leaves things as they are."""
        self._by_itself = name
        if name and not self._open:
            self._open = name
        self._draw()

    def _button(self, theme: Theme) -> W.Button:
        made = W.Button(
            description=self._kit.words(f"themes.{theme.name}.title"),
            layout=look.layout(),
            style=look.button_style(),
        )
        made.on_click(lambda _: self._toggle(theme.name))
        return made

    def _toggle(self, name: str) -> None:
        self._open = "" if self._open == name else name
        self._draw()

    def _draw(self) -> None:
        for theme in THEMES:
            name = theme.name
            self._states[name].value = self._say(theme)
            show(self._places[name], name == self._open)
            if name == self._open:
                self._panel(theme).state = self.state
                self._places[name].children = (self._panel(theme),)

    def _say(self, theme: Theme) -> str:
        words, said = self._kit.words, self.state.reflection
        if theme.name == "rupture" and said.markers:
            rated = sum(1 for rating in said.markers.values() if rating)
            return words("walk.signs", ticked=len(said.markers), rated=rated)
        count = answered_count(theme, said)
        if count:
            return words("walk.something", count=count)
        return words("walk.opened") if theme.name == self._by_itself else words("walk.empty")

    def _panel(self, theme: Theme) -> ThemePanel:
        if theme.name not in self._panels:
            self._panels[theme.name] = ThemePanel(
                theme,
                self._kit,
                self._edit,
                self._site_words,
                self.state,
                lambda: self._toggle(theme.name),
            )
        return self._panels[theme.name]
