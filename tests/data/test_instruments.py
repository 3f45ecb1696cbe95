from __future__ import annotations

import pytest

from repairbook.home import shipped
from repairbook.model.instrument import TAKES
from repairbook.model.instruments import Instruments

INSTRUMENTS = Instruments(shipped() / "data")
EVERY = pytest.mark.parametrize("instrument", INSTRUMENTS.all(), ids=lambda each: each.id)


def items(instrument_id):
    return {part.name: part.items for part in INSTRUMENTS.get(instrument_id).subscales}


def test_the_instruments_shipped_are_these():
    assert INSTRUMENTS.ids() == (
        "srs-v3",
        "wai-s-client",
        "wai-s-therapist",
        "wai-sr-client",
        "wai-srt-therapist",
    )


@EVERY
def test_totals_and_subscales_can_be_entered(instrument):
    assert instrument.takes == TAKES


@EVERY
def test_owner_and_licence_are_said(instrument):
    assert instrument.owner
    assert "not part of this workbook" in instrument.licence


@EVERY
def test_only_names_are_shipped_never_a_sentence_of_a_form(instrument):
    assert all(len(part.label.split()) <= 3 for part in instrument.subscales)


@EVERY
def test_what_the_field_knows_or_says_comes_with_a_year_or_a_reason(instrument):
    for note in instrument.provenance:
        assert len(note.source) > 20
        assert note.basis in {"ours", "computed"} or any(
            word in note.source for word in ("19", "20", "As above", "authors")
        )


def test_the_session_rating_scale_speaks_up_at_36_and_not_above():
    scale = INSTRUMENTS.get("srs-v3")
    (discuss,) = scale.cutoffs
    assert (str(scale.total_range), scale.items) == ("0 to 40", 4)
    assert [discuss.reached(total) for total in (29, 36, 36.1, 40)] == [True, True, False, False]


def test_no_cutoff_is_shipped_where_none_was_published():
    assert [each.id for each in INSTRUMENTS.all() if each.cutoffs] == ["srs-v3"]


@pytest.mark.parametrize("rater", ["client", "therapist"])
def test_the_short_inventory_has_its_key(rater):
    short = INSTRUMENTS.get(f"wai-s-{rater}")
    assert items(short.id) == {"task": (1, 2, 8, 12), "bond": (3, 5, 7, 9), "goal": (4, 6, 10, 11)}
    assert (short.reversed, str(short.total_range), short.rater) == ((4, 10), "12 to 84", rater)
    assert {str(part.range) for part in short.subscales} == {"4 to 28"}


def test_the_revised_inventory_has_its_key():
    revised = INSTRUMENTS.get("wai-sr-client")
    assert items(revised.id) == {"task": (1, 2, 10, 12), "bond": (3, 5, 7, 9), "goal": (4, 6, 8, 11)}
    assert (revised.reversed, str(revised.total_range), revised.score) == ((), "1 to 5", "mean")


def test_only_the_key_that_was_not_seen_is_marked_to_verify():
    assert [each.id for each in INSTRUMENTS.all() if each.to_verify] == ["wai-srt-therapist"]
    assert items("wai-srt-therapist") == {"goal": (3, 6, 8), "task": (1, 4, 10), "bond": (2, 5, 7, 9)}
