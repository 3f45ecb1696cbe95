from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest

from repairbook.home import shipped
from repairbook.model.draft import FIELDS
from repairbook.model.example import read_examples
from repairbook.model.field import Kind
from repairbook.model.identifiers import find_identifiers
from repairbook.model.instruments import Instruments
from repairbook.model.library import Library
from repairbook.model.reflection import OPEN_STANDINGS
from repairbook.scoring import check_score

DATA = shipped() / "data"
LIBRARY = Library(DATA)
INSTRUMENTS = Instruments(DATA)
CASES = {example.id: example for example in read_examples(DATA / "cases", LIBRARY)}
EVERY = pytest.mark.parametrize("example", CASES.values(), ids=CASES)

SHORT_WALK = [key for key, field in FIELDS.items() if not field.theme]
MAY_STAY_EMPTY = {
    "last_plan",
    "moment_at",
    "feelings_word",
    "my_part",
    "my_part_answer",
    "not_sure",
    "session",
}
MOST_WORDS = 35
MOST_WORDS_PER_SENTENCE = 18
LONGEST_MOMENT = 90


def series(example, rater):
    found = []
    for each in example.sessions:
        totals = [score.total for score in each.scores if score.rater == rater]
        found.append(totals[0] if totals else None)
    return found


def closed(example):
    return [told for told in example.reflections if told.closed_after_days is not None]


def typed(example):
    """Every text of a case, with where it stands."""
    yield "title", example.title
    yield "introduction", example.introduction
    for told in example.reflections:
        for key, value in told.reflection.filled().items():
            if FIELDS[key].kind in {Kind.TEXT, Kind.LINE}:
                yield f"{told.session} {key}", value
        yield from ((f"{told.session} timeline", row.line) for row in told.reflection.timeline)
        yield from ((f"{told.session} follow-up", later.follow_up.line) for later in told.follow_ups)


def sentences(text):
    return [each for each in re.split(r"(?<=[.?!])\s+", text.strip()) if each]


def words(text):
    return re.findall(r"[\w'’-]+", text)


def syllables(word):
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))))


def test_the_three_cases_come_in_the_order_they_are_shown():
    assert list(CASES) == ["parole-report", "confrontation-repaired", "slow-withdrawal"]


def test_the_parole_case_has_its_series_with_the_missed_session_as_a_gap():
    told = series(CASES["parole-report"], "client")
    assert told == [38, 39, 40, 40, None, 40, 31, 29, 33, 36, 37, 37, 38]
    assert CASES["parole-report"].sessions[4].session.attendance == "no_show"


def test_only_the_therapist_knew_in_session_six():
    example = CASES["parole-report"]
    assert series(example, "client")[5] == 40
    assert series(example, "therapist")[5] == min(total for total in series(example, "therapist") if total)
    assert example.reflections[0].reflection.who_noticed == ("me",)


def test_in_the_repaired_case_both_series_dip_and_come_back_within_two_sessions():
    example = CASES["confrontation-repaired"]
    for rater in ("client", "therapist"):
        told = series(example, rater)
        assert told[5] == min(total for total in told if total)
        assert told[5] < told[6] < told[7]
        assert told[7] >= told[4]


def test_in_the_slow_case_the_client_slides_in_small_steps_while_the_therapist_stays_high():
    example = CASES["slow-withdrawal"]
    told = [total for total in series(example, "client") if total]
    steps = [later - earlier for earlier, later in pairwise(told)]
    assert min(steps) >= -2
    assert told[-1] < told[0] - 4
    therapist = [total for total in series(example, "therapist") if total]
    assert therapist[-1] >= therapist[0]


def test_the_slow_case_was_only_written_about_when_it_was_over():
    example, today = CASES["slow-withdrawal"], dt.date(2026, 11, 23)
    (told,) = example.reflections
    begun = example.day_of(told.session, today) + dt.timedelta(days=told.begun_after_days)
    assert begun > example.day_of(example.ended_session, today)
    assert (told.reflection.standing, told.reflection.movement) == ("ended", "withdrawal")


@EVERY
def test_a_case_has_twelve_to_fourteen_sessions_counted_from_one(example):
    numbers = [each.session.number for each in example.sessions]
    assert numbers == list(range(1, len(numbers) + 1))
    assert 12 <= len(numbers) <= 14


@EVERY
def test_missed_sessions_are_gaps_and_all_others_have_both_scores(example):
    for each in example.sessions:
        assert [score.rater for score in each.scores] == (
            [] if each.session.missed else ["client", "therapist"]
        )


@EVERY
def test_every_score_fits_its_instrument_and_rater(example):
    for score in (score for each in example.sessions for score in each.scores):
        instrument = INSTRUMENTS.get(score.instrument)
        assert instrument.rater == score.rater
        assert check_score(instrument, score.total) == []


@EVERY
def test_every_session_says_its_stage(example):
    assert all(each.session.stage in LIBRARY.codebook("stage").codes for each in example.sessions)


@EVERY
def test_every_closed_reflection_has_the_whole_short_walk(example):
    for told in closed(example):
        assert set(SHORT_WALK) - set(told.reflection.filled()) <= MAY_STAY_EMPTY
        assert told.reflection.my_part or told.reflection.my_part_answer


@EVERY
def test_look_closer_is_used_in_several_themes(example):
    themes = {FIELDS[key].theme for told in closed(example) for key in told.reflection.filled()}
    assert len(themes - {""}) >= 4


def test_the_rule_is_told_where_the_client_has_to_come():
    assert CASES["parole-report"].case.participation == "mandated"
    for told in CASES["parole-report"].reflections:
        assert {"must_report", "to_whom", "when_told", "how_said", "dread_before"} <= set(
            told.reflection.filled()
        )


def test_there_is_one_open_draft_and_it_is_half_filled_with_a_private_line():
    (draft,) = (
        told for each in CASES.values() for told in each.reflections if told.closed_after_days is None
    )
    assert draft.reflection.not_sure
    assert 3 <= len(draft.reflection.filled()) < len(SHORT_WALK) / 2


def test_one_question_of_how_it_stands_now_is_waiting():
    waiting = [
        told
        for example in CASES.values()
        for told in closed(example)
        if [told.reflection.standing, *(later.follow_up.standing for later in told.follow_ups)][-1]
        in OPEN_STANDINGS
    ]
    assert len(waiting) == 1


@pytest.mark.parametrize("days", range(7))
def test_the_waiting_question_is_due_whatever_day_today_is(days):
    today = dt.date(2026, 11, 23) + dt.timedelta(days=days)
    example = CASES["confrontation-repaired"]
    told = example.reflections[2]
    after = dt.timedelta(days=told.closed_after_days + told.ask_again_after_days)
    assert today - dt.timedelta(days=7) <= example.day_of(told.session, today) + after <= today


@EVERY
def test_a_plan_is_only_answered_when_there_was_one(example):
    for earlier, told in zip([None, *example.reflections], example.reflections, strict=False):
        assert not told.reflection.last_plan or earlier.reflection.next_time


@EVERY
def test_no_text_points_to_a_person(example):
    assert [(where, found.kind) for where, text in typed(example) for found in find_identifiers(text)] == []


@EVERY
def test_no_capital_letter_stands_where_a_name_could_be(example):
    for where, text in typed(example):
        for sentence in sentences(text):
            capitals = [word for word in words(sentence)[1:] if word[0].isupper() and word != "I"]
            assert capitals == [] or re.search(r"[:\"“]", sentence), where


@EVERY
def test_no_sentence_is_long(example):
    for where, text in typed(example):
        for sentence in sentences(text):
            assert len(words(sentence)) <= MOST_WORDS, where


@EVERY
def test_a_tired_person_can_read_it(example):
    said = " ".join(text if text.endswith((".", "?")) else f"{text}." for _, text in typed(example))
    all_words = words(said)
    per_sentence = len(all_words) / len(sentences(said))
    per_word = sum(syllables(word) for word in all_words) / len(all_words)
    reading_ease = 206.835 - 1.015 * per_sentence - 84.6 * per_word
    assert per_sentence <= MOST_WORDS_PER_SENTENCE
    assert reading_ease >= 75


@EVERY
def test_a_moment_is_told_in_two_to_four_sentences(example):
    for told in example.reflections:
        assert 2 <= len(sentences(told.reflection.moment)) <= 4
        assert len(words(told.reflection.moment)) <= LONGEST_MOMENT


@EVERY
def test_the_introduction_is_two_sentences(example):
    assert len(sentences(example.introduction)) == 2


@EVERY
def test_the_spelling_is_british_and_nobody_is_called_anonymous(example):
    said = " ".join(text for _, text in typed(example)).lower()
    assert re.findall(r"\b(?:anonym\w*|behavior|color|apologize|recognize|summarize|toward)\b", said) == []
