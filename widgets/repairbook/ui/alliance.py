"""What `workbooks/alliance.ipynb` opens: the alliance over the sessions, case by case."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import ipywidgets as W
from IPython.display import display

from repairbook.model.faults import DataFault
from repairbook.store.errors import StoreError
from repairbook.ui.alliance_page import AlliancePage
from repairbook.ui.place import Place, place

log = logging.getLogger(__name__)


def alliance(query: Mapping[str, str] | None = None) -> None:
    """Show the page; a store that cannot be opened is said in a sentence."""
    display(page(query))


def page(query: Mapping[str, str] | None = None) -> W.Widget:
    """Build the page the address asks for."""
    from repairbook.ui.reflect import plain_page

    try:
        return AlliancePage(where := place(query), lambda record: _write_on(where, record), _reading)
    except (StoreError, DataFault, OSError) as trouble:
        log.error("the alliance page could not be opened: %s", type(trouble).__name__)
        said = str(trouble) if isinstance(trouble, StoreError | DataFault) else type(trouble).__name__
        return plain_page(said)


def _write_on(where: Place, record_id: str) -> W.Widget:
    from repairbook.ui.reflect import open_record

    return open_record(where, record_id)


def _reading(where: Place) -> Any:
    from repairbook.ui.reading import Reading

    return Reading(where)
