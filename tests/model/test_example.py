from __future__ import annotations

import copy
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbook.home import shipped
from repairbook.model.example import parse_example, read_examples
from repairbook.model.faults import DataFault
from repairbook.model.library import Library

PLAIN = {
    "id": "plain",
    "place": 1,
    "title": "Plain",
    "introduction": "Two lines.",
    "weekday": "tuesday",
    "agreed_to": ["supervision"],
    "case": {"case_code": "A2-B3"},
    "instruments": {"client": "srs-v3", "therapist": "wai-s-therapist"},
    "session": [
        {"number": 1, "weeks_ago": 2, "client": 38, "therapist": 60, "discussed": True},
        {"number": 2, "weeks_ago": 1, "attendance": "no_show"},
        {"number": 3, "weeks_ago": 0, "client": 30},
    ],
    "reflection": [
        {
            "session": 1,
            "begun_after_days": 0,
            "closed_after_days": 1,
            "ask_again_after_days": 10,
            "answers": {"moment": "It was quiet.", "standing": "open"},
            "follow_up": [{"session": 3, "after_days": 0, "answers": {"standing": "resolved"}}],
        },
        {"session": 3, "begun_after_days": 0, "answers": {"moment": "She left"}},
    ],
}
TUESDAY = dt.date(2026, 11, 17)


def changed(path="", value=None):
    raw = copy.deepcopy(PLAIN)
    *steps, last = path.split(".")
    inner = raw
    for step in steps:
        inner = inner[int(step) if step.isdigit() else step]
    inner[last] = value
    return raw


def faults_of(raw, library=None):
    with pytest.raises(DataFault) as refused:
        parse_example(raw, "plain.toml", library)
    return [(fault.key, fault.reason) for fault in refused.value.faults]


def test_a_whole_file_becomes_sessions_scores_and_reflections():
    made = parse_example(PLAIN, "plain.toml")
    assert [len(each.scores) for each in made.sessions] == [2, 0, 1]
    assert made.reflections[0].follow_ups[0].follow_up.standing == "resolved"
    assert made.reflections[1].closed_after_days is None


def test_whether_a_score_was_discussed_is_said_of_the_clients_only():
    client, therapist = parse_example(PLAIN, "plain.toml").sessions[0].scores
    assert (client.discussed, therapist.discussed) == (True, None)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2100, 1, 1)))
def test_every_session_is_on_its_weekday_and_lies_before_today(today):
    made = parse_example(PLAIN, "plain.toml")
    days = [made.day_of(number, today) for number in (1, 2, 3)]
    assert days == sorted(days)
    assert {day.weekday() for day in days} == {1}
    assert 1 <= (today - days[-1]).days <= 7


def test_on_its_own_weekday_the_last_session_was_a_week_ago():
    made = parse_example(PLAIN, "plain.toml")
    assert made.day_of(3, TUESDAY) == TUESDAY - dt.timedelta(days=7)


def test_consents_are_given_in_the_first_session_and_only_where_agreed():
    case = parse_example(PLAIN, "plain.toml").case_on(TUESDAY)
    assert case.consent_supervision.given_on == TUESDAY - dt.timedelta(days=21)
    assert case.consent_supervision.holds_on(TUESDAY)
    assert case.consent_recording is None


def test_all_faults_of_a_file_are_told_at_once():
    raw = changed("case", {"unit": "couple", "colour": "red"}) | {"weekday": "sunday", "place": 0}
    raw["session"][0]["weeks_ago"] = -1
    raw["session"][2]["client"] = "many"
    raw["reflection"][0]["answers"]["peak"] = [0, 10]
    told = [key for key, _ in faults_of(raw)]
    assert told == [
        "place",
        "weekday",
        "case.unit",
        "case.colour",
        "session 1: weeks_ago",
        "session 3: client.total",
        "reflection 1: answers.peak",
    ]


def test_a_text_that_does_not_fit_is_never_repeated():
    with pytest.raises(DataFault) as refused:
        parse_example(changed("reflection.0.answers.my_part", "her\nwords"), "plain.toml")
    assert "words" not in str(refused.value)


def test_codes_are_checked_against_the_codebooks():
    library = Library(shipped() / "data")
    raw = changed("reflection.0.answers.movement", "sideways")
    assert parse_example(raw, "plain.toml")
    assert faults_of(raw, library) == [("reflection 1: answers.movement", "does not fit")]


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("session.1.client", 38, "session 2"),
        ("session.2.number", 2, "session"),
        ("session.2.weeks_ago", 1, "session"),
        ("ended_session", 9, "ended_session"),
        ("reflection.0.session", 9, "reflection 1: session"),
        ("reflection.1.begun_after_days", 2, "reflection 2: the days"),
        ("reflection.0.begun_after_days", 2, "reflection 1: the days"),
        ("reflection.0.closed_after_days", 15, "reflection 1: the days"),
        ("reflection.1.ask_again_after_days", 5, "reflection 2: ask_again_after_days"),
        ("reflection.0.answers.standing", "resolved", "reflection 1: ask_again_after_days"),
        ("id", "other", "id"),
    ],
)
def test_what_cannot_have_happened_so_is_refused(path, value, key):
    assert key in [each for each, _ in faults_of(changed(path, value))]


def test_a_draft_has_no_follow_up():
    row = {"session": 3, "after_days": 0, "answers": {"standing": "open"}}
    assert [key for key, _ in faults_of(changed("reflection.1.follow_up", [row]))] == [
        "reflection 2: follow_up"
    ]


def test_all_faulty_files_are_told_at_once(tmp_path):
    for name in ("bad", "worse"):
        (tmp_path / f"{name}.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(DataFault) as refused:
        read_examples(tmp_path)
    assert [fault.file for fault in refused.value.faults] == ["bad.toml", "worse.toml"]
