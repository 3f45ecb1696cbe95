"""The rows kept aside: nothing is lost, nothing computes, nothing is written over."""

from __future__ import annotations

import csv
import stat

from scores_files import SRS, rows

from repairbook.caseload.importing.bad_rows import as_text, bad_lines, write_bad_rows
from repairbook.store.arrivals import Landed

CONTENT = rows(
    ("case", "session", "total", "note"),
    ("4711", 1, 36, "fine"),
    ("=HYPERLINK(1)", 1, -1, "@SUM(A1)"),
    ("4711", 2, "+3", "\t=x"),
    ("4711", 3, 77, 'quoted ""'),
    sep=";",
)


def held(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_rows_kept_aside_lie_beside_the_file_closed_to_others(clinic, tmp_path):
    plan, _ = clinic.bring(CONTENT)
    to = write_bad_rows(plan, tmp_path / "scores.csv")
    assert to.name == "scores.bad.csv"
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    lines = held(to)
    assert lines[0] == ["case", "session", "total", "note", "line", "why not"]
    assert [line[4] for line in lines[1:]] == ["3", "5"]


def test_no_cell_kept_aside_computes_in_a_spreadsheet(clinic):
    lines = list(bad_lines(clinic.plan(CONTENT)))
    assert lines[1][:4] == ["'=HYPERLINK(1)", "1", "-1", "'@SUM(A1)"]


def test_a_file_that_is_there_is_never_written_over(clinic, tmp_path):
    (tmp_path / "scores.bad.csv").write_text("my corrections")
    plan = clinic.plan(CONTENT)
    second = write_bad_rows(plan, tmp_path / "scores.csv")
    assert second.name == "scores.bad-2.csv"
    assert write_bad_rows(plan, tmp_path / "scores.csv") == second
    assert (tmp_path / "scores.bad.csv").read_text() == "my corrections"


def test_a_link_in_the_way_is_not_followed(clinic, tmp_path):
    (tmp_path / "scores.bad.csv").symlink_to(tmp_path / "elsewhere")
    assert write_bad_rows(clinic.plan(CONTENT), tmp_path / "scores.csv").name == "scores.bad-2.csv"
    assert not (tmp_path / "elsewhere").exists()


def test_without_rows_kept_aside_there_is_no_file(clinic, tmp_path):
    assert (
        write_bad_rows(clinic.plan(rows(("case", "session", "total"), ("4711", 1, 36))), tmp_path / "x.csv")
        is None
    )
    assert not (tmp_path / "x.bad.csv").exists()


def test_put_right_the_rows_kept_aside_come_in(clinic):
    plan, _ = clinic.bring(CONTENT)
    right = (
        as_text(bad_lines(plan))
        .replace("'=HYPERLINK(1)", "B2-C3")
        .replace(",-1,", ",31,")
        .replace(",77,", ",37,")
    )
    again, landed = clinic.bring(right, SRS)
    assert (landed, again.bad) == (Landed(new=2, sessions=2), {})
    assert clinic.scores() == {1: 36, 2: 3, 3: 37}


def test_cells_beyond_the_columns_are_kept(clinic):
    plan = clinic.plan("case,session,total\n4711,1,36,5\n")
    assert list(bad_lines(plan))[1][:3] == ["4711", "1", "36"]
    assert list(bad_lines(plan))[1][-1] == "5"
