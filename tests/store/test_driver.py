from __future__ import annotations

import ast
import sqlite3
from pathlib import Path

import pytest

import repairbook
from repairbook.store import Store, StoreTrouble, Why, driver
from repairbook.store.driver import Driver, choose

PACKAGE = Path(repairbook.__file__).parent
VULNERABLE = Driver(sqlite3, (3, 40, 1))


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 0), (4, 0, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6)])
def test_a_mended_sqlite_keeps_its_log_safe(version):
    assert Driver(None, version).keeps_wal_safe


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 50, 6), (3, 44, 5), (3, 46, 1), (3, 45, 9), (3, 37, 0)])
def test_a_vulnerable_sqlite_does_not(version):
    assert not Driver(None, version).keeps_wal_safe


def test_the_standard_library_is_taken_where_it_is_mended():
    assert choose([Driver("stdlib", (3, 52, 0)), Driver("other", (3, 53, 4))]).module == "stdlib"


def test_the_other_library_is_taken_where_the_standard_one_is_vulnerable():
    assert choose([Driver("stdlib", (3, 40, 1)), Driver("other", (3, 53, 4))]).module == "other"


def test_a_vulnerable_library_is_taken_where_there_is_no_other():
    assert choose([Driver("stdlib", (3, 40, 1))]).module == "stdlib"


def test_a_sqlite_without_strict_tables_is_refused():
    with pytest.raises(StoreTrouble) as refused:
        choose([Driver("stdlib", (3, 26, 0))])
    assert refused.value.code is Why.SQLITE_TOO_OLD


def test_with_a_vulnerable_library_the_store_does_without_the_log(home, monkeypatch):
    monkeypatch.setattr(driver, "DRIVER", VULNERABLE)
    with Store.open(home) as store:
        connection = store._desk.database._connection
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 3
        assert store.people.local("me")
    assert [file.name for file in home.data.glob("*.sqlite*")] == [home.store.name]


def test_a_vulnerable_library_goes_on_with_a_store_that_never_had_the_log(home, monkeypatch):
    monkeypatch.setattr(driver, "DRIVER", VULNERABLE)
    with Store.open(home) as store:
        me = store.people.local("me")
    with Store.open(home) as store:
        assert store.people.local("me") == me


def test_a_store_with_the_log_is_refused_with_a_vulnerable_library(home, monkeypatch):
    with Store.open(home) as store:
        keeps_log = store._desk.database.driver.keeps_wal_safe
    if not keeps_log:
        sqlite3.connect(home.store).execute("PRAGMA journal_mode = WAL").connection.close()
    monkeypatch.setattr(driver, "DRIVER", VULNERABLE)
    with pytest.raises(StoreTrouble) as refused:
        Store.open(home)
    assert refused.value.code is Why.WAL_REFUSED


def test_a_log_left_behind_is_refused_with_a_vulnerable_library(home, monkeypatch):
    monkeypatch.setattr(driver, "DRIVER", VULNERABLE)
    home.make()
    home.store.with_name(home.store.name + "-wal").write_bytes(b"")
    with pytest.raises(StoreTrouble) as refused:
        Store.open(home)
    assert refused.value.code is Why.WAL_REFUSED


def test_only_the_driver_chooses_a_library_and_nothing_brings_another():
    others = {
        "sqlite3",
        "pysqlite3",
        "apsw",
        "sqlcipher3",
        "duckdb",
        "connectorx",
        "adbc_driver_sqlite",
        "sqlalchemy",
    }
    found = {
        (file.name, name)
        for file in PACKAGE.rglob("*.py")
        for name in imported(file)
        if name.split(".")[0] in others
    }
    assert found == set()


def test_every_writing_transaction_begins_by_taking_the_lock():
    words = [
        (file.name, text)
        for file in PACKAGE.rglob("*.py")
        for text in strings(file)
        if text.lstrip().startswith("BEGIN ")
    ]
    assert sorted(words) == [("database.py", "BEGIN DEFERRED"), ("database.py", "BEGIN IMMEDIATE")]


def test_no_script_is_run_that_would_commit_first():
    assert not [file for file in PACKAGE.rglob("*.py") if "executescript" in file.read_text(encoding="utf-8")]


def test_there_is_no_sql_outside_the_store():
    verbs = ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "PRAGMA ", "CREATE TABLE ")
    found = [
        (file.name, text)
        for file in PACKAGE.rglob("*.py")
        for text in strings(file)
        if text.lstrip().startswith(verbs) and "store" not in file.relative_to(PACKAGE).parts
    ]
    assert found == []


def imported(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""


def strings(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
