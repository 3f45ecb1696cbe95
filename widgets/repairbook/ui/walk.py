"""The short walk: one scrolling page that opens on the moment."""

from __future__ import annotations

import ipywidgets as W

from repairbook.model.draft import Body
from repairbook.ui.controls import Edit, Kit
from repairbook.ui.fields import Fields
from repairbook.ui.panel import Panel, box

CARDS: tuple[tuple[str, ...], ...] = (
    ("moment", "what_kind", "moment_at"),
    ("trigger_source",),
    ("feelings", "peak"),
    ("urge", "urge_words", "did_words"),
    ("movement",),
    ("tried",),
    ("standing", "standing_by"),
    ("my_part", "my_part_answer"),
    ("next_time",),
    ("ask",),
    ("not_sure",),
)
PRIVATE_CARDS = frozenset({"not_sure"})
FIRST_CARDS = 2


class Walk(Panel):
    """The cards of the walk, one below the other.

    The first cards are there at once; `complete()` adds the rest, so that typing can begin while the
    page is still being laid out.
    """

    def __init__(self, kit: Kit, edit: Edit, site_words: tuple[str, ...], body: Body) -> None:
        self._kit, self._edit, self._site_words = kit, edit, site_words
        self._groups: list[Fields] = []
        super().__init__(self._cards(CARDS[:FIRST_CARDS]), state=body)
        self.add_class("rb-stack")

    def complete(self) -> None:
        """Lay out the remaining cards, once."""
        if len(self._groups) == FIRST_CARDS:
            first: tuple[W.Widget, ...] = self.children
            self.children = (*first, *self._cards(CARDS[FIRST_CARDS:]))
            self._draw()

    def _draw(self) -> None:
        for fields in self._groups:
            fields.draw(self.state)

    def _cards(self, cards: tuple[tuple[str, ...], ...]) -> list[W.Widget]:
        return [self._card(keys) for keys in cards]

    def _card(self, keys: tuple[str, ...]) -> W.Widget:
        fields = Fields(keys, self._kit, self._edit, self._site_words)
        self._groups.append(fields)
        classes = ["rb-card", f"rb-card-{keys[0]}"]
        if keys[0] in PRIVATE_CARDS:
            classes.append("rb-private")
        return box([control.box for control in fields.controls.values()], *classes)
