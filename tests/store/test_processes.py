"""Many processes, killed ones among them, on one store."""

from __future__ import annotations

import pytest

STEPS = {
    "0002_taken.sql": "CREATE TABLE taken (number INTEGER NOT NULL) STRICT;\nINSERT INTO taken VALUES (2);\n",
    "0003_filler.sql": "CREATE TABLE filler (n INTEGER NOT NULL) STRICT;\n"
    "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60000)\n"
    "INSERT INTO filler SELECT n FROM c;\n"
    "INSERT INTO taken VALUES (3);\n",
}


@pytest.fixture
def newer_steps(tmp_path):
    from repairbook.store.migrations import SCHEMA

    folder = tmp_path / "schema"
    folder.mkdir()
    for name, sql in ({file.name: file.read_text() for file in SCHEMA.iterdir()} | STEPS).items():
        (folder / name).write_text(sql)
    return str(folder)


def soak(few, many):
    return pytest.mark.parametrize("count", [few, pytest.param(many, marks=pytest.mark.soak)])


@soak(12, 200)
def test_no_acknowledged_save_is_lost_when_a_writer_is_killed(herd, count):
    seen = herd("killed_writers", count=count, timeout=900)
    assert seen.saves > count
    assert (seen.lost, seen.unsound) == (0, 0)
    assert seen.stall < 5


@soak(8, 20)
def test_many_first_starts_at_once_make_one_store(herd, count):
    seen = herd("first_starts", count=count)
    assert seen.failed == 0
    assert seen.actions == ["first use", "admit"]
    assert seen.faults == []


@soak(8, 20)
def test_many_starts_on_an_old_schema_take_each_step_once(herd, count, newer_steps):
    seen = herd("old_schema", count=count, folder=newer_steps)
    assert seen.failed == 0
    assert seen.taken == [2, 3]
    assert seen.backups == 1


@soak(10, 60)
def test_a_killed_migration_leaves_the_old_schema_or_the_new_one(herd, count, newer_steps):
    seen = herd("killed_migrations", count=count, folder=newer_steps)
    assert seen.between == 0
    assert set(seen.versions) <= {1, 3}


@soak(20, 150)
def test_eight_writers_on_one_draft_lose_no_word(herd, count):
    seen = herd("lost_updates", writers=8, each=count, timeout=900)
    assert (seen.failed, seen.lost) == (0, 0)
    assert seen.words == 8 * count + 1


def test_a_save_waits_for_a_lock_held_three_seconds(herd):
    seen = herd("held_lock", seconds=3, patience=10)
    assert (seen.code, seen.failed) == ("", 0)
    assert seen.waited > 2


def test_a_save_that_waited_too_long_says_so_and_works_again_later(herd):
    seen = herd("held_lock", seconds=2, patience=0.3)
    assert seen.code == "not_saved_busy"
    assert seen.waited < 1.9
    assert seen.again == 2


@soak(1200, 5000)
def test_the_log_of_a_forgotten_reader_shrinks_again(herd, count):
    seen = herd("forgotten_reader", saves=count)
    assert seen.grown > 8_000_000
    assert seen.after <= 8_000_000


def test_one_library_holds_the_store_and_python_opens_none_of_its_files(herd):
    seen = herd("one_library")
    assert (seen.opened, seen.held, seen.foreign) == (0, 1, [])
    assert seen.log_mapped is seen.keeps_log


def test_a_backup_made_while_writing_holds_every_save_acknowledged_before(herd):
    seen = herd("backup_while_writing")
    assert seen.found >= seen.before
    assert seen.moment == str(seen.found)
    assert seen.faults == []
