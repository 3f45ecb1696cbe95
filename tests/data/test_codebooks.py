from __future__ import annotations

import re
from functools import cache

import pytest

from repairbook.home import shipped
from repairbook.model.codebook import Codebook
from repairbook.model.library import Library

LIBRARY = Library(shipped() / "data")
IDS = LIBRARY.ids()

FIXED = {
    "unit": "individual couple family group",
    "participation": "voluntary mandated",
    "format": "in_person video phone text",
    "assignment_kind": "individual triadic group off_site overseen",
    "ending_reason": "goals_met beyond_scope client_left ended_by_us other",
    "attendance": "attended late cancelled no_show",
    "third_party": "interpreter family other",
    "stage": "commitment process change termination",
    "what_kind": "rupture perhaps repair",
    "plan_answer": "tried partly not_yet no_chance",
    "trigger_source": "client me setting outside",
    "movement": "withdrawal confrontation mixed unclear",
    "moves": "explained asked owned cleared changed linked let_be nothing",
    "standing": "resolved partly not ended open unknown",
    "standing_by": "client_said i_think we_differ",
    "my_part": "cant_see_yet done_to_me",
    "asks": "see rehearse decide watch hear",
    "rupture_markers_3rs_2015": "W1 W2 W3 W4 W5 W6 W7 C1 C2 C3 C4 C5 C6 C7",
    "rupture_dimensions_3rs_2022": "WD_P CF_P WD_T CF_T",
    "resolution_strategies_3rs_2015": "R1 R2 R3 R4 R5 R6 R7 R8 R9 R10",
    "repair_pathways": "P1 P2 P3",
    "bordin": "goal task bond",
    "noticers": "client me both supervisor tape",
    "boundary_event": "inside outside",
    "power_whose": "client me setting other",
    "power_toward": "client me both",
    "timeline_event": "rupture attempt repair",
    "when_told": "first_session later when_it_happened not_yet",
    "took_it": "accepted complied protested silent other",
    "own_movement": "toward away against stays",
    "client_voiced": "yes indirectly no",
    "pattern_timing": "this_session later not_yet",
    "played_whom": "client therapist both",
    "consult": "none peer supervisor specialist referral",
    "contact_answer": "reached no_answer declined",
}
# How many codes a published or named list has.
COUNTS = {
    "communication_techniques": 13,
    "calpas_aspects": 4,
    "good_relationship": 5,
    "ct_betan_2005": 8,
    "ct_tanzilli_2016": 9,
    "ct_swedish": 7,
    "cfi_qualities": 5,
    "cms_2017": 2,
    "icb_2000": 2,
    "ct_awareness_2025": 3,
    "racker": 2,
    "repair_stages_withdrawal": 4,
    "repair_stages_confrontation": 6,
    "withdrawal_forms_3rs_2022": 8,
    "emotions_ekman": 6,
    "emotions_plutchik": 8,
    "aft_skills": 3,
    "aft_tasks": 3,
    "kolb_stages": 4,
    "gibbs_stages": 6,
    "borton_driscoll": 3,
    "bernard_foci": 3,
    "bernard_roles": 3,
    "seven_eyes": 7,
    "proctor_functions": 3,
    "kagan_leads": 7,
    "repair_strategies_seed": 8,
    "trust_moves_therapy": 8,
    "trust_moves_client": 5,
    "nurse_components": 5,
    "nursing_relationship": 8,
    "difficult_client_advice": 6,
    "three_requirements": 3,
    "rupture_outcomes": 3,
}
# Announced in the source text without a single item: their slots stay empty until the items are seen.
PLACEHOLDERS = {
    "relationship_components",
    "supportive_alliance_examples",
    "effective_therapist_skills",
    "helpful_techniques",
    "communication_tips",
    "relationship_questionnaires",
    "termination_techniques",
}
CUT_OFF = {
    "good_relationship",
    "repair_strategies_seed",
    "nursing_relationship",
    "ending_reasons",
    "observer_systems",
    "withdrawal_forms_3rs_2022",
}


@cache
def all_codes() -> frozenset[str]:
    return frozenset(code for book in LIBRARY.all() for code in book.codes)


def words_of(book: Codebook) -> list[str]:
    return [book.title, *(word for entry in book.entries for word in (entry.label, entry.line))]


@pytest.mark.parametrize("book_id", IDS)
def test_a_shipped_codebook_loads(book_id: str) -> None:
    book = LIBRARY.codebook(book_id)
    assert book.id == book_id
    assert len(set(book.codes)) == len(book.entries)


@pytest.mark.parametrize("book_id", IDS)
def test_the_words_are_short_and_calm(book_id: str) -> None:
    for words in words_of(LIBRARY.codebook(book_id)):
        assert words.strip()
        assert "!" not in words
        assert "patient" not in words.lower().split()
        assert len(words) <= 110
    assert all(len(entry.label) <= 52 for entry in LIBRARY.codebook(book_id).entries)


@pytest.mark.parametrize("book_id", sorted(FIXED))
def test_the_codes_others_rely_on_are_there_and_no_others(book_id: str) -> None:
    assert sorted(LIBRARY.codebook(book_id).codes) == sorted(FIXED[book_id].split())
    assert LIBRARY.codebook(book_id).kind == "choice"


@pytest.mark.parametrize("book_id", sorted(COUNTS))
def test_a_named_list_has_all_its_codes(book_id: str) -> None:
    assert len(LIBRARY.codebook(book_id).codes) == COUNTS[book_id]


def test_the_markers_are_seven_and_seven() -> None:
    families = [entry.family for entry in LIBRARY.codebook("rupture_markers_3rs_2015").entries]
    assert families == ["withdrawal"] * 7 + ["confrontation"] * 7


def test_only_cut_off_lists_are_marked_incomplete() -> None:
    incomplete = {book.id for book in LIBRARY.all() if not book.complete}
    assert incomplete == CUT_OFF | PLACEHOLDERS


def test_nothing_is_invented_for_a_list_that_was_not_seen() -> None:
    assert {book.id for book in LIBRARY.all() if not book.entries} == PLACEHOLDERS


@pytest.mark.parametrize("number", range(1, 39))
def test_every_part_of_the_source_text_has_a_place(number: int) -> None:
    mark = re.compile(rf"\bS{number:02}\b")
    places = [book.source + " ".join(e.notes for e in book.entries) for book in LIBRARY.all()]
    assert any(mark.search(place) for place in places)


def test_every_code_that_is_mapped_to_exists() -> None:
    targets = {target for book in LIBRARY.all() for entry in book.entries for target in entry.maps}
    assert targets <= all_codes()


def test_every_move_maps_to_a_strategy_and_a_pathway_but_the_two_that_are_no_move() -> None:
    for entry in LIBRARY.codebook("moves").entries:
        kinds = {target[0] for target in entry.maps}
        assert kinds == (set() if entry.code in {"let_be", "nothing"} else {"R", "P"})


def test_the_first_feelings_are_the_ones_shown_first() -> None:
    first = LIBRARY.codebook("feelings").codes[:8]
    assert first == ("ashamed", "cornered", "angry", "sad", "afraid", "numb", "protective", "relieved")


def test_every_feeling_lies_in_one_field_of_the_grid() -> None:
    fields = {entry.family for entry in LIBRARY.codebook("feelings").entries}
    assert fields == {"unpleasant-stirred", "unpleasant-calm", "pleasant-stirred", "pleasant-calm"}


def test_the_first_urges_are_the_ones_shown_first() -> None:
    assert LIBRARY.codebook("urges").codes[:5] == ("explain", "reassure", "defend", "fix", "get_away")


def test_every_lens_is_a_codebook_to_choose_from() -> None:
    lenses = LIBRARY.codebook("countertransference_lenses").codes
    assert {LIBRARY.codebook(lens).kind for lens in lenses} == {"choice"}
    assert len(lenses) == 8


def test_the_advice_for_hard_meetings_keeps_its_order() -> None:
    notes = [entry.notes for entry in LIBRARY.codebook("difficult_client_advice").entries]
    assert [f"Step {step}" in note for step, note in enumerate(notes, start=1)] == [True] * 6


@pytest.mark.parametrize(
    ("book_id", "code"),
    [
        ("trust_moves_client", "get_personal"),
        ("trust_moves_client", "surprise"),
        ("trust_moves_therapy", "online_presence"),
        ("trust_moves_therapy", "self_disclosure"),
    ],
)
def test_advice_that_can_cross_a_limit_carries_a_caution(book_id: str, code: str) -> None:
    assert "Boundary:" in LIBRARY.codebook(book_id).entry(code).notes


@pytest.mark.parametrize(
    ("book_id", "code"),
    [
        ("resolution_strategies_3rs_2015", "R9"),
        ("resolution_strategies_3rs_2015", "R10"),
        ("clarity_3rs_2015", "weak"),
        ("observer_systems", "cis"),
        ("psq_rupture_questions", "addressed"),
    ],
)
def test_what_is_not_yet_certain_says_verify(book_id: str, code: str) -> None:
    assert "verify" in LIBRARY.codebook(book_id).entry(code).notes.lower()
