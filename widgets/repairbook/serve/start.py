"""What the start page says: own drafts, what waits, and where to begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from urllib.parse import urlencode

from repairbook.model.person import Actor
from repairbook.serve.wording import start_words

REFLECT = "voila/render/reflect.ipynb"
ALLIANCE = "voila/render/alliance.ipynb"
MOST_CLOSED = 5
LONGEST_TITLE = 140
# The store gives this many words of a beginning at most.
FIRST_WORDS = 12


class Kept(Protocol):
    """One kept reflection, as far as a list shows it."""

    @property
    def record_id(self) -> str:
        """Which record."""

    @property
    def case_id(self) -> str:
        """Whose case."""

    @property
    def case_code(self) -> str:
        """The random code the case is called by."""

    @property
    def session_number(self) -> int | None:
        """Which session, if one was chosen."""

    @property
    def changed_at(self) -> datetime:
        """When it was last written to."""

    @property
    def first_words(self) -> str:
        """How the moment begins."""

    @property
    def due_on(self) -> date | None:
        """When to look at it again, if it was left open."""


class Reflections(Protocol):
    """The lists of one person's reflections."""

    def drafts(self, actor: Actor) -> Iterable[Kept]:
        """Give the person's own open drafts, newest first."""

    def due(self, actor: Actor, today: date) -> Iterable[Kept]:
        """Give what was left open and is due by today."""

    def closed(self, actor: Actor) -> Iterable[Kept]:
        """Give the person's own closed reflections, newest first."""


class Case(Protocol):
    """One case, as far as a link to it shows it."""

    @property
    def id(self) -> str:
        """Which case."""

    @property
    def case_code(self) -> str:
        """The random code it is called by."""


class Store(Protocol):
    """What the start page needs of a store."""

    @property
    def reflections(self) -> Reflections:
        """The reflections in it."""


@dataclass(frozen=True)
class Link:
    """A way to somewhere."""

    label: str
    url: str


@dataclass(frozen=True)
class Entry:
    """One line of a list: which moment, from where, when."""

    title: str
    case: str
    session: str
    when: str
    url: str

    @property
    def where(self) -> str:
        """The case and the session in one line."""
        return " · ".join(part for part in (self.case, self.session) if part)


@dataclass(frozen=True)
class StartPage:
    """Everything the start page shows, ready to be drawn."""

    words: Mapping[str, str] = field(default_factory=start_words)
    workbooks: Sequence[Link] = ()
    drafts: Sequence[Entry] = ()
    due: Sequence[Entry] = ()
    closed: Sequence[Entry] = ()
    cases: Sequence[Link] = ()
    demo: bool = False
    demo_url: str = "demo"
    note: str = ""
    trouble: str = ""

    @property
    def protection(self) -> list[str]:
        """The sentences about what protects the person's words."""
        return self.words["protection"].splitlines()


def start_page(
    store: Store | None,
    actor: Actor | None,
    now: datetime,
    *,
    words: Mapping[str, str] | None = None,
    demo: bool = False,
    cases: Iterable[Case] = (),
) -> StartPage:
    """Read what the person left off and lay it out; without a store, show where to begin."""
    words = {**start_words(), **(words or {})}
    extra = {"home": "demo"} if demo else {}
    page = StartPage(words=words, workbooks=_workbooks(words, extra), demo=demo)
    if store is None or actor is None:
        return page
    drafts = list(store.reflections.drafts(actor))
    due = list(store.reflections.due(actor, now.date()))
    closed = list(store.reflections.closed(actor))
    known = {kept.case_id: kept.case_code for kept in (*drafts, *due, *closed)}
    known |= {case.id: case.case_code for case in cases}
    return StartPage(
        words=words,
        workbooks=page.workbooks,
        drafts=[_entry(kept, _when(kept.changed_at, now, words), words, extra) for kept in drafts],
        due=[_entry(kept, _due(kept, now, words), words, extra) for kept in due],
        closed=[
            _entry(kept, _when(kept.changed_at, now, words), words, extra) for kept in closed[:MOST_CLOSED]
        ],
        cases=[
            Link(words["case"].format(code=code), _url(ALLIANCE, case=case_id, **extra))
            for case_id, code in sorted(known.items(), key=lambda one: one[1])
            if code
        ],
        demo=demo,
    )


def _workbooks(words: Mapping[str, str], extra: Mapping[str, str]) -> list[Link]:
    return [Link(words["reflect"], _url(REFLECT, **extra)), Link(words["alliance"], _url(ALLIANCE, **extra))]


def _entry(kept: Kept, when: str, words: Mapping[str, str], extra: Mapping[str, str]) -> Entry:
    number = kept.session_number
    return Entry(
        title=_shortened(kept.first_words),
        case=words["case"].format(code=kept.case_code) if kept.case_code else words["no_case"],
        session="" if number is None else words["session"].format(number=number),
        when=when,
        url=_url(REFLECT, record=kept.record_id, **extra),
    )


def _due(kept: Kept, now: datetime, words: Mapping[str, str]) -> str:
    if kept.due_on is None:
        return ""
    return words["due_on"].format(day=_day(kept.due_on, now.date(), words))


def _when(moment: datetime, now: datetime, words: Mapping[str, str]) -> str:
    local = moment.astimezone(now.tzinfo) if moment.tzinfo and now.tzinfo else moment
    time = f"{local:%H:%M}"
    age = (now.date() - local.date()).days
    if age == 0:
        return words["today"].format(time=time)
    if age == 1:
        return words["yesterday"].format(time=time)
    return _day(local.date(), now.date(), words)


def _day(day: date, today: date, words: Mapping[str, str]) -> str:
    month = words["months"].split()[day.month - 1]
    shape = words["day"] if day.year == today.year else words["day_year"]
    return shape.format(day=day.day, month=month, year=day.year)


def _shortened(text: str) -> str:
    words = text.split()
    line = " ".join(words)
    if len(line) > LONGEST_TITLE:
        line = line[:LONGEST_TITLE].rsplit(" ", 1)[0]
    elif len(words) < FIRST_WORDS or line.endswith((".", "!", "?", "…")):
        return line
    return line.rstrip(" ,;:.") + " …"


def _url(path: str, **query: str) -> str:
    return f"{path}?{urlencode(query)}" if query else path
