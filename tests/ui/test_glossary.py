"""The glossary."""

from __future__ import annotations

import re
import time

import pytest
from parole_case import LIBRARY, WORDS

from repairbook.model.library import Library
from repairbook.ui.glossary import AT_ONCE, DIGITS, Glossary, folded


@pytest.fixture
def glossary():
    return Glossary(LIBRARY, WORDS)


def search(glossary, text):
    glossary._search.set_state({"value": text})
    return glossary._results.value


def test_every_entry_of_every_codebook_is_in_it(glossary):
    assert len(glossary._all) == sum(len(book.entries) for book in LIBRARY.all())


def test_thirty_words_show_first_and_more_on_asking(glossary):
    assert glossary._results.value.count("<dt>") == AT_ONCE
    glossary._more.click()
    assert glossary._results.value.count("<dt>") == 2 * AT_ONCE


def test_it_filters_as_one_types_whatever_the_capitals(glossary):
    for typed in ("cornered", "CORNERED", "  corn "):
        assert "Cornered" in search(glossary, typed)


def test_every_word_typed_must_be_there(glossary):
    shown = search(glossary, "saw no way out")
    assert "Cornered" in shown
    assert shown.count("<dt>") == 1


def test_accents_do_not_matter():
    assert folded("Émotion Ångst") == "emotion angst"


def test_nothing_found_says_what_to_try(glossary):
    assert search(glossary, "xyzzyxyzzy") == ""
    assert WORDS("glossary.none") in glossary._count.value


def test_a_letter_shows_only_words_that_begin_with_it(glossary):
    glossary._letters.set_state({"value": ["C"]})
    labels = re.findall(r"<dt>([^<]*)", glossary._results.value)
    assert labels
    assert {label.lstrip("“\"'(")[0].upper() for label in labels} == {"C"}


def test_a_letter_nobody_offers_is_refused(glossary):
    glossary._letters.set_state({"value": ["<b>"]})
    assert glossary.state.letter == ""


def test_the_index_begins_with_the_digits_where_there_are_any(glossary):
    codes = [option["code"] for option in glossary._letters.options]
    rest = [code for code in codes if code != DIGITS]
    assert rest == sorted(rest)
    assert DIGITS not in codes[1:]


def test_a_list_that_was_cut_off_says_so(glossary):
    assert WORDS("glossary.incomplete") in search(glossary, "mental health nursing")


def test_a_list_whose_source_prints_nothing_is_found_by_its_title(glossary):
    shown = search(glossary, "three helpful techniques")
    assert WORDS("glossary.empty_list") in shown


def test_a_boundary_caution_stands_beside_its_word(glossary):
    shown = search(glossary, "online about me")
    assert re.search(r"<dd class='rb-note'>Boundary: [^<]*befriending", shown)


def test_the_place_in_the_source_is_not_repeated_for_every_word(glossary):
    assert not re.search(r"<dd class='rb-hint'>S\d\d</dd>", glossary._results.value)


def test_a_site_entry_with_markup_is_shown_as_text(tmp_path):
    (tmp_path / "codebooks").mkdir()
    hostile = "<img src=x onerror=alert(1)>"
    entry = f"[[entry]]\ncode = 'hostile'\nlabel = '{hostile}'\nline = '{hostile}'\nnotes = '{hostile}'\n"
    head = f"id = 'site_words'\nversion = 1\ntitle = '{hostile}'\nkind = 'list'\nsource = '{hostile}'\n"
    (tmp_path / "codebooks" / "site_words.toml").write_text(
        f"{head}complete = true\n{entry}", encoding="utf-8"
    )
    glossary = Glossary(Library(tmp_path), WORDS)
    assert "&lt;img" in glossary._results.value
    assert "<img" not in glossary._results.value + glossary._count.value
    assert "<img" not in search(glossary, "<img src")


def test_typing_stays_quick(glossary):
    started = time.perf_counter()
    for text in ("s", "si", "sil", "sile"):
        search(glossary, text)
    assert time.perf_counter() - started < 1.0
