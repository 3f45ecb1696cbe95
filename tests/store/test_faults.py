"""A full disk, a read-only folder, a damaged file: one sentence each, and saving goes on later."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest

from repairbook.home import Home
from repairbook.model.case import Case
from repairbook.store import NotSaved, Store, StoreError, StoreTrouble, Why, workbook
from repairbook.store.migrations import Step
from store.given import told


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four megabytes where one can be mounted, else None."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if mount is None or subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        yield None
        return
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def full(store, disk):
    """Leave no room, on the small disk if there is one, else by a limit of SQLite's own."""
    rows = store._desk.database._connection
    if disk is None:
        pages = rows.execute("PRAGMA page_count").fetchone()[0]
        rows.execute(f"PRAGMA max_page_count = {pages}")
        yield
        rows.execute("PRAGMA max_page_count = 1073741823")
        return
    filler = disk / "filler"
    with filler.open("wb") as file:
        try:
            while True:
                os.write(file.fileno(), b"x" * 4096)
        except OSError:
            pass
    yield
    filler.unlink()


def test_a_full_disk_is_said_nothing_is_lost_and_the_same_store_saves_again(small_disk, tmp_path, library):
    disk = small_disk
    home = Home((disk or tmp_path) / "data", tmp_path / "config")
    with Store.open(home, library) as store:
        me = store.people.local("me")
        record_id = store.reflections.begin(me, store.cases.create(me, Case()).id).record_id
        store.reflections.save(me, record_id, 0, told("Before."))
        with full(store, disk):
            rev, code = save_until_refused(store, me, record_id)
            assert code is Why.NOT_SAVED_FULL
            assert store.reflections.open(me, record_id).rev == rev
        later = store.reflections.save(me, record_id, rev, told("After."))
        assert store.reflections.open(me, record_id).body == told("After.")
        assert later.rev == rev + 1
        assert store._desk.database.whole()
        assert store.history.check(me) == []


def save_until_refused(store, me, record_id):
    rev = 1
    while rev < 400:
        try:
            rev = store.reflections.save(me, record_id, rev, told("word " * (rev * 40 % 3900))).rev
        except NotSaved as refused:
            return rev, refused.code
    pytest.fail("the disk never filled")


def test_a_folder_that_turned_read_only_is_said_and_saving_works_again_later(store, me, draft, rows):
    rows.execute("PRAGMA query_only = ON")
    with pytest.raises(NotSaved) as refused:
        store.reflections.save(me, draft.record_id, 1, told("Later."))
    assert refused.value.code is Why.NOT_SAVED_READ_ONLY
    rows.execute("PRAGMA query_only = OFF")
    assert store.reflections.save(me, draft.record_id, 1, told("Later.")).rev == 2


def test_a_read_only_folder_is_said_in_one_sentence_at_the_start(small_disk, tmp_path, library):
    place = small_disk or tmp_path / "disk"
    home = Home(place / "data", tmp_path / "config")
    Store.open(home, library).close()
    if small_disk:
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    else:
        home.data.chmod(0o500)
        place.chmod(0o500)
    with pytest.raises(StoreTrouble) as refused:
        Store.open(home, library)
    assert refused.value.code is Why.NOT_OPENED


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (13, Why.NOT_SAVED_FULL),
        (5, Why.NOT_SAVED_BUSY),
        (517, Why.NOT_SAVED_BUSY),
        (8, Why.NOT_SAVED_READ_ONLY),
        (1544, Why.NOT_SAVED_READ_ONLY),
        (10, Why.NOT_SAVED_DISK),
        (1034, Why.NOT_SAVED_DISK),
        (11, Why.DAMAGED),
        (26, Why.DAMAGED),
    ],
)
def test_a_fault_at_the_last_moment_is_said_and_leaves_nothing(store, me, draft, monkeypatch, number, code):
    database = store._desk.database
    fault = database.driver.module.OperationalError("as SQLite would say")
    fault.sqlite_errorcode = number
    monkeypatch.setattr(database, "_connection", FailsAtCommit(database._connection, fault))
    with pytest.raises(StoreError) as refused:
        store.reflections.save(me, draft.record_id, 1, told("Later."))
    assert refused.value.code is code
    monkeypatch.undo()
    assert store.reflections.open(me, draft.record_id).rev == 1
    assert store.reflections.save(me, draft.record_id, 1, told("Later.")).rev == 2


class FailsAtCommit:
    """The open connection, but for the last word of a transaction."""

    def __init__(self, connection, fault):
        self._connection, self._fault = connection, fault

    def execute(self, sql, *given):
        if sql == "COMMIT":
            raise self._fault
        return self._connection.execute(sql, *given)

    @property
    def in_transaction(self):
        return self._connection.in_transaction


def test_a_file_that_is_no_store_is_refused_in_a_sentence(home):
    home.make()
    home.store.write_bytes(b"these are somebody's words and no store at all" * 100)
    with pytest.raises(StoreTrouble) as refused:
        Store.open(home)
    assert refused.value.code is Why.DAMAGED
    assert "somebody" not in str(refused.value)


def test_a_store_of_a_newer_version_is_refused(home):
    with Store.open(home) as store:
        store._desk.database._connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreTrouble) as refused:
        Store.open(home)
    assert refused.value.code is Why.NEWER


def test_a_failing_step_leaves_nothing_and_the_old_store_opens_again(home, monkeypatch):
    with Store.open(home) as store:
        me = store.people.local("me")
    due = workbook.steps()
    broken = Step(2, "CREATE TABLE half (n INTEGER) STRICT; INSERT INTO nowhere VALUES (1);")
    monkeypatch.setattr(workbook, "steps", lambda: (*due, broken))
    with pytest.raises(StoreError):
        Store.open(home)
    monkeypatch.undo()
    with Store.open(home) as store:
        assert store.people.local("me") == me
        names = store._desk.database._connection.execute("SELECT name FROM sqlite_master").fetchall()
        assert "half" not in {row["name"] for row in names}


def test_the_store_is_copied_before_its_shape_changes(home, monkeypatch):
    Store.open(home).close()
    due = workbook.steps()
    monkeypatch.setattr(workbook, "steps", lambda: (*due, Step(2, "CREATE TABLE more (n INTEGER) STRICT;")))
    Store.open(home).close()
    Store.open(home).close()
    copies = list((home.data / "backups").iterdir())
    assert [file.name for file in copies] == ["version-1-1.sqlite"]
    assert copies[0].stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("why", Why)
def test_every_fault_has_one_plain_sentence(why):
    from repairbook.store.errors import SENTENCES

    assert SENTENCES[why].endswith(".")
    assert SENTENCES[why].count(". ") == 0
    assert "/" not in SENTENCES[why]


def test_a_save_is_on_the_disk_before_it_is_acknowledged(rows):
    """Any weaker setting loses acknowledged saves when the power fails."""
    wanted = {"synchronous": 2, "journal_mode": "wal", "secure_delete": 1, "foreign_keys": 1}
    if rows.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        wanted |= {"synchronous": 3, "journal_mode": "delete"}
    assert {name: rows.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_reading_and_opening_go_on_while_another_window_writes(store, me, draft, home, library):
    if not store._desk.database.driver.keeps_wal_safe:
        return
    with store._desk.database.writing(), Store.open(home, library, busy_seconds=0.1) as other:
        assert other.reflections.open(me, draft.record_id) == draft
        with pytest.raises(NotSaved) as refused:
            other.reflections.save(me, draft.record_id, 1, told("Later."))
    assert refused.value.code is Why.NOT_SAVED_BUSY
