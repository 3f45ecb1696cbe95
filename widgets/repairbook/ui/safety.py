"""Safety first: one quiet line, and what to do when the answer is yes. Nothing of it is kept."""

from __future__ import annotations

import html

import ipywidgets as W

from repairbook.model.site import Site
from repairbook.model.words import Words
from repairbook.ui.panel import Panel, box, link, show


class SafetyLine(Panel):
    """Asks whether anyone's safety is at stake now; yes opens the numbers to call.

    The state is whether the alert is open; it is never stored.
    """

    def __init__(self, words: Words, site: Site) -> None:
        self._alert = box(
            [W.HTML(_alert(words, site)), link(words("safety.fine"), lambda: self._edit(False))], "rb-alert"
        )
        line = box(
            [W.HTML(f"<span>{html.escape(words('safety.ask'))}</span>"), self._yes(words)],
            "rb-line",
            row=True,
        )
        super().__init__([line, self._alert], state=False)
        self.add_class("rb-safety")

    def _yes(self, words: Words) -> W.Button:
        return link(words("safety.yes"), lambda: self._edit(True))

    def _edit(self, is_open: bool) -> None:
        self.state = is_open

    def _draw(self) -> None:
        show(self._alert, self.state)


def _alert(words: Words, site: Site) -> str:
    numbers = "".join(
        f"<li>{html.escape(words('safety.number', who=call.who, number=call.number))}</li>"
        for call in site.calls
    )
    known = f"<ul>{numbers}</ul>" if numbers else f"<p>{html.escape(words('safety.no_numbers'))}</p>"
    title, text = html.escape(words("safety.title")), html.escape(words("safety.text"))
    return f'<div role="alert"><strong>{title}</strong><p>{text}</p>{known}</div>'
