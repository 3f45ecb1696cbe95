"""Chips: short answers to tap, one or several, with an own word where the field allows one."""

from __future__ import annotations

from typing import Any, ClassVar

from traitlets import Bool, Int, List, TraitError, Unicode, validate

from repairbook.ui.widget import InputWidget, choices, static

OWN_WORD_LENGTH = 200


class Chips(InputWidget):
    """A row of answers to tap; tapping a chosen one again takes it back.

    >>> Chips(label="What set it off?", options=[{"code": "me", "label": "Me", "line": ""}]).value
    []
    """

    _esm = static("chips.js")
    _css = static("chips.css")

    from_browser = frozenset({"value", "own"})
    english: ClassVar[dict[str, str]] = {
        "more": "More …",
        "fewer": "Fewer",
        "own": "Own word …",
        "own_label": "My own word",
        "full": "Up to {limit}; take one away first.",
        "1": "one",
        "2": "two",
        "3": "three",
        "4": "four",
        "5": "five",
    }

    options: List[Any] = List().tag(sync=True)
    """list of {code, label, line}, or codebook entries; default []; written by Python."""
    multiple = Bool(False).tag(sync=True)
    """bool, default False: several may be chosen; written by Python."""
    limit = Int(0, min=0).tag(sync=True)
    """int, default 0 (no limit): how many of several may be chosen; written by Python."""
    first = Int(0, min=0).tag(sync=True)
    """int, default 0 (all): how many show before "More …"; chosen ones always show; written by Python."""
    show_lines = Bool(False).tag(sync=True)
    """bool, default False: one line of explanation under each chip; written by Python."""
    own_key = Unicode("").tag(sync=True)
    """str, default "" (no own word): the field an own word belongs to; written by Python."""
    own = Unicode("").tag(sync=True)
    """str, default "": the person's own word; written by the page and by Python."""
    value: List[Any] = List().tag(sync=True)
    """list of codes, default []: what is chosen, at most one unless ``multiple``; written by both."""

    @validate("options")
    def _plain_options(self, proposal: dict[str, Any]) -> list[dict[str, str]]:
        return choices(proposal["value"])

    @validate("own")
    def _short_own_word(self, proposal: dict[str, Any]) -> str:
        own = proposal["value"]
        if len(own) > OWN_WORD_LENGTH or (own and not self.own_key):
            message = f"Chips.own: at most {OWN_WORD_LENGTH} letters, and only with own_key"
            raise TraitError(message)
        return own

    @validate("value")
    def _known_codes(self, proposal: dict[str, Any]) -> list[str]:
        value = proposal["value"]
        codes = [option["code"] for option in choices(self.options)]
        if any(code not in codes for code in value) or any(value.count(code) > 1 for code in value):
            self.turn_down("each must be one of the options, once")
        most = (self.limit or len(codes)) if self.multiple else 1
        if len(value) > most:
            self.turn_down(f"at most {most}")
        return list(value)
