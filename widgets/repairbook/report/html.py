"""A reflection as a file of its own: opens anywhere, runs nothing, asks nobody."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from string import Template

from repairbook.home import shipped
from repairbook.model.words import Words
from repairbook.report.block import Block, Private
from repairbook.report.page import page_html, visible

PAGE, LOOK = "reflection.html", "reflection.css"


def reflection_html(blocks: Iterable[Block], *, title: str, words: Words, private: bool) -> str:
    """Give a whole HTML file.

    Parameters
    ----------
    title
        The window's title; the page itself names case and session in its first line.
    private
        Whether this is the author's own copy; the page says what that means for the file.
    """
    css, told = _shipped(LOOK), tuple(blocks)
    said = {
        "language": words.language,
        "name": words("app.name"),
        "heading": words("walk.title"),
        "who": words(f"export.html.{_who(told, private)}"),
    }
    return Template(_shipped(PAGE)).substitute(
        {key: escape(text) for key, text in said.items()},
        title=visible(title),
        prose=page_html(told),
        css=css,
        css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii"),
    )


def _who(blocks: tuple[Block, ...], private: bool) -> str:
    if not private:
        return "who_shared"
    return "who_private" if any(isinstance(each, Private) for each in blocks) else "who_plain"


@cache
def _shipped(name: str) -> str:
    return (shipped() / "templates" / "report" / name).read_text("utf-8").replace("\r\n", "\n")
