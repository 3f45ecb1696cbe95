"""The session as a line, with the strain and what was tried marked on it."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from traitlets import Int, List, validate

from repairbook.ui.widget import InputWidget, choices, static

AT = re.compile(r"\d{2,3}:[0-5]\d", re.ASCII)
LINE_LENGTH = 2000
MOST_ROWS = 40
PARTS = {"at", "event", "move", "line"}
EVENTS = [
    {"code": "rupture", "label": "Rupture", "line": ""},
    {"code": "attempt", "label": "Attempt", "line": ""},
    {"code": "repair", "label": "Repair", "line": ""},
]


class SessionTimeline(InputWidget):
    """A drawn line of the session with a list under it: when, what, which move, one line of words.

    >>> row = {"at": "12:30", "event": "rupture", "move": "", "line": "It went quiet."}
    >>> SessionTimeline(label="The session", value=[row]).value[0]["at"]
    '12:30'
    """

    _esm = static("session_timeline.js")
    _css = static("session_timeline.css")

    english: ClassVar[dict[str, str]] = {
        "add": "Add",
        "add_one": "Add: {event}",
        "at": "When",
        "at_help": "min:sec",
        "move": "What I did",
        "no_move": "No move chosen",
        "line": "In a few words",
        "remove": "Remove",
        "removed": "Removed.",
        "undo": "Put it back",
        "faulty": "Minutes and seconds, please, like 12:30. Until then this time is not kept.",
        "minutes": "{length} min",
        "empty": "Nothing marked yet.",
        "full": "That is as many as fit here.",
        "picture": "The session, {length} minutes: {marks}",
        "mark": "{event} at {at}",
    }

    length = Int(50, min=1, max=999).tag(sync=True)
    """int, default 50: how long the session was, in minutes; written by Python."""
    events = List(EVENTS).tag(sync=True)
    """list of {code, label, line}, or entries; default rupture, attempt, repair; written by Python."""
    moves: List[Any] = List().tag(sync=True)
    """list of {code, label, line}, or codebook entries; default []; written by Python."""
    value: List[Any] = List().tag(sync=True)
    """list of {at: "mm:ss" or "", event: code, move: code or "", line}, default []; written by both."""

    @validate("events", "moves")
    def _plain_choices(self, proposal: dict[str, Any]) -> list[dict[str, str]]:
        return choices(proposal["value"])

    @validate("value")
    def _honest_rows(self, proposal: dict[str, Any]) -> list[dict[str, str]]:
        rows = proposal["value"]
        if len(rows) > MOST_ROWS:
            self.turn_down(f"at most {MOST_ROWS} rows")
        if not all(self._honest(row) for row in rows):
            self.turn_down("each row needs at, event, move and line, with known codes and a time like 12:30")
        return [dict(row) for row in rows]

    def _honest(self, row: Any) -> bool:
        if not isinstance(row, dict) or set(row) != PARTS:
            return False
        if not all(isinstance(part, str) and len(part) <= LINE_LENGTH for part in row.values()):
            return False
        events = {choice["code"] for choice in choices(self.events)}
        moves = {choice["code"] for choice in choices(self.moves)} | {""}
        timed = not row["at"] or AT.fullmatch(row["at"]) is not None
        return timed and row["event"] in events and row["move"] in moves
