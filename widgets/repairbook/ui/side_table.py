"""What lies beside the page: the alliance of the case and the glossary, opened only when asked for."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as W

from repairbook.ui.page_style import PageStyle
from repairbook.ui.panel import box, button, guarded, show
from repairbook.ui.place import Place
from repairbook.ui.reading import Reading


class SideTable(W.VBox):
    """Two doors and what is behind them; each is built when first opened.

    Parameters
    ----------
    place
        Whose page it is.
    about
        Gives the case id and the session number the page is about now.
    record_id
        Gives the reflection the page is about, for its earlier versions.
    style
        Moves the focus where a panel asks for it.
    """

    def __init__(
        self,
        place: Place,
        about: Callable[[], tuple[str, int]],
        record_id: Callable[[], str],
        style: PageStyle,
    ) -> None:
        self._place, self._about, self._record_id, self._style = place, about, record_id, style
        words = place.words
        self._built: dict[str, Any] = {}
        self._places = {name: box([]) for name in ("alliance", "glossary", "versions")}
        doors = [button(words(f"read.{name}"), partial(self._toggle, name)) for name in self._places]
        super().__init__([box(doors, "rb-row", row=True), *self._places.values()])
        self.add_class("rb-stack")
        # The saved line waits for the reflection's own answers, not for a search or a score typed here.
        self.add_class("rb-apart")
        for one in self._places.values():
            show(one, False)

    def _toggle(self, name: str) -> None:
        shut = "rb-hide" in self._places[name]._dom_classes
        show(self._places[name], shut)
        if shut and name not in self._built:
            opening = html.escape(self._place.words("read.opening"))
            self._places[name].children = (W.HTML(f"<p class='rb-hint' role='status'>{opening}</p>"),)
            soon(lambda: self._build(name))
        elif shut:
            self._freshen(name)

    @guarded
    def _freshen(self, name: str) -> None:
        if name == "alliance":
            self._built[name].show_case(*self._about())
        elif name == "versions":
            self._built[name].refresh()

    @guarded
    def _build(self, name: str) -> None:
        make = {"alliance": self._alliance, "glossary": self._glossary, "versions": self._versions}
        self._built[name] = make[name]()
        self._places[name].children = (self._built[name],)

    def _alliance(self) -> W.Widget:
        # The chart's libraries take a second to load; nobody who writes should wait for them.
        from repairbook.ui.alliance_panel import AlliancePanel

        place, (case_id, number) = self._place, self._about()
        return AlliancePanel(
            place.store,
            place.actor,
            case_id,
            place.words,
            place.library,
            place.instruments,
            upto_session=number,
            on_open=self._read,
            focus=self._style.focus_on,
        )

    def _read(self, record_id: str) -> W.Widget:
        reading = Reading(self._place)
        reading.show(self._place.store.reflections.open(self._place.actor, record_id))
        return reading

    def _glossary(self) -> W.Widget:
        from repairbook.ui.glossary import Glossary

        made = Glossary(self._place.library, self._place.words)
        made.add_class("rb-card")
        return made

    def _versions(self) -> W.Widget:
        from repairbook.ui.versions import Versions

        return Versions(self._place, self._record_id())

    def broken(self) -> None:
        """Say that this could not be opened."""
        sentence = html.escape(self._place.words("app.broken"))
        for one in self._places.values():
            one.children = (W.HTML(f"<p class='rb-fault' role='alert'>{sentence}</p>"),)


def soon(do: Callable[[], Any]) -> None:
    """Do it once the page has had a moment to draw; at once where nothing is running."""
    try:
        asyncio.get_running_loop().call_later(0.05, do)
    except RuntimeError:
        do()
