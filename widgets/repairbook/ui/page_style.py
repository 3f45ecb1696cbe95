"""The page's look, its address and its focus: one invisible widget on every page.

It brings ``static/page.css``, puts the record's id into the address so a reload comes back to it, and moves
the focus to a field when Python asks for it::

    style = PageStyle()
    style.record = "r17"          # the address now ends in ?record=r17
    style.focus_on("moment")      # the cursor stands in the box of class rb-key-moment
"""

from __future__ import annotations

import re
from typing import Any

from traitlets import Int, TraitError, Unicode, validate

from repairbook.ui.widget import Widget, static

RECORD = re.compile(r"[\w-]{0,64}", re.ASCII)
FOCUS = re.compile(r"([\w.:-]{1,64}#\d{1,9})?", re.ASCII)


class PageStyle(Widget):
    """The calm of the page: colours, type and spacing for everything inside ``rb-page``."""

    _esm = static("page_style.js")
    _css = static("page.css")

    record = Unicode("").tag(sync=True)
    """str, default "": the id put into the address of a Voilà page, "" takes it out; written by Python."""
    focus = Unicode("").tag(sync=True)
    """str, default "": "<key>#<n>", the field to focus and a running number; written by Python."""

    printed = Int(0).tag(sync=True)
    """int, default 0: a running number; each new one opens the print dialogue; written by Python."""

    @validate("record")
    def _plain_record(self, proposal: dict[str, Any]) -> str:
        if not RECORD.fullmatch(proposal["value"]):
            message = "PageStyle.record: letters, digits, - and _ only, 64 at most"
            raise TraitError(message)
        return proposal["value"]

    @validate("focus")
    def _plain_focus(self, proposal: dict[str, Any]) -> str:
        if not FOCUS.fullmatch(proposal["value"]):
            message = 'PageStyle.focus: "<key>#<n>"'
            raise TraitError(message)
        return proposal["value"]

    def focus_on(self, key: str) -> None:
        """Move the focus to this field's first control, also when it was moved there before."""
        number = int(self.focus.rpartition("#")[2] or 0) + 1
        self.focus = f"{key}#{number}"

    def print_page(self) -> None:
        """Open the browser's print dialogue; only the prose of the page goes on paper."""
        self.printed += 1
