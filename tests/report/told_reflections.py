"""Reflections to tell in tests: one filled to the last field, a short walk, hostile words."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

from repairbook.home import shipped
from repairbook.model.case import Case, Session
from repairbook.model.draft import FIELDS, Body
from repairbook.model.example import read_examples
from repairbook.model.field import Kind
from repairbook.model.library import Library
from repairbook.model.reflection import Reflection
from repairbook.model.words import Words
from repairbook.report.block import Heading, Missing, Private, Prose, Quote, Run, Table
from repairbook.report.reflection import reflection_blocks

LIBRARY = Library(shipped() / "data")
WORDS = Words(shipped() / "data" / "prompts")
SESSION = Session(id="s7", number=7, date="2026-03-03", format="in_person")
CASE = Case(id="c1", case_code="K7-M2", participation="mandated")
WHEN = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)
LENS = "ct_betan_2005"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "</title></bdi></blockquote><svg onload=alert(1)>",
    "{{7*7}} {it} {0.__class__} {% raw %}",
    "\u202eover\u2066ridden",
    "x" * 400,
    "\" onmouseover='alert(1)' &lt;b&gt; &amp;",
)


def tell(body=None, **more):
    given = {
        "case": CASE,
        "session": SESSION,
        "library": LIBRARY,
        "words": WORDS,
        "state": "draft",
        "include_private": True,
        "when": WHEN,
    }
    return reflection_blocks(body or Body(), **{**given, **more})


def values_of(key):
    """Every answer a control could give (for typed fields: one)."""
    field = FIELDS[key]
    codes = LIBRARY.codebook(field.book or LENS).codes if field.kind.startswith("code") else ()
    if field.kind is Kind.RATES:
        return [{code: mark} for code in LIBRARY.codebook(field.book).codes for mark in range(6)]
    return {
        Kind.TEXT: [f"a text\n\n  about {key}"],
        Kind.LINE: [f"a line about {key}"],
        Kind.CODE: list(codes),
        Kind.CODES: [(code,) for code in codes] + [codes[:2]],
        Kind.RATE: [1, 2, 3, 4, 5],
        Kind.GRID: [(pleasure, arousal) for pleasure in range(1, 10) for arousal in range(1, 10)],
        Kind.TIME: ["00:05", "0:40", "01:10", "1:29", "12:30", "12:31", "50:00", "120:59"],
        Kind.DATE: [dt.date(2026, 3, 4), dt.date(2026, 12, 31)],
        Kind.YES_NO: [True, False],
        Kind.ROWS: [({"event": event},) for event in LIBRARY.codebook("timeline_event").codes]
        + [({"move": move},) for move in LIBRARY.codebook("moves").codes]
        + [({"at": "3:00"},), ({"line": "a line"},), ({"event": "attempt", "move": "asked"},)],
        Kind.REF: ["s7"],
    }[field.kind]


def body_with(key, value):
    lens = {"lens": LENS} if key == "lens_codes" else {}
    return Body(Reflection.model_validate({key: value, **lens}))


def everything(text="own words"):
    """A reflection with every field filled."""
    answers = {key: values_of(key)[-1] for key in FIELDS}
    for key, field in FIELDS.items():
        if field.kind in {Kind.TEXT, Kind.LINE}:
            answers[key] = text
        if field.limit:
            answers[key] = answers[key][: field.limit]
    answers["timeline"] = ({"at": "12:30", "event": "attempt", "move": "asked", "line": text},)
    return Reflection.model_validate({**answers, "lens": LENS})


def parole():
    """The first reflection of the example about the report."""
    (case,) = (each for each in read_examples(shipped() / "data" / "cases") if each.id == "parole-report")
    return case.reflections[0].reflection


def short_walk():
    """The same one, as far as the short walk goes."""
    kept = {key: value for key, value in parole().filled().items() if not FIELDS[key].theme}
    return Body(Reflection.model_validate({**kept, "last_plan": "partly", "feelings_word": "small"}))


def runs(blocks):
    """Every piece of text on the page, own or ours, in order."""
    for block in blocks:
        match block:
            case Heading() | Missing():
                yield Run(block.text)
            case Prose():
                yield from block.runs
            case Quote():
                yield Run(block.text, own=True)
            case Table():
                yield from (Run(each) for each in (block.caption, *block.columns))
                yield from (cell for row in block.rows for cell in row)
            case Private():
                yield from runs(block.blocks)


def text_of(blocks):
    return "\n".join(run.text for run in runs(blocks))


def said(blocks):
    """What is on the page but for the line about what is missing."""
    return text_of(block for block in blocks if not isinstance(block, Missing))


class Seen(HTMLParser):
    """What a browser would make of a page: its text, its elements and their attributes."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.elements, self.attributes = [], set(), []
        self.feed(html)
        self.close()
        self.text = "".join(self.texts)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        self.texts.append(data)
