"""Opening a data home: its store, the person at this computer, the words and codebooks they meet."""

from __future__ import annotations

import datetime as dt
import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass

from repairbook.home import Home, default_home, demo_home, shipped
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.words import Words
from repairbook.store import Store


@dataclass(frozen=True)
class Opened:
    """One data home, open for one person."""

    home: Home
    store: Store
    actor: Actor
    words: Words
    library: Library


def open_home(
    home: Home | None = None, *, demo: bool = False, environ: Mapping[str, str] | None = None
) -> Opened:
    """Open the person's own home, or the demo's beside it, as the local account.

    Parameters
    ----------
    home
        The own home; by default where the environment says.
    demo
        Open the made-up cases instead; they are written there the first time.

    Raises
    ------
    StoreError, DataFault
        With a sentence for the person.
    """
    env = os.environ if environ is None else environ
    own = home or default_home(env)
    wanted = demo_home(own) if demo else own
    library = Library(shipped() / "data", wanted.site)
    store, actor = _demo(wanted, library) if demo else _own(wanted, library)
    words = Words(shipped() / "data" / "prompts", env.get("REPAIRBOOK_LANGUAGE", "en"))
    return Opened(wanted, store, actor, words, library)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"


def _own(home: Home, library: Library) -> tuple[Store, Actor]:
    store = Store.open(home, library)
    return store, store.people.local(_login())


def _demo(home: Home, library: Library) -> tuple[Store, Actor]:
    from repairbook.caseload.demo import DemoClock, fill
    from repairbook.model.example import read_examples

    clock = DemoClock()
    store = Store.open(home, library, now=clock)
    actor = store.people.local(_login())
    if not store.cases.list(actor):
        fill(store, actor, read_examples(shipped() / "data" / "cases"), dt.date.today(), clock)
    return store, actor
