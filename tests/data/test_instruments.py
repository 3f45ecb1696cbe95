from __future__ import annotations

import pytest

from repairbook.home import shipped
from repairbook.model.instrument import TAKES
from repairbook.model.instruments import Instruments

INSTRUMENTS = Instruments(shipped() / "data")
EVERY = pytest.mark.parametrize("instrument", INSTRUMENTS.all(), ids=lambda each: each.id)

# id: items, range of one, sum or mean, range of the total, what can be entered
SHIPPED = {
    "arm-28-client": (28, "1 to 7", "mean", "1 to 7", "total"),
    "arm-28-therapist": (28, "1 to 7", "mean", "1 to 7", "total"),
    "arm-5-client": (5, "1 to 7", "mean", "1 to 7", "items total"),
    "arm-5-therapist": (5, "1 to 7", "mean", "1 to 7", "items total"),
    "calpas-24-client": (24, "1 to 7", "mean", "1 to 7", "subscales total"),
    "calpas-24-therapist": (24, "1 to 7", "mean", "1 to 7", "subscales total"),
    "haq-ii-client": (19, "1 to 6", "sum", "19 to 114", "items total"),
    "haq-ii-therapist": (19, "1 to 6", "sum", "19 to 114", "items total"),
    "lass-3-supervisee": (3, "0 to 10", "sum", "0 to 30", "items subscales total"),
    "session-alliance-inventory-2015-client": (6, "0 to 5", "mean", "0 to 5", "items total"),
    "short-srq-18-supervisee": (18, "1 to 7", "mean", "1 to 7", "subscales total"),
    "srs-v3": (4, "0 to 10", "sum", "0 to 40", "items subscales total"),
    "star-client": (12, "0 to 4", "sum", "0 to 48", "total"),
    "star-therapist": (12, "0 to 4", "sum", "0 to 48", "total"),
    "supervision-wai-bahrick-36-supervisee": (36, "1 to 7", "mean", "1 to 7", "total"),
    "swai-19-supervisee": (19, "1 to 7", "mean", "1 to 7", "items subscales total"),
    "swai-23-supervisor": (23, "1 to 7", "mean", "1 to 7", "items subscales total"),
    "swai-brief-5-supervisee": (5, "1 to 7", "mean", "1 to 7", "items total"),
    "wai-36-client": (36, "1 to 7", "sum", "36 to 252", "items subscales total"),
    "wai-36-therapist": (36, "1 to 7", "sum", "36 to 252", "items subscales total"),
    "wai-s-client": (12, "1 to 7", "sum", "12 to 84", "items subscales total"),
    "wai-s-therapist": (12, "1 to 7", "sum", "12 to 84", "items subscales total"),
    "wai-sr-client": (12, "1 to 5", "mean", "1 to 5", "items subscales total"),
    "wai-srt-therapist": (10, "1 to 5", "mean", "1 to 5", "items subscales total"),
}
TO_VERIFY = {
    "arm-28-client": {"item_range", "direction", "score"},
    "arm-28-therapist": {"item_range", "direction", "score"},
    "arm-5-therapist": {"items", "item_range", "reversed", "direction", "score"},
    "haq-ii-therapist": {"reversed"},
    "session-alliance-inventory-2015-client": {"items", "item_range", "reversed", "direction", "score"},
    "short-srq-18-supervisee": {"subscale"},
    "swai-23-supervisor": {"subscale", "reversed"},
    "wai-36-therapist": {"subscale", "reversed"},
    "wai-srt-therapist": {"items", "item_range", "subscale", "reversed", "direction", "score"},
}


def items(instrument_id):
    return {part.name: part.items for part in INSTRUMENTS.get(instrument_id).subscales}


def sizes(instrument_id):
    return {part.name: (part.size, str(part.range)) for part in INSTRUMENTS.get(instrument_id).subscales}


def test_the_instruments_shipped_are_these():
    assert INSTRUMENTS.ids() == tuple(sorted(SHIPPED))


@EVERY
def test_every_instrument_has_its_numbers(instrument):
    taken = " ".join(sorted(instrument.takes))
    shape = (str(instrument.item_range), instrument.score, str(instrument.total_range))
    assert (instrument.items, *shape, taken) == SHIPPED[instrument.id]
    assert instrument.direction == "higher_is_better"


@EVERY
def test_a_total_can_always_be_entered(instrument):
    assert "total" in instrument.takes
    assert set(instrument.takes) <= set(TAKES)


@EVERY
def test_an_id_says_who_fills_the_form_in(instrument):
    assert instrument.id == "srs-v3" or instrument.id.endswith(f"-{instrument.rater}")


@EVERY
def test_supervision_is_rated_by_its_two_people_and_therapy_by_its_own(instrument):
    supervision = instrument.rater in {"supervisee", "supervisor"}
    assert instrument.subject == ("pair" if supervision else "case")


def test_no_two_instruments_share_a_title():
    titles = [each.title for each in INSTRUMENTS.all()]
    assert len(set(titles)) == len(titles)


@EVERY
def test_owner_and_licence_are_said(instrument):
    assert instrument.owner
    assert "not part of this workbook" in instrument.licence


@EVERY
def test_only_names_are_shipped_never_a_sentence_of_a_form(instrument):
    assert all(len(part.label.split()) <= 4 for part in instrument.subscales)
    assert all(len(name.split()) <= 3 for name in instrument.names)


def test_no_wording_is_shipped():
    assert list((shipped() / "data").rglob("wording*")) == []


@EVERY
def test_what_the_field_knows_or_says_comes_with_a_year_or_a_reason(instrument):
    for note in instrument.provenance:
        assert len(note.source) > 20
        assert note.basis in {"ours", "computed"} or any(
            word in note.source for word in ("19", "20", "As above", "authors")
        )


@EVERY
def test_the_rule_for_missing_answers_is_said_to_be_ours(instrument):
    (note,) = (each for each in instrument.provenance if "missing" in each.of)
    assert note.basis == "ours"
    assert "No published rule" in note.source


def test_the_session_rating_scale_speaks_up_at_36_and_not_above():
    scale = INSTRUMENTS.get("srs-v3")
    (discuss,) = scale.cutoffs
    assert [discuss.reached(total) for total in (29, 36, 36.1, 40)] == [True, True, False, False]


def test_no_cutoff_is_shipped_where_none_was_published():
    assert [each.id for each in INSTRUMENTS.all() if each.cutoffs] == ["srs-v3"]


# ---- the keys ----


@pytest.mark.parametrize("rater", ["client", "therapist"])
def test_the_full_inventory_has_its_key(rater):
    full = INSTRUMENTS.get(f"wai-36-{rater}")
    assert items(full.id) == {
        "task": (2, 4, 7, 11, 13, 15, 16, 18, 24, 31, 33, 35),
        "bond": (1, 5, 8, 17, 19, 20, 21, 23, 26, 28, 29, 36),
        "goal": (3, 6, 9, 10, 12, 14, 22, 25, 27, 30, 32, 34),
    }
    assert full.reversed == (1, 3, 7, 9, 10, 11, 12, 15, 20, 27, 29, 31, 33, 34)
    assert {str(part.range) for part in full.subscales} == {"12 to 84"}


@pytest.mark.parametrize("rater", ["client", "therapist"])
def test_the_short_inventory_has_its_key(rater):
    short = INSTRUMENTS.get(f"wai-s-{rater}")
    assert items(short.id) == {"task": (1, 2, 8, 12), "bond": (3, 5, 7, 9), "goal": (4, 6, 10, 11)}
    assert short.reversed == (4, 10)
    assert {str(part.range) for part in short.subscales} == {"4 to 28"}


def test_the_revised_inventories_have_their_keys():
    assert items("wai-sr-client") == {"task": (1, 2, 10, 12), "bond": (3, 5, 7, 9), "goal": (4, 6, 8, 11)}
    assert items("wai-srt-therapist") == {"goal": (3, 6, 8), "task": (1, 4, 10), "bond": (2, 5, 7, 9)}


def test_only_these_other_forms_have_items_that_count_backwards():
    turned = {each.id: each.reversed for each in INSTRUMENTS.all() if each.reversed and "wai" not in each.id}
    backwards = (4, 8, 11, 16, 19)
    assert turned == {
        "haq-ii-client": backwards,
        "haq-ii-therapist": backwards,
        "arm-5-client": (3,),
        "arm-5-therapist": (3,),
    }


def test_the_supervision_forms_have_their_keys():
    one_to = {"rapport": tuple(range(1, 13)), "client_focus": tuple(range(13, 20))}
    assert items("swai-19-supervisee") == one_to
    assert items("swai-23-supervisor") == {
        "rapport": tuple(range(1, 8)),
        "client_focus": tuple(range(8, 17)),
        "identification": tuple(range(17, 24)),
    }
    assert items("lass-3-supervisee") == {"approach": (1,), "relationship": (2,), "needs": (3,)}


def test_parts_whose_items_are_not_known_tell_only_how_many_they_are():
    assert set(sizes("calpas-24-client").values()) == {(6, "1 to 7")}
    assert len(sizes("calpas-24-therapist")) == 4
    assert [size for size, _ in sizes("short-srq-18-supervisee").values()] == [9, 5, 4]
    assert list(sizes("star-client").values()) == [(6, "0 to 24"), (3, "0 to 12"), (3, "0 to 12")]
    assert "emotional_difficulties" in sizes("star-therapist")
    for each in ("calpas-24-client", "short-srq-18-supervisee", "star-client", "star-therapist"):
        assert set(items(each).values()) == {()}


def test_where_nothing_but_names_are_known_there_are_only_names():
    names = ("Bond", "Partnership", "Confidence", "Openness", "Client initiative")
    assert INSTRUMENTS.get("arm-28-client").names == names
    assert INSTRUMENTS.get("supervision-wai-bahrick-36-supervisee").names == ("Bond", "Goals and tasks")


@EVERY
def test_numbers_believed_right_and_not_seen_are_marked_to_verify(instrument):
    assert set(instrument.to_verify) == TO_VERIFY.get(instrument.id, set())
