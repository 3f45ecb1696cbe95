"""Typing in a score."""

from __future__ import annotations

import pytest
from parole_case import INSTRUMENTS, LIBRARY, WORDS, in_sight, opened, parole, press, said, with_sessions

from repairbook.ui.number_box import NumberBox, number_of
from repairbook.ui.score_entry import ScoreEntry

SRS, OWN = INSTRUMENTS.get("srs-v3"), INSTRUMENTS.get("wai-s-therapist")


def entry_of(told, instruments=(SRS, OWN), **more):
    told.kept = []
    kept = more.pop("kept", lambda: told.kept.append(True))
    made = ScoreEntry(told.store, told.actor, told.case, WORDS, LIBRARY, instruments, kept, **more)
    press(made, WORDS("score.open"))
    return made


def boxes(entry):
    return [one for one in in_sight(entry) if isinstance(one, NumberBox)]


def save(entry, *typed):
    for one, text in zip(boxes(entry), typed, strict=True):
        one.set_state({"value": text})
    press(entry, WORDS("score.save"))


def scores(told):
    return told.store.scores.list(told.actor, told.case)


def test_a_total_is_stored_for_the_latest_session_that_has_none(tmp_path):
    told = with_sessions(tmp_path, 3, missed=0)
    entry = entry_of(told)
    save(entry, "36,5")
    (score,) = scores(told)
    assert (score.total, score.session, score.rater) == (36.5, told.sessions[2], "client")
    assert told.kept == [True]
    assert WORDS("score.saved", total="36.5", session=3) in said(entry)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("", "empty"), ("many", "number"), ("41", "range"), ("-1", "range"), ("1e400", "number")],
)
def test_what_does_not_fit_is_said_in_a_sentence_and_kept(tmp_path, typed, kind):
    told = with_sessions(tmp_path, 2, missed=0)
    entry = entry_of(told)
    save(entry, typed)
    assert WORDS(f"score.fault.{kind}", example="20", low="0", high="40") in said(entry)
    assert boxes(entry)[0].value == typed
    assert scores(told) == []


def test_the_parts_make_the_total(tmp_path):
    told = with_sessions(tmp_path, 2, missed=0)
    entry = entry_of(told)
    press(entry, WORDS("score.by_parts"))
    assert len(boxes(entry)) == 4
    save(entry, "9", "8.5", "9", "10")
    (score,) = scores(told)
    assert score.total == 36.5
    assert score.subscales["goals_topics"] == 8.5


def test_a_missing_part_names_itself(tmp_path):
    told = with_sessions(tmp_path, 2, missed=0)
    entry = entry_of(told)
    press(entry, WORDS("score.by_parts"))
    save(entry, "9", "", "9", "10")
    assert "Goals and topics:" in said(entry)
    assert [one.value for one in boxes(entry)] == ["9", "", "9", "10"]


def test_at_most_four_controls_show_at_once(tmp_path):
    told = with_sessions(tmp_path, 2, missed=0)
    entry = entry_of(told)
    inputs = ("NumberBox", "Dropdown", "SessionChoice", "Chips")

    def count():
        return sum(type(one).__name__ in inputs for one in in_sight(entry))

    seen = [count()]
    press(entry, WORDS("score.by_parts"))
    seen.append(count())
    save(entry, "9", "9", "9", "10")
    seen.append(count())
    assert seen == [3, 4, 3]


def test_what_was_said_about_it_is_added_to_the_stored_score(tmp_path):
    told = with_sessions(tmp_path, 2, missed=0)
    entry = entry_of(told)
    save(entry, "36")
    chips = {one.label: one for one in in_sight(entry) if type(one).__name__ == "Chips"}
    chips[WORDS("score.discussed")].set_state({"value": ["yes"]})
    chips[WORDS("score.therapist_present")].set_state({"value": ["no"]})
    chips[WORDS("score.told_seen_by")].set_state({"value": ["me", "supervisor"]})
    (score,) = scores(told)
    assert (score.discussed, score.therapist_present) == (True, False)
    assert score.told_seen_by == ("me", "supervisor")


def test_the_next_score_does_not_inherit_the_answers_of_the_last(tmp_path):
    told = with_sessions(tmp_path, 2, missed=0)
    entry = entry_of(told)
    save(entry, "36")
    next(one for one in in_sight(entry) if type(one).__name__ == "Chips").set_state({"value": ["yes"]})
    press(entry, WORDS("score.done"))
    press(entry, WORDS("score.open"))
    save(entry, "30")
    assert [score.discussed for score in scores(told)] == [None, True]


def test_a_score_typed_by_mistake_can_be_taken_back(tmp_path):
    told = with_sessions(tmp_path, 2, missed=0)
    entry = entry_of(told)
    save(entry, "36")
    press(entry, WORDS("score.remove"))
    assert scores(told) == []
    assert WORDS("score.removed") in said(entry)


def test_a_missed_session_is_not_offered_and_scored_ones_say_so(tmp_path):
    entry = entry_of(parole(tmp_path))
    offered = [name for name, _ in entry._session.options]
    assert "Session 5" not in " ".join(offered)
    assert offered[0] == "Session 13 (has 38)"
    assert entry._session.value == "new"


def test_later_sessions_are_not_offered_while_they_are_held_back(tmp_path):
    entry = entry_of(parole(tmp_path), upto=7)
    assert entry._session.options[0][0] == "Session 7 (has 31)"
    assert "new" not in [value for _, value in entry._session.options]


def test_the_first_score_makes_the_first_session(tmp_path):
    told = opened(tmp_path)
    save(entry_of(told), "38")
    (session,) = told.store.sessions.list(told.actor, told.case)
    assert (session.number, scores(told)[0].session) == (1, session.id)


def test_a_new_session_goes_on_with_the_stage_somebody_set(tmp_path):
    told = with_sessions(tmp_path, 1, missed=0)
    first = told.store.sessions.list(told.actor, told.case)[0]
    told.store.sessions.correct(told.actor, first.model_copy(update={"stage": "change"}))
    entry = entry_of(told)
    entry._session.value = "new"
    save(entry, "38")
    assert told.store.sessions.list(told.actor, told.case)[-1].stage == "change"


def test_a_therapist_rating_is_asked_for_as_ones_own(tmp_path):
    told = with_sessions(tmp_path, 1, missed=0)
    entry = entry_of(told)
    entry._instrument.value = OWN.id
    assert WORDS("score.hint_therapist") in said(entry)
    save(entry, "60")
    assert scores(told)[0].rater == "therapist"
    assert not [one for one in in_sight(entry) if type(one).__name__ == "Chips"]


def test_a_store_that_fails_leaves_everything_typed_and_says_so(tmp_path, monkeypatch, caplog):
    monkeypatch.delenv("REPAIRBOOK_STRICT", raising=False)
    told = with_sessions(tmp_path, 1, missed=0)
    entry = entry_of(told)

    def fail(*given):
        message = "secret 36"
        raise OSError(message)

    monkeypatch.setattr(told.store.scores, "record", fail)
    save(entry, "36")
    assert WORDS("score.fault.not_saved") in said(entry)
    assert boxes(entry)[0].value == "36"
    assert "secret" not in caplog.text


def test_without_any_questionnaire_it_says_what_is_missing(tmp_path):
    entry = entry_of(with_sessions(tmp_path, 1, missed=0), ())
    assert WORDS("score.no_instrument") in said(entry)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("36", 36), (" 36.5 ", 36.5), ("36,5", 36.5), ("", None), ("nan", None), ("inf", None), ("١", None)],
)
def test_numbers_are_read_as_people_type_them(typed, number):
    assert number_of(typed) == number
