"""A word that must be nowhere but behind the key."""

from __future__ import annotations

import logging
import traceback

import pytest

from repairbook.model.draft import FIELDS, Body
from repairbook.model.field import Kind
from repairbook.model.person import Actor
from repairbook.model.reflection import FollowUp, Reflection
from repairbook.store import NotAllowed, Refused, Stale, StoreError
from store.given import told

CANARY = "quokkazebra"
WRITTEN = {key: f"{CANARY} {key}" for key, field in FIELDS.items() if field.kind in {Kind.TEXT, Kind.LINE}}
CODED = {"movement": "withdrawal", "standing": "partly", "what_kind": "rupture", "standing_by": "i_think"}


@pytest.fixture
def written(store, me, case, session, draft):
    """The word in every text field, in raw text, in a kept version, another tab, a follow-up and a name."""
    timeline = ({"line": CANARY, "event": "rupture"},)
    body = Body(Reflection(**WRITTEN, **CODED, timeline=timeline), {"moment_at": CANARY})
    store.reflections.save(me, draft.record_id, 1, body)
    store.reflections.keep(me, draft.record_id)
    store.reflections.keep_other(me, draft.record_id, body)
    closed = store.reflections.begin(me, case.id).record_id
    store.reflections.save(me, closed, 0, body)
    store.reflections.close(me, closed, 1)
    store.reflections.follow_up(me, closed, FollowUp(standing="open", line=CANARY))
    store.cases.save(me, case.model_copy(update={"clinic_client_id": CANARY}))
    store.people.rename(me, store.people.get(me, me.person_id).model_copy(update={"name": CANARY}))
    return draft.record_id


def bytes_of(home):
    return {file.name: file.read_bytes() for file in home.data.rglob("*") if file.is_file()}


def found_in(home, *words):
    return [(name, word) for name, held in bytes_of(home).items() for word in words if word.encode() in held]


def test_the_word_was_really_stored(store, me, written):
    assert CANARY in store.reflections.open(me, written).body.reflection.own_history


def test_no_file_of_the_store_holds_the_word_open_or_closed(store, home, written):
    store._desk.database.backup(home.data / "copy.sqlite")
    assert {"repairbook.sqlite", "copy.sqlite"} <= bytes_of(home).keys()
    assert found_in(home, CANARY) == []
    store.close()
    assert found_in(home, CANARY) == []


def test_no_code_of_a_reflection_is_in_clear(store, home, written):
    store.close()
    assert found_in(home, *set(CODED.values())) == []


def test_after_discarding_neither_words_nor_keys_are_left(store, me, home, rows, written):
    sealed = [
        bytes(value)
        for table in ("draft", "revision")
        for row in rows.execute(f"SELECT * FROM {table} WHERE record_id = ?", (written,)).fetchall()
        for value in (row["private_key"], row["shareable_key"])
    ]
    assert sealed
    store.reflections.discard(me, written)
    held = bytes_of(home).values()
    assert not [key for key in sealed if any(key in file for file in held)]


def test_no_fault_and_no_log_quotes_the_word(store, me, written, caplog):
    caplog.set_level(logging.DEBUG)
    forged = Reflection.model_construct(
        feelings=(CANARY,), moment=CANARY * 9000, peak=CANARY, markers={CANARY: 9}
    )
    raised = []
    for call in (
        lambda: store.reflections.save(
            me, written, 2, Body(forged, {CANARY: CANARY, "moment": CANARY + "\ud800"})
        ),
        lambda: store.reflections.save(me, written, 1, told(CANARY)),
        lambda: store.reflections.save(me, written, 2, told("x", session=CANARY)),
        lambda: store.reflections.open(me, CANARY),
        lambda: store.cases.get(me, CANARY),
        lambda: store.people.local(CANARY),
        lambda: store.cases.list(Actor(CANARY)),
    ):
        with pytest.raises(StoreError) as refused:
            call()
        raised.append(refused.value)
    kinds = {type(error) for error in raised}
    assert {Refused, Stale} <= kinds
    assert any(issubclass(kind, NotAllowed) for kind in kinds)
    said = "".join("".join(traceback.format_exception(error)) + repr(error) for error in raised)
    assert CANARY not in said
    assert CANARY not in caplog.text
    assert caplog.records


def test_damaged_words_are_not_quoted(store, me, written, rows):
    rows.execute("UPDATE draft SET private_body = shareable_body, private_key = shareable_key")
    with pytest.raises(StoreError) as refused:
        store.reflections.open(me, written)
    assert CANARY not in "".join(traceback.format_exception(refused.value))
