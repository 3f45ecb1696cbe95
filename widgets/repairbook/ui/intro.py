"""The few words on top of the walk: what this is, how long it takes, who sees it."""

from __future__ import annotations

import html

import ipywidgets as W

from repairbook.ui.place import Place


def intro(place: Place) -> W.HTML:
    """Title, one sentence, and the one quiet line about who could see this."""
    words = place.words
    demo = f"<p class='rb-note'>{html.escape(words('app.demo_line'))}</p>" if place.is_demo else ""
    return W.HTML(
        f"{demo}<h1 class='rb-h1'>{html.escape(words('walk.title'))}</h1>"
        f"<p class='rb-lede'>{html.escape(words('walk.lede'))}</p>"
        f"<details class='rb-who'><summary>{html.escape(words('app.who_line'))}</summary>"
        f"<p>{html.escape(words('app.who_more'))}</p></details>"
    )
