"""Where a page stands: whose it is, which store it reads, which words it says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qs, urlencode

from repairbook.caseload.opening import open_home
from repairbook.home import Home, shipped
from repairbook.model.instruments import Instruments
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.site import Site, read_site
from repairbook.model.words import Words
from repairbook.store import Store

DEMO = "demo"
MOST_ASKED = 20


@dataclass(frozen=True)
class Place:
    """Everything a page needs to begin.

    Parameters
    ----------
    home
        The data home in use: the person's own, or the demo's.
    store, actor
        Its store and the person at the page.
    words, library
        What the page says and the codebooks.
    query
        What the address asked for; it may point to a record, the store decides.
    in_voila
        Whether the page is a web page of its own, not a notebook in JupyterLab.
    """

    home: Home
    store: Store
    actor: Actor
    words: Words
    library: Library
    query: Mapping[str, str]
    in_voila: bool

    @property
    def is_demo(self) -> bool:
        """Whether these are the made-up cases."""
        return self.query.get("home") == DEMO

    @cached_property
    def instruments(self) -> Instruments:
        """The instruments scores are typed on."""
        return Instruments(shipped() / "data", self.home.site)

    @cached_property
    def site(self) -> Site:
        """What the site added: numbers to call, words that would name it."""
        return read_site(self.home.site)

    def address(self, workbook: str, **query: str) -> str:
        """Give the address of another page of ours, in the same home."""
        asked = {key: value for key, value in query.items() if value}
        if self.is_demo:
            asked["home"] = DEMO
        return f"{workbook}.ipynb" + (f"?{urlencode(asked)}" if asked else "")


def place(query: Mapping[str, str] | None = None) -> Place:
    """Open the store the page asks for, as the person this computer says is here.

    Raises
    ------
    StoreError, DataFault
        With a sentence for the page, when the store cannot be opened.
    """
    asked = dict(query) if query is not None else _query(os.environ.get("QUERY_STRING", ""))
    opened = open_home(demo=asked.get("home") == DEMO)
    in_voila = os.environ.get("REPAIRBOOK_PLACE", "") == "voila"
    return Place(opened.home, opened.store, opened.actor, opened.words, opened.library, asked, in_voila)


def _query(text: str) -> dict[str, str]:
    try:
        return {key: values[0] for key, values in parse_qs(text, max_num_fields=MOST_ASKED).items()}
    except ValueError:
        return {}
