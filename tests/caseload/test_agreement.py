"""Who says there was a rupture, session by session."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest
from example_histories import (
    CONFRONTATION,
    DATA,
    EXAMPLES,
    HISTORIES,
    PAROLE,
    WAI,
    WITHDRAWAL,
    WORDS,
    answers_on,
    history_of,
    reflection_row,
    said_in,
)

from repairbook.caseload.agreement import CELLS, Said, agreement, counted, own_said, said_of
from repairbook.caseload.demo import fill
from repairbook.caseload.history import case_history
from repairbook.home import Home
from repairbook.model.codebook import parse_codebook
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.reflection import Reflection
from repairbook.model.toml_file import read_toml
from repairbook.store import KeyTrouble, NotFound, Store, Why

YES_NO = (True, False, None)


def rows_of(history, said, **more):
    answers = answers_on(history).values()
    return {row.number: row for row in agreement(history, said, answers, **more)}


def example_rows(name):
    return rows_of(HISTORIES[name], said_in(name))


def test_in_session_6_of_the_report_only_the_therapist_knew():
    row = example_rows("parole-report")[6]
    assert (row.cell, row.client_by, row.therapist_by) == ("therapist_only", "score", "answer")
    assert row.reflected == ("r6",)
    assert "flagged" not in dict(row.rules).values()


def test_once_it_was_said_both_knew():
    assert example_rows("parole-report")[7].cell == "both_saw"


def test_a_score_alone_says_nothing_of_the_therapist():
    row = example_rows("parole-report")[8]
    assert (row.client, row.therapist, row.cell) == (True, None, "cannot_say")


def test_both_saw_the_confrontation_and_said_so_themselves():
    row = example_rows("confrontation-repaired")[6]
    assert (row.cell, row.client_by, row.therapist_by) == ("both_saw", "answer", "answer")


def test_the_slow_withdrawal_was_seen_by_the_clients_score_only():
    assert example_rows("slow-withdrawal")[11].cell == "client_only"


def test_a_missed_session_says_nothing_and_is_not_counted():
    rows = example_rows("parole-report")
    assert (rows[5].missed, rows[5].cell) == (True, "cannot_say")
    found = counted(rows.values())
    assert sum(found.values()) == len(rows) - 1
    assert (found["both_saw"], found["therapist_only"]) == (1, 1)
    assert tuple(found) == (*CELLS, "cannot_say")


@pytest.mark.parametrize("client", YES_NO)
@pytest.mark.parametrize("therapist", YES_NO)
def test_the_cell_is_what_both_say(client, therapist):
    expected = {
        (True, True): "both_saw",
        (True, False): "client_only",
        (False, True): "therapist_only",
        (False, False): "neither",
    }
    (row,) = agreement(history_of([40]), [Said("r1", "s1", client, therapist)])
    assert row.cell == expected.get((client, therapist), "cannot_say")


def test_the_cells_are_those_of_the_codebook():
    file = "agreement_cells.toml"
    book = parse_codebook(read_toml(DATA / "codebooks" / file), file)
    assert set(CELLS) == set(book.codes)


def test_the_clients_own_answer_counts_before_the_score():
    row = rows_of(history_of([20]), [Said("r1", "s1", client=False, therapist=False)])[1]
    assert (row.client_by, row.cell) == ("answer", "neither")


def test_the_therapists_answer_counts_before_the_kind_of_moment():
    (row,) = agreement(history_of([40]), [Said("r1", "s1", None, False, told=True)])
    assert (row.therapist, row.therapist_by) == (False, "answer")


def test_of_two_reflections_on_a_session_one_yes_is_enough():
    (row,) = agreement(history_of([40]), [Said("a", "s1", None, False), Said("b", "s1", None, True)])
    assert (row.therapist, row.reflected) == (True, ("a", "b"))


def test_another_rule_may_stand_for_an_answer_or_none():
    history = history_of([30, 30, 30, 30])
    assert rows_of(history, [])[2].client is True
    assert rows_of(history, [], client_rule="drop")[2].client is False
    assert rows_of(history, [], client_rule="")[2].client is None


def test_a_rule_may_stand_for_the_therapist_where_it_is_named():
    answers = answers_on(PAROLE, instrument=WAI).values()
    row = agreement(PAROLE, [], answers, therapist_rule="control-chart")[5]
    assert (row.therapist, row.therapist_by) == (True, "score")


def test_the_rules_of_both_raters_stand_side_by_side():
    answers = [*answers_on(PAROLE).values(), *answers_on(PAROLE, instrument=WAI).values()]
    rules = dict(agreement(PAROLE, [], answers)[5].rules)
    assert rules["client:control-chart"] == "clear"
    assert rules["therapist:control-chart"] == "flagged"


def test_a_rupture_told_is_a_yes_and_another_kind_of_moment_says_nothing():
    assert said_of("r", "s", Reflection(what_kind="rupture")).told is True
    for kind in ("perhaps", "repair", ""):
        assert said_of("r", "s", Reflection(what_kind=kind)).told is None


def test_a_draft_of_the_author_never_changes_what_another_person_is_shown():
    shared = [Said("r6", "s6", None, True)]
    with_draft = replace(PAROLE, reflections=(*PAROLE.reflections, reflection_row(8, "draft")))
    without = replace(PAROLE, reflections=())
    answers = tuple(answers_on(PAROLE).values())
    assert agreement(with_draft, shared, answers) == agreement(without, shared, answers)


def test_every_row_can_be_said():
    for name in HISTORIES:
        for row in example_rows(name).values():
            assert "{" not in row.said(WORDS)
    assert example_rows("parole-report")[6].said(WORDS) == (
        "The client’s score does not suggest a rupture. The therapist said that there was tension. "
        "There is a reflection on this session."
    )
    (kind,) = agreement(history_of([40]), [Said("r1", "s1", told=True)])
    assert kind.said(WORDS).startswith("What the client would say is not known. The therapist told of")


def test_ones_own_reflections_are_read_from_the_store(tmp_path):
    with Store.open(Home(tmp_path / "data", tmp_path / "config"), Library(DATA)) as store:
        actor = store.people.local("somebody")
        fill(store, actor, [EXAMPLES["confrontation-repaired"]], dt.date(2026, 11, 23))
        (case,) = store.cases.list(actor)
        history = case_history(store, actor, case.id)
        said = own_said(store, actor, history)
        rows = {row.number: row for row in agreement(history, said)}
    assert len(said) == len(CONFRONTATION.reflections)
    assert [rows[6].cell, rows[7].cell] == ["both_saw", "both_saw"]
    assert rows[14].reflected


@pytest.mark.parametrize(("fault", "left"), [(KeyTrouble(Why.UNREADABLE), 1), (NotFound(), 0)])
def test_a_reflection_that_cannot_be_opened_says_nothing_and_one_put_away_is_left_out(fault, left):
    def opening(actor, record_id):
        raise fault

    store = SimpleNamespace(reflections=SimpleNamespace(open=opening))
    said = own_said(store, Actor("p1"), WITHDRAWAL)
    assert list(said) == [Said("r11", "s11")][:left]
