"""What each column is: guessed, said, remembered."""

from __future__ import annotations

import json
import stat
from dataclasses import replace

import pytest
from scores_files import NAMES, WORDS

from repairbook.caseload.importing.choices import Choices, field_words, understand
from repairbook.caseload.importing.mapping import ONCE, Columns, chosen, guess, is_field
from repairbook.caseload.importing.reading import Table
from repairbook.caseload.importing.refusal import CannotImport, Why
from repairbook.caseload.importing.remembered import Remembered, fingerprint
from repairbook.home import Home


def fields(*headers):
    return list(guess(headers, NAMES).fields)


def refused(columns):
    with pytest.raises(CannotImport) as why:
        columns.refuse_unusable()
    assert why.value.sentence(WORDS)
    return why.value.why


def test_headers_are_known_however_they_are_written():
    assert fields("Client ID", "SESSION-No", "date_of_session", "Total Score", "Filled in by", "Notes") == [
        "case", "session", "date", "total", "rater", "",
    ]  # fmt: skip


def test_single_answers_parts_and_totals_of_a_questionnaire_are_known():
    assert fields("case", "session", "item 1", "q2", "Goals and topics", "srs_total", "SRS-V3") == [
        "case", "session", "item:1", "item:2", "part:goals_topics", "total:srs-v3", "",
    ]  # fmt: skip


def test_the_second_column_of_a_kind_is_left_to_the_person():
    assert fields("client", "case", "session", "score") == ["case", "", "session", "total"]


@pytest.mark.parametrize(
    "headers",
    [
        ("1", "2"),
        ("s1", "s2"),
        ("Session 1", "Session 2"),
        ("srs_t1", "srs_t2"),
        ("SRS_session_01", "x_session_2"),
    ],
)
def test_numbered_columns_are_sessions_where_nothing_else_says_the_session(headers):
    found = guess(("case", *headers), NAMES)
    assert found.fields == ("case", "at:1", "at:2")
    assert found.shape == "wide"


def test_dated_columns_are_sessions_too():
    assert fields("case", "2024-05-03", "2024-05-10") == ["case", "on:2024-05-03", "on:2024-05-10"]


@pytest.mark.parametrize(
    "headers",
    [("case", "session", "s1", "s2"), ("case", "s1"), ("case", "s1", "t1"), ("case", "total", "s1", "s2")],
)
def test_numbered_columns_are_left_alone_where_they_may_be_something_else(headers):
    assert guess(headers, NAMES).shape == "long"


def test_a_file_from_redcap_is_known():
    found = guess(("record_id", "redcap_event_name", "redcap_repeat_instance", "client", "srs_total"), NAMES)
    assert found.fields == ("case", "event", "repeat", "", "total:srs-v3")
    assert found.shape == "redcap"


def test_what_a_file_lacks_is_said():
    full = Columns(("case", "session", "total"), instrument="srs-v3")
    full.refuse_unusable()
    assert refused(replace(full, fields=("", "session", "total"))) == Why.NO_CASE
    assert refused(replace(full, fields=("case", "", "total"))) == Why.NO_SESSION
    assert refused(replace(full, fields=("case", "session", ""))) == Why.NO_SCORE
    assert refused(replace(full, instrument="")) == Why.NO_INSTRUMENT
    assert refused(replace(full, fields=("case", "session", "session"))) == Why.TWICE


def test_what_the_person_says_goes_over_the_guess():
    headers = ("client", "visit", "value", "other")
    said = chosen(guess(headers, NAMES), headers, {"other": "total", "#2": "", "Value": "part:overall"})
    assert said.fields == ("case", "", "part:overall", "total")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"nothing": "total"}, Why.NO_COLUMN),
        ({"#9": "total"}, Why.NO_COLUMN),
        ({"#0": "total"}, Why.NO_COLUMN),
        ({"case": "colour"}, Why.NO_FIELD),
        ({"case": "item:0"}, Why.NO_FIELD),
        ({"case": "at:99999999999999999999"}, Why.NO_FIELD),
    ],
)
def test_an_unknown_column_or_field_is_refused(asked, why):
    with pytest.raises(CannotImport) as refusal:
        chosen(Columns(("case",)), ("case",), asked)
    assert refusal.value.why == why
    assert refusal.value.sentence(WORDS)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Choices(instrument="mystery"), Why.UNKNOWN_INSTRUMENT),
        (Choices(rater="neighbour"), Why.UNKNOWN_RATER),
        (Choices(dates="ydm"), Why.UNKNOWN_ORDER),
    ],
)
def test_an_unknown_instrument_rater_or_order_is_refused(tmp_path, said, why):
    table = Table(("case", "session", "total"), lambda: iter(()))
    with pytest.raises(CannotImport) as refusal:
        understand(table, NAMES, Remembered(Home(tmp_path, tmp_path)), said)
    assert refusal.value.why == why


def test_what_was_said_is_remembered_for_the_next_file_of_its_kind(tmp_path):
    home = Home(tmp_path / "data", tmp_path / "config").make()
    table = Table(("Who", "visit", "Wert"), lambda: iter(()))
    said = Choices("srs-v3", "client", {"who": "case", "wert": "total"}, "dmy")
    columns = understand(table, NAMES, Remembered(home), said)
    Remembered(home).keep(table.headers, columns)
    again = understand(Table(("WHO", "Visit", "wert"), lambda: iter(())), NAMES, Remembered(home), Choices())
    assert again == columns == Columns(("case", "session", "total"), "srs-v3", "client", "dmy")
    kept = home.data / "import" / "columns.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "Wert" not in kept.read_text("utf-8")


SPOILT = (
    "",
    "[]",
    "{",
    '{"x": 1}',
    "\x00",
    '"fields"',
    {"fields": ["case"]},
    {"fields": ["case", 1, "total"]},
    {"fields": ["case", "session", "os.system"]},
    {"fields": ["case", "session", "total"], "dates": "x"},
)


@pytest.mark.parametrize("kept", SPOILT, ids=str)
def test_a_memory_that_is_spoilt_is_as_good_as_none(tmp_path, kept):
    home = Home(tmp_path / "data", tmp_path / "config").make()
    headers = ("case", "session", "total")
    (home.data / "import").mkdir()
    text = kept if isinstance(kept, str) else json.dumps({fingerprint(headers): kept})
    (home.data / "import" / "columns.json").write_text(text, encoding="utf-8")
    assert Remembered(home).recall(headers) is None
    Remembered(home).keep(headers, Columns(headers))
    assert Remembered(home).recall(headers) == Columns(headers)


def test_every_field_has_its_words():
    for field in ("", *ONCE, "part:x", "item:1", "at:1", "on:x", "total:x"):
        assert is_field(field)
        assert field_words(field, WORDS)
