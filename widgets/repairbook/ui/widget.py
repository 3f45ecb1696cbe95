"""The ground every small widget stands on: one Python file, one JavaScript file, one style sheet.

What all of them agree on:

* Nothing a browser sends is believed. Only the traits named in ``from_browser`` may be set from there, each
  goes through its Python validator, and a refused value leaves the old one standing and is sent back.
* When a person changes something, the JavaScript sets the trait, then dispatches
  ``new CustomEvent("rb-edit", {bubbles: true, composed: true, detail: {key, value}})`` from its root element,
  then calls ``model.save_changes()``. The event comes first: it must be heard also when the kernel is gone.
* Words reach the page with ``textContent`` only, and all of them come in as traits.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, NoReturn

import anywidget
from traitlets import Bool, Dict, TraitError, Unicode, default, validate

from repairbook.ui import look

log = logging.getLogger(__name__)


def static(name: str) -> Path:
    """Say where a script or style sheet of ours lies."""
    return Path(__file__).parent / "static" / name


def choices(entries: Iterable[Any]) -> list[dict[str, str]]:
    """Turn codebook entries, or dicts shaped like them, into the plain rows a page can draw."""
    return [_choice(entry) for entry in entries]


def _choice(entry: Any) -> dict[str, str]:
    def part(name: str) -> str:
        return str(entry.get(name, "") if isinstance(entry, Mapping) else getattr(entry, name, ""))

    return {name: part(name) for name in ("code", "label", "line", "family")}


class Widget(anywidget.AnyWidget):
    """A widget that refuses keywords it does not know and whatever a browser should not set."""

    from_browser: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, **traits: Any) -> None:
        unknown = sorted(set(traits) - set(self.trait_names()))
        if unknown:
            message = f"{type(self).__name__} does not know: {', '.join(unknown)}"
            raise TypeError(message)
        super().__init__(**{"layout": look.layout(), **traits})

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take from the browser what a person may change; keep the old value where it is refused."""
        for name, value in sync_data.items():
            if name not in self.from_browser or not self._open_to_browser():
                self._refuse(name)
                continue
            try:
                # Asked beforehand: traitlets skips our rules where the new value equals the old (True is 1).
                super().set_state({name: self.traits()[name]._validate(self, value)})
            except TraitError:
                self._refuse(name)

    def _open_to_browser(self) -> bool:
        return True

    def _refuse(self, name: str) -> None:
        # Neither the value nor the name a browser made up belongs in a log.
        known = name in self.keys
        log.warning("%s refused %s from the browser", type(self).__name__, name if known else "a trait")
        if known:
            self.send_state(name)


class InputWidget(Widget):
    """A widget a person answers with; ``value`` is the answer and ``key`` the field it belongs to."""

    from_browser = frozenset({"value"})
    english: ClassVar[dict[str, str]] = {}

    key = Unicode("").tag(sync=True)
    """str, default "": the field's key, carried by every rb-edit event; written by Python.

    Empty outside the reflection: the saved line waits for every answer that carries a key.
    """
    label = Unicode("").tag(sync=True)
    """str, default "": what is asked; always the accessible name; written by Python."""
    hint = Unicode("").tag(sync=True)
    """str, default "": a quiet sentence under the heading; written by Python."""
    heading = Bool(False).tag(sync=True)
    """bool, default False: draw the label as the card's heading, the hint below it; written by Python."""
    disabled = Bool(False).tag(sync=True)
    """bool, default False: nothing can be changed from the page; written by Python."""
    words = Dict().tag(sync=True)
    """dict of str, default ``english``: the words shown; those left out stay English; written by Python."""

    @default("words")
    def _english_words(self) -> dict[str, str]:
        return dict(self.english)

    @validate("words")
    def _fill_words(self, proposal: dict[str, Any]) -> dict[str, str]:
        given = proposal["value"]
        if not set(given) <= set(self.english) or not all(isinstance(word, str) for word in given.values()):
            message = f"{type(self).__name__}.words knows only: {', '.join(sorted(self.english))}"
            raise TraitError(message)
        return {**self.english, **given}

    def _open_to_browser(self) -> bool:
        return not self.disabled

    def turn_down(self, reason: str) -> NoReturn:
        """Refuse a value with a reason that does not repeat it."""
        message = f"{type(self).__name__}.value: {reason}"
        raise TraitError(message)
