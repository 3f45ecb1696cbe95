"""A button to choose one file: too large a one is refused in the browser, before anything is sent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, ClassVar

from traitlets import Int, TraitError, Unicode, validate

from repairbook.ui.widget import InputWidget, static

log = logging.getLogger(__name__)

LONGEST_NAME = 1000
Taken = Callable[[str, bytes], None]


class FileChoice(InputWidget):
    """One file of the person's choice; its content goes to whoever listens and is kept nowhere.

    >>> FileChoice(label="Choose a file", accept=".csv", most=1_000_000).most
    1000000
    """

    _esm = static("file_choice.js")
    _css = static("file_choice.css")

    from_browser = frozenset()
    english: ClassVar[dict[str, str]] = {
        "reading": "Reading the file …",
        "too_large": "This file is too large.",
        "unreadable": "This file cannot be read.",
    }

    accept = Unicode("").tag(sync=True)
    """str, default "" (any): the endings offered, such as ".csv,.xlsx"; written by Python."""
    most = Int(5_000_000, min=1).tag(sync=True)
    """int, default 5000000: how many bytes a file may have; written by Python."""

    def __init__(self, **traits: Any) -> None:
        self._listeners: list[Taken] = []
        super().__init__(**traits)

    @validate("accept")
    def _plain_accept(self, proposal: dict[str, Any]) -> str:
        endings = proposal["value"].split(",") if proposal["value"] else []
        if not all(ending.startswith(".") and ending[1:].isalnum() for ending in endings):
            message = "FileChoice.accept: endings such as .csv,.xlsx"
            raise TraitError(message)
        return proposal["value"]

    def on_file(self, callback: Taken) -> None:
        """Hear the name and the content of every file chosen."""
        self._listeners.append(callback)

    def _handle_custom_msg(self, content: Any, buffers: Any) -> None:
        name = content.get("name") if isinstance(content, dict) and content.get("type") == "file" else None
        held = [bytes(each) for each in buffers or ()]
        fits = isinstance(name, str) and len(name) <= LONGEST_NAME and len(held) == 1
        if self.disabled or not fits or len(held[0]) > self.most:
            log.warning("FileChoice refused a file from the browser")
            return
        for listener in self._listeners:
            listener(str(name), held[0])
        self.send({"type": "taken"})
