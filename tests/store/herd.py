"""Scenes of many processes on one store: each is run by name in a process of its own, and prints JSON."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from repairbook.home import Home
from repairbook.model.case import Case
from repairbook.model.draft import Body
from repairbook.model.reflection import Reflection
from repairbook.store import Stale, Store, database, driver, migrations, workbook


def fork(work, *given):
    """Run work in a child; it ends with 0 unless something was raised."""
    child = os.fork()
    if child:
        return child
    try:
        work(*given)
        os._exit(0)
    except BaseException as error:
        os.write(2, f"{error!r}\n".encode())
        os._exit(1)


def failures(children):
    return sum(1 for child in children if os.waitpid(child, 0)[1] != 0)


def kill(child):
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def body(text):
    return Body(Reflection(moment=text, next_time="Say it sooner. " * 300))


def set_up(home):
    with Store.open(home) as store:
        return store.people.local("me"), store.cases.create(store.people.local("me"), Case()).id


def begun(home, me, case_id):
    with Store.open(home) as store:
        record_id = store.reflections.begin(me, case_id).record_id
        store.reflections.save(me, record_id, 0, body("0"))
        return record_id


def write_on(home, me, record_id, acks):
    """Save without end; each acknowledged revision is noted at once."""
    with Store.open(home) as store:
        rev = store.reflections.open(me, record_id).rev
        handle = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        while True:
            rev = store.reflections.save(me, record_id, rev, body(str(rev + 1))).rev
            os.write(handle, f"{rev} {time.monotonic()}\n".encode())


def acked(path):
    lines = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
    return [(int(rev), float(at)) for rev, at in lines]


def killed_writers(home, count):
    """Kill one of two writers at a random moment, then the other; look for lost saves each time."""
    me, case_id = set_up(home)
    records = [begun(home, me, case_id) for _ in range(2)]
    lost, unsound, stall, saves = 0, 0, 0.0, 0
    for turn in range(count):
        paths = [home.data / f"acks-{turn}-{which}" for which in range(2)]
        writers = [fork(write_on, home, me, *pair) for pair in zip(records, paths, strict=True)]
        until = time.monotonic() + 5
        while time.monotonic() < until and not all(acked(path) for path in paths):
            time.sleep(0.002)
        time.sleep(random.random() * 0.05)
        kill(writers[0])
        time.sleep(0.02)
        kill(writers[1])
        for record_id, path in zip(records, paths, strict=True):
            noted = acked(path)
            saves += len(noted)
            gone, bad = looked_at(home, me, record_id, noted[-1][0] if noted else 0)
            lost, unsound = lost + gone, unsound + bad
        times = [at for _, at in acked(paths[1])]
        stall = max([stall, *(b - a for a, b in itertools.pairwise(times))])
    return {"lost": lost, "unsound": unsound, "stall": stall, "saves": saves}


def looked_at(home, me, record_id, last):
    with Store.open(home) as store:
        draft = store.reflections.open(me, record_id)
        torn = draft.body.reflection.moment != str(draft.rev) and draft.rev > 1
        return int(draft.rev < last), int(torn or not store._desk.database.whole())


def first_starts(home, count):
    """Many processes start on an empty place at once."""

    def start():
        with Store.open(home) as store:
            store.people.local("me")

    children = [fork(start) for _ in range(count)]
    failed = failures(children)
    with Store.open(home) as store:
        rows = store._desk.database._connection
        actions = [row["action"] for row in rows.execute("SELECT action FROM history ORDER BY seq")]
        return {"failed": failed, "actions": actions, "faults": store.history.check(store.people.local("me"))}


def use_steps(folder):
    due = migrations.steps(Path(folder))
    workbook.steps = lambda: due


def old_schema(home, count, folder):
    """Many processes meet an old schema at once."""
    set_up(home)
    use_steps(folder)
    failed = failures([fork(lambda: Store.open(home).close()) for _ in range(count)])
    with Store.open(home) as store:
        return {
            "failed": failed,
            "taken": taken(store),
            "backups": len(list((home.data / "backups").iterdir())),
        }


def taken(store):
    rows = store._desk.database._connection
    return [row["number"] for row in rows.execute("SELECT number FROM taken ORDER BY rowid")]


def killed_migrations(home, count, folder):
    """Kill a migration at random moments; what is there must be the old schema or the new one."""
    set_up(home)
    versions, between = set(), 0
    for turn in range(count):
        copy = Home(home.data.parent / f"copy-{turn}", home.config)
        shutil.copytree(home.data, copy.data)
        child = fork(lambda copy=copy: (use_steps(folder), Store.open(copy)))
        time.sleep(random.random() * 0.12)
        kill(child)
        version, whole = half_done(copy, folder)
        versions.add(version)
        between += not whole
        shutil.rmtree(copy.data)
    return {"versions": sorted(versions), "between": between}


def half_done(home, folder):
    found = database.open_database(home.store)
    with found.reading() as rows:
        version = rows.execute("PRAGMA user_version").fetchone()[0]
        names = {row["name"] for row in rows.execute("SELECT name FROM sqlite_master")}
        count = rows.execute("SELECT count(*) AS n FROM taken").fetchone()["n"] if "taken" in names else 0
    whole = found.whole() and count == {1: 0, 3: 2}[version] and ("filler" in names) == (version == 3)
    found.close()
    return version, whole


def lost_updates(home, writers, each):
    """Several processes add their words to one draft; each starts again from what was saved meanwhile."""
    me, case_id = set_up(home)
    record_id = begun(home, me, case_id)

    def add(who):
        with Store.open(home) as store:
            for turn in range(each):
                draft = store.reflections.open(me, record_id)
                while not added(store, me, draft, f"{who}-{turn}"):
                    draft = store.reflections.open(me, record_id)

    failed = failures([fork(add, who) for who in range(writers)])
    with Store.open(home) as store:
        words = store.reflections.open(me, record_id).body.reflection.moment.split()
    wanted = {f"{who}-{turn}" for who in range(writers) for turn in range(each)}
    return {"failed": failed, "lost": len(wanted - set(words)), "words": len(words)}


def added(store, me, draft, word):
    longer = Body(Reflection(moment=f"{draft.body.reflection.moment} {word}"))
    try:
        store.reflections.save(me, draft.record_id, draft.rev, longer)
    except Stale:
        return False
    return True


def held_lock(home, seconds, patience):
    """Another process holds the lock for a while; say how the save went."""
    me, case_id = set_up(home)
    record_id = begun(home, me, case_id)

    def hold():
        with database.open_database(home.store).writing():
            time.sleep(seconds)

    with Store.open(home, busy_seconds=patience) as store:
        child = fork(hold)
        time.sleep(0.3)
        before, code = time.monotonic(), ""
        try:
            store.reflections.save(me, record_id, 1, body("later"))
        except Exception as error:
            code = error.code
        waited = time.monotonic() - before
        failed = failures([child])
        rev = store.reflections.open(me, record_id).rev
        again = store.reflections.save(me, record_id, rev, body("again")).rev
    return {"code": code, "waited": waited, "failed": failed, "again": again}


def forgotten_reader(home, saves):
    """A reader forgets to leave while another process saves on and on."""
    me, case_id = set_up(home)
    record_id = begun(home, me, case_id)
    log = home.store.with_name(home.store.name + "-wal")

    def forget():
        with database.open_database(home.store).reading() as rows:
            rows.execute("SELECT count(*) FROM history").fetchone()
            time.sleep(600)

    child = fork(forget)
    time.sleep(0.3)
    with Store.open(home) as store:
        for rev in range(1, saves):
            store.reflections.save(me, record_id, rev, body(str(rev)))
        grown = log.stat().st_size
        kill(child)
        for rev in range(saves, saves + 30):
            store.reflections.save(me, record_id, rev, body(str(rev)))
        return {"grown": grown, "after": log.stat().st_size}


def one_library(home):
    """Open, save and read under an ear for every file that Python itself opens."""
    me, case_id = set_up(home)
    opened = []
    names = {home.store.name + end for end in ("", "-wal", "-shm")}

    def listen(event, given):
        if event == "open" and isinstance(given[0], str | os.PathLike) and Path(given[0]).name in names:
            opened.append(event)

    sys.addaudithook(listen)
    record_id = begun(home, me, case_id)
    with Store.open(home) as store:
        store.reflections.save(me, record_id, 1, body("1"))
        store._desk.database.backup(home.data / "copy.sqlite")
        mapped = Path("/proc/self/maps").read_text()
        held = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return {
        "opened": len(opened),
        "log_mapped": f"{home.store}-shm" in mapped,
        "held": held.count(str(home.store)),
        "foreign": [
            name for name in ("apsw", "duckdb", "adbc_driver_sqlite", "connectorx") if name in sys.modules
        ],
        "keeps_log": driver.DRIVER.keeps_wal_safe,
    }


def backup_while_writing(home):
    """Copy the store while another process saves; all acknowledged before must be in the copy."""
    me, case_id = set_up(home)
    record_id, acks = begun(home, me, case_id), home.data / "acks"
    child = fork(write_on, home, me, record_id, acks)
    while len(acked(acks)) < 20:
        time.sleep(0.01)
    with Store.open(home) as store:
        before = acked(acks)[-1][0]
        store._desk.database.backup(home.data / "copy.sqlite")
    kill(child)
    restored = Home(home.data.parent / "restored", home.config).make()
    shutil.copy(home.data / "copy.sqlite", restored.store)
    with Store.open(restored) as store:
        found = store.reflections.open(me, record_id)
        return {
            "before": before,
            "found": found.rev,
            "moment": found.body.reflection.moment,
            "faults": store.history.check(me),
        }


if __name__ == "__main__":
    given = json.loads(sys.argv[2])
    place = Home(Path(given.pop("data")), Path(given.pop("config")))
    print(json.dumps(globals()[sys.argv[1]](place, **given)))
