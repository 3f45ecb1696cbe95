"""Every public function of the store, asked by the author, by another person and by nobody known."""

from __future__ import annotations

import datetime as dt
import inspect
from types import SimpleNamespace

import pytest

from repairbook.model.case import Case, Session
from repairbook.model.person import Actor, Person, Role
from repairbook.model.reflection import FollowUp
from repairbook.model.score import Score
from repairbook.store import NotAllowed
from repairbook.store.arrivals import Arrival
from store.given import admit, told

PARTS = ("people", "cases", "sessions", "scores", "reflections", "history")
OWN_ONLY = "gives an own, empty list"
OWN_NEW = "makes something of their own"
REFUSED = "refused"
TODAY = dt.date(2026, 11, 20)
SAME_SENTENCE = "There is nothing here that you can open: it does not exist, or it is not yours."

# function: (the call, what another supervisee of the same store meets)
ROWS = {
    "people.get": (lambda s, who, w: s.people.get(who, w.me.person_id), REFUSED),
    "people.rename": (lambda s, who, w: s.people.rename(who, w.person), REFUSED),
    "cases.create": (lambda s, who, w: s.cases.create(who, Case()), OWN_NEW),
    "cases.list": (lambda s, who, w: s.cases.list(who), OWN_ONLY),
    "cases.get": (lambda s, who, w: s.cases.get(who, w.case.id), REFUSED),
    "cases.save": (lambda s, who, w: s.cases.save(who, w.case), REFUSED),
    "cases.find_by_client_id": (lambda s, who, w: s.cases.find_by_client_id(who, "C-17"), OWN_ONLY),
    "cases.find_many": (lambda s, who, w: s.cases.find_many(who, ["C-17", w.case.case_code]), OWN_ONLY),
    "sessions.add": (lambda s, who, w: s.sessions.add(who, w.case.id, Session(number=8)), REFUSED),
    "sessions.list": (lambda s, who, w: s.sessions.list(who, w.case.id), REFUSED),
    "sessions.get": (lambda s, who, w: s.sessions.get(who, w.session.id), REFUSED),
    "sessions.correct": (lambda s, who, w: s.sessions.correct(who, w.session), REFUSED),
    "scores.record": (lambda s, who, w: s.scores.record(who, w.case.id, w.score), REFUSED),
    "scores.record_many": (lambda s, who, w: s.scores.record_many(who, w.arrivals), REFUSED),
    "scores.compare_many": (lambda s, who, w: s.scores.compare_many(who, w.arrivals), REFUSED),
    "scores.list": (lambda s, who, w: s.scores.list(who, w.case.id), REFUSED),
    "scores.remove": (lambda s, who, w: s.scores.remove(who, w.score.id), REFUSED),
    "reflections.begin": (lambda s, who, w: s.reflections.begin(who, w.case.id), REFUSED),
    "reflections.open": (lambda s, who, w: s.reflections.open(who, w.draft), REFUSED),
    "reflections.save": (lambda s, who, w: s.reflections.save(who, w.draft, 1, told("Later.")), REFUSED),
    "reflections.drafts": (lambda s, who, w: s.reflections.drafts(who), OWN_ONLY),
    "reflections.closed": (lambda s, who, w: s.reflections.closed(who), OWN_ONLY),
    "reflections.of_case": (lambda s, who, w: s.reflections.of_case(who, w.case.id), OWN_ONLY),
    "reflections.due": (lambda s, who, w: s.reflections.due(who, TODAY), OWN_ONLY),
    "reflections.keep": (lambda s, who, w: s.reflections.keep(who, w.draft), REFUSED),
    "reflections.keep_other": (lambda s, who, w: s.reflections.keep_other(who, w.draft, told("x")), REFUSED),
    "reflections.close": (lambda s, who, w: s.reflections.close(who, w.draft, 1, TODAY), REFUSED),
    "reflections.follow_up": (lambda s, who, w: s.reflections.follow_up(who, w.closed, FollowUp()), REFUSED),
    "reflections.follow_ups": (lambda s, who, w: s.reflections.follow_ups(who, w.closed), REFUSED),
    "reflections.revisions": (lambda s, who, w: s.reflections.revisions(who, w.closed), REFUSED),
    "reflections.revision": (lambda s, who, w: s.reflections.revision(who, w.closed, 1), REFUSED),
    "reflections.move": (
        lambda s, who, w: s.reflections.move(who, w.draft, w.case.id, w.session.id),
        REFUSED,
    ),
    "reflections.discard": (lambda s, who, w: s.reflections.discard(who, w.draft), REFUSED),
    "history.check": (lambda s, who, w: s.history.check(who), REFUSED),
}
WITHOUT_ACTOR = {"people.local"}
NOT_EMPTY = {"cases.list", "cases.find_by_client_id", "cases.find_many", "reflections.drafts",
             "reflections.closed", "reflections.of_case", "reflections.due"}  # fmt: skip


@pytest.fixture
def world(store, me, case, session, draft):
    closed = store.reflections.begin(me, case.id).record_id
    store.reflections.save(me, closed, 0, told("Closed."))
    store.reflections.close(me, closed, 1, TODAY)
    score = Score(session=session.id, instrument="srs", rater="client", total=38)
    return SimpleNamespace(
        me=me,
        person=store.people.get(me, me.person_id),
        case=case,
        session=session,
        score=store.scores.record(me, case.id, score),
        arrivals=[Arrival(case.id, session, score.model_copy(update={"total": 30}))],
        draft=draft.record_id,
        closed=closed,
    )


def part_classes(store):
    return {name: type(part) for name, part in vars(store).items() if not name.startswith("_")}


def test_every_public_function_of_the_store_has_a_row(store):
    kinds = {
        name: kind for name, kind in part_classes(store).items() if kind.__module__.startswith("repairbook")
    }
    assert set(kinds) == set(PARTS)
    found = {
        f"{part}.{name}"
        for part, kind in kinds.items()
        for name, _ in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }
    assert found == set(ROWS) | WITHOUT_ACTOR


@pytest.mark.parametrize("name", ROWS)
def test_the_author_may(store, world, name):
    given = ROWS[name][0](store, world.me, world)
    assert given or name not in NOT_EMPTY


@pytest.mark.parametrize("name", ROWS)
def test_another_supervisee_of_the_same_store_learns_and_changes_nothing(store, world, rows, name):
    other = admit(store, "other")
    before = state(rows)
    call, meets = ROWS[name]
    if meets == REFUSED:
        with pytest.raises(NotAllowed) as refused:
            call(store, other, world)
        assert str(refused.value) == SAME_SENTENCE
    elif meets == OWN_ONLY:
        assert not call(store, other, world)
    else:
        assert call(store, other, world)
        return
    assert state(rows) == before


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("who", ["nobody", "the author's id unknown here"])
def test_somebody_unknown_is_refused_whatever_roles_they_claim(store, world, rows, name, who):
    before = state(rows)
    with pytest.raises(NotAllowed) as refused:
        ROWS[name][0](store, Actor(who, frozenset(Role)), world)
    assert str(refused.value) == SAME_SENTENCE
    assert state(rows) == before


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.REVIEWER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", [name for name in ROWS if name.startswith(("reflections", "sc", "se", "c"))])
def test_no_other_role_reaches_a_supervisees_things(store, world, role, name):
    other = admit(store, "other", role)
    claimed = Actor(other.person_id, frozenset(Role))
    if ROWS[name][1] == OWN_ONLY:
        assert not ROWS[name][0](store, claimed, world)
        return
    with pytest.raises(NotAllowed, match=SAME_SENTENCE):
        ROWS[name][0](store, claimed, world)


@pytest.mark.parametrize("name", ["cases.get", "sessions.get", "scores.remove", "reflections.open"])
def test_what_is_not_there_reads_like_what_is_not_ones_own(store, world, name):
    nothing = SimpleNamespace(**dict.fromkeys(vars(world), SimpleNamespace(id="0" * 32)))
    nothing.draft = "0" * 32
    with pytest.raises(NotAllowed) as refused:
        ROWS[name][0](store, world.me, nothing)
    assert str(refused.value) == SAME_SENTENCE


def test_the_first_account_is_the_keeper_and_another_one_is_refused(store, me):
    assert store.people.local("me") == me
    with pytest.raises(NotAllowed):
        store.people.local("somebody else")


def test_a_forged_person_changes_neither_login_nor_roles(store, me):
    forged = Person(id=me.person_id, login="root", name="New", roles=tuple(Role))
    renamed = store.people.rename(me, forged)
    assert (renamed.login, renamed.name, renamed.roles) == ("me", "New", (Role.SUPERVISEE,))


def state(rows):
    tables = [row["name"] for row in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: [tuple(row) for row in rows.execute(f"SELECT * FROM {table}")] for table in tables}
