"""What a file would change, and what it then does change."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from scores_files import SRS, WORDS, fault, rows

from repairbook.caseload.importing.choices import Choices
from repairbook.caseload.importing.refusal import CannotImport, Fault, Why
from repairbook.caseload.importing.summary import reasons, told
from repairbook.model.case import Session
from repairbook.store.arrivals import Landed

HEAD = ("case", "session", "total")


def aside(clinic, content, said=SRS, **more):
    """Every reason for which something of a file is kept aside, by line."""
    return clinic.plan(content, said, **more).bad


def test_scores_of_two_cases_come_in_and_are_told_beforehand(clinic):
    content = rows(HEAD, ("K7-M2", 1, 36.5), ("4711", 2, "38"), ("b2-c3", 1, "40"))
    plan, landed = clinic.bring(content)
    assert plan.would == landed == Landed(new=3, sessions=3)
    assert clinic.scores() == {1: 36.5, 2: 38}
    assert clinic.scores(clinic.other) == {1: 40}
    assert told(plan, landed, WORDS, done=True) == ["Came in: 3 new scores and 3 new sessions."]


def test_the_same_file_again_changes_nothing(clinic):
    content = rows(
        ("case", "session", "date", "attendance", "total", "discussed"),
        ("4711", 1, "2024-05-03", "late", "36,5", "yes"),
        ("4711", 2, "2024-05-10", "no show", "", ""),
        ("4711", "", "2024-05-17", "", "30", ""),
        sep=";",
    )
    first = clinic.bring(content)[1]
    assert first == Landed(new=2, sessions=3)
    before = clinic.store.history.check(clinic.me), clinic.sessions(), clinic.scores()
    plan, again = clinic.bring(content)
    assert (again.changes, again.unchanged, plan.bad) == (0, 2, {})
    assert (clinic.store.history.check(clinic.me), clinic.sessions(), clinic.scores()) == before
    assert told(plan, again, WORDS, done=True)[0] == WORDS("import.said.nothing")


def test_a_later_file_puts_a_score_in_place_of_the_earlier(clinic):
    clinic.bring(rows(HEAD, ("4711", 1, 36)))
    plan, landed = clinic.bring(rows(HEAD, ("4711", 1, 30), ("4711", 2, 31)))
    assert landed == Landed(new=1, replaced=1, sessions=1)
    assert clinic.scores() == {1: 30, 2: 31}
    assert "one score in place of an earlier one" in told(plan, landed, WORDS, done=True)[0]


def test_a_look_beforehand_writes_nothing(clinic):
    clinic.plan(rows(HEAD, ("4711", 1, 36)))
    assert clinic.sessions() == []


def test_a_wide_file_holds_one_case_a_row(clinic):
    plan, landed = clinic.bring(
        rows(("case", "s1", "s2", "s3"), ("4711", 36, "DNA", ""), ("B2-C3", "", 38, 77))
    )
    assert landed == Landed(new=2, sessions=3)
    assert [one.attendance for one in clinic.sessions()] == ["attended", "no_show"]
    assert clinic.scores(clinic.other) == {2: 38}
    assert list(plan.bad) == [3]
    assert plan.bad[3][0].startswith("3: ")


def test_a_wide_file_may_name_its_sessions_by_their_dates(clinic):
    clinic.bring(rows(("case", "13.05.2024", "03.06.2024"), ("4711", 36, 38)))
    assert [(one.number, one.date.month) for one in clinic.sessions()] == [(1, 5), (2, 6)]


def test_a_file_from_redcap_holds_other_forms_too(clinic):
    content = rows(
        (
            "record_id",
            "redcap_event_name",
            "redcap_repeat_instrument",
            "redcap_repeat_instance",
            "srs_total",
            "age",
        ),
        ("4711", "intake_arm_1", "", "", "", 33),
        ("4711", "treatment_arm_1", "srs", 1, 36, ""),
        ("4711", "treatment_arm_1", "srs", 2, 38, ""),
        ("B2-C3", "session_7_arm_1", "", "", 30, ""),
    )
    plan, landed = clinic.bring(content, Choices())
    assert landed == Landed(new=3, sessions=3)
    assert clinic.scores() == {1: 36, 2: 38}
    assert clinic.scores(clinic.other) == {7: 30}
    assert (plan.bad, plan.empty) == ({}, 1)


def test_parts_and_single_answers_make_the_total(clinic):
    parts = rows(
        ("case", "session", "relationship", "goals_topics", "approach_method", "overall"),
        ("4711", 1, 9, 8, 9, 10),
    )
    items = rows(("case", "session", "item1", "item2", "item3", "item4"), ("4711", 2, 9, 8.5, 9, 10))
    clinic.bring(parts)
    clinic.bring(items)
    assert clinic.scores() == {1: 36, 2: 36.5}
    assert clinic.store.scores.list(clinic.me, clinic.case.id)[1].items == (9, 8.5, 9, 10)


def test_what_was_said_around_a_score_comes_along(clinic):
    head = (*HEAD, "discussed", "therapist_present", "seen_by")
    clinic.bring(rows(head, ("4711", 1, 36, "Yes", "no", "supervisor")))
    (score,) = clinic.store.scores.list(clinic.me, clinic.case.id)
    assert (score.discussed, score.therapist_present, score.told_seen_by) == (True, False, ("supervisor",))


# ---- what is kept aside ----

ONE_ROW = {
    ("", 1, 36): Fault.NO_CASE,
    ("K7-M3", 1, 36): Fault.UNKNOWN_CASE,
    ("4711", "", 36): Fault.NO_SESSION,
    ("4711", "first", 36): Fault.SESSION_NUMBER,
    ("4711", "0", 36): Fault.SESSION_NUMBER,
    ("4711", "2001", 36): Fault.SESSION_NUMBER,
    ("4711", "1.5", 36): Fault.SESSION_NUMBER,
    ("4711", 1, "=1+2"): Fault.NUMBER,
    ("4711", 1, "many"): Fault.NUMBER,
    ("4711", 1, "1e1"): Fault.NUMBER,
    ("4711", 1, "inf"): Fault.NUMBER,
    ("4711", 1, "3.600,5"): Fault.NUMBER,
    ("4711", 1, "9" * 400): Fault.NUMBER,
    ("4711", 1, "'36"): Fault.NUMBER,
}


@pytest.mark.parametrize("row", ONE_ROW, ids=str)
def test_a_row_that_does_not_fit_is_kept_aside_with_its_reason(clinic, row):
    plan, landed = clinic.bring(rows(HEAD, row, ("B2-C3", 1, 36), sep=";"))
    assert plan.bad == {2: [fault(ONE_ROW[row], most=2000)]}
    assert landed == Landed(new=1, sessions=1)


@pytest.mark.parametrize("total", ["41", "-1", "40,01"])
def test_a_score_out_of_range_is_kept_aside_and_the_range_is_named(clinic, total):
    assert "0 to 40" in aside(clinic, rows(HEAD, ("4711", 1, total), sep=";"))[2][0]


def test_every_reason_of_a_row_is_told_at_once(clinic):
    assert aside(clinic, rows(HEAD, ("nobody", "x", "y"))) == {
        2: [fault("unknown_case"), fault("session_number", most=2000), fault("number")]
    }


@pytest.mark.parametrize(
    ("instrument", "rater", "key"),
    [
        ("mystery", "", Fault.UNKNOWN_INSTRUMENT),
        ("", "", Fault.NO_INSTRUMENT),
        ("srs-v3", "neighbour", Fault.UNKNOWN_RATER),
        ("srs-v3", "therapist", Fault.WRONG_RATER),
        ("lass", "", Fault.SUPERVISION),
    ],
)
def test_a_questionnaire_that_does_not_fit_keeps_its_row_aside(clinic, instrument, rater, key):
    content = rows((*HEAD, "instrument", "rater"), ("4711", 1, 36, instrument, rater))
    assert aside(clinic, content, Choices()) == {2: [fault(key, rater="client")]}


def test_a_questionnaire_with_two_forms_is_found_by_its_rater(clinic):
    head = (*HEAD, "instrument", "rater")
    content = rows(
        head, ("4711", 1, 4, "wai-sr", "Client"), ("4711", 3, 4, "WAI-SR", ""), ("4711", 2, 4, "wai", "")
    )
    plan, landed = clinic.bring(content, Choices())
    assert landed.new == 2
    assert set(plan.bad) == {4}
    assert "wai-sr-client" in plan.bad[4][0]


def test_day_and_month_are_settled_by_the_column_or_by_the_person_or_not_at_all(clinic):
    head, first, second = ("case", "date", "total"), ("4711", "03.05.2024", 36), ("4711", "17.05.2024", 38)
    assert aside(clinic, rows(head, first)) == {2: [fault("ambiguous_date")]}
    assert aside(clinic, rows(head, first, second)) == {}
    assert aside(clinic, rows(head, first), dates="mdy") == {}
    assert aside(clinic, rows(head, first, second), dates="mdy") == {3: [fault("order_date")]}
    both = rows(head, first, second, ("4711", "05/20/2024", 30))
    assert aside(clinic, both) == {2: [fault("ambiguous_date")]}


@pytest.mark.parametrize(
    ("attendance", "total", "key"),
    [
        ("maybe", "36", Fault.ATTENDANCE),
        ("no", "36", Fault.ATTENDANCE),
        ("no show", "36", Fault.MISSED_SCORE),
    ],
)
def test_attendance_that_does_not_fit_keeps_its_row_aside(clinic, attendance, total, key):
    content = rows((*HEAD, "attendance"), ("4711", 1, total, attendance))
    assert aside(clinic, content) == {2: [fault(key)]}


def test_one_of_several_equal_rows_comes_in_and_none_that_contradict_each_other(clinic):
    content = rows(HEAD, ("4711", 1, 36), ("K7-M2", 1, 36.0), ("4711", 2, 30), ("4711", 2, 31))
    plan, landed = clinic.bring(content)
    assert landed == Landed(new=1, sessions=1)
    clash = fault("contradicts", lines="4, 5")
    assert plan.bad == {3: [fault("twice", line=2)], 4: [clash], 5: [clash]}


def test_rows_with_more_cells_than_columns_and_open_quotes_are_kept_aside(clinic):
    content = 'case,session,total\n4711,1,36,5\n4711,2,30\n4711,3,"31\n4711,4,32\n'
    plan, landed = clinic.bring(content)
    assert landed.new == 1
    assert plan.bad == {2: [fault("too_many_cells", count=3)], 4: [fault("long_cell")]}


def test_rows_that_say_nothing_are_counted_and_left_out(clinic):
    plan, landed = clinic.bring(rows(HEAD, ("4711", 1, "NA"), ("4711", 2, "."), ("4711", 3, 36)))
    assert (landed.new, plan.empty, plan.bad) == (1, 2, {})
    assert told(plan, landed, WORDS, done=True)[1].startswith("2 rows hold no score")


def test_a_file_without_rows_or_without_known_columns_is_refused(clinic):
    for content, why in ((rows(HEAD), Why.NO_ROWS), (rows(("a", "b"), (1, 2)), Why.NO_CASE)):
        with pytest.raises(CannotImport) as refused:
            clinic.plan(content)
        assert refused.value.why == why


def test_somebody_elses_cases_are_unknown(clinic):
    with clinic.store._desk.database.writing() as held:
        held.execute("UPDATE assignment SET ends_on = '2020-01-01' WHERE case_id = ?", (clinic.other.id,))
    assert aside(clinic, rows(HEAD, ("B2-C3", 1, 36))) == {2: [fault("unknown_case")]}


def test_nothing_of_a_file_reaches_a_log_or_a_repr(clinic, caplog):
    caplog.set_level(logging.DEBUG)
    plan = clinic.plan(rows(HEAD, ("SECRET-9", 1, "SECRET"), ("4711", 1, 36)))
    assert "SECRET" not in caplog.text + repr(plan)
    assert "SECRET" not in " ".join(reasons(plan, WORDS))
    assert "4711" not in repr(plan) + repr(plan.table)


# ---- which session ----


def keep(clinic, *sessions):
    for number, date in sessions:
        clinic.store.sessions.add(clinic.me, clinic.case.id, Session(number=number, date=date))


DAY = dt.date(2024, 5, 3)
WEEK = dt.timedelta(days=7)
DATED = ("case", "session", "date", "total")


def test_a_session_is_found_by_its_date(clinic):
    keep(clinic, (4, DAY), (5, DAY + WEEK))
    _, landed = clinic.bring(rows(("case", "date", "total"), ("4711", "2024-05-10", 36)))
    assert landed == Landed(new=1)
    assert clinic.scores() == {5: 36}


def test_sessions_known_by_their_date_only_are_numbered_in_the_order_of_the_dates(clinic):
    content = rows(
        ("case", "date", "total"),
        ("4711", "2024-05-17", 3),
        ("4711", "2024-05-03", 1),
        ("4711", "2024-05-10", 2),
    )
    clinic.bring(content)
    assert clinic.scores() == {1: 1, 2: 2, 3: 3}


def test_a_late_session_takes_a_free_number_or_is_kept_aside_and_moves_nothing(clinic):
    keep(clinic, (1, DAY), (3, DAY + 2 * WEEK), (4, DAY + 4 * WEEK))
    before = clinic.sessions()
    head = ("case", "date", "total")
    plan, landed = clinic.bring(rows(head, ("4711", DAY + WEEK, 36), ("4711", DAY + 3 * WEEK, 30)))
    assert landed == Landed(new=1, sessions=1)
    assert clinic.scores() == {2: 36}
    assert plan.bad == {3: [fault("no_free_number")]}
    assert [one for one in clinic.sessions() if one.number != 2] == before


def test_a_session_that_lacked_its_date_is_given_it(clinic):
    keep(clinic, (1, None))
    _, landed = clinic.bring(rows(DATED, ("4711", 1, "2024-05-03", 36)))
    assert landed == Landed(new=1, dated=1)
    assert clinic.sessions()[0].date == DAY


@pytest.mark.parametrize(
    ("row", "key"),
    [(("4711", 1, "2024-05-04", 36), Fault.OTHER_DATE), (("4711", 9, "2024-05-03", 36), Fault.OTHER_NUMBER)],
)
def test_a_session_that_is_kept_otherwise_is_not_overruled(clinic, row, key):
    keep(clinic, (1, DAY))
    assert aside(clinic, rows(DATED, row)) == {2: [fault(key)]}


def test_rows_of_one_file_that_disagree_about_a_session_name_each_other(clinic):
    head = (*DATED, "attendance")
    content = rows(
        head,
        ("4711", 1, "2024-05-03", "", "late"),
        ("4711", 1, "2024-05-04", 36, ""),
        ("4711", 1, "", 36, "attended"),
    )
    assert aside(clinic, content) == {
        3: [fault("date_differs", line=2)],
        4: [fault("attendance_differs", line=2)],
    }


def test_two_sessions_on_one_day_need_their_number(clinic):
    keep(clinic, (1, DAY), (2, DAY))
    assert aside(clinic, rows(("case", "date", "total"), ("4711", "2024-05-03", 36))) == {
        2: [fault("two_sessions")]
    }
    assert aside(clinic, rows(DATED, ("4711", 2, "2024-05-03", 36))) == {}


def test_a_missed_session_takes_no_score(clinic):
    clinic.bring(rows((*HEAD, "attendance"), ("4711", 1, "", "no_show"), ("4711", 2, 36, "late")))
    assert aside(clinic, rows(HEAD, ("4711", 1, 36), ("4711", 2, 36))) == {2: [fault("missed_score")]}
    other = rows((*HEAD, "attendance"), ("4711", 2, 36, "attended"))
    assert aside(clinic, other) == {2: [fault("other_attendance")]}
