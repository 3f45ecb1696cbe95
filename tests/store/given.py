"""Small things the tests of the store begin with."""

from __future__ import annotations

from repairbook.model.draft import Body
from repairbook.model.person import Person, Role
from repairbook.model.reflection import Reflection


def told(moment, **more):
    return Body(Reflection(moment=moment, **more))


def admit(store, login, *roles):
    """Let a second person in, as nobody can yet."""
    person = Person(login=login, roles=roles or (Role.SUPERVISEE,))
    with store._desk.database.writing() as rows:
        return store.people._admit(rows, person)
