from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbook.home import shipped
from repairbook.model.instruments import Instruments
from repairbook.scoring import Scored, check_score, score_items, total_from_subscales

INSTRUMENTS = Instruments(shipped() / "data")
KEYED = [each for each in INSTRUMENTS.all() if "items" in each.takes]
UNKEYED = [each for each in INSTRUMENTS.all() if "items" not in each.takes]
SHORT = INSTRUMENTS.get("wai-s-client")
FULL = INSTRUMENTS.get("wai-36-client")
SRS = INSTRUMENTS.get("srs-v3")

keyed = st.sampled_from(KEYED)
nearly = pytest.approx


def answer_of(instrument):
    low, high = instrument.item_range.low, instrument.item_range.high
    return st.floats(low, high) if instrument.answers == "line" else st.integers(int(low), int(high))


@st.composite
def answered(draw, of=keyed):
    instrument = draw(of)
    return instrument, draw(
        st.lists(answer_of(instrument), min_size=instrument.items, max_size=instrument.items)
    )


def mirrored(instrument, value, size):
    return instrument.range_of(size).low + instrument.range_of(size).high - value


# ---- the keys, by hand ----


def test_the_short_inventory_turns_its_two_items_round():
    answers = [7, 7, 7, 1, 7, 7, 7, 7, 7, 1, 7, 7]
    assert score_items(SHORT, answers) == Scored(84, {"goal": 28, "task": 28, "bond": 28})
    assert score_items(SHORT, [7] * 12).total == 84 - 2 * 6


def test_the_full_inventory_turns_its_fourteen_items_round():
    scored = score_items(FULL, [7] * 36)
    # Of the fourteen, six are goal items, five task and three bond.
    assert scored.subscales == {"goal": 84 - 6 * 6, "task": 84 - 5 * 6, "bond": 84 - 3 * 6}
    assert scored.total == 252 - 14 * 6


def test_the_session_scale_adds_up_its_four_marks():
    scored = score_items(SRS, [9.1, 8.9, 9.3, 8.7])
    assert scored.total == 36
    assert scored.subscales["goals_topics"] == 8.9


def test_the_helping_alliance_form_turns_its_five_items_round():
    form = INSTRUMENTS.get("haq-ii-client")
    assert score_items(form, [6] * 19).total == 14 * 6 + 5 * 1


def test_the_five_item_form_turns_its_third_item_round():
    assert score_items(INSTRUMENTS.get("arm-5-client"), [7, 7, 1, 7, 7]).total == 7


def test_a_mean_is_the_mean_of_the_items():
    scored = score_items(INSTRUMENTS.get("wai-srt-therapist"), [1, 5, 1, 1, 5, 1, 5, 1, 5, 1])
    assert scored.subscales == {"goal": 1, "task": 1, "bond": 5}
    assert scored.total == nearly(2.6)


def test_the_supervisors_form_has_its_three_parts():
    answers = [7] * 7 + [4] * 9 + [1] * 7
    scored = score_items(INSTRUMENTS.get("swai-23-supervisor"), answers)
    assert scored.subscales == {"rapport": 7, "client_focus": 4, "identification": 1}


# ---- what holds for every form ----


@given(keyed, st.data())
def test_turning_an_answer_round_twice_gives_it_back(instrument, data):
    answer = data.draw(answer_of(instrument))
    assert instrument.mirrored(instrument.mirrored(answer)) == nearly(answer)
    assert instrument.mirrored(answer) in instrument.item_range


@given(answered())
def test_a_score_never_leaves_its_range(filled):
    instrument, answers = filled
    scored = score_items(instrument, answers)
    assert (scored.faults, scored.missing) == ((), ())
    assert check_score(instrument, scored.total) == []
    assert all(scored.subscales[part.name] in part.range for part in instrument.subscales)


@given(answered(), st.randoms())
def test_answers_that_change_places_within_a_part_and_a_direction_make_the_same_score(filled, random):
    instrument, answers = filled
    moved = list(answers)
    for part in instrument.subscales or [replace(SRS.subscales[0], items=tuple(range(1, len(answers) + 1)))]:
        for backwards in (True, False):
            places = [item - 1 for item in part.items if (item in instrument.reversed) == backwards]
            for place, source in zip(places, random.sample(places, len(places)), strict=True):
                moved[place] = answers[source]
    one, other = score_items(instrument, answers), score_items(instrument, moved)
    assert other.total == nearly(one.total)
    assert other.subscales == nearly(dict(one.subscales))


@given(answered())
def test_a_sum_is_the_mean_times_the_number_of_items(filled):
    instrument, answers = filled
    added = score_items(replace(instrument, score="sum"), answers)
    mean = score_items(replace(instrument, score="mean"), answers)
    assert added.total == nearly(mean.total * instrument.items)
    for part in instrument.subscales:
        assert added.subscales[part.name] == nearly(mean.subscales[part.name] * len(part.items))


@given(answered())
def test_mirrored_answers_mirror_the_score(filled):
    instrument, answers = filled
    one = score_items(instrument, answers)
    other = score_items(instrument, [instrument.mirrored(answer) for answer in answers])
    assert other.total == nearly(mirrored(instrument, one.total, instrument.items))
    for part in instrument.subscales:
        assert other.subscales[part.name] == nearly(
            mirrored(instrument, one.subscales[part.name], len(part.items))
        )


@given(answered())
def test_the_parts_make_the_same_total_as_the_items(filled):
    instrument, answers = filled
    scored = score_items(instrument, answers)
    if "subscales" in instrument.takes:
        assert total_from_subscales(instrument, scored.subscales) == nearly(scored.total)


@given(answered(), st.data())
def test_a_better_answer_makes_a_better_total_and_a_reversed_one_a_worse(filled, data):
    instrument, answers = filled
    place = data.draw(st.integers(0, instrument.items - 1))
    best = [*answers[:place], instrument.item_range.high, *answers[place + 1 :]]
    change = score_items(instrument, best).total - score_items(instrument, answers).total
    assert change <= 1e-9 if place + 1 in instrument.reversed else change >= -1e-9


@given(answered(), st.data())
def test_a_missing_answer_leaves_no_total_and_only_the_parts_that_need_it_not(filled, data):
    instrument, answers = filled
    gone = data.draw(st.sets(st.integers(1, instrument.items), min_size=1))
    held = [None if number in gone else answer for number, answer in enumerate(answers, start=1)]
    scored, whole = score_items(instrument, held), score_items(instrument, answers)
    assert scored.total is None
    assert scored.missing == tuple(sorted(gone))
    assert scored.faults == ()
    untouched = {part.name for part in instrument.subscales if not set(part.items) & gone}
    assert scored.subscales == {name: whole.subscales[name] for name in untouched}


anything = st.none() | st.booleans() | st.text() | st.integers() | st.floats() | st.lists(st.integers())


@given(st.sampled_from(INSTRUMENTS.all()), st.lists(anything, max_size=40))
def test_whatever_is_entered_gets_sentences_and_never_an_exception(instrument, answers):
    scored = score_items(instrument, answers)
    assert scored.total is not None or scored.sentences
    assert all(sentence.endswith(".") for sentence in scored.sentences)


# ---- the sentences ----


def test_everything_that_does_not_fit_is_told_at_once_and_nothing_is_scored():
    scored = score_items(SHORT, [8, "xyz", 3.5, math.nan, True, None, *[4] * 6])
    assert scored.faults == (
        "Item 1 goes from 1 to 7.",
        "Item 2 is not a number.",
        "Item 3 is answered with a whole number.",
        "Item 4 is not a number.",
        "Item 5 is not a number.",
    )
    assert (scored.total, dict(scored.subscales), scored.missing) == (None, {}, (6,))
    assert scored.sentences[-1] == "Item 6 has no answer; the total needs every item."


def test_missing_answers_are_named():
    scored = score_items(SHORT, [4, None, *[4] * 9, None])
    assert scored.sentences == ("Items 2, 12 have no answer; the total needs every item.",)
    assert set(scored.subscales) == {"goal", "bond"}


def test_a_mark_on_a_line_may_lie_between_two_numbers():
    assert score_items(SRS, [9.5, 9.5, 9.5, 9.5]).total == 38


def test_too_many_or_too_few_answers_are_not_guessed_about():
    scored = score_items(SRS, [9, 9, 9])
    told = "Session Rating Scale, version 3 has 4 items, and the number of answers is 3."
    assert (scored.total, scored.sentences) == (None, (told,))


@pytest.mark.parametrize("instrument", UNKEYED, ids=lambda each: each.id)
def test_a_form_whose_key_is_not_known_is_not_scored_from_answers(instrument):
    scored = score_items(instrument, [instrument.item_range.high] * instrument.items)
    assert (scored.total, dict(scored.subscales)) == (None, {})
    assert scored.sentences[0].endswith(
        "enter the subscales or the total." if "subscales" in instrument.takes else "enter the total."
    )
