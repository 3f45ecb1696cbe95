"""Bringing scores in by the command: sentences, exit codes, and a file of what was kept aside."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest
import xlsxwriter

from repairbook.caseload.opening import open_home
from repairbook.home import Home
from repairbook.model.case import Case

GOOD = "case,session,total\nK7-M2,1,36\n4711,2,38.5\n"
SOME = GOOD + "K7-M2,3,400\nnobody,1,36\n"


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home", tmp_path / "config")
    opened = open_home(made, environ={})
    opened.store.cases.create(opened.actor, Case(case_code="K7-M2", clinic_client_id="4711"))
    opened.store.close()
    return made


@pytest.fixture
def run(home, tmp_path):
    def run_(*words):
        own = {"REPAIRBOOK_HOME": str(home.data), "REPAIRBOOK_CONFIG": str(home.config), "COLUMNS": "200"}
        done = subprocess.run(
            [sys.executable, "-m", "repairbook", "import", *words],
            env={**os.environ, **own},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done

    return run_


@pytest.fixture
def file(tmp_path):
    def write(content, name="scores.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def totals(home):
    opened = open_home(home, environ={})
    (case,) = opened.store.cases.list(opened.actor)
    found = [one.total for one in opened.store.scores.list(opened.actor, case.id)]
    opened.store.close()
    return found


def test_a_good_file_comes_in_and_the_exit_says_so(run, home, file):
    done = run(file(GOOD), "--instrument", "srs-v3")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Came in: 2 new scores and 2 new sessions.\n"
    assert totals(home) == [36, 38.5]


def test_rows_that_do_not_fit_lie_beside_the_file_and_the_exit_says_so(run, home, file, tmp_path):
    done = run(file(SOME), "--instrument", "srs-v3")
    assert done.returncode == 1
    assert "2 rows do not fit and are kept aside." in done.stdout
    assert done.stdout.endswith("They are in scores.bad.csv, with the reasons.\n")
    assert "nobody" not in done.stdout
    assert stat.S_IMODE((tmp_path / "scores.bad.csv").stat().st_mode) == 0o600
    assert totals(home) == [36, 38.5]


def test_the_same_file_again_changes_nothing_and_needs_no_asking(run, home, file, tmp_path):
    first = run(file(SOME), "--instrument", "srs-v3")
    again = run(file(SOME))
    assert again.returncode == first.returncode == 1
    assert "Nothing new" in again.stdout
    assert [path.name for path in tmp_path.glob("*.bad*")] == ["scores.bad.csv"]


def test_a_look_beforehand_changes_and_writes_nothing(run, home, file, tmp_path):
    done = run(file(SOME), "--instrument", "srs-v3", "--dry-run")
    assert done.returncode == 1
    assert "Would come in: 2 new scores" in done.stdout
    assert totals(home) == []
    assert not (tmp_path / "scores.bad.csv").exists()


def test_columns_orders_and_raters_are_said_by_options(run, home, file):
    content = "who;when;figure\n4711;03.05.2024;36,5\n"
    said = ["--map", "who=case", "--map", "when=date", "--map", "figure=total", "--dates", "dmy"]
    done = run(file(content), *said, "--instrument", "srs", "--rater", "client")
    assert (done.returncode, done.stderr) == (0, "")
    assert totals(home) == [36.5]


def test_a_workbook_comes_in_as_a_text_does(run, home, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "scores.xlsx")) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([("case", "session", "total"), ("K7-M2", 1, 36), (4711, 2, 38.5)]):
            sheet.write_row(at, 0, row)
    assert run("scores.xlsx", "--instrument", "srs-v3").returncode == 0
    assert totals(home) == [36, 38.5]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ()),
        ("", ()),
        (b"\x89PNG\r\n\x1a\n", ()),
        (GOOD, ()),
        (GOOD, ("--instrument", "mystery")),
        (GOOD, ("--instrument", "srs-v3", "--map", "total")),
        (GOOD, ("--instrument", "srs-v3", "--map", "colour=total")),
        (GOOD, ("--instrument", "srs-v3", "--map", "total=colour")),
        (GOOD, ("--instrument", "srs-v3", "--dates", "ydm")),
        (GOOD.replace("case", "colour"), ("--instrument", "srs-v3")),
    ],
)
def test_what_cannot_be_used_is_refused_whole_in_one_sentence(run, home, file, tmp_path, content, words):
    path = file(content) if content is not None else str(tmp_path / "none.csv")
    done = run(path, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.strip().endswith(".")
    assert totals(home) == []


def test_a_store_that_cannot_be_opened_is_told_in_a_sentence(run, home, file):
    home.key_file.unlink()
    done = run(file(GOOD), "--instrument", "srs-v3")
    assert done.returncode == 2
    assert "key" in done.stderr


def test_a_folder_that_cannot_be_written_costs_only_the_file_kept_aside(run, home, file, tmp_path):
    if os.name != "posix" or os.geteuid() == 0:
        folder = tmp_path / "scores.csv"
        folder.write_text(SOME)
        for count in range(1, 1000):
            (tmp_path / ("scores.bad.csv" if count == 1 else f"scores.bad-{count}.csv")).write_text("taken")
    else:
        file(SOME)
        tmp_path.chmod(0o500)
    done = run("scores.csv", "--instrument", "srs-v3")
    tmp_path.chmod(0o700)
    assert done.returncode == 1
    assert "could not be written" in done.stdout
    assert totals(home) == [36, 38.5]
