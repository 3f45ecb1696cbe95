from __future__ import annotations

import datetime as dt
import json

import pytest

from repairbook.model.case import Case, Session
from repairbook.model.reflection import FollowUp
from repairbook.model.score import Score
from repairbook.store import driver
from store.given import told

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def life(store, me, case, session, draft):
    """Some of everything: kept, closed, followed up, discarded, replaced, removed, corrected."""
    for total in (38, 39):
        score = store.scores.record(
            me, case.id, Score(session=session.id, instrument="srs", rater="client", total=total)
        )
    spare = store.scores.record(
        me, case.id, Score(session=session.id, instrument="ors", rater="client", total=20)
    )
    store.scores.remove(me, spare.id)
    store.sessions.correct(me, session.model_copy(update={"number": 8}))
    store.cases.save(me, case.model_copy(update={"participation": "mandated"}))
    store.people.rename(me, store.people.get(me, me.person_id).model_copy(update={"name": "A."}))
    store.reflections.keep(me, draft.record_id)
    store.reflections.save(me, draft.record_id, 1, told("More."))
    store.reflections.move(me, draft.record_id, case.id, session.id)
    store.reflections.close(me, draft.record_id, 3, DAY)
    store.reflections.follow_up(me, draft.record_id, FollowUp(standing="partly"), DAY)
    gone = store.reflections.begin(me, case.id).record_id
    store.reflections.save(me, gone, 0, told("Not this."))
    store.reflections.keep(me, gone)
    store.reflections.discard(me, gone)
    return score


def test_an_untouched_store_fits_its_history(store, me, life):
    assert store.history.check(me) == []


def test_an_untouched_store_fits_its_history_after_opening_again(store, me, life, home, library):
    store.close()
    with type(store).open(home, library) as again:
        assert again.history.check(me) == []


def test_the_history_tells_each_step_of_a_life(store, me, life, rows):
    found = rows.execute(
        "SELECT DISTINCT subject_kind || ' ' || action AS what FROM history ORDER BY seq"
    ).fetchall()
    assert {row["what"] for row in found} == {
        "key first use",
        "person admit",
        "person rename",
        "case create",
        "case change",
        "assignment assign",
        "session add",
        "session correct",
        "score record",
        "score replace",
        "score remove",
        "record begin",
        "record keep",
        "record move",
        "record close",
        "record follow_up",
        "record discard",
    }


def test_a_replaced_score_stays_in_the_history(store, me, life, rows):
    found = rows.execute("SELECT facts FROM history WHERE subject = ? ORDER BY seq", (life.id,)).fetchall()
    assert [json.loads(row["facts"])["total"] for row in found] == [38, 39]


def test_saving_a_draft_leaves_no_trace_of_when_somebody_typed(store, me, draft, rows):
    before = rows.execute("SELECT count(*) FROM history").fetchone()[0]
    for rev in range(1, 6):
        store.reflections.save(me, draft.record_id, rev, told(f"Words {rev}."))
    assert rows.execute("SELECT count(*) FROM history").fetchone()[0] == before


TRIGGERED = [
    "UPDATE history SET actor = 'x' WHERE seq = 1",
    "UPDATE history SET facts = '{}'",
    "DELETE FROM history WHERE seq = 2",
    "INSERT OR REPLACE INTO history SELECT * FROM history WHERE seq = 2",
    "UPDATE revision SET shareable_body = x'00'",
    "UPDATE revision SET reason = 'keep'",
    "DELETE FROM revision",
    "INSERT OR REPLACE INTO revision SELECT * FROM revision",
    "UPDATE record SET state = 'draft'",
    "UPDATE record SET session_id = NULL",
    "UPDATE record SET state = 'discarded'",
    "DELETE FROM record",
    "INSERT OR REPLACE INTO record SELECT * FROM record",
    "INSERT INTO draft SELECT record_id, 'x', 1, at, shareable_key, shareable_body, shareable_key, "
    "shareable_body FROM revision LIMIT 1",
]


@pytest.mark.parametrize("sql", TRIGGERED)
def test_what_is_kept_is_only_ever_added_to(store, life, rows, sql):
    with pytest.raises(driver.DRIVER.module.IntegrityError):
        rows.execute(sql)


# What somebody with the file does, and what the check then says.
TAMPERED = {
    "UPDATE history SET actor = 'x' WHERE seq = 3": "Entry 3 of the history was changed.",
    "UPDATE history SET at = '2020-01-01' WHERE seq = 5": "Entry 5 of the history was changed.",
    "UPDATE history SET facts = '{}' WHERE seq = 4": "Entry 4 of the history was changed.",
    "UPDATE history SET revision = NULL WHERE action = 'close'": "was changed.",
    "DELETE FROM history WHERE seq = 4": "Entry 4 of the history is missing",
    "DELETE FROM history WHERE seq = 1": "Entry 1 of the history is missing",
    "DELETE FROM history WHERE subject_kind = 'score'": "is missing",
    "UPDATE score SET total = 12": "A score is no longer what entry",
    "DELETE FROM score": "A score is no longer what entry",
    "UPDATE session SET number = 3": "A session is no longer what entry",
    "UPDATE case_ SET training_given_on = '2026-01-01'": "A case is no longer what entry",
    "UPDATE case_ SET client_body = x'00'": "A case is no longer what entry",
    "UPDATE person SET roles = '[\"administrator\"]'": "A person is no longer what entry",
    "UPDATE assignment SET ends_on = '2020-01-01'": "An assignment is no longer what entry",
    "UPDATE record SET state = 'draft'": "A record is no longer what entry",
    "UPDATE record SET due_on = NULL": "A record is no longer what entry",
    "UPDATE revision SET shareable_body = x'00' WHERE n = 2": "Kept version 2 of a reflection is not what",
    "DELETE FROM revision WHERE reason = 'close'": "Kept version 2 of a reflection, made by entry",
    "INSERT INTO score SELECT 'new', case_id, session_id, 'x', rater, total, subscales, items, NULL, NULL, "
    "told_seen_by, recorded_at FROM score": "A score is there that the history does not know.",
}  # fmt: skip


@pytest.mark.parametrize("sql", TAMPERED)
def test_the_check_names_what_does_not_fit(store, me, life, rows, sql):
    for trigger in rows.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        rows.execute(f"DROP TRIGGER {trigger['name']}")
    rows.execute("PRAGMA foreign_keys = OFF")
    assert rows.execute(sql).rowcount > 0
    assert TAMPERED[sql] in store.history.check(me)[0]


def test_a_tail_cut_off_whole_is_only_found_with_a_copy_kept_elsewhere(store, me, rows):
    """What the check cannot find out is known, and said in its description."""
    case = store.cases.create(me, Case())
    store.sessions.add(me, case.id, Session(number=1))
    rows.execute("DROP TRIGGER history_is_never_removed")
    rows.execute("DELETE FROM history WHERE subject_kind = 'session'")
    rows.execute("DELETE FROM session")
    assert store.history.check(me) == []
