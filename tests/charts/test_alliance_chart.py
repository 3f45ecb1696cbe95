"""The chart of one case."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from drawn_cases import OWN, SRS, WORDS, both_ratings, label, parole, reflection, scores, sessions

from repairbook.caseload.history import CaseHistory
from repairbook.charts.alliance import alliance_chart
from repairbook.charts.theme import PAPER


def draw(history, instruments=(SRS,), **more):
    return alliance_chart(history, instruments, words=WORDS, label=label, **more)


def rows(spec, *columns):
    """The data of the mark whose rows have exactly these columns."""
    found = [data for data in spec["datasets"].values() if data and set(data[0]) == set(columns)]
    assert len(found) <= 1
    return found[0] if found else []


def units(part):
    for layer in part.get("layer", []):
        yield from units(layer)
    if "mark" in part:
        yield part


def marks(spec, kind):
    return [unit for unit in units(spec) if unit["mark"]["type"] == kind]


def texts(spec):
    said = [unit["encoding"].get("text", {}).get("value", "") for unit in marks(spec, "text")]
    return " | ".join(json.dumps(each, ensure_ascii=False) for each in said)


def test_a_missed_session_breaks_the_line_and_has_a_mark_that_says_why():
    spec = draw(parole())
    totals = {row["session"]: row["total"] for row in rows(spec, "session", "total")}
    assert totals[5] is None
    assert totals[6] == 40
    assert rows(spec, "session", "kind") == [{"session": 5, "kind": "Did not come"}]
    assert marks(spec, "line")[0]["mark"]["invalid"].startswith("break-paths")


def test_a_session_without_a_score_is_not_bridged_either():
    history = CaseHistory("k", sessions(3, ()), scores([38, None, 36]))
    assert [row["total"] for row in rows(draw(history), "session", "total")] == [38, None, 36]


def test_later_sessions_are_nowhere_in_the_chart():
    spec = draw(parole(), upto=6)
    said = json.dumps(spec)
    assert max(row["session"] for row in rows(spec, "session", "total")) == 6
    assert "r7" not in said
    assert "29.0" not in said


def test_every_reflection_carries_its_record_to_open():
    history = parole(reflections=(reflection("a", 7), reflection("b", 7, "repair"), reflection("c", 9, "")))
    spec = draw(history)
    told = rows(spec, "session", "level", "code", "kind", "standing", "pick")
    assert [(row["pick"], row["level"]) for row in told] == [("a", 0), ("b", 1), ("c", 0)]
    assert told[2]["kind"] == WORDS("alliance.not_said")


def test_each_kind_of_moment_has_a_shape_of_its_own():
    kinds = ("rupture", "perhaps", "repair", "")
    spec = draw(parole(reflections=tuple(reflection(f"r{n}", n, kind) for n, kind in enumerate(kinds, 6))))
    shape = next(unit["encoding"]["shape"] for unit in marks(spec, "point") if "shape" in unit["encoding"])
    assert len(set(shape["scale"]["range"])) == len(kinds)


def test_the_words_of_a_reflection_are_not_in_the_chart():
    history = parole(reflections=(reflection("r7", 7, first_words="She went quiet"),))
    assert "quiet" not in json.dumps(draw(history))


def test_the_cut_off_says_its_boundary():
    assert "36 or below" in texts(draw(parole()))


def test_an_instrument_without_a_cut_off_has_no_rule_of_one():
    spec = draw(CaseHistory("k", sessions(3, ()), scores([50, 51, 52], OWN.id, "therapist")), (OWN,))
    assert "talk about it" not in texts(spec)


def test_two_scales_never_share_an_axis():
    spec = draw(both_ratings(), (SRS, OWN))
    assert spec["resolve"] == {"scale": {"y": "independent"}}
    lines = marks(spec, "line")
    ranges = [unit["encoding"]["y"]["scale"]["range"] for unit in lines]
    assert ranges[0][0] < ranges[1][1]
    assert "Client’s rating" in texts(spec)
    assert "Therapist’s rating" in texts(spec)


def test_at_least_half_of_the_scale_is_shown():
    low, high = marks(draw(parole()), "line")[0]["encoding"]["y"]["scale"]["domain"]
    assert (low, high) == (20, 40)


def test_stages_are_bands_without_holes_between_them():
    spec = draw(parole())
    bands = rows(spec, "stage", "start", "end", "shaded")
    assert [(band["stage"], band["start"], band["end"]) for band in bands] == [
        ("Commitment", 0.5, 5.5),
        ("Process", 5.5, 9.5),
        ("Change", 9.5, 13.5),
    ]


def test_text_is_large_enough_and_the_ground_is_the_page():
    spec = draw(parole())
    assert min(unit["mark"]["fontSize"] for unit in marks(spec, "text")) >= 13
    assert spec["config"]["background"] == "transparent"
    assert spec["width"] == "container"


def test_on_paper_no_colour_is_left_to_a_browser():
    assert "var(" not in json.dumps(draw(parole(), palette=PAPER))
    assert "var(--rb-rose)" in json.dumps(draw(parole()))


@pytest.mark.parametrize("instruments", [(), (SRS,), (SRS, OWN)])
def test_a_case_without_anything_is_drawn_as_well(instruments):
    assert draw(CaseHistory("k"), instruments)["layer"]


def test_a_hostile_label_stays_data():
    hostile = "<img src=x onerror=alert(1)>' + \"\\"
    spec = alliance_chart(parole(), (SRS,), words=WORDS, label=lambda book, code: hostile)
    assert {band["stage"] for band in rows(spec, "stage", "start", "end", "shaded")} == {hostile}


def test_charts_load_altair_and_polars_only_when_one_is_drawn():
    code = (
        "import sys, repairbook.charts.alliance as a;"
        "print([name for name in ('altair', 'polars') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_altair_is_loaded_without_the_grammar_it_does_not_need():
    code = (
        "import sys; from repairbook.charts.theme import load_altair; load_altair();"
        "print('lark' in sys.modules, 'rfc3987_syntax' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False False"
