from __future__ import annotations

import itertools

import pytest

from repairbook.access import Action, Facts, may
from repairbook.model.person import Actor, Role

OWN = Facts(owner="me", assigned=frozenset({"me"}), state="draft")
OWN_CLOSED = Facts(owner="me", assigned=frozenset({"me"}), state="closed")
OTHERS = Facts(owner="you", assigned=frozenset({"you"}), state="draft")
NEEDS_NOTHING_OF_MINE = {Action.OPEN_CASE}


def supervisee(person_id="me"):
    return Actor(person_id, frozenset({Role.SUPERVISEE}))


@pytest.mark.parametrize("action", sorted(set(Action) - {Action.FOLLOW_UP}))
def test_a_supervisee_may_do_everything_with_what_is_theirs(action):
    assert may(supervisee(), action, OWN)


@pytest.mark.parametrize("action", sorted(set(Action) - NEEDS_NOTHING_OF_MINE))
@pytest.mark.parametrize("state", ["draft", "closed"])
def test_nobody_may_do_anything_with_what_is_not_theirs(action, state):
    facts = Facts(owner="you", assigned=frozenset({"you"}), state=state)
    assert not may(supervisee(), action, facts)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.REVIEWER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("action", sorted({Action.READ, Action.WRITE, Action.SET_ASIDE, Action.FOLLOW_UP}))
def test_no_role_reads_or_writes_what_somebody_else_wrote(role, action):
    everything = frozenset({role, Role.SUPERVISEE})
    assert not may(Actor("me", everything), action, OTHERS)


@pytest.mark.parametrize(("action", "facts"), [*itertools.product(Action, [OWN, OWN_CLOSED])])
def test_a_person_without_a_role_may_do_nothing(action, facts):
    assert not may(Actor("me"), action, facts)


@pytest.mark.parametrize(("action", "facts"), [*itertools.product(Action, [Facts(), OWN])])
def test_nobody_at_all_may_do_nothing(action, facts):
    assert not may(Actor("", frozenset(Role)), action, facts)


def test_a_closed_reflection_is_read_and_followed_up_but_not_written():
    allowed = {action for action in Action if may(supervisee(), action, OWN_CLOSED)}
    assert {Action.READ, Action.FOLLOW_UP} <= allowed
    assert Action.WRITE not in allowed


def test_a_draft_is_not_followed_up():
    assert not may(supervisee(), Action.FOLLOW_UP, OWN)


def test_an_administrator_may_check_the_history():
    assert may(Actor("admin", frozenset({Role.ADMINISTRATOR})), Action.CHECK_HISTORY, OTHERS)
