"""Scores: one per session, instrument and rater; what a newer one replaces stays in the history."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from repairbook.access import Action
from repairbook.model.canonical import canonical
from repairbook.model.person import Actor
from repairbook.model.score import Score
from repairbook.store.arrivals import Arrival, Landed, Landing
from repairbook.store.cases import case_row, session_number
from repairbook.store.database import Row
from repairbook.store.desk import Desk, Turn, insert, new_id, update
from repairbook.store.door import checked
from repairbook.store.errors import NotFound

_PLAIN = ("instrument", "rater", "total", "discussed", "therapist_present")
_LISTS = ("subscales", "items", "told_seen_by")
_Scores = list[Score]


class Scores:
    """The scores of the cases a person works on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def record(self, actor: Actor, case_id: str, score: Score) -> Score:
        """Keep a score; one of the same session, instrument and rater is replaced by it."""
        score = checked(score, self._desk.library)
        with self._desk.writing(actor) as turn:
            case_row(turn, case_id, Action.CHANGE_CASE)
            session_number(turn, score.session, case_id)
            return _keep(turn, case_id, score, _find(turn, score))

    def record_many(self, actor: Actor, arrivals: Iterable[Arrival]) -> Landed:
        """Keep many scores of many cases in one step, making the sessions that are missing.

        Everything is kept or nothing. What is here already stays as it is and is not written again.

        Raises
        ------
        Refused
            If a row does not fit, or a session was given another date since the rows were made.
        """
        with self._desk.writing(actor) as turn:
            return _land(Landing(turn, self._desk.library, _find, _keep), arrivals)

    def compare_many(self, actor: Actor, arrivals: Iterable[Arrival]) -> Landed:
        """Say what `record_many` would do with these rows; nothing is written."""
        with self._desk.reading(actor) as turn:
            return _land(Landing(turn, self._desk.library, _find, None), arrivals)

    def list(self, actor: Actor, case_id: str) -> _Scores:
        """Give a case's scores by session number, instrument and rater."""
        with self._desk.reading(actor) as turn:
            case_row(turn, case_id, Action.SEE_CASE)
            found = turn.rows.execute(
                "SELECT score.* FROM score JOIN session ON session.id = score.session_id "
                "WHERE score.case_id = ? ORDER BY session.number, instrument, rater",
                (case_id,),
            )
            return [_score(row) for row in found.fetchall()]

    def remove(self, actor: Actor, score_id: str) -> None:
        """Take a score out, as one typed by mistake; the history keeps it."""
        with self._desk.writing(actor) as turn:
            row = turn.rows.execute("SELECT case_id FROM score WHERE id = ?", (score_id,)).fetchone()
            if row is None:
                raise NotFound
            case_row(turn, row["case_id"], Action.CHANGE_CASE)
            turn.rows.execute("DELETE FROM score WHERE id = ?", (score_id,))
            turn.note("score", score_id, "remove")


def _land(landing: Landing, arrivals: Iterable[Arrival]) -> Landed:
    for arrival in arrivals:
        landing.take(arrival)
    return landing.told


def _find(turn: Turn, score: Score) -> Score | None:
    row = turn.rows.execute(
        "SELECT * FROM score WHERE session_id = ? AND instrument = ? AND rater = ?",
        (score.session, score.instrument, score.rater),
    ).fetchone()
    return _score(row) if row else None


def _keep(turn: Turn, case_id: str, score: Score, earlier: Score | None) -> Score:
    score = score.model_copy(update={"id": earlier.id if earlier else new_id()})
    columns = _columns(score) | {"recorded_at": turn.stamp}
    if earlier:
        update(turn.rows, "score", score.id, columns)
    else:
        insert(turn.rows, "score", {"id": score.id, "case_id": case_id, **columns})
    turn.note("score", score.id, "replace" if earlier else "record")
    return score


def _columns(score: Score) -> dict[str, Any]:
    plain = score.model_dump(mode="json")
    lists = {name: canonical(plain[name]).decode() for name in _LISTS}
    return {"session_id": score.session, **{name: plain[name] for name in _PLAIN}, **lists}


def _score(row: Row) -> Score:
    return Score(
        id=row["id"],
        session=row["session_id"],
        **{name: row[name] for name in _PLAIN},
        **{name: json.loads(row[name]) for name in _LISTS},
    )
