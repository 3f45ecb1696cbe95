"""What the store gives back about reflections; no words of theirs are in any repr."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from repairbook.model.draft import Body
from repairbook.model.reflection import FollowUp


@dataclass(frozen=True)
class Saved:
    """What was acknowledged: the new revision, and when."""

    rev: int
    at: dt.datetime


@dataclass(frozen=True)
class Draft:
    """A reflection as its author has it: still a draft, or closed.

    Parameters
    ----------
    rev
        The revision a save names as its starting point; 0 before the first save.
    state
        draft or closed.
    changed_at
        When it was last saved; None before the first save.
    due_on
        When to ask how it stands now, if at all.
    """

    record_id: str
    author: str
    case_id: str
    rev: int
    body: Body = field(repr=False)
    state: str = "draft"
    changed_at: dt.datetime | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Summary:
    """One line about a reflection, for its author's lists.

    Parameters
    ----------
    first_words
        How the moment begins, at most twelve words.
    standing
        How it stands by the latest follow-up, else as first told.
    readable
        False where the stored words could not be opened; everything sealed is empty then.
    """

    record_id: str
    case_id: str
    case_code: str
    session_id: str
    session_number: int | None
    state: str
    changed_at: dt.datetime
    closed_at: dt.datetime | None
    due_on: dt.date | None
    first_words: str = field(repr=False)
    what_kind: str = field(repr=False)
    movement: str = field(repr=False)
    standing: str = field(repr=False)
    readable: bool = True


@dataclass(frozen=True)
class Kept:
    """A version that stays: why it was kept (keep, other tab, close, follow_up), and when."""

    n: int
    reason: str
    rev: int
    at: dt.datetime


@dataclass(frozen=True)
class Followed:
    """A follow-up: how it stood then."""

    n: int
    at: dt.datetime
    follow_up: FollowUp = field(repr=False)
