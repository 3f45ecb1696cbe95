from __future__ import annotations

import os
import shutil
import stat

import pytest

from repairbook.home import Home
from repairbook.store import KeyTrouble, Store, Why
from repairbook.store.keys import make_key, read_key


@pytest.fixture
def kept(home):
    """A store with a person in it, closed again."""
    with Store.open(home) as store:
        store.people.local("me")
    return home


def refused_to_open(home):
    with pytest.raises(KeyTrouble) as refused:
        Store.open(home)
    return refused.value.code


def test_the_first_run_makes_the_key_and_says_where_it_is(home):
    with Store.open(home) as store:
        assert store.first_run
        assert str(home.key_file) in store.key_note
        assert "nobody can read" in store.key_note


def test_later_runs_use_the_same_key(kept):
    key = kept.key_file.read_bytes()
    with Store.open(kept) as store:
        assert not store.first_run
    assert kept.key_file.read_bytes() == key


@pytest.mark.parametrize("mask", [0o022, 0o000])
def test_all_files_are_private_whatever_the_mask(home, mask):
    before = os.umask(mask)
    try:
        with Store.open(home) as store:
            store.people.local("me")
            store._desk.database.backup(home.data / "copy.sqlite")
            for file in [*home.data.rglob("*"), *home.config.rglob("*"), home.data, home.config]:
                wanted = 0o700 if file.is_dir() else 0o600
                assert stat.S_IMODE(file.stat().st_mode) == wanted, file.name
    finally:
        os.umask(before)


def test_a_store_opened_too_wide_is_closed_to_others_again(kept):
    kept.store.chmod(0o644)
    Store.open(kept).close()
    assert stat.S_IMODE(kept.store.stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(kept, mode):
    kept.key_file.chmod(mode)
    assert refused_to_open(kept) is Why.KEY_OPEN_TO_OTHERS


def test_a_key_inside_the_data_is_refused(tmp_path):
    inside = Home(tmp_path / "data", tmp_path / "data" / "config")
    assert refused_to_open(inside) is Why.KEY_IN_DATA


def test_a_key_led_into_the_data_by_a_link_is_refused(tmp_path):
    (tmp_path / "data" / "hidden").mkdir(parents=True)
    (tmp_path / "config").symlink_to(tmp_path / "data" / "hidden")
    assert refused_to_open(Home(tmp_path / "data", tmp_path / "config")) is Why.KEY_IN_DATA


def test_a_key_inside_another_data_home_is_refused(tmp_path, kept):
    assert refused_to_open(Home(tmp_path / "new", kept.data / "config")) is Why.KEY_IN_DATA


def test_a_lost_key_is_said_and_never_replaced(kept):
    kept.key_file.unlink()
    assert refused_to_open(kept) is Why.KEY_MISSING
    assert not kept.key_file.exists()


def test_another_stores_key_is_refused(kept):
    kept.key_file.unlink()
    make_key(kept.key_file)
    assert refused_to_open(kept) is Why.KEY_OTHER


@pytest.mark.parametrize(
    "text", ["", "not a key", "{}", '{"repairbook_key": 1, "id": "00", "key": "AAAA"}', "[]"]
)
def test_a_spoilt_key_file_is_refused_without_quoting_it(kept, text):
    kept.key_file.write_text(text)
    with pytest.raises(KeyTrouble) as refused:
        Store.open(kept)
    assert refused.value.code is Why.KEY_UNREADABLE
    assert not text or text not in str(refused.value)


def test_a_key_is_written_whole_or_not_at_all(home):
    home.make()
    first = make_key(home.key_file)
    with pytest.raises(KeyTrouble):
        make_key(home.key_file)
    assert read_key(home.key_file) == first
    assert [file.name for file in home.key_file.parent.iterdir()] == [home.key_file.name]


def test_the_secret_is_in_no_repr(home):
    home.make()
    key = make_key(home.key_file)
    assert repr(key.secret) not in repr(key)


def test_a_copied_store_opens_with_its_key_and_says_so_without(kept, tmp_path):
    copy = Home(tmp_path / "restored", tmp_path / "elsewhere").make()
    shutil.copy(kept.store, copy.store)
    assert refused_to_open(copy) is Why.KEY_MISSING
    shutil.copy(kept.key_file, copy.key_file)
    with Store.open(copy) as store:
        assert store.people.local("me")
