"""The ground every panel stands on: one frozen state, one writer of it, one writer of what is shown."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import ipywidgets as W
import traitlets
from anywidget import AnyWidget

from repairbook.ui import look

log = logging.getLogger(__name__)

STRICT = "REPAIRBOOK_STRICT"
"""Set by the tests: a fault that a page would have survived is raised."""

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Panel(W.VBox):
    """A box of controls that shows one state.

    A panel builds its children first and calls `super().__init__(children, state=...)` last. `_draw` is
    called once then and after every change of state.
    """

    state = traitlets.Any()
    """Any frozen object, set by the panel's owner; never synchronised with the browser."""

    def __init__(self, children: tuple[W.Widget, ...] | list[W.Widget], state: Any = None) -> None:
        super().__init__(children=children, layout=look.layout())
        self.state = state
        self.observe(lambda _: self._draw(), "state")
        self._draw()

    def __repr__(self) -> str:
        """Name the panel only: a notebook may keep what this gives, and the state holds people's words."""
        return f"{type(self).__name__}()"

    def _draw(self) -> None:
        """Show the state; the only place that changes what is shown."""


def guarded(handler: Handler) -> Handler:
    """Keep a handler's fault off the page and out of the websocket: log its kind, tell the person.

    The object the handler belongs to may have a method `broken()` that says so on the page.
    """

    @wraps(handler)
    def safe(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return handler(self, *args, **kwargs)
        except Exception as error:
            # The error's own text or its traceback may carry what the person typed.
            log.error("%s.%s failed with %s", type(self).__name__, handler.__name__, type(error).__name__)
            if os.environ.get(STRICT):
                raise
            tell = getattr(self, "broken", None)
            if tell is not None:
                tell()
            return None

    return safe  # type: ignore[return-value]


def button(text: str, do: Callable[[], Any], *, quiet: bool = True, name: str = "") -> W.Button:
    """A button that does one thing."""
    made = W.Button(description=text, tooltip=name or None, layout=look.layout(), style=look.button_style())
    made.add_class("rb-btn-quiet" if quiet else "rb-btn")
    made.on_click(lambda _: _carefully(do))
    return made


def link(text: str, do: Callable[[], Any]) -> W.Button:
    """A quiet button that reads like a link."""
    made = W.Button(description=text, layout=look.layout(), style=look.button_style())
    made.add_class("rb-link")
    made.on_click(lambda _: _carefully(do))
    return made


def _carefully(do: Callable[[], Any]) -> None:
    try:
        do()
    except Exception as error:
        # ipywidgets would log the whole traceback, and a traceback may carry what the person typed.
        log.error("a button failed with %s", type(error).__name__)
        if os.environ.get(STRICT):
            raise


def box(children: list[W.Widget] | tuple[W.Widget, ...], *classes: str, row: bool = False) -> W.Box:
    """A box with classes of the page's style."""
    made = (W.HBox if row else W.VBox)(children=children, layout=look.layout())
    for name in classes:
        made.add_class(name)
    return made


def show(widget: W.DOMWidget, visible: bool) -> None:
    """Show a widget or take it out of sight and out of reach.

    Raises
    ------
    TypeError
        For one of the small widgets: their page drops such changes, so put it into a box and show that.
    """
    if isinstance(widget, AnyWidget):
        message = f"{type(widget).__name__} cannot be hidden by itself; hide a box around it"
        raise TypeError(message)
    if visible:
        widget.remove_class("rb-hide")
    else:
        widget.add_class("rb-hide")
