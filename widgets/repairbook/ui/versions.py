"""Earlier versions of a reflection: kept on purpose, kept at closing, or kept when two tabs met."""

from __future__ import annotations

import html
from dataclasses import replace
from functools import partial

import ipywidgets as W

from repairbook.store import Kept
from repairbook.ui.panel import Panel, box, button, guarded
from repairbook.ui.place import Place
from repairbook.ui.reading import Reading


class Versions(Panel):
    """A list of kept versions; one at a time is shown below it.

    The state is the tuple of versions of one record, the latest first.
    """

    def __init__(self, place: Place, record_id: str) -> None:
        self._place, self._record_id = place, record_id
        self._list, self._told = box([], "rb-closer"), W.HTML()
        self._reading = Reading(place)
        super().__init__([self._told, self._list, self._reading], state=())
        self.add_class("rb-card")
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        found = self._place.store.reflections.revisions(self._place.actor, self._record_id)
        self.state = tuple(reversed([one for one in found if one.reason != "follow_up"]))

    def _draw(self) -> None:
        words = self._place.words
        self._list.children = [button(self._line(one), partial(self._read, one)) for one in self.state]
        said = words("versions.lede") if self.state else words("versions.none")
        self._told.value = (
            f"<h2 class='rb-h2'>{html.escape(words('versions.title'))}</h2>"
            f"<p class='rb-hint'>{html.escape(said)}</p>"
        )

    def _line(self, one: Kept) -> str:
        reason = self._place.words(f"versions.{one.reason.replace(' ', '_')}")
        at = one.at.astimezone()
        return f"{at.day} {at:%B}, {at:%H:%M}: {reason}"

    @guarded
    def _read(self, one: Kept) -> None:
        place = self._place
        draft = place.store.reflections.open(place.actor, self._record_id)
        body = place.store.reflections.revision(place.actor, self._record_id, one.n)
        self._reading.show(replace(draft, body=body, changed_at=one.at))
