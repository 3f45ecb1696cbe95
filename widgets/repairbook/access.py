"""Who may see and do what: one rule per action, asked by the store each time, about how things are now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from repairbook.model.person import Actor, Role


class Action(StrEnum):
    """What somebody wants to do."""

    SEE_PERSON = "see a person"
    CHANGE_PERSON = "change a person"
    OPEN_CASE = "open a case"
    SEE_CASE = "see a case, its sessions and scores"
    CHANGE_CASE = "change a case, its sessions and scores"
    BEGIN = "begin a reflection on a case"
    READ = "read a reflection"
    WRITE = "go on writing a reflection"
    SET_ASIDE = "keep other words beside a reflection"
    FOLLOW_UP = "say how it stands now"
    CHECK_HISTORY = "check the history"


@dataclass(frozen=True)
class Facts:
    """What the store found about the thing, in the same transaction that acts on it.

    Parameters
    ----------
    owner
        Whose it is: the author of a reflection, the person themselves, the keeper of the store.
    assigned
        The supervisees who work on the case today.
    state
        Where a reflection is in its life: draft or closed.
    """

    owner: str = ""
    assigned: frozenset[str] = frozenset()
    state: str = ""


def may(actor: Actor, action: Action, facts: Facts) -> bool:
    """Say whether this person may do this now; whoever has no role here may do nothing."""
    return bool(actor.person_id and actor.roles) and _RULES[action](actor, facts)


def _is_owner(actor: Actor, facts: Facts) -> bool:
    return actor.person_id == facts.owner


def _is_supervisee(actor: Actor, _facts: Facts) -> bool:
    return Role.SUPERVISEE in actor.roles


def _works_on_it(actor: Actor, facts: Facts) -> bool:
    return Role.SUPERVISEE in actor.roles and actor.person_id in facts.assigned


def _owns_draft(actor: Actor, facts: Facts) -> bool:
    return _is_owner(actor, facts) and facts.state == "draft"


def _owns_closed(actor: Actor, facts: Facts) -> bool:
    return _is_owner(actor, facts) and facts.state == "closed"


def _keeps_the_store(actor: Actor, facts: Facts) -> bool:
    return _is_owner(actor, facts) or Role.ADMINISTRATOR in actor.roles


_RULES: dict[Action, Callable[[Actor, Facts], bool]] = {
    Action.SEE_PERSON: _is_owner,
    Action.CHANGE_PERSON: _is_owner,
    Action.OPEN_CASE: _is_supervisee,
    Action.SEE_CASE: _works_on_it,
    Action.CHANGE_CASE: _works_on_it,
    Action.BEGIN: _works_on_it,
    Action.READ: _is_owner,
    Action.WRITE: _owns_draft,
    Action.SET_ASIDE: _is_owner,
    Action.FOLLOW_UP: _owns_closed,
    Action.CHECK_HISTORY: _keeps_the_store,
}
