"""Blocks as HTML: on the page, and as a file of its own."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_reflections import HOSTILE, SESSION, WORDS, Seen, everything, short_walk, tell

from repairbook.model.case import Case
from repairbook.model.draft import Body
from repairbook.report.block import Chart, Heading, Missing, Prose, Quote, Run, Table
from repairbook.report.html import reflection_html
from repairbook.report.page import page_html

FRAGMENT = {"div", "h2", "h3", "p", "blockquote", "bdi", "section"}
TABLES = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
WHOLE = {"html", "head", "meta", "title", "style", "body", "main", "header", "h1", "footer"}
TITLE = "Session 7 · case K7-M2"


def hostile_page(text):
    body = Body(everything(text), {"contact_on": text})
    return tell(body, case=Case(case_code=text), session=SESSION)


def whole(blocks=(), title=TITLE, private=True):
    return reflection_html(blocks, title=title, words=WORDS, private=private)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_inert_on_the_page(text):
    seen = Seen(page_html(hostile_page(text)))
    assert seen.elements == FRAGMENT | TABLES
    assert {name for _, name, _ in seen.attributes} <= {
        "class",
        "dir",
        "scope",
        "role",
        "tabindex",
        "aria-label",
    }
    assert seen.text.count(text) >= 20


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_inert_in_a_file_of_its_own(text):
    seen = Seen(whole(hostile_page(text), title=text))
    assert seen.elements == FRAGMENT | TABLES | WHOLE
    assert not any(
        name.startswith("on") or name in {"src", "href", "style"} for _, name, _ in seen.attributes
    )
    assert seen.text.count(text) >= 21


@given(st.text(max_size=60))
def test_any_text_comes_back_out_of_the_page_letter_by_letter(text):
    shown = Seen(page_html([Quote(text)])).text
    held = text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(shown) == len(held)
    assert all(now == was or not was.isprintable() for now, was in zip(shown, held, strict=True))


def test_what_a_page_cannot_hold_is_shown_by_a_sign():
    page = page_html([Prose((Run("a\x00b\x1b\x7f\x85\ud800", own=True),))])
    assert Seen(page).text == "a␀b␛␡\ufffd\ufffd"
    assert page.encode()


def test_each_block_has_its_element():
    blocks = [
        Heading("A", level=3),
        Prose((Run("b "), Run("c", own=True)), quiet=True),
        Quote("d\n e"),
        Missing("f"),
    ]
    assert page_html(blocks) == (
        '<div class="rb-prose"><h3>A</h3>\n<p class="rb-hint">b <bdi class="rb-own">c</bdi></p>\n'
        '<blockquote dir="auto">d\n e</blockquote>\n<p class="rb-hint rb-missing">f</p></div>'
    )


def test_a_table_names_its_columns_and_rows():
    page = page_html([Table("Signs", ("Sign", "Weight"), ((Run("Silence"), Run("3")), (Run(""), Run("4"))))])
    assert "<caption>Signs</caption>" in page
    assert '<th scope="col">Sign</th>' in page
    assert '<th scope="row">Silence</th><td>3</td>' in page
    assert "<tr><td></td><td>4</td></tr>" in page


def test_a_drawing_is_a_picture_with_a_name_and_a_sentence():
    seen = Seen(page_html([Chart("The alliance", "It fell.", "<svg><script>alert(1)</script></svg>")]))
    assert seen.elements == {"div", "figure", "img", "figcaption"}
    assert ("img", "alt", "The alliance") in seen.attributes
    assert "It fell." in seen.text


def test_the_file_asks_no_other_host_and_runs_nothing():
    page = whole(tell(Body(everything())))
    assert "<script" not in page
    assert not re.search(r"https?:|//|@import|url\(", page.split("</title>")[1])
    assert "default-src 'none'" in page


def test_the_files_policy_allows_exactly_its_own_style():
    page = whole()
    css = re.search(r"<style>(.*)</style>", page, re.DOTALL)[1]
    allowed = re.search(r"style-src 'sha256-([^']+)'", page)[1]
    assert base64.b64encode(hashlib.sha256(css.encode()).digest()).decode() == allowed


def test_the_file_has_a_look_for_the_dark_and_for_paper():
    page = whole()
    assert "prefers-color-scheme:dark" in page
    assert "@media print" in page


def test_the_file_says_who_may_read_it():
    assert "holds your private part too" in whole(tell(short_walk()))
    assert "your private part" not in whole(tell())
    shared = whole(tell(short_walk(), include_private=False), private=False)
    assert "The private part is not in this copy" in shared


def test_the_whole_file_of_a_short_walk_takes_fewer_than_400_words_of_ours():
    bare = re.sub(
        r"<style>.*</style>|<blockquote.*?</blockquote>|<bdi.*?</bdi>",
        " ",
        whole(tell(short_walk())),
        flags=re.S,
    )
    assert 100 < len(Seen(bare).text.split()) < 400
