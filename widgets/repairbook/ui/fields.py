"""A handful of fields on a page: their controls, what they show, and the sentences under them."""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets as W

from repairbook.model.answer import fault_of
from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import Kind
from repairbook.model.identifiers import find_identifiers
from repairbook.model.words import Words
from repairbook.ui.controls import ChipsControl, Control, Edit, Kit, build, too_long
from repairbook.ui.shape import shown
from repairbook.ui.widget import choices

_WRITTEN = frozenset({Kind.TEXT, Kind.LINE})


class Fields:
    """Controls for some fields, drawn together from one body.

    Parameters
    ----------
    keys
        The fields, in order.
    kit
        What controls are built with.
    edit
        Called with the field's key and what its control holds, after each answer.
    site_words
        Words that would name the site, for the identifier warning.
    """

    def __init__(self, keys: Iterable[str], kit: Kit, edit: Edit, site_words: tuple[str, ...] = ()) -> None:
        self._kit, self._site_words = kit, site_words
        self.controls: dict[str, Control] = {key: build(key, kit) for key in keys}
        self._seen: dict[str, object] = {}
        for control in self.controls.values():
            control.heard(edit)

    def box(self, key: str) -> W.Widget:
        """The box of one field, to be put on a page."""
        return self.controls[key].box

    def draw(self, body: Body) -> None:
        """Show what a body holds; controls whose answer did not change are left alone."""
        for key, control in self.controls.items():
            if key == "lens_codes":
                self._offer_lens(control, body.reflection.lens)
            value = shown(body, key)
            control.show(value)
            if isinstance(control, ChipsControl) and control.widget.own_key:
                control.show_own(shown(body, control.widget.own_key))
            if FIELDS[key].kind in _WRITTEN or key in body.raw or key in self._seen:
                self._tell(key, control, body, value)

    def _offer_lens(self, control: Control, lens: str) -> None:
        entries = choices(self._kit.library.codebook(lens).entries) if lens else []
        if [option["code"] for option in control.widget.options] != [entry["code"] for entry in entries]:
            with control.widget.hold_trait_notifications():
                control.show([])
                control.widget.options = entries

    def _tell(self, key: str, control: Control, body: Body, value: object) -> None:
        if self._seen.get(key) == value:
            return
        self._seen[key] = value
        fault = fault_of(body, key)
        if fault:
            control.tell(fault_sentence(self._kit.words, key, fault))
        elif FIELDS[key].kind in _WRITTEN and isinstance(value, str):
            control.tell(identifier_sentence(self._kit.words, value, self._site_words), gently=True)
        else:
            control.tell("")


def fault_sentence(words: Words, key: str, fault: str) -> str:
    """Say why what was typed does not fit."""
    if fault == "string_too_long":
        return too_long(words, key)
    return words.maybe(f"faults.{fault}") or words("faults.default")


def identifier_sentence(words: Words, text: str, site_words: tuple[str, ...]) -> str:
    """Point at what may name a person; empty when there is nothing to point at."""
    kinds = dict.fromkeys(one.kind for one in find_identifiers(text, site_words))
    found = ", ".join(words(f"identifiers.{kind}") for kind in kinds)
    return words("identifiers.seen", found=found) if found else ""
