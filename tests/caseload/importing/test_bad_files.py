"""Bad files by the hundred: every one gets a sentence, nothing is lost, nothing falls over."""

from __future__ import annotations

import csv
import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scores_files import SRS, WORDS, Clinic

from repairbook.caseload.importing.bad_rows import bad_lines
from repairbook.caseload.importing.refusal import CannotImport, Fault, Why
from repairbook.caseload.importing.summary import reasons, told

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
HEAD = ["case", "session", "date", "attendance", "total", "Größe"]
GOOD = ["4711", "1", "2024-05-13", "attended", "36,5", "é"]
# What is wrong with one row, and where.
FAULTS = {
    "an unknown case": (0, "K9-Z9"),
    "a formula for a case": (0, "=cmd|' /C calc'!A0"),
    "no case": (0, ""),
    "a word for a number": (1, "first"),
    "session zero": (1, "0"),
    "a date nobody can read": (2, "someday"),
    "a day that is none": (2, "2024-02-31"),
    "a date in two readings": (2, "03/05/2024"),
    "a date with a short year": (2, "03/05/24"),
    "an attendance nobody knows": (3, "perhaps"),
    "a score that is a word": (4, "good"),
    "a score that computes": (4, "=6*6"),
    "a score above all": (4, "400"),
    "a score below all": (4, "-3"),
    "a score that is none": (4, "inf"),
    "a cell over lines": (4, "36\n4711"),
    "a huge cell": (0, "x" * 70_000),
    "a score with letters beyond": (4, "36½"),
    "a right-to-left trick": (0, "\u202e1174") ,
    "an apostrophe": (0, "'; DROP TABLE score; --"),
    "a tag": (0, "<img src=x onerror=alert(1)>"),
    "one cell too many": (6, "beyond"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    opened = Clinic(tmp_path_factory.mktemp("clinic"))
    yield opened
    opened.store.close()


def written(lines, separator, encoding):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(lines)
    return text.getvalue().encode(encoding, errors="replace")


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_faulty_row_gets_a_sentence_and_keeps_every_letter(shared, encoding, separator, name):
    at, cell = FAULTS[name]
    bad = [*GOOD, ""][: max(len(GOOD), at + 1)]
    bad[at] = cell
    plan = shared.plan(written([HEAD, GOOD, bad], SEPARATORS[separator], encoding), SRS)
    assert list(plan.bad) == [3]
    assert (len(plan), plan.would.new) == (1, 1)
    assert all(reason.endswith(".") for reason in plan.bad[3])
    assert len(cell) < 3 or cell not in " ".join(plan.bad[3])
    (_, kept) = bad_lines(plan)
    lost = cell.encode(encoding, errors="replace").decode(encoding)
    assert any(lost in each for each in kept)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("cut", [1, 3, 10, 35, 60])
def test_a_file_that_breaks_off_is_told_in_sentences(shared, encoding, cut):
    content = written([HEAD, GOOD, GOOD], ",", encoding)[:-cut]
    assert outcome(shared, content)


@pytest.mark.parametrize("seed", range(60))
def test_a_file_with_flipped_bytes_is_told_in_sentences(shared, seed):
    chance = random.Random(seed)
    content = bytearray(written([HEAD, GOOD, GOOD], ";", chance.choice(ENCODINGS)))
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    assert outcome(shared, bytes(content))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_are_told_in_sentences(shared, content):
    assert outcome(shared, content)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=7), min_size=1, max_size=5))
def test_any_row_that_is_read_comes_in_or_is_kept_aside_whole(shared, cells):
    content = written([HEAD, *cells], ",", "utf-8")
    try:
        plan = shared.plan(content)
    except CannotImport:
        return
    assert plan.rows == sum(1 for _ in plan.table.rows())
    assert len(list(bad_lines(plan))) == len(plan.bad) + 1


def outcome(clinic, content):
    """The sentences a file gets."""
    try:
        plan = clinic.plan(content)
    except CannotImport as refused:
        return refused.sentence(WORDS)
    assert len(plan.bad) + len(plan) + plan.empty >= 1
    return [*told(plan, plan.would, WORDS, done=False), *reasons(plan, WORDS)]


@pytest.mark.parametrize("why", Why)
def test_every_refusal_has_its_sentence(why):
    assert WORDS.maybe(f"import.refused.{why}").endswith(".")


@pytest.mark.parametrize("key", Fault)
def test_every_reason_has_its_sentence(key):
    assert WORDS.maybe(f"import.fault.{key}").endswith(".")
