"""A copy of one's own reflection as a file: a page to read, or data for another program."""

from __future__ import annotations

import os
from pathlib import Path

from repairbook.caseload.opening import Opened, open_home
from repairbook.home import Home
from repairbook.model.case import Case, Session
from repairbook.report.export import reflection_json
from repairbook.report.html import reflection_html
from repairbook.report.reflection import reflection_blocks
from repairbook.store.shapes import Draft, Followed

SUFFIXES = (".html", ".json")


class CannotExport(Exception):
    """The copy cannot be written; the message is one sentence for the person."""


def write_copy(home: Home, record_id: str, to: Path, *, demo: bool = False) -> Path:
    """Write a reflection of the person at this computer to a new file that only they can open.

    Parameters
    ----------
    home
        The person's own home.
    record_id
        The reflection; the store decides whether it is theirs.
    to
        The file to write; its ending says which kind of copy.
    demo
        Look in the demo's home instead.

    Raises
    ------
    CannotExport
        Where the ending is another one, or a file is already there.
    StoreError, DataFault, OSError
        Where the reflection cannot be read or the file not be written.
    """
    if to.suffix.lower() not in SUFFIXES:
        message = "The file's name must end in .html or .json."
        raise CannotExport(message)
    if os.path.lexists(to):
        message = f"There is already something called {to.name}; choose another name."
        raise CannotExport(message)
    opened = open_home(home, demo=demo)
    try:
        text = _Told(opened, record_id).text(to.suffix.lower())
    finally:
        opened.store.close()
    return _written(text, to)


class _Told:
    """One reflection with what belongs to it, told as a page or as data."""

    def __init__(self, opened: Opened, record_id: str) -> None:
        store, actor = opened.store, opened.actor
        self._opened = opened
        self._draft: Draft = store.reflections.open(actor, record_id)
        self._case: Case = store.cases.get(actor, self._draft.case_id)
        self._sessions = {one.id: one for one in store.sessions.list(actor, self._draft.case_id)}
        self._later: list[Followed] = store.reflections.follow_ups(actor, record_id)

    @property
    def _session(self) -> Session | None:
        return self._sessions.get(self._draft.body.reflection.session)

    def text(self, suffix: str) -> str:
        """Give the whole file."""
        return self._page() if suffix == ".html" else self._data()

    def _page(self) -> str:
        words, session = self._opened.words, self._session
        blocks = reflection_blocks(
            self._draft.body,
            case=self._case,
            session=session,
            library=self._opened.library,
            words=words,
            follow_ups=self._later,
            sessions=self._sessions.values(),
            state=self._draft.state,
            include_private=True,
            when=self._draft.changed_at,
        )
        title = self._case.case_code
        if session:
            title = words("session.line", number=session.number, day="", missed="", case=title)
        return reflection_html(blocks, title=title, words=words, private=True)

    def _data(self) -> str:
        return reflection_json(
            self._draft.body,
            record_id=self._draft.record_id,
            case_code=self._case.case_code,
            session=self._session,
            library=self._opened.library,
            include_private=True,
            follow_ups=self._later,
            state=self._draft.state,
            when=self._draft.changed_at,
        )


def _written(text: str, to: Path) -> Path:
    try:
        # Closed to others from its first moment, and never over a file that appeared meanwhile.
        number = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        message = f"There is already something called {to.name}; choose another name."
        raise CannotExport(message) from None
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError:
        to.unlink(missing_ok=True)
        raise
    return to
