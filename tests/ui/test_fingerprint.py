"""The mark that Python and the page must make alike."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbook.ui.fingerprint import canonical, fingerprint

VALUES = [
    "",
    "a",
    'She said "whatever", \\ and\tleft.\nThen – ‘quiet’.',
    "one\r\ntwo\rthree\n",
    "größer · 痛み · 👩🏽‍⚕️ · e\u0301 · \u2028 \u0000 \x1f \x7f",
    [],
    {},
    0,
    7,
    -3,
    2.5,
    True,
    False,
    None,
    ["ashamed", "cornered"],
    ["größe", "\r\n", None, True],
    {"W3": 4, "C1": 0},
    {"b": 1, "a": 2, "10": 3, "9": 4, "": 5, "é": 6, "Z": 7},
    {"\U0001f600": 1, "\uffee": 2},
    [{"at": "12:30", "event": "rupture", "move": "", "line": "She went quiet.\r\n"}],
    [[3, 7], {"deep": {"deeper": ["x", {"y": []}]}}],
]


def test_the_page_makes_the_same_mark_as_python(open_page, script):
    page = open_page()
    marks = page.evaluate(
        "async ([code, values]) => values.map((await load(code)).fingerprint)",
        [script("saved_line.js"), VALUES],
    )
    assert marks == [fingerprint(value) for value in VALUES]


def test_half_a_character_is_marked_alike_on_both_sides(open_page, script):
    page = open_page()
    marks = page.evaluate(
        r"""async (code) => { const { fingerprint } = await load(code);
        return ["\ud83d", "a\udc00b", ["\ud83d"]].map(fingerprint); }""",
        script("saved_line.js"),
    )
    assert marks == [fingerprint(value) for value in ("\ud83d", "a\udc00b", ["\ud83d"])]


def test_the_mark_is_fnv_1a_and_the_number_of_bytes():
    # Test vectors: draft-eastlake-fnv, appendix C, 32-bit FNV-1a.
    assert fingerprint("") == "811c9dc5:0"
    assert fingerprint("a") == "e40c292c:1"
    assert fingerprint("foobar") == "bf9cf968:6"


def test_line_ends_do_not_change_the_mark():
    assert fingerprint("one\r\ntwo") == fingerprint("one\ntwo") == fingerprint("one\rtwo")


def test_a_text_is_itself_and_anything_else_is_tight_sorted_json():
    assert canonical("12:30") == "12:30"
    assert canonical({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'
    assert canonical((1, 2.0)) == "[1,2]"
    assert canonical(None) == ""


def test_what_no_page_can_hold_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        fingerprint(math.nan)


@given(st.text(), st.text())
def test_different_short_texts_have_different_marks(one, other):
    same = canonical(one) == canonical(other)
    assert (fingerprint(one) == fingerprint(other)) == same
