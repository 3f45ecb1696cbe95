"""The look that plain widgets share, so that a page sends it to the browser once and not once a widget."""

from __future__ import annotations

from typing import Any

import ipywidgets as W

_SHARED: dict[type[W.Widget], W.Widget] = {}


def layout() -> Any:
    """The layout of everything that has none of its own; a widget that wants another gets a new one."""
    return _shared(W.Layout)


def button_style() -> Any:
    """The style of every button."""
    return _shared(W.ButtonStyle)


def _shared(kind: type[W.Widget]) -> W.Widget:
    found = _SHARED.get(kind)
    if found is None or found.comm is None:
        # Not made on import, and made anew where somebody has closed every widget.
        found = _SHARED[kind] = kind()
    return found
