"""Take the start page's lists from the store, of the own home or of the demo."""

from __future__ import annotations

from datetime import datetime

from repairbook.home import Home
from repairbook.serve.start import StartPage, start_page


class Shelf:
    """The stores the start page looks into."""

    def __init__(self, home: Home) -> None:
        self.home = home

    def page(self, demo: bool) -> StartPage:
        """Give the start page of the own home or of the demo."""
        return start_page(None, "", datetime.now().astimezone(), demo=demo)
