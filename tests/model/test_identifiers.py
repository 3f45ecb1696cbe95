from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbook.model.identifiers import find_identifiers

SEEN = [
    ("email", "write to someone@example.org please"),
    ("phone", "call 020 7946 0958 tomorrow"),
    ("phone", "call +44 20 7946 0958"),
    ("date", "it was on 17.11.2026"),
    ("date", "it was on the 3rd of March"),
    ("date", "since March 3"),
    ("date", "on 2026-11-17 she left"),
    ("address", "she lives at 12 Mill Lane"),
    ("address", "postcode SW1A 1AA"),
    ("record_number", "file number AB-2231"),
    ("record_number", "it says 004417723 on the sheet"),
    ("title_name", "Officer Lind called"),
    ("title_name", "with Dr. Amsel"),
    ("site_word", "over at northgate house again"),
]

NOT_SEEN = [
    "I said it in 3 sentences, twice.",
    "She scored 38 of 40 in session 12.",
    "At 12:30 she went quiet.",
    "may I say 3 things",
    "the officer, the judge and the doctor",
    "Three of 10 times.",
    "I counted to 10 and it was 5 minutes.",
]


@pytest.mark.parametrize(("kind", "text"), SEEN)
def test_what_may_point_to_a_person_is_found(kind, text):
    assert [one.kind for one in find_identifiers(text, ["Northgate House"])] == [kind]


@pytest.mark.parametrize("text", NOT_SEEN)
def test_ordinary_sentences_are_left_in_peace(text):
    assert find_identifiers(text, ["Northgate House"]) == ()


def test_the_words_found_never_show_in_a_repr():
    assert "Amsel" not in repr(find_identifiers("with Dr. Amsel"))


@given(st.text(max_size=400), st.lists(st.text(max_size=10), max_size=5))
def test_any_text_is_read_without_fault_and_places_do_not_overlap(text, words):
    found = find_identifiers(text, words)
    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
