"""The words on the page: every field, theme and fault has its own, and languages fall back to English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from repairbook.home import shipped
from repairbook.model.draft import FIELDS
from repairbook.model.faults import DataFault
from repairbook.model.field import Kind
from repairbook.model.words import Words
from repairbook.ui.themes import THEMES

FOLDER = shipped() / "data" / "prompts"
SOURCES = sorted((Path(__file__).parents[2] / "widgets" / "repairbook").rglob("*.py"))


@pytest.fixture(scope="module")
def words():
    return Words(FOLDER)


def test_every_field_that_is_asked_has_a_title(words):
    unasked = {"session"}
    assert [key for key in FIELDS if key not in unasked and not words.maybe(f"fields.{key}.title")] == []


def test_no_title_speaks_of_a_field_nobody_has(words):
    told = {key.split(".")[0] for key in words.under("fields")}
    assert told - set(FIELDS) == set()


def test_every_theme_has_a_title(words):
    assert all(words.maybe(f"themes.{theme.name}.title") for theme in THEMES)


def test_both_ends_of_every_rating_are_named(words):
    rated = [key for key, field in FIELDS.items() if field.kind in {Kind.RATE, Kind.RATES}]
    ends = [f"fields.{key}.{end}" for key in rated for end in ("low", "high")]
    assert [end for end in ends if not words.maybe(end)] == []


def test_every_key_the_code_asks_for_exists(words):
    pattern = re.compile(r"""words(?:\.maybe)?\(\s*"([a-z_]+(?:\.[a-z_]+)+)\"""")
    asked = {key for path in SOURCES for key in pattern.findall(path.read_text("utf-8"))}
    assert len(asked) > 40
    assert sorted(key for key in asked if not words.maybe(key)) == []


def test_the_page_never_shouts_and_never_says_anonymous():
    text = (FOLDER / "en.toml").read_text("utf-8")
    spoken = "\n".join(line.split("=", 1)[1] for line in text.splitlines() if "=" in line and line[0] != "#")
    assert "!" not in spoken
    assert "anonymous" not in spoken.lower()


def test_a_language_that_lacks_a_key_falls_back_to_english_and_says_what_it_lacks(tmp_path):
    (tmp_path / "en.toml").write_text('[walk]\nyes = "Yes"\nno = "No"\n', encoding="utf-8")
    (tmp_path / "de.toml").write_text('[walk]\nyes = "Ja"\n', encoding="utf-8")
    german = Words(tmp_path, "de")
    assert (german("walk.yes"), german("walk.no")) == ("Ja", "No")
    assert german.missing() == ["walk.no"]
    assert german.under("walk") == {"yes": "Ja", "no": "No"}


def test_every_faulty_entry_of_a_language_is_named_at_once(tmp_path):
    (tmp_path / "en.toml").write_text('[walk]\nyes = 1\nno = ""\n', encoding="utf-8")
    with pytest.raises(DataFault) as refused:
        Words(tmp_path)
    assert [fault.key for fault in refused.value.faults] == ["walk.yes", "walk.no"]


def test_shipped_languages_are_complete_or_say_what_they_lack():
    for path in FOLDER.glob("*.toml"):
        assert Words(FOLDER, path.stem).missing() == []
