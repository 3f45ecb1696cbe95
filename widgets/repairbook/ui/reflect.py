"""What `workbooks/reflect.ipynb` opens: a new reflection, or the one the address points to."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Mapping

import ipywidgets as W
from IPython.display import display

from repairbook.model.case import Case
from repairbook.model.faults import DataFault
from repairbook.store.errors import NotFound, StoreError, Why
from repairbook.ui.page_style import PageStyle
from repairbook.ui.panel import box
from repairbook.ui.place import Place, place
from repairbook.ui.reflect_page import ReflectPage
from repairbook.ui.session_line import latest_session, new_case
from repairbook.ui.start_panel import StartPanel
from repairbook.ui.writing import Writing

RESERVED = re.compile(r"[0-9a-f]{32}", re.ASCII)

log = logging.getLogger(__name__)


def reflect(query: Mapping[str, str] | None = None) -> None:
    """Show the page; a store that cannot be opened, or a record that is not here, is said in a sentence."""
    display(page(query))


def page(query: Mapping[str, str] | None = None) -> W.Widget:
    """Build the page the address asks for."""
    try:
        where = place(query)
    except (StoreError, DataFault, OSError) as trouble:
        log.error("the store could not be opened: %s", type(trouble).__name__)
        return plain_page(
            str(trouble) if isinstance(trouble, StoreError | DataFault) else type(trouble).__name__
        )
    try:
        return _page(where)
    except DataFault as faults:
        return plain_page(str(faults), where)
    except StoreError as trouble:
        said = where.words("start.no_record") if trouble.code is Why.NOT_HERE else str(trouble)
        return plain_page(said, where)


def _page(where: Place) -> W.Widget:
    asked = where.query.get("record", "")
    if asked:
        return _asked_for(where, asked)
    if not where.in_voila and "new" not in where.query:
        return StartPanel(where, lambda record: open_record(where, record), lambda: begin(where))
    return begin(where)


def _asked_for(where: Place, record_id: str) -> ReflectPage:
    try:
        return open_record(where, record_id)
    except NotFound:
        if not RESERVED.fullmatch(record_id):
            raise
        # A page that was reloaded before its first save comes back under the id it had reserved;
        # the store refuses an id that was ever somebody's.
        return begin(where, record_id)


def open_record(where: Place, record_id: str) -> ReflectPage:
    """The page of one record; the store decides whether this person may open it.

    Raises
    ------
    StoreError
        When it is not here or not this person's.
    """
    draft = where.store.reflections.open(where.actor, record_id)
    case = where.store.cases.get(where.actor, draft.case_id)
    about = draft.body.reflection.session
    session = (
        where.store.sessions.get(where.actor, about)
        if about
        else latest_session(where.store, where.actor, case)
    )
    return ReflectPage(where, Writing(where.store, where.actor, draft, where.library), case, session)


def begin(where: Place, record_id: str = "") -> ReflectPage:
    """A new reflection on the latest session of the case last worked with, or the one the address names."""
    cases = where.store.cases.list(where.actor)
    wanted_case = where.query.get("case")
    named = [case for case in cases if wanted_case in {case.id, case.case_code}]
    if cases:
        case = named[0] if named else _last_worked_with(where, cases)
        session = latest_session(where.store, where.actor, case)
    else:
        case, session = new_case(where.store, where.actor)
    wanted = where.query.get("session")
    for one in where.store.sessions.list(where.actor, case.id):
        session = one if one.id == wanted else session
    draft = where.store.reflections.begin(where.actor, case.id, session.id, record_id)
    return ReflectPage(where, Writing(where.store, where.actor, draft, where.library), case, session)


def _last_worked_with(where: Place, cases: list[Case]) -> Case:
    kept = where.store.reflections
    written = [*kept.drafts(where.actor), *kept.closed(where.actor)]
    latest = max(written, key=lambda one: one.changed_at).case_id if written else cases[-1].id
    return next((case for case in cases if case.id == latest), cases[-1])


def plain_page(sentence: str, where: Place | None = None) -> W.Widget:
    """A page with one sentence and the way back."""
    back = where.words("app.back") if where else "Start page"
    link = f"<p><a class='rb-home' href='/'>{html.escape(back)}</a></p>"
    said = W.HTML(f"<p role='alert'>{html.escape(sentence)}</p>{link}")
    return box([PageStyle(), box([box([said], "rb-card")], "rb-main")], "rb-page")
