"""Take the start page's lists from the store, of the own home or of the demo."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from repairbook.caseload.opening import Opened, open_home
from repairbook.home import Home
from repairbook.model.faults import DataFault
from repairbook.serve.start import StartPage, start_page
from repairbook.store import StoreError

log = logging.getLogger(__name__)


class Shelf:
    """The stores the start page looks into; each is opened when first asked for and kept open."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._open: dict[bool, Opened] = {}

    def page(self, demo: bool) -> StartPage:
        """Give the start page of the own home or of the demo; trouble is told in one sentence."""
        now = datetime.now().astimezone()
        try:
            return self._page(self._opened(demo), now, demo)
        except (StoreError, DataFault) as fault:
            log.warning("The start page could not read its store: %s", type(fault).__name__)
            return replace(start_page(None, None, now, demo=demo), trouble=str(fault))

    def _opened(self, demo: bool) -> Opened:
        if demo not in self._open:
            self._open[demo] = open_home(self.home, demo=demo)
        return self._open[demo]

    def _page(self, opened: Opened, now: datetime, demo: bool) -> StartPage:
        store = opened.store
        words = opened.words.under("start_page")
        page = start_page(
            store, opened.actor, now, words=words, demo=demo, cases=store.cases.list(opened.actor)
        )
        return replace(page, note=store.key_note if store.first_run and not demo else "")
