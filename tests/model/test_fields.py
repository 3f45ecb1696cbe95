from __future__ import annotations

from repairbook.model.case import Case, Session
from repairbook.model.draft import FIELDS
from repairbook.model.field import Kind, Reach, fields_of
from repairbook.model.reflection import FollowUp, Reflection, TimelineRow


def test_every_field_of_a_reflection_is_described():
    assert set(FIELDS) == set(Reflection.model_fields)


def test_every_field_starts_empty_so_a_half_filled_draft_is_valid():
    assert Reflection().filled() == {}


def test_text_lines_times_and_dates_are_never_countable():
    for model in (Reflection, FollowUp, TimelineRow):
        for key, field in fields_of(model).items():
            if field.kind in {Kind.TEXT, Kind.LINE, Kind.TIME, Kind.DATE, Kind.GRID}:
                assert field.reach is not Reach.COUNTABLE, key


def test_nothing_felt_is_ever_countable():
    felt = [field for field in FIELDS.values() if field.theme == "felt"]
    assert felt
    assert all(field.reach is not Reach.COUNTABLE for field in felt)


def test_ratings_of_ones_own_skill_and_dread_are_never_countable():
    keys = ("recognise", "tolerate", "negotiate", "dread_before", "my_part_answer", "ask")
    assert all(FIELDS[key].reach is Reach.SHARED for key in keys)


def test_only_the_clients_own_ratings_are_written_by_the_client():
    assert {key for key, field in FIELDS.items() if field.writer.value == "C"} == {
        "client_psq_tension",
        "client_psq_intensity",
        "client_psq_addressed",
        "client_psq_resolved",
    }


def test_the_schema_tells_kind_writer_reach_and_codebook():
    told = Reflection.model_json_schema()["properties"]["tried"]
    assert (told["x-kind"], told["x-writer"], told["x-reach"]) == ("codes", "E", "countable")
    assert told["x-codebook"] == "moves"


def test_every_coded_field_names_its_codebook():
    for model in (Reflection, FollowUp, TimelineRow, Case, Session):
        for key, field in fields_of(model).items():
            if field.kind in {Kind.CODE, Kind.CODES, Kind.RATES} and key != "lens_codes":
                assert field.book, key
