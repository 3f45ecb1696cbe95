from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from repairbook.home import Home, shipped
from repairbook.model.case import Case, Session
from repairbook.model.library import Library
from repairbook.store import Store
from store.given import told

HERD = Path(__file__).parent / "herd.py"


@pytest.fixture(scope="session")
def library():
    return Library(shipped() / "data")


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "data", tmp_path / "config")


@pytest.fixture
def store(home, library):
    with Store.open(home, library) as opened:
        yield opened


@pytest.fixture
def me(store):
    return store.people.local("me")


@pytest.fixture
def case(store, me):
    return store.cases.create(me, Case(clinic_client_id="C-17"))


@pytest.fixture
def session(store, me, case):
    return store.sessions.add(me, case.id, Session(number=7))


@pytest.fixture
def draft(store, me, case):
    """A reflection saved once."""
    record_id = store.reflections.begin(me, case.id).record_id
    store.reflections.save(me, record_id, 0, told("She looked at the clock."))
    return store.reflections.open(me, record_id)


@pytest.fixture
def closed(store, me, draft):
    store.reflections.close(me, draft.record_id, draft.rev)
    return store.reflections.open(me, draft.record_id)


@pytest.fixture
def rows(store):
    """The open connection, for what only somebody with the file could do."""
    return store._desk.database._connection


@pytest.fixture
def herd(home):
    """Run one scene of many processes in a process of its own."""

    def run(scene, timeout=200, **given):
        place = {"data": str(home.data), "config": str(home.config)}
        words = [sys.executable, "-W", "error", str(HERD), scene, json.dumps(place | given)]
        ended = subprocess.run(words, capture_output=True, text=True, timeout=timeout, check=False)
        assert ended.returncode == 0, ended.stderr
        return SimpleNamespace(**json.loads(ended.stdout))

    return run
