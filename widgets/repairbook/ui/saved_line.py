"""The saved line: what the page truthfully says about whether every letter is stored.

The truth is judged in the browser (``static/saved_line.js``), which alone still knows what was typed when the
kernel is gone. What is typed and not yet acknowledged stays in that tab, survives a reload, and is offered to
the next kernel once it knows whose record it serves::

    line = SavedLine()
    line.on_recover(panel.take_back)
    line.begin("home:r17:ana", {"moment": fingerprint("I began ...")}, at="2025-11-23T10:42:00+00:00")
    ...                                              # after each save:
    line.acknowledge({"moment": fingerprint(moment.value)}, at="2025-11-23T10:43:10+00:00")

Always acknowledge the value as the page shows it, and always the whole record: a field left out of ``acked``
counts as stored empty. A box of class ``rb-apart`` holds what is no part of the record: nothing in it is
awaited.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from traitlets import Dict, Enum, TraitError, Unicode, default, validate

from repairbook.ui.widget import Widget, static

log = logging.getLogger(__name__)

Recovered = dict[str, dict[str, Any]]

MOST_FIELDS, LONGEST_KEY, LONGEST_BASE, MOST_LETTERS = 200, 64, 40, 500_000


class SavedLine(Widget):
    """One line in the header: Saved 10:42, Saving …, or a sentence that says what is wrong."""

    _esm = static("saved_line.js")
    _css = static("saved_line.css")

    english: ClassVar[dict[str, str]] = {
        "new": "Nothing written yet",
        "saved": "Saved {time}",
        "saving": "Saving …",
        "late": "Not saved yet: what you typed is kept in this tab.",
        "late_open": "Not saved yet: please keep this page open.",
        "lost": "The workbook has stopped answering. What you typed is kept in this tab. "
        "Reload the page to go on.",
        "lost_open": "The workbook has stopped answering. What you typed is only on this page: "
        "copy it before you reload.",
        "reload": "Reload the page",
        "trouble": "This could not be saved just now. What you typed is kept in this tab.",
        "conflict": "Another page saved first. Both texts are kept.",
        "closed": "Closed. Nothing here changes any more.",
        "closed_late": "Not saved: this was closed first. What you typed is kept in this tab.",
    }

    scope = Unicode("").tag(sync=True)
    """str, default "": "<home>:<record>:<author>", the name under which the tab keeps; written by Python."""
    acked = Dict().tag(sync=True)
    """dict of field key to fingerprint, default {}: everything in the store; written by Python."""
    saved_at = Unicode("").tag(sync=True)
    """str, default "": when the store last took something, ISO 8601 with its offset; written by Python."""
    state = Enum(("new", "saved", "trouble", "conflict", "closed"), "new").tag(sync=True)
    """str, default "new": how the last save went; written by Python."""
    sentence = Unicode("").tag(sync=True)
    """str, default "": what to tell the person in trouble or conflict; written by Python."""
    words = Dict().tag(sync=True)
    """dict of str, default ``english``: the words shown; those left out stay English; written by Python."""

    def __init__(self, **traits: Any) -> None:
        self._listeners: list[Callable[[Recovered], None]] = []
        self._waiting: list[Recovered] = []
        self._leaving: list[Callable[[Recovered], None]] = []
        super().__init__(**traits)

    @default("words")
    def _english_words(self) -> dict[str, str]:
        return dict(self.english)

    @validate("words")
    def _fill_words(self, proposal: dict[str, Any]) -> dict[str, str]:
        given = proposal["value"]
        if not set(given) <= set(self.english) or not all(isinstance(word, str) for word in given.values()):
            message = f"SavedLine.words knows only: {', '.join(sorted(self.english))}"
            raise TraitError(message)
        return {**self.english, **given}

    def begin(self, scope: str, acked: Mapping[str, str], at: str = "") -> None:
        """Serve this record from now on; `acked` is what the store holds of it, `at` when it was saved."""
        with self.hold_sync():
            self.scope, self.acked, self.saved_at, self.sentence = scope, dict(acked), at, ""
            self.state = "saved" if at else "new"

    def acknowledge(self, acked: Mapping[str, str], at: str) -> None:
        """Say that the store now holds all of `acked`, saved at `at`."""
        with self.hold_sync():
            self.acked, self.saved_at, self.sentence = dict(acked), at, ""
            if self.state != "closed":
                self.state = "saved"

    def trouble(self, sentence: str) -> None:
        """Tell the person why saving does not work just now."""
        self._tell("trouble", sentence)

    def conflict(self, sentence: str) -> None:
        """Tell the person that another page saved this record first."""
        self._tell("conflict", sentence)

    def mark_closed(self) -> None:
        """Say that this record is closed and nothing of it can be saved any more."""
        self._tell("closed", "")

    def settle(self, keys: Iterable[str]) -> None:
        """Let the tab forget what it keeps for these fields: the person chose the stored text instead."""
        self.send({"type": "settle", "keys": list(keys)})

    def on_recover(self, callback: Callable[[Recovered], None]) -> None:
        """Hear ``{key: {"value": ..., "base": fingerprint}}`` of what was typed and never stored.

        ``base`` is the fingerprint of the stored value the text was built on, "" where there was none. Where
        a person typed again before the earlier text came back, ``earlier`` holds that text too.
        """
        self._listeners.append(callback)
        waiting, self._waiting = self._waiting, []
        for fields in waiting:
            self._deliver(fields, self._listeners)

    def on_leave(self, callback: Callable[[Recovered], None]) -> None:
        """Hear what is typed and not stored when the tab is hidden or closed: there may be no later word."""
        self._leaving.append(callback)

    def _tell(self, state: str, sentence: str) -> None:
        with self.hold_sync():
            self.state, self.sentence = state, sentence

    def _handle_custom_msg(self, content: Any, buffers: Any) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "ping" and type(content.get("n")) is int:
            self.send({"type": "pong", "n": content["n"]})
        elif kind == "recover":
            self._recover(content.get("fields"))
        elif kind == "leaving" and _plausible(content.get("fields")):
            self._deliver(content["fields"], self._leaving)

    def _recover(self, fields: Any) -> None:
        if not _plausible(fields):
            log.warning("SavedLine refused a recovery from the browser")
        elif self._listeners:
            self._deliver(fields, self._listeners)
        elif len(self._waiting) < 2:
            self._waiting.append(fields)

    def _deliver(self, fields: Recovered, listeners: Iterable[Callable[[Recovered], None]]) -> None:
        for listener in listeners:
            try:
                listener(fields)
            except Exception as error:
                # Its message and its traceback may carry what the person typed.
                log.error("SavedLine: taking back unsaved text failed with %s", type(error).__name__)
                self.trouble(self.words["trouble"])


def _plausible(fields: Any) -> bool:
    if not isinstance(fields, dict) or not 0 < len(fields) <= MOST_FIELDS:
        return False
    return all(_plausible_field(key, field) for key, field in fields.items())


def _plausible_field(key: Any, field: Any) -> bool:
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY or not isinstance(field, dict):
        return False
    base = field.get("base")
    known = {"value", "base"} <= set(field) <= {"value", "base", "earlier"}
    return known and isinstance(base, str) and len(base) <= LONGEST_BASE and _fits(field)


def _fits(field: dict[str, Any]) -> bool:
    return all(len(str(field.get(name, ""))) <= MOST_LETTERS for name in ("value", "earlier"))
