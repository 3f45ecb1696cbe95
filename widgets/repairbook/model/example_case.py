"""An example case: made up with care, told in days before today, so that it never grows old."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from repairbook.model.case import Case, Consent, Session
from repairbook.model.reflection import FollowUp, Reflection
from repairbook.model.score import Score

CONSENT_LASTS = dt.timedelta(days=365)


@dataclass(frozen=True)
class ExampleSession:
    """One session of an example, so many weeks ago, with the scores given after it."""

    session: Session
    weeks_ago: int
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True)
class ExampleFollowUp:
    """How it stood at a later session; when it is still open, when to ask again."""

    session: int
    after_days: int
    ask_again_after_days: int | None
    follow_up: FollowUp


@dataclass(frozen=True)
class ExampleReflection:
    """One reflection of an example; without a day of closing it is an open draft."""

    session: int
    begun_after_days: int
    closed_after_days: int | None
    ask_again_after_days: int | None
    reflection: Reflection
    follow_ups: tuple[ExampleFollowUp, ...] = ()


@dataclass(frozen=True)
class Example:
    """One example case as a whole."""

    id: str
    place: int
    title: str
    introduction: str
    weekday: int
    agreed_to: tuple[str, ...]
    case: Case
    ended_session: int | None
    sessions: tuple[ExampleSession, ...]
    reflections: tuple[ExampleReflection, ...]

    def day_of(self, number: int, today: dt.date) -> dt.date:
        """Give the day of a session, seen from today: the case's weekday, always before today."""
        (weeks,) = (each.weeks_ago for each in self.sessions if each.session.number == number)
        last = today - dt.timedelta(days=(today.weekday() - self.weekday - 1) % 7 + 1)
        return last - dt.timedelta(weeks=weeks)

    def case_on(self, today: dt.date) -> Case:
        """Give the case with its consents, given in the first session."""
        first = self.day_of(self.sessions[0].session.number, today)
        consent = Consent(given_on=first, expires_on=first + CONSENT_LASTS)
        return self.case.model_copy(update={f"consent_{each}": consent for each in self.agreed_to})
