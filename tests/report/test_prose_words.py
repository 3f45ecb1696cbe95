"""The words around the answers: whole for every field, and none left over."""

from __future__ import annotations

import pytest
from told_reflections import LIBRARY, WORDS

from repairbook.model.draft import FIELDS
from repairbook.model.field import Kind
from repairbook.model.words import Words
from repairbook.report.block import Run
from repairbook.report.moment import clock_words
from repairbook.report.reflection import PARTS
from repairbook.report.sentence import inline, listed, sentence
from repairbook.report.tables import CLIENT_RATINGS, OWN_RATINGS, SIGNS

IN_TABLES = {*SIGNS, *OWN_RATINGS, *CLIENT_RATINGS, "timeline"}
SAYS = {key.split(".")[0] for key in WORDS.under("prose.says")}


@pytest.mark.parametrize("key", sorted(FIELDS.keys() - IN_TABLES - {"session", "moment"}))
def test_every_field_has_a_sentence_of_its_own(key):
    own = WORDS.under(f"prose.says.{key}")
    codes = LIBRARY.codebook(FIELDS[key].book).codes if FIELDS[key].book else ("yes", "no")
    assert WORDS.maybe(f"prose.field.{key}") or set(codes) <= own.keys()


def test_every_sentence_belongs_to_a_field_and_a_code_that_exist():
    assert set(WORDS.under("prose.field")) | SAYS <= FIELDS.keys()
    for key in SAYS:
        codes = LIBRARY.codebook(FIELDS[key].book).codes if FIELDS[key].book else ("yes", "no")
        assert WORDS.under(f"prose.says.{key}").keys() <= set(codes), key
    for each in WORDS.under("prose.phrase"):
        book, code = each.split(".")
        assert code in LIBRARY.codebook(book).codes, each


def test_every_part_of_the_walk_and_every_theme_can_be_named_as_missing():
    assert WORDS.under("prose.name").keys() == PARTS.keys()
    assert WORDS.under("prose.theme").keys() == {field.theme for field in FIELDS.values() if field.theme}


def test_the_parts_cover_the_whole_short_walk_but_for_what_is_never_named():
    walk = {key for key, field in FIELDS.items() if not field.theme and field.kind is not Kind.REF}
    assert walk - {key for keys in PARTS.values() for key in keys} == {"last_plan", "not_sure"}


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("00:10", "right at the start"),
        ("0:30", "about half a minute in"),
        ("01:00", "about a minute in"),
        ("1:30", "about a minute and a half in"),
        ("12:30", "about twelve and a half minutes in"),
        (" 12:50 ", "about thirteen minutes in"),
        ("47:40", "about 47 and a half minutes in"),
    ],
)
def test_a_time_is_said_as_one_remembers_it(clock, said):
    assert clock_words(clock, WORDS) == said


def test_own_words_that_end_in_a_full_stop_get_no_second_one():
    assert (
        "".join(run.text for run in sentence("I did “{it}”.", it=Run("Nothing.", own=True)))
        == "I did “Nothing.”"
    )
    assert (
        "".join(run.text for run in sentence("I did “{it}”.", it=Run("nothing", own=True)))
        == "I did “nothing”."
    )


def test_a_list_is_written_as_one_would_say_it():
    assert [listed(list("abc")[:count], WORDS) for count in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_a_label_inside_a_sentence_begins_small_unless_it_may_not():
    assert [inline(label, WORDS) for label in ("Away", "I cannot tell", "CBT", "")] == [
        "away",
        "I cannot tell",
        "CBT",
        "",
    ]


def test_a_language_may_keep_its_capitals(tmp_path):
    (tmp_path / "en.toml").write_text('[prose]\nlower_first = "yes"\n')
    (tmp_path / "de.toml").write_text('[prose]\nlower_first = "no"\n')
    assert inline("Die Angst", Words(tmp_path, "de")) == "Die Angst"
