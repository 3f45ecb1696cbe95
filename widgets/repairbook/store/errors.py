"""What can go wrong with the store: a sentence that quotes nobody's words, and a code to look it up by."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repairbook.store.shapes import Draft


class Why(StrEnum):
    """The code of every fault a person may meet; pages look up their own words by it."""

    NOT_HERE = "not_here"
    CLOSED = "closed"
    STALE = "stale"
    REFUSED = "refused"
    NOT_SAVED_FULL = "not_saved_full"
    NOT_SAVED_READ_ONLY = "not_saved_read_only"
    NOT_SAVED_BUSY = "not_saved_busy"
    NOT_SAVED_DISK = "not_saved_disk"
    KEY_MISSING = "key_missing"
    KEY_OTHER = "key_other"
    KEY_UNREADABLE = "key_unreadable"
    KEY_NOT_KEPT = "key_not_kept"
    KEY_IN_DATA = "key_in_data"
    KEY_OPEN_TO_OTHERS = "key_open_to_others"
    UNREADABLE = "unreadable"
    WAL_REFUSED = "wal_refused"
    SQLITE_TOO_OLD = "sqlite_too_old"
    NEWER = "newer"
    DAMAGED = "damaged"
    NOT_OPENED = "not_opened"
    BUSY = "busy"
    FULL = "full"


SENTENCES = {
    Why.NOT_HERE: "There is nothing here that you can open: it does not exist, or it is not yours.",
    Why.CLOSED: "This reflection is closed: it can be read and followed up, but no longer changed.",
    Why.STALE: "This was saved in another tab since you opened it here.",
    Why.REFUSED: "An answer does not fit its field.",
    Why.NOT_SAVED_FULL: "Not saved: the disk is full.",
    Why.NOT_SAVED_READ_ONLY: "Not saved: the workbook's folder cannot be written to.",
    Why.NOT_SAVED_BUSY: "Not saved yet: another window of the workbook is busy writing.",
    Why.NOT_SAVED_DISK: "Not saved: the disk reported a fault.",
    Why.KEY_MISSING: "The key file that opens this workbook's text is missing: put your copy of it back.",
    Why.KEY_OTHER: "The key file belongs to another workbook, so it cannot open this one's text.",
    Why.KEY_UNREADABLE: "The key file cannot be read: put your copy of it back.",
    Why.KEY_NOT_KEPT: "The key file could not be written, so nothing was set up.",
    Why.KEY_IN_DATA: "The key file lies in a folder with a workbook's data: move it out, or a copy of the "
    "data would carry its own key.",
    Why.KEY_OPEN_TO_OTHERS: "The key file is open to others on this computer: make it yours alone.",
    Why.UNREADABLE: "This text cannot be opened: it was changed outside the workbook, or its key is another.",
    Why.WAL_REFUSED: "The store was last used in a mode that this computer's SQLite handles with a known "
    "fault, so it is not opened: install the package pysqlite3, or a newer Python.",
    Why.SQLITE_TOO_OLD: "This computer's SQLite is too old for the store: install the package pysqlite3, or "
    "a newer Python.",
    Why.NEWER: "The store was written by a newer version of the workbook: update the workbook.",
    Why.DAMAGED: "The store file is damaged or is not a store: put a backup back.",
    Why.NOT_OPENED: "The workbook's folder cannot be opened or written to.",
    Why.BUSY: "The store is busy, as another window of the workbook is writing: try again.",
    Why.FULL: "The disk is full, so the store cannot be opened.",
}


class StoreError(Exception):
    """Something the store could not do.

    Parameters
    ----------
    code
        Names the fault.
    sentence
        Says it plainly; taken from the code if empty.
    """

    def __init__(self, code: Why, sentence: str = "") -> None:
        super().__init__(sentence or SENTENCES[code])
        self.code = code


class NotAllowed(StoreError):
    """The person may not do this."""

    def __init__(self, code: Why = Why.NOT_HERE) -> None:
        super().__init__(code)


class NotFound(NotAllowed):
    """There is no such thing; sentence and code are those for what is not one's own, and tell nothing."""


class Closed(NotAllowed):
    """A closed reflection stays as it is."""

    def __init__(self) -> None:
        super().__init__(Why.CLOSED)


class Stale(StoreError):
    """Somebody saved a newer version first, usually the same person in another tab.

    Nothing was written; `current` is what the store holds, so that the person can choose.
    """

    def __init__(self, current: Draft) -> None:
        super().__init__(Why.STALE)
        self.current = current


class NotSaved(StoreError):
    """The words could not be written; the page still has them and may try again."""


class Refused(StoreError):
    """What was given does not fit its fields; every fault is named at once, none quotes what was typed."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(Why.REFUSED, " ".join(sentences))
        self.sentences = tuple(sentences)


class KeyTrouble(StoreError):
    """The key that opens the text is missing, misplaced, or not the right one."""


class StoreTrouble(StoreError):
    """The store as a whole cannot be opened or read."""
