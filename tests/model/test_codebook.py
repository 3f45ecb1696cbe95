from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from repairbook.model.codebook import parse_addition, parse_codebook
from repairbook.model.faults import DataFault, Fault
from repairbook.model.toml_file import read_toml

FILE = "weather.toml"


def book(**changes: Any) -> dict[str, Any]:
    raw = {
        "id": "weather",
        "version": 1,
        "title": "Weather",
        "kind": "choice",
        "source": "Own wording.",
        "complete": True,
        "entry": [entry(), entry(code="rain", label="Rain", line="It is wet.", maps=["R4", "P3"])],
    }
    return {key: value for key, value in (raw | changes).items() if value is not None}


def entry(**changes: Any) -> dict[str, Any]:
    raw = {"code": "sun", "label": "Sun", "line": "It is bright."} | changes
    return {key: value for key, value in raw.items() if value is not None}


def faults_of(raw: dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(DataFault) as refused:
        parse_codebook(raw, FILE)
    return refused.value.faults


def test_a_sound_file_becomes_a_codebook() -> None:
    weather = parse_codebook(book(), FILE)
    assert weather.codes == ("sun", "rain")
    assert weather.label("rain") == "Rain"
    assert weather.entry("rain").maps == ("R4", "P3")
    assert weather.entry("sun").maps == ()
    assert (weather.id, weather.version, weather.complete, weather.kind) == ("weather", 1, True, "choice")


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        parse_codebook(book(), FILE).entry("snow")


def test_a_codebook_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        parse_codebook(book(), FILE).version = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    ("changes", "key", "reason"),
    [
        ({"colour": "blue"}, "colour", "not known"),
        ({"title": None}, "title", "missing"),
        ({"title": "  "}, "title", "empty"),
        ({"title": 3}, "title", "wrong kind"),
        ({"id": "climate"}, "id", "another name"),
        ({"id": "../weather"}, "id", "plain name"),
        ({"version": 0}, "version", "is 0"),
        ({"version": "1"}, "version", "wrong kind"),
        ({"version": True}, "version", "wrong kind"),
        ({"version": 1.0}, "version", "wrong kind"),
        ({"kind": "menu"}, "kind", '"menu"'),
        ({"complete": "yes"}, "complete", "wrong kind"),
        ({"complete": 1}, "complete", "wrong kind"),
        ({"entry": []}, "entry", "missing"),
        ({"entry": None}, "entry", "missing"),
        ({"entry": "sun"}, "entry", "wrong kind"),
        ({"entry": ["sun"]}, "entry", "other than tables"),
        ({"entry": [entry(), entry()]}, "entry 2: code", "twice"),
        ({"entry": [entry(code="Not Yet")]}, "entry 1: code", '"Not Yet"'),
        ({"entry": [entry(code=None)]}, "entry 1: code", "missing"),
        ({"entry": [entry(label="")]}, "entry 1: label", "empty"),
        ({"entry": [entry(line=" ")]}, "entry 1: line", "empty"),
        ({"entry": [entry(color="blue")]}, "entry 1: color", "not known"),
        ({"entry": [entry(maps="R4")]}, "entry 1: maps", "wrong kind"),
        ({"entry": [entry(maps=[4])]}, "entry 1: maps", "other than text"),
        ({"entry": [entry(notes=4)]}, "entry 1: notes", "wrong kind"),
    ],
)
def test_one_fault_is_told_once_with_file_key_reason_and_what_is_right(
    changes: dict[str, Any], key: str, reason: str
) -> None:
    (fault,) = faults_of(book(**changes))
    assert (fault.file, fault.key) == (FILE, key)
    assert reason in fault.reason
    assert fault.right


def test_all_faults_of_a_file_are_told_at_once() -> None:
    faults = faults_of(book(version=-1, title=None, mood=1, entry=[entry(label=""), entry(line=None)]))
    keys = {fault.key for fault in faults}
    assert keys == {"version", "title", "mood", "entry 1: label", "entry 2: line", "entry 2: code"}


def test_a_fault_reads_as_a_sentence() -> None:
    (fault,) = faults_of(book(version=0))
    assert str(fault) == "weather.toml: version is 0; right would be a whole number of 1 or more."


def test_the_refusal_lists_every_fault() -> None:
    with pytest.raises(DataFault, match=r"version is 0.*\n.*title is missing"):
        parse_codebook(book(version=0, title=None), FILE)


def test_a_cut_off_list_may_be_empty() -> None:
    assert parse_codebook(book(complete=False, entry=None), FILE).entries == ()


@pytest.mark.parametrize("code", ["W1", "C7", "R10", "P3", "WD_P", "CF_T", "not_yet", "s2"])
def test_published_and_own_codes_are_taken(code: str) -> None:
    assert parse_codebook(book(entry=[entry(code=code)]), FILE).codes == (code,)


@pytest.mark.parametrize("code", ["notYet", "not yet", "<b>", "not-yet", "1st", "wd_P"])
def test_other_codes_are_refused(code: str) -> None:
    (fault,) = faults_of(book(entry=[entry(code=code)]))
    assert fault.key == "entry 1: code"


def addition(**changes: Any) -> dict[str, Any]:
    raw = {"id": "weather", "extends": "weather", "entry": [entry(code="fog", label="Fog")]} | changes
    return {key: value for key, value in raw.items() if value is not None}


def test_a_site_adds_entries_after_the_shipped_ones() -> None:
    weather = parse_addition(addition(), FILE, parse_codebook(book(), FILE))
    assert weather.codes == ("sun", "rain", "fog")
    assert weather.label("sun") == "Sun"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"entry": [entry(label="Sunshine")]}, "entry 1: code"),
        ({"extends": None}, "extends"),
        ({"extends": "climate"}, "extends"),
        ({"title": "Better weather"}, "title"),
        ({"complete": True}, "complete"),
        ({"kind": "list"}, "kind"),
        ({"version": 0}, "version"),
        ({"entry": None}, "entry"),
        ({"id": "climate"}, "id"),
    ],
)
def test_a_site_never_changes_what_was_shipped(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(DataFault) as refused:
        parse_addition(addition(**changes), FILE, parse_codebook(book(), FILE))
    assert [fault.key for fault in refused.value.faults] == [key]
    assert refused.value.faults[0].file == "weather.toml (this site's own)"


@pytest.mark.parametrize("content", [b'id = "weather', b"\xff\xfe", b"a = 1\na = 2"])
def test_a_file_that_cannot_be_read_is_refused_without_its_path(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE
    path.write_bytes(content)
    with pytest.raises(DataFault, match=r"^weather\.toml: the file") as refused:
        read_toml(path)
    assert str(tmp_path) not in str(refused.value)


def test_a_file_that_is_not_there_is_refused_without_its_path(tmp_path: Path) -> None:
    with pytest.raises(DataFault, match=r"^weather\.toml: the file cannot be read") as refused:
        read_toml(tmp_path / FILE)
    assert str(tmp_path) not in str(refused.value)
