from __future__ import annotations

import datetime as dt

import pytest

from repairbook.caseload.demo import DemoClock, fill
from repairbook.home import Home, shipped
from repairbook.model.example import read_examples
from repairbook.model.library import Library
from repairbook.store import Store

TODAY = dt.date(2026, 11, 23)
LIBRARY = Library(shipped() / "data")
EXAMPLES = read_examples(shipped() / "data" / "cases", LIBRARY)
CODES = ["D3-P6", "K7-M2", "R4-T8"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    clock = DemoClock()
    with Store.open(Home(folder / "data", folder / "config", "demo"), LIBRARY, now=clock) as store:
        actor = store.people.local("somebody")
        fill(store, actor, EXAMPLES, TODAY, clock)
        yield store, actor


@pytest.fixture(scope="module")
def cases(demo):
    store, actor = demo
    return {case.case_code: case for case in store.cases.list(actor)}


def record_on(demo, case, number):
    store, actor = demo
    (found,) = (each for each in store.reflections.of_case(actor, case.id) if each.session_number == number)
    return found


def test_the_three_cases_are_there(cases):
    assert sorted(cases) == CODES


def test_every_session_and_score_of_the_examples_is_there(demo, cases):
    store, actor = demo
    for example in EXAMPLES:
        case_id = cases[example.case.case_code].id
        kept = store.sessions.list(actor, case_id)
        assert [each.number for each in kept] == [each.session.number for each in example.sessions]
        totals = [score.total for score in store.scores.list(actor, case_id)]
        assert totals == [score.total for each in example.sessions for score in each.scores]


def test_the_last_session_lies_in_the_week_before_today(demo, cases):
    store, actor = demo
    last = store.sessions.list(actor, cases["K7-M2"].id)[-1]
    assert last.date == dt.date(2026, 11, 17)


def test_one_draft_waits_to_be_finished(demo):
    store, actor = demo
    (draft,) = store.reflections.drafts(actor)
    assert (draft.case_code, draft.session_number) == ("R4-T8", 14)
    assert store.reflections.open(actor, draft.record_id).body.reflection.not_sure


def test_one_question_is_due(demo):
    store, actor = demo
    (waiting,) = store.reflections.due(actor, TODAY)
    assert (waiting.case_code, waiting.session_number, waiting.standing) == ("R4-T8", 11, "unknown")


def test_the_report_was_open_then_partly_then_resolved(demo, cases):
    store, actor = demo
    record = record_on(demo, cases["K7-M2"], 6)
    told = store.reflections.follow_ups(actor, record.record_id)
    assert [each.follow_up.standing for each in told] == ["partly", "resolved"]
    assert (record.standing, record.due_on) == ("resolved", None)
    sessions = {each.id: each.number for each in store.sessions.list(actor, cases["K7-M2"].id)}
    assert [sessions[each.follow_up.session] for each in told] == [8, 10]


def test_a_closed_reflection_reads_as_it_was_told(demo, cases):
    store, actor = demo
    record = record_on(demo, cases["K7-M2"], 6)
    told = store.reflections.open(actor, record.record_id).body.reflection
    expected = EXAMPLES[0].reflections[0].reflection
    assert told.model_copy(update={"session": ""}) == expected


def test_the_case_that_ended_says_when_and_how(demo, cases):
    store, actor = demo
    case = cases["D3-P6"]
    assert store.sessions.get(actor, case.ended_session).number == 12
    assert (case.ended_reason, case.ended_mutual) == ("client_left", False)
    assert cases["K7-M2"].ended_session == ""


def test_everything_is_stamped_with_the_day_it_is_told_of(demo, cases):
    record = record_on(demo, cases["K7-M2"], 6)
    assert record.closed_at.astimezone().date() == dt.date(2026, 9, 25)


def test_the_history_of_the_demo_is_sound(demo):
    store, actor = demo
    assert not store.history.check(actor)


def test_the_clock_goes_on_with_this_moment():
    clock = DemoClock()
    assert abs(clock() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_filling_again_changes_nothing(demo):
    store, actor = demo
    fill(store, actor, EXAMPLES, TODAY)
    assert len(store.cases.list(actor)) == len(CODES)
    assert len(store.reflections.drafts(actor)) == 1


def test_a_store_with_a_case_of_its_own_is_left_as_it_is(tmp_path):
    with Store.open(Home(tmp_path / "data", tmp_path / "config"), LIBRARY) as store:
        actor = store.people.local("somebody")
        store.cases.create(actor, EXAMPLES[0].case)
        fill(store, actor, EXAMPLES, TODAY)
        (case,) = store.cases.list(actor)
        assert store.sessions.list(actor, case.id) == []


def test_without_the_demos_clock_only_the_stamps_are_of_now(tmp_path):
    with Store.open(Home(tmp_path / "data", tmp_path / "config"), LIBRARY) as store:
        actor = store.people.local("somebody")
        fill(store, actor, EXAMPLES[:1], TODAY)
        (case,) = store.cases.list(actor)
        assert store.sessions.list(actor, case.id)[0].date == dt.date(2026, 8, 18)
        assert all(each.closed_at.year >= 2026 for each in store.reflections.closed(actor))
