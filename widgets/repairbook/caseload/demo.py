"""The demo: the example cases written into a store of their own, each step on its own day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from repairbook.model.draft import Body
from repairbook.model.example_case import Example, ExampleFollowUp, ExampleReflection, ExampleSession
from repairbook.model.person import Actor
from repairbook.store import Refused, Store

OPENED, SEEN, ENDED, BEGUN, CLOSED, ASKED = (dt.time(hour) for hour in (8, 16, 17, 18, 19, 20))
Step = tuple[dt.datetime, Callable[[], object]]


class DemoClock:
    """A clock for the demo's store: the past while the cases are written, and this moment ever after."""

    def __init__(self) -> None:
        self.moment: dt.datetime | None = None

    def __call__(self) -> dt.datetime:
        """Give the moment."""
        return self.moment or dt.datetime.now(dt.UTC)


def fill(
    store: Store, actor: Actor, examples: Iterable[Example], today: dt.date, clock: DemoClock | None = None
) -> None:
    """Write the examples into a store; one that already holds cases is left as it is.

    Parameters
    ----------
    actor
        Who is to have written the reflections.
    today
        The day the examples count back from.
    clock
        The clock this store was opened with, so that everything is stamped with its own day. Without it
        sessions and questions still have their days, and only "written" and "closed" are of now.
    """
    tellings = [_Telling(store, actor, example, today) for example in examples]
    if not tellings or store.cases.list(actor):
        return
    clock = clock or DemoClock()
    steps = sorted((step for telling in tellings for step in telling.steps()), key=lambda step: step[0])
    try:
        clock.moment = min(telling.opened for telling in tellings)
        if not _opened(tellings):
            return
        for clock.moment, take in steps:
            take()
    finally:
        clock.moment = None


@dataclass
class _Telling:
    """One example on its way into the store, with the ids it was given there."""

    store: Store
    actor: Actor
    example: Example
    today: dt.date
    case_id: str = ""
    session_ids: dict[int, str] = field(default_factory=dict)
    record_ids: dict[int, str] = field(default_factory=dict)

    @property
    def opened(self) -> dt.datetime:
        return self._at(self.example.sessions[0].session.number, 0, OPENED)

    def open(self) -> None:
        case = self.example.case_on(self.today)
        # How it ended is only known once it has.
        case = case.model_copy(update={"ended_reason": "", "ended_mutual": None})
        self.case_id = self.store.cases.create(self.actor, case).id

    def steps(self) -> Iterator[Step]:
        for each in self.example.sessions:
            yield self._at(each.session.number, 0, SEEN), partial(self._see, each)
        if self.example.ended_session is not None:
            yield self._at(self.example.ended_session, 0, ENDED), self._end
        for n, told in enumerate(self.example.reflections):
            yield from self._reflecting(n, told)

    def _reflecting(self, n: int, told: ExampleReflection) -> Iterator[Step]:
        begun = self._at(told.session, told.begun_after_days, BEGUN)
        yield begun, partial(self._write, n, told)
        if told.closed_after_days is None:
            return
        closed = self._at(told.session, told.closed_after_days, CLOSED)
        yield closed, partial(self._close, n, _due(closed, told.ask_again_after_days))
        for later in told.follow_ups:
            asked = self._at(later.session, later.after_days, ASKED)
            due_on = _due(asked, later.ask_again_after_days)
            yield asked, partial(self._follow_up, n, later, due_on)

    def _see(self, each: ExampleSession) -> None:
        day = self.example.day_of(each.session.number, self.today)
        session = each.session.model_copy(
            update={"date": day, "format": each.session.format or self.example.case.usual_format}
        )
        kept = self.store.sessions.add(self.actor, self.case_id, session)
        self.session_ids[kept.number] = kept.id
        for score in each.scores:
            self.store.scores.record(self.actor, self.case_id, score.model_copy(update={"session": kept.id}))

    def _end(self) -> None:
        ended = self.session_ids[self.example.ended_session or 0]
        case = self.example.case_on(self.today)
        case = case.model_copy(update={"id": self.case_id, "ended_session": ended})
        self.store.cases.save(self.actor, case)

    def _write(self, n: int, told: ExampleReflection) -> None:
        session_id = self.session_ids[told.session]
        draft = self.store.reflections.begin(self.actor, self.case_id, session_id)
        body = Body(told.reflection.model_copy(update={"session": session_id}))
        self.store.reflections.save(self.actor, draft.record_id, draft.rev, body)
        self.record_ids[n] = draft.record_id

    def _close(self, n: int, due_on: dt.date | None) -> None:
        draft = self.store.reflections.open(self.actor, self.record_ids[n])
        self.store.reflections.close(self.actor, draft.record_id, draft.rev, due_on)

    def _follow_up(self, n: int, later: ExampleFollowUp, due_on: dt.date | None) -> None:
        told = later.follow_up.model_copy(update={"session": self.session_ids[later.session]})
        self.store.reflections.follow_up(self.actor, self.record_ids[n], told, due_on)

    def _at(self, number: int, after_days: int, hour: dt.time) -> dt.datetime:
        day = self.example.day_of(number, self.today) + dt.timedelta(days=after_days)
        return dt.datetime.combine(day, hour).astimezone()


def _opened(tellings: Iterable[_Telling]) -> bool:
    """Open the cases, all of them before anything else; another window that is faster is left to it."""
    try:
        for telling in tellings:
            telling.open()
    except Refused:
        return False
    return True


def _due(since: dt.datetime, after_days: int | None) -> dt.date | None:
    return None if after_days is None else since.date() + dt.timedelta(days=after_days)
