"""A reflection as data, and the name of its file."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_reflections import HOSTILE, LIBRARY, SESSION, WHEN, everything

from repairbook.model.draft import SCHEMA_NUMBER, Body, is_private
from repairbook.model.reflection import FollowUp, Reflection
from repairbook.report.export import FORMAT, file_name, reflection_json
from repairbook.store.shapes import Followed


def export(body, **more):
    given_ = {"session": SESSION, "library": LIBRARY, "include_private": True}
    text = reflection_json(body, record_id="r1", case_code="K7-M2", **{**given_, **more})
    assert text.encode()
    return json.loads(text)


def values(told):
    parts = (told["shareable"], told.get("private", {"answers": {}}))
    return {key: answer["value"] for part in parts for key, answer in part["answers"].items()}


@pytest.mark.parametrize("text", ["own words", *HOSTILE])
def test_the_values_of_an_export_are_the_whole_reflection(text):
    assert Reflection.model_validate(values(export(Body(everything(text))))) == everything(text)


def test_an_export_says_what_it_is_and_where_it_belongs():
    told = export(Body(), state="closed", when=WHEN)
    assert (told["format"], told["schema"], told["record"], told["case"]) == (
        FORMAT,
        SCHEMA_NUMBER,
        "r1",
        "K7-M2",
    )
    assert (told["session"]["id"], told["session"]["number"]) == ("s7", 7)
    assert told["session"]["format"]["labels"] == {"in_person": "In person"}
    assert (told["state"], told["changed_at"]) == ("closed", WHEN.isoformat())
    assert export(Body(), session=None)["session"] is None


def test_labels_stand_beside_the_codes_with_codebook_and_version():
    told = export(Body(Reflection(tried=("asked", "owned"), lens="racker")))
    answer = told["shareable"]["answers"]["tried"]
    assert (answer["codebook"], answer["kind"], answer["reach"], answer["writer"]) == (
        "moves",
        "codes",
        "countable",
        "E",
    )
    assert answer["labels"] == {code: LIBRARY.codebook("moves").label(code) for code in ("asked", "owned")}
    book = LIBRARY.codebook("moves")
    assert {"id": "moves", "version": book.version, "title": book.title, "complete": True} in told[
        "codebooks"
    ]


def test_the_columns_of_rows_are_described_too():
    answer = export(Body(everything()))["shareable"]["answers"]["timeline"]
    assert answer["columns"]["move"]["labels"] == {"asked": LIBRARY.codebook("moves").label("asked")}
    assert answer["columns"]["at"]["kind"] == "time"


def test_the_private_part_is_there_only_when_it_is_asked_for():
    body = Body(everything(), {"not_sure": "kept as typed", "moment_at": "half past"})
    told = export(body, include_private=False)
    assert "private" not in told
    assert not any(is_private(key) for key in values(told))
    assert "kept as typed" not in json.dumps(told)
    assert told["shareable"]["as_typed"] == {"moment_at": "half past"}
    assert export(body)["private"]["as_typed"] == {"not_sure": "kept as typed"}


def test_how_it_stood_later_comes_along():
    at = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
    (later,) = export(Body(), follow_ups=[Followed(1, at, FollowUp(standing="resolved"))])["follow_ups"]
    assert later["at"] == at.isoformat()
    assert later["answers"]["standing"]["labels"] == {"resolved": "Resolved"}


def test_codes_no_codebook_knows_any_more_are_kept_without_a_label():
    told = export(Body(Reflection(movement="sideways", lens="old", lens_codes=("gone",))))
    assert told["shareable"]["answers"]["movement"]["labels"] == {}
    assert told["shareable"]["answers"]["lens_codes"]["value"] == ["gone"]


def test_half_a_letter_does_not_keep_a_copy_from_being_written():
    assert export(Body(Reflection(), {"moment_at": "\ud800"}))["shareable"]["as_typed"] == {
        "moment_at": "\ufffd"
    }


@pytest.mark.parametrize(
    ("case_code", "number", "suffix", "name"),
    [
        ("K7-M2", 7, "html", "reflection-K7-M2-session-7.html"),
        ("K7-M2", None, ".JSON", "reflection-K7-M2.json"),
        ("", None, "", "reflection.txt"),
        ("../../etc/passwd", 1, "html", "reflection-etc-passwd-session-1.html"),
        ("Ä 1\u202e\x00<b>", 2, "html", "reflection-A-1-b-session-2.html"),
    ],
)
def test_a_file_name_says_case_and_session(case_code, number, suffix, name):
    assert file_name(case_code, number, suffix) == name


@given(st.text(), st.text(max_size=10))
def test_a_file_name_is_safe_on_every_system(case_code, suffix):
    name = file_name(case_code, 3, suffix)
    assert name.isascii()
    assert set(name) <= set("-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert name.startswith("reflection-")
    assert name.count(".") == 1
    assert len(name) < 120
