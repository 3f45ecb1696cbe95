"""People: who they are here, and how the local person becomes the one who acts."""

from __future__ import annotations

import json

from repairbook.access import Action, Facts
from repairbook.model.canonical import canonical
from repairbook.model.person import Actor, Person, Role
from repairbook.store.database import Connection, Row
from repairbook.store.desk import Desk, Turn, insert, new_id, update
from repairbook.store.door import checked
from repairbook.store.errors import NotAllowed, NotFound
from repairbook.store.sealed import Place, Sealed, seal, unseal


class People:
    """The people of this workbook."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def local(self, login: str) -> Actor:
        """Give the person of this account as the one who acts.

        The only function without an acting person, because it finds out who that is: the caller vouches
        for the login. The first account to come is made the supervisee this store is kept for; another
        one is refused.
        """
        with self._desk.database.reading() as rows:
            actor = _known(rows, login)
        return actor or self._first(Person(login=login, roles=(Role.SUPERVISEE,)))

    def get(self, actor: Actor, person_id: str) -> Person:
        """Give a person; for now everybody sees themselves only."""
        with self._desk.reading(actor) as turn:
            return self._person(_row(turn, person_id, Action.SEE_PERSON))

    def rename(self, actor: Actor, person: Person) -> Person:
        """Change the name a person goes by; login and roles stay."""
        name = checked(person, self._desk.library).name
        with self._desk.writing(actor) as turn:
            row = _row(turn, person.id, Action.CHANGE_PERSON)
            update(turn.rows, "person", person.id, self._sealed(person.id, name, row["name_rev"] + 1))
            turn.note("person", person.id, "rename")
            return self._person(_row(turn, person.id, Action.SEE_PERSON))

    def _first(self, person: Person) -> Actor:
        person = checked(person, self._desk.library)
        with self._desk.database.writing() as rows:
            # Another window may have come first while this one waited for its turn.
            if (actor := _known(rows, person.login)) is not None:
                return actor
            if rows.execute("SELECT 1 FROM person LIMIT 1").fetchone():
                raise NotAllowed
            actor = self._admit(rows, person)
            insert(rows, "meta", {"name": "keeper", "value": actor.person_id})
            return actor

    def _admit(self, rows: Connection, person: Person) -> Actor:
        actor = Actor(new_id(), frozenset(person.roles))
        turn = Turn(rows, actor, self._desk.now())
        insert(
            rows,
            "person",
            {
                "id": turn.me,
                "login": person.login,
                **self._sealed(turn.me, person.name, 1),
                "roles": canonical(sorted(str(role) for role in person.roles)).decode(),
                "site": person.site,
                "trainee_year": person.trainee_year,
                "created_at": turn.stamp,
            },
        )
        turn.note("person", turn.me, "admit")
        return actor

    def _sealed(self, person_id: str, name: str, rev: int) -> dict[str, bytes | int]:
        sealed, _ = seal(self._desk.master, _place(person_id, rev), name)
        return {"name_key": sealed.key, "name_body": sealed.body, "name_rev": rev}

    def _person(self, row: Row) -> Person:
        place = _place(row["id"], row["name_rev"])
        return Person(
            id=row["id"],
            login=row["login"],
            name=unseal(self._desk.master, place, Sealed(row["name_key"], row["name_body"])),
            roles=tuple(Role(role) for role in json.loads(row["roles"])),
            site=row["site"],
            trainee_year=row["trainee_year"],
        )


def _place(person_id: str, rev: int) -> Place:
    return Place("person", person_id, person_id, "name", rev)


def _known(rows: Connection, login: str) -> Actor | None:
    row = rows.execute("SELECT id, roles FROM person WHERE login = ?", (login,)).fetchone()
    return Actor(row["id"], frozenset(Role(role) for role in json.loads(row["roles"]))) if row else None


def _row(turn: Turn, person_id: str, action: Action) -> Row:
    turn.allow(action, Facts(owner=person_id))
    row = turn.rows.execute("SELECT * FROM person WHERE id = ?", (person_id,)).fetchone()
    if row is None:
        raise NotFound
    return row
