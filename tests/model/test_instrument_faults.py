"""A site's faulty instrument files: every sentence of every one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairbook.model.faults import DataFault
from repairbook.model.instruments import Instruments

PLAIN = """\
id = "plain"
version = 1
title = "Plain"
rater = "client"
subject = "case"
takes = ["items", "subscales", "total"]
items = 3
item_range = [1, 7]
direction = "higher_is_better"
score = "sum"
total_range = [3, 21]
reversed = [2]
missing = "all_needed"
owner = "A site"
licence = "Their own."

[[subscale]]
name = "one"
label = "One"
items = [1, 2]
range = [2, 14]

[[subscale]]
name = "two"
label = "Two"
items = [3]
range = [1, 7]

[[cutoff]]
name = "low"
at = 9
boundary = "below"
line = "Below 9: talk about it."

[[provenance]]
of = ["items", "item_range", "direction", "score", "total_range", "reversed", "missing", "subscale", "cutoff"]
basis = "ours"
source = "The site's own."
"""
BASE = PLAIN.encode()
DIGITS = b"9" * 5000
HUGE = "0x" + "f" * 5000
# One change to the plain file after another, each with every sentence it earns.
CHANGES = (Path(__file__).parent / "faulty_instruments.txt").read_text(encoding="utf-8").split("\n\n")
UNREADABLE = [
    ("latin-1", "title = 'Zürich'".encode("latin-1"), "is not in UTF-8"),
    ("utf-16", PLAIN.encode("utf-16"), "is not in UTF-8"),
    ("no toml", b"{}{}{}", "is not valid TOML"),
    ("binary", bytes(range(32)), "is not valid TOML"),
    ("twice", BASE.replace(b"version = 1", b"version = 1\nversion = 2"), "is not valid TOML"),
    ("cut off", BASE[:38], "is not valid TOML"),
    ("conflict", b"<<<<<<< mine\n" + BASE, "is not valid TOML"),
    ("a spreadsheet", b"id;items\nplain;3\n", "is not valid TOML"),
    ("digits", BASE.replace(b"items = 3", b"items = " + DIGITS), "holds something far too long"),
    ("depth", b"takes = " + b"[" * 20000, "holds something far too long"),
]


def site(tmp_path, text, name="plain"):
    (tmp_path / "instruments").mkdir(exist_ok=True)
    (tmp_path / "instruments" / f"{name}.toml").write_bytes(
        text if isinstance(text, bytes) else text.encode()
    )
    return Instruments(tmp_path / "shipped", tmp_path)


def sentences(instruments):
    with pytest.raises(DataFault) as refused:
        instruments.all()
    return [str(fault) for fault in refused.value.faults]


def changed(change):
    """Give the plain file with one line (-) replaced by others (+), and the sentences (!) to expect."""
    lines = [line.partition(" ")[::2] for line in change.splitlines()]
    (old,), new, told = ([text for mark, text in lines if mark == each] for each in "-+!")
    assert PLAIN.splitlines().count(old) == 1
    text = "\n".join("\n".join(new) if line == old else line for line in PLAIN.splitlines())
    return text.replace("{HUGE}", HUGE), [f"plain.toml: {sentence}" for sentence in told]


def test_the_plain_file_is_in_order(tmp_path):
    (plain,) = site(tmp_path, PLAIN).all()
    assert (plain.id, plain.answers, plain.names) == ("plain", "steps", ())


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.split("!")[0][-40:])
def test_a_faulty_file_gets_all_its_sentences_and_no_other(tmp_path, change):
    text, expected = changed(change)
    assert sentences(site(tmp_path, text)) == expected


def test_the_faults_of_many_changes_are_all_told_together(tmp_path):
    text = PLAIN
    for old, new in [
        ('"client"', '"neighbour"'),
        ("[3, 21]", "[0, 40]"),
        ("[2, 14]", "[1, 7]"),
        ("at = 9", "at = 99"),
        ('basis = "ours"', 'basis = "rumour"'),
    ]:
        text = text.replace(old, new, 1)
    keys = [sentence.split(" ")[1] for sentence in sentences(site(tmp_path, text))]
    assert keys == ["rater", "provenance", "total_range", "subscale", "cutoff"]


@pytest.mark.parametrize(("name", "text", "reason"), UNREADABLE, ids=[each[0] for each in UNREADABLE])
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, name, text, reason):
    (sentence,) = sentences(site(tmp_path, text))
    assert sentence.startswith(f"plain.toml: the file {reason}")
    assert sentence.endswith(".")


def test_an_empty_file_is_told_everything_it_lacks(tmp_path):
    told = sentences(site(tmp_path, b""))
    assert len(told) == 14
    assert all("is missing" in each or "takes" in each for each in told)


def test_a_folder_with_the_name_of_a_file_is_refused_without_its_path(tmp_path):
    (tmp_path / "instruments" / "plain.toml").mkdir(parents=True)
    (sentence,) = sentences(Instruments(tmp_path / "shipped", tmp_path))
    assert "cannot be read" in sentence
    assert str(tmp_path) not in sentence


@pytest.mark.parametrize("text", [b"\xef\xbb\xbf" + BASE, BASE.replace(b"\n", b"\r\n")], ids=["mark", "crlf"])
def test_what_editors_of_other_systems_add_is_read(tmp_path, text):
    assert site(tmp_path, text).get("plain").items == 3


def test_the_faults_of_all_files_are_told_together_and_the_good_ones_stay(tmp_path):
    expected = []
    for number, change in enumerate(CHANGES, start=1):
        text, told = changed(change)
        name = f"plain-{number:03}"
        made = site(tmp_path, text.replace('id = "plain"', f'id = "{name}"'), name)
        expected += [] if change.startswith("- id = ") else [name] * len(told)
    site(tmp_path, PLAIN)
    told = [sentence.split(".toml")[0] for sentence in sentences(made)]
    assert [name for name in told if name in expected] == expected
    assert made.get("plain").items == 3
