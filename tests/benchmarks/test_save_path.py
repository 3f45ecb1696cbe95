from __future__ import annotations

import secrets
import statistics
import time

import pytest

from repairbook.home import Home, shipped
from repairbook.model.canonical import canonical
from repairbook.model.case import Case
from repairbook.model.draft import Body
from repairbook.model.library import Library
from repairbook.model.reflection import Reflection
from repairbook.store import Store, driver

ROUNDS = 400


@pytest.mark.benchmark
def test_the_save_path_beside_a_bare_update_and_commit(tmp_path, capsys):
    bare = _bare_table(tmp_path / "bare.sqlite")
    body = _body("")
    size = len(canonical(body.shareable)) + len(canonical(body.private))
    with Store.open(Home(tmp_path / "d", tmp_path / "c"), Library(shipped() / "data")) as store:
        me = store.people.local("me")
        case = store.cases.create(me, Case())
        record = store.reflections.begin(me, case.id).record_id
        saves, commits = [], []
        for rev in range(ROUNDS):
            body = _body(str(rev))
            # SQLite writes nothing where the bytes did not change.
            plain = secrets.token_bytes(size)
            commits.append(_seconds(lambda plain=plain: _bare_save(bare, plain)))
            saves.append(_seconds(lambda rev=rev, body=body: store.reflections.save(me, record, rev, body)))
    bare.close()
    ours, theirs = statistics.median(saves[20:]), statistics.median(commits[20:])
    with capsys.disabled():
        print(
            f"\nsave path {ours * 1000:.2f} ms, bare UPDATE+COMMIT {theirs * 1000:.2f} ms, "
            f"ratio {ours / theirs:.2f} (aim: at most 2)"
        )


def _body(turn):
    return Body(
        Reflection(
            moment=f"A sentence about what was said, number {turn}. " * 40,
            next_time="Say it sooner. " * 60,
            not_sure="Perhaps later. " * 30,
            what_kind="rupture",
            movement="withdrawal",
            feelings=("angry", "ashamed"),
            tried=("asked",),
            peak=(2, 8),
            standing="open",
        )
    )


def _bare_table(path):
    connection = driver.DRIVER.module.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB) STRICT")
    connection.execute("INSERT INTO t VALUES (1, x'00')")
    return connection


def _bare_save(connection, plain):
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE t SET body = ? WHERE id = 1", (plain,))
    connection.execute("COMMIT")


def _seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
