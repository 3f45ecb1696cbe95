"""Take the start page's lists from the store, of the own home or of the demo."""

from __future__ import annotations

from datetime import datetime

from repairbook.caseload.opening import Opened, open_home
from repairbook.home import Home
from repairbook.serve.start import StartPage, start_page


class Shelf:
    """The stores the start page looks into; each is opened when first asked for and kept open."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._open: dict[bool, Opened] = {}

    def page(self, demo: bool) -> StartPage:
        """Give the start page of the own home or of the demo."""
        if demo not in self._open:
            self._open[demo] = open_home(self.home, demo=demo)
        opened = self._open[demo]
        return start_page(opened.store, opened.actor, datetime.now().astimezone(), demo=demo)
