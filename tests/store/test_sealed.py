from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from repairbook.model.canonical import canonical
from repairbook.store import KeyTrouble, Why
from repairbook.store.keys import make_key
from repairbook.store.sealed import Place, Sealed, seal, unseal
from store.given import told

PLACE = Place("draft", "a" * 32, "b" * 32, "private", 3)
PART = {"schema": 1, "answers": {"moment": "She looked at the clock. é\u0000\u2028"}, "raw": {}}
ELSEWHERE = {"table": "revision", "record": "c" * 32, "author": "d" * 32, "part": "shareable", "revision": 4}


@pytest.fixture
def key(home):
    home.make()
    return make_key(home.key_file)


def refused(key, place, sealed):
    with pytest.raises(KeyTrouble) as trouble:
        unseal(key, place, sealed)
    return trouble.value.code


def test_a_sealed_part_opens_where_it_belongs(key):
    assert unseal(key, PLACE, seal(key, PLACE, PART)[0]) == PART


@pytest.mark.parametrize("field", ELSEWHERE)
def test_a_part_moved_anywhere_else_does_not_open(key, field):
    sealed, _ = seal(key, PLACE, PART)
    assert refused(key, dataclasses.replace(PLACE, **{field: ELSEWHERE[field]}), sealed) is Why.UNREADABLE


def test_every_flipped_bit_is_noticed(key):
    sealed, _ = seal(key, PLACE, {"a": 1})
    for name in ("key", "body"):
        stored = getattr(sealed, name)
        for at in range(len(stored)):
            spoilt = bytes([*stored[:at], stored[at] ^ 1, *stored[at + 1 :]])
            assert refused(key, PLACE, dataclasses.replace(sealed, **{name: spoilt}))


@pytest.mark.parametrize(
    "sealed", [Sealed(b"", b""), Sealed(b"x" * 60, b"RB1"), Sealed(b"", b"RB1" + b"0" * 40)]
)
def test_what_was_never_sealed_is_refused(key, sealed):
    assert refused(key, PLACE, sealed)


def test_another_key_does_not_open_it(key, tmp_path):
    sealed, _ = seal(key, PLACE, PART)
    assert refused(make_key(tmp_path / "other.key"), PLACE, sealed) is Why.KEY_OTHER


def test_another_key_of_the_same_name_does_not_open_it(key, tmp_path):
    sealed, _ = seal(key, PLACE, PART)
    forged = dataclasses.replace(make_key(tmp_path / "other.key"), id=key.id)
    assert refused(forged, PLACE, sealed) is Why.UNREADABLE


def test_sealing_twice_gives_different_bytes_keys_and_digests(key):
    (one, first), (two, second) = seal(key, PLACE, PART), seal(key, PLACE, PART)
    assert (one.body, one.key, first) != (two.body, two.key, second)
    assert first != second
    assert one.key[20:] != two.key[20:]


def test_the_digest_is_over_the_hidden_mark_and_the_canonical_words(key):
    sealed, told_digest = seal(key, PLACE, PART)
    data_key = key.unwrap(sealed.key, PLACE.bound)
    envelope = json.loads(AESGCM(data_key).decrypt(sealed.body[3:15], sealed.body[15:], PLACE.bound))
    words = bytes.fromhex(envelope["nonce"]) + canonical(envelope["part"])
    assert hashlib.sha256(words).hexdigest() == told_digest


def test_words_are_in_no_repr(key):
    sealed, _ = seal(key, PLACE, PART)
    assert repr(sealed) == "Sealed()"


def test_a_body_moved_to_another_reflection_shows_nothing(store, me, case, draft, rows):
    other = store.reflections.begin(me, case.id).record_id
    store.reflections.save(me, other, 0, told("Other words."))
    rows.execute(
        "UPDATE draft SET (shareable_key, shareable_body) = "
        "(SELECT shareable_key, shareable_body FROM draft WHERE record_id = ?) WHERE record_id = ?",
        (draft.record_id, other),
    )
    with pytest.raises(KeyTrouble) as trouble:
        store.reflections.open(me, other)
    assert trouble.value.code is Why.UNREADABLE


def test_a_damaged_reflection_hides_no_other_one(store, me, case, draft, rows):
    other = store.reflections.begin(me, case.id).record_id
    store.reflections.save(me, other, 0, told("Other words."))
    rows.execute("UPDATE draft SET shareable_body = x'00' WHERE record_id = ?", (other,))
    found = {one.record_id: (one.readable, one.first_words) for one in store.reflections.drafts(me)}
    assert found == {draft.record_id: (True, "She looked at the clock."), other: (False, "")}
