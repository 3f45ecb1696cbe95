"""Cases: the profile filled in once, and who works on it."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from typing import Any

from repairbook.access import Action, Facts
from repairbook.model.case import Case, Consent, new_case_code
from repairbook.model.person import Actor
from repairbook.store.database import Row
from repairbook.store.desk import Desk, Turn, day, insert, new_id, update
from repairbook.store.door import checked
from repairbook.store.errors import NotFound, Refused
from repairbook.store.sealed import Place, Sealed, seal, unseal

_CONSENTS = ("recording", "supervision", "training")
_CODES = ("unit", "modality", "participation", "usual_format", "ended_reason")
_MINE = """
SELECT c.* FROM case_ c
WHERE EXISTS (
    SELECT 1 FROM assignment a WHERE a.case_id = c.id AND a.supervisee = ?
    AND (a.starts_on IS NULL OR a.starts_on <= ?) AND (a.ends_on IS NULL OR a.ends_on >= ?)
)
"""

_Cases = list[Case]


class Cases:
    """The cases a person works on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def create(self, actor: Actor, case: Case) -> Case:
        """Add a case and assign it to the person who adds it; an empty case code is drawn at random."""
        case = checked(case, self._desk.library)
        with self._desk.writing(actor) as turn:
            turn.allow(Action.OPEN_CASE, Facts())
            code = case.case_code or _free_code(turn)
            case = case.model_copy(update={"id": new_id(), "case_code": code})
            _refuse_misfits(turn, case, self._mac(case))
            insert(turn.rows, "case_", {"id": case.id, **self._columns(case, 1), "created_at": turn.stamp})
            turn.note("case", case.id, "create")
            _assign(turn, case.id)
            return case

    def list(self, actor: Actor) -> _Cases:
        """Give the cases this person works on, in the order of their codes."""
        with self._desk.reading(actor) as turn:
            found = turn.rows.execute(f"{_MINE} ORDER BY c.case_code", _me_today(turn)).fetchall()
            return [self._case(row) for row in found]

    def get(self, actor: Actor, case_id: str) -> Case:
        """Give one case."""
        with self._desk.reading(actor) as turn:
            return self._case(case_row(turn, case_id, Action.SEE_CASE))

    def save(self, actor: Actor, case: Case) -> Case:
        """Change a case's profile."""
        case = checked(case, self._desk.library)
        with self._desk.writing(actor) as turn:
            row = case_row(turn, case.id, Action.CHANGE_CASE)
            case = case.model_copy(update={"case_code": case.case_code or row["case_code"]})
            _refuse_misfits(turn, case, self._mac(case))
            update(turn.rows, "case_", case.id, self._columns(case, row["rev"] + 1))
            turn.note("case", case.id, "change")
            return case

    def find_by_client_id(self, actor: Actor, text: str) -> Case | None:
        """Find the case with this client number among those the person works on."""
        with self._desk.reading(actor) as turn:
            mac = self._mac(Case(clinic_client_id=text))
            row = turn.rows.execute(f"{_MINE} AND c.client_mac = ?", (*_me_today(turn), mac)).fetchone()
            return self._case(row) if row else None

    def find_many(self, actor: Actor, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Find the cases behind many names at once, each a case code or a client number.

        Gives case ids by name; a name nobody here carries is left out, one that is the code of one case
        and the client number of another gives both.
        """
        with self._desk.reading(actor) as turn:
            codes, macs = {}, {}
            for row in turn.rows.execute(_MINE, _me_today(turn)):
                codes[_plain(row["case_code"])] = row["id"]
                macs[row["client_mac"]] = row["id"]
            wanted = {name: (codes.get(_plain(name)), macs.get(self._mac_of(name) or "")) for name in names}
            found = {name: tuple(sorted({each for each in ids if each})) for name, ids in wanted.items()}
            return {name: ids for name, ids in found.items() if ids}

    def _mac(self, case: Case) -> str | None:
        return self._mac_of(case.clinic_client_id)

    def _mac_of(self, client_id: str) -> str | None:
        """Give the keyed digest a client number is found by; without the key it cannot be guessed."""
        plain = _plain(client_id)
        return hmac.new(self._desk.index_key, plain.encode(), hashlib.sha256).hexdigest() if plain else None

    def _columns(self, case: Case, rev: int) -> dict[str, Any]:
        columns = {name: getattr(case, name) for name in ("case_code", *_CODES)}
        for name in _CONSENTS:
            consent: Consent | None = getattr(case, f"consent_{name}")
            columns[f"{name}_given_on"] = _text(consent.given_on) if consent else None
            columns[f"{name}_expires_on"] = _text(consent.expires_on) if consent else None
        sealed = None
        if case.clinic_client_id:
            sealed, _ = seal(self._desk.master, _place(case.id, rev), case.clinic_client_id)
        return columns | {
            "rev": rev,
            "client_key": sealed.key if sealed else None,
            "client_body": sealed.body if sealed else None,
            "client_mac": self._mac(case),
            "ended_session": case.ended_session or None,
            "ended_mutual": case.ended_mutual,
        }

    def _case(self, row: Row) -> Case:
        client = ""
        if row["client_body"] is not None:
            sealed = Sealed(row["client_key"], row["client_body"])
            client = unseal(self._desk.master, _place(row["id"], row["rev"]), sealed)
        return Case(
            id=row["id"],
            clinic_client_id=client,
            ended_session=row["ended_session"] or "",
            ended_mutual=row["ended_mutual"],
            **{name: row[name] for name in ("case_code", *_CODES)},
            **{f"consent_{name}": _consent(row, name) for name in _CONSENTS},
        )


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def case_row(turn: Turn, case_id: str, action: Action) -> Row:
    """Give a case's row to a person who may do this with it today."""
    turn.allow(action, Facts(assigned=_assigned(turn, case_id)))
    return turn.rows.execute("SELECT * FROM case_ WHERE id = ?", (case_id,)).fetchone()


def session_number(turn: Turn, session_id: str, case_id: str) -> int:
    """Give a session's number, refusing a session of another case."""
    row = turn.rows.execute(
        "SELECT number FROM session WHERE id = ? AND case_id = ?", (session_id, case_id)
    ).fetchone()
    if row is None:
        raise Refused(["session: choose a session of this case."])
    return int(row["number"])


def _assigned(turn: Turn, case_id: str) -> frozenset[str]:
    today = turn.today.isoformat()
    found = turn.rows.execute(
        "SELECT supervisee FROM assignment WHERE case_id = ? "
        "AND (starts_on IS NULL OR starts_on <= ?) AND (ends_on IS NULL OR ends_on >= ?)",
        (case_id, today, today),
    ).fetchall()
    if not found:
        raise NotFound
    return frozenset(row["supervisee"] for row in found)


def _assign(turn: Turn, case_id: str) -> None:
    row_id = new_id()
    columns = {"id": row_id, "case_id": case_id, "supervisee": turn.me, "kind": "individual"}
    insert(turn.rows, "assignment", columns)
    turn.note("assignment", row_id, "assign")


def _free_code(turn: Turn) -> str:
    while True:
        code = new_case_code()
        if turn.rows.execute("SELECT 1 FROM case_ WHERE case_code = ?", (code,)).fetchone() is None:
            return code


def _refuse_misfits(turn: Turn, case: Case, mac: str | None) -> None:
    others = turn.rows.execute(
        "SELECT case_code = ? AS same_code, client_mac IS ? AS same_client FROM case_ WHERE id <> ?",
        (case.case_code, mac, case.id),
    ).fetchall()
    faults = []
    if any(row["same_code"] for row in others):
        faults.append("case_code: this code is taken by another case.")
    if mac and any(row["same_client"] for row in others):
        faults.append("clinic_client_id: another case here already carries this number.")
    if faults:
        raise Refused(faults)
    if case.ended_session:
        session_number(turn, case.ended_session, case.id)


def _me_today(turn: Turn) -> tuple[str, str, str]:
    return turn.me, turn.today.isoformat(), turn.today.isoformat()


def _consent(row: Row, name: str) -> Consent | None:
    given = day(row[f"{name}_given_on"])
    return Consent(given_on=given, expires_on=day(row[f"{name}_expires_on"])) if given else None


def _text(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _place(case_id: str, rev: int) -> Place:
    return Place("case", case_id, "", "clinic_client_id", rev)
