from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbook.home import shipped
from repairbook.model.instruments import Instruments
from repairbook.scoring import check_score, total_from_subscales

ALL = Instruments(shipped() / "data").all()
SRS = Instruments(shipped() / "data").get("srs-v3")
SRT = Instruments(shipped() / "data").get("wai-srt-therapist")
PERFECT = {"relationship": 10, "goals_topics": 10, "approach_method": 10, "overall": 10}

instruments = st.sampled_from(ALL)
in_parts = st.sampled_from([each for each in ALL if "subscales" in each.takes])


@st.composite
def filled_in(draw):
    instrument = draw(in_parts)
    parts = {part.name: draw(st.floats(part.range.low, part.range.high)) for part in instrument.subscales}
    return instrument, parts


def test_a_sum_is_added_up():
    assert total_from_subscales(SRS, {**PERFECT, "overall": 6.5}) == 36.5


def test_a_mean_weighs_each_subscale_by_its_items():
    assert total_from_subscales(SRT, {"goal": 5, "task": 5, "bond": 1}) == pytest.approx(3.4)


@given(filled_in())
def test_what_fits_makes_a_total_that_fits(given_parts):
    instrument, parts = given_parts
    assert check_score(instrument, total_from_subscales(instrument, parts), parts) == []


@given(filled_in(), st.data())
def test_a_better_part_never_makes_a_worse_total(given_parts, data):
    instrument, parts = given_parts
    part = data.draw(st.sampled_from(instrument.subscales))
    better = {**parts, part.name: data.draw(st.floats(parts[part.name], part.range.high))}
    assert total_from_subscales(instrument, better) >= total_from_subscales(instrument, parts) - 1e-9


@given(filled_in(), st.randoms())
def test_the_order_of_the_parts_does_not_matter(given_parts, random):
    instrument, parts = given_parts
    names = list(parts)
    random.shuffle(names)
    assert total_from_subscales(instrument, {name: parts[name] for name in names}) == total_from_subscales(
        instrument, parts
    )


@given(instruments, st.floats())
def test_a_total_is_taken_exactly_when_it_lies_in_the_range(instrument, total):
    fits = math.isfinite(total) and total in instrument.total_range
    assert (check_score(instrument, total) == []) == fits


@given(
    instruments,
    st.dictionaries(st.text(), st.none() | st.booleans() | st.text() | st.integers() | st.floats()),
)
def test_whatever_is_entered_gets_sentences_and_never_an_exception(instrument, parts):
    for sentence in check_score(instrument, subscales=parts):
        assert sentence.endswith(".")


def test_everything_that_does_not_fit_is_told_at_once():
    parts = {"relationship": 11, "goals_topics": "ten", "overall": 9, "mood": 3}
    assert check_score(SRS, 41, parts) == [
        "The total is the sum of the items: it goes from 0 to 40.",
        "Relationship goes from 0 to 10.",
        "Goals and topics is not a number.",
        "Approach or method is missing.",
        "There is a subscale this instrument does not have; it has "
        "Relationship, Goals and topics, Approach or method, Overall.",
    ]


def test_what_was_entered_is_never_repeated():
    told = check_score(SRS, "xyz 1", {"xyz 2": "xyz 3"})
    assert "xyz" not in " ".join(told)


def test_nothing_entered_is_said_so():
    assert check_score(SRS) == check_score(SRS, None, {}) == ["Enter a total, or all the subscales."]


@pytest.mark.parametrize("total", [True, math.nan, math.inf, "38", 10**400])
def test_what_is_no_ordinary_number_is_no_total(total):
    assert check_score(SRS, total) == ["The total is not a number."]


def test_a_total_that_its_subscales_do_not_make_is_pointed_at():
    told = check_score(SRS, 38, PERFECT)
    assert told == ["The subscales make a total of 40, and the total entered is another one."]


def test_a_total_rounded_to_two_decimals_still_agrees():
    assert check_score(SRT, 3.33, {"goal": 3.33, "task": 3.33, "bond": 3.34}) == []


def test_parts_that_do_not_fit_make_no_total():
    with pytest.raises(ValueError, match="do not fit srs-v3"):
        total_from_subscales(SRS, {"overall": 9})
