from __future__ import annotations

import copy

import pytest

from repairbook.model.faults import DataFault
from repairbook.model.instrument import Cutoff, Range
from repairbook.model.instrument_file import parse_instrument
from repairbook.model.instruments import Instruments

PLAIN = {
    "id": "two-lines",
    "version": 1,
    "title": "Two lines",
    "rater": "client",
    "subject": "case",
    "takes": ["total", "subscales"],
    "items": 2,
    "item_range": [0, 10],
    "direction": "higher_is_better",
    "score": "sum",
    "total_range": [0, 20],
    "missing": "all_needed",
    "owner": "Somebody",
    "licence": "Ask first.",
    "subscale": [
        {"name": "one", "label": "One", "items": [1], "range": [0, 10]},
        {"name": "two", "label": "Two", "items": [2], "range": [0, 10]},
    ],
    "provenance": [
        {
            "of": ["items", "item_range", "direction", "score", "total_range", "missing", "subscale"],
            "basis": "ours",
            "source": "Made up for a test.",
        }
    ],
}
TEXT = """\
id = "{id}"
version = 1
title = "One line"
rater = "client"
subject = "case"
takes = ["total"]
items = 1
item_range = [0, 10]
direction = "higher_is_better"
score = "sum"
total_range = [0, 10]
missing = "all_needed"
owner = "A site"
licence = "Their own."
[[provenance]]
of = ["items", "item_range", "direction", "score", "total_range", "missing"]
basis = "ours"
source = "The site's own."
"""


def changed(**changes):
    raw = copy.deepcopy(PLAIN)
    for key, value in changes.items():
        if value is None:
            del raw[key]
        else:
            raw[key] = value
    return raw


def faults_of(raw, file="two-lines.toml"):
    with pytest.raises(DataFault) as refused:
        parse_instrument(raw, file)
    return [(fault.key, fault.reason) for fault in refused.value.faults]


def folder_with(path, *ids):
    (path / "instruments").mkdir(parents=True, exist_ok=True)
    for each in ids:
        (path / "instruments" / f"{each}.toml").write_text(TEXT.format(id=each), encoding="utf-8")
    return path


def test_a_whole_file_becomes_an_instrument():
    made = parse_instrument(PLAIN, "two-lines.toml")
    assert (made.items, str(made.total_range), made.to_verify) == (2, "0 to 20", ())
    assert [part.name for part in made.subscales] == ["one", "two"]


def test_all_faults_of_a_file_are_told_at_once():
    raw = changed(rater="neighbour", items=True, item_range=[7, 1], owner=None, colour="red")
    assert [key for key, _ in faults_of(raw)] == ["colour", "rater", "items", "item_range", "owner"]


def test_every_number_needs_its_source():
    note = {"of": ["items"], "basis": "ours", "source": "Made up."}
    keys = [key for key, _ in faults_of(changed(provenance=[note]))]
    assert keys == ["item_range", "direction", "score", "total_range", "missing", "subscale"]


def test_a_source_for_a_number_that_is_not_given_is_a_fault():
    note = {"of": [*PLAIN["provenance"][0]["of"], "cutoff"], "basis": "ours", "source": "Made up."}
    assert faults_of(changed(provenance=[note])) == [("provenance", 'speaks of "cutoff"')]


def test_an_uncertain_number_is_refused():
    note = {**PLAIN["provenance"][0], "basis": "uncertain"}
    assert faults_of(changed(provenance=[note])) == [("provenance 1: basis", 'is "uncertain"')]


def test_a_number_believed_right_is_named_as_one_to_verify():
    note = {**PLAIN["provenance"][0], "basis": "verify"}
    assert "subscale" in parse_instrument(changed(provenance=[note]), "two-lines.toml").to_verify


def test_a_total_range_that_the_items_cannot_make_is_refused():
    assert faults_of(changed(total_range=[0, 40])) == [("total_range", "is 0 to 40")]


def test_a_mean_has_the_range_of_one_item():
    made = parse_instrument(changed(score="mean", total_range=[0, 10]), "two-lines.toml")
    assert made.range_of(7) == made.item_range


@pytest.mark.parametrize("items", [[1], [3], [0]])
def test_subscales_share_no_item_and_name_no_item_there_is_not(items):
    parts = [PLAIN["subscale"][0], {**PLAIN["subscale"][1], "items": items}]
    assert ("subscale 2: items", "do not fit") in faults_of(changed(subscale=parts))


def test_subscales_that_leave_items_out_cannot_be_entered():
    parts = PLAIN["subscale"][:1]
    assert ("takes", "names subscales, and they leave items out") in faults_of(changed(subscale=parts))


def test_two_subscales_cannot_have_one_name():
    parts = [PLAIN["subscale"][0], {**PLAIN["subscale"][1], "name": "one"}]
    assert faults_of(changed(subscale=parts)) == [("subscale", "has a name that is there twice")]


def test_a_file_is_named_after_its_instrument():
    assert faults_of(PLAIN, "other.toml")[0][0] == "id"


def test_numbers_that_are_no_numbers_are_refused():
    assert faults_of(changed(item_range=[0, float("inf")]))[0][0] == "item_range"
    assert faults_of(changed(reversed=[1.5]))[0][0] == "reversed"


def test_a_cutoff_outside_the_range_is_refused():
    line = {"name": "low", "at": 21, "boundary": "below", "line": "Low."}
    note = {**PLAIN["provenance"][0], "of": [*PLAIN["provenance"][0]["of"], "cutoff"]}
    assert faults_of(changed(cutoff=[line], provenance=[note])) == [("cutoff 1: at", "is 21")]


@pytest.mark.parametrize(
    ("boundary", "reached"),
    [
        ("at_or_below", [True, True, False]),
        ("below", [True, False, False]),
        ("at_or_above", [False, True, True]),
        ("above", [False, False, True]),
    ],
)
def test_a_cutoff_says_on_which_side_its_boundary_falls(boundary, reached):
    cutoff = Cutoff("line", 36, boundary, "Look.")
    assert [cutoff.reached(total) for total in (35.9, 36, 36.1)] == reached


def test_a_range_includes_both_its_ends():
    assert [value in Range(1, 7) for value in (0.99, 1, 7, 7.01)] == [False, True, True, False]


def test_a_site_adds_instruments_under_ids_of_its_own(tmp_path):
    shipped, own = folder_with(tmp_path / "a", "plain"), folder_with(tmp_path / "b", "local")
    found = Instruments(shipped, own)
    assert found.ids() == ("local", "plain")
    assert [each.id for each in found.all()] == ["local", "plain"]
    assert found.get("local").owner == "A site"


def test_a_site_cannot_replace_a_shipped_instrument_and_loses_no_other_by_trying(tmp_path):
    shipped, own = folder_with(tmp_path / "a", "plain"), folder_with(tmp_path / "b", "plain", "local")
    (own / "instruments" / "plain.toml").write_text("id = ", encoding="utf-8")
    found = Instruments(shipped, own)
    assert [found.get(each).id for each in found.ids()] == ["local", "plain"]
    with pytest.raises(DataFault, match="shipped instruments stay as they are"):
        found.all()


def test_an_id_that_leads_out_of_the_folder_names_no_instrument(tmp_path):
    folder_with(tmp_path / "a", "plain")
    with pytest.raises(DataFault, match="names no instrument"):
        Instruments(folder_with(tmp_path / "b", "other")).get("../../a/instruments/plain")


def test_all_faulty_files_are_told_at_once(tmp_path):
    folder = folder_with(tmp_path, "plain")
    for name in ("bad", "worse"):
        (folder / "instruments" / f"{name}.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(DataFault) as refused:
        Instruments(folder).all()
    assert [fault.file for fault in refused.value.faults] == ["bad.toml", "worse.toml"]
