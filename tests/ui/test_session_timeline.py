"""The session timeline: rows with known events and moves, honest times and words of a bearable length."""

from __future__ import annotations

import pytest

from repairbook.ui.session_timeline import SessionTimeline

MOVES = [{"code": "explained", "label": "Explained why we do it", "line": ""}]


def row(**parts):
    return {"at": "12:30", "event": "rupture", "move": "", "line": "It went quiet."} | parts


def timeline(**more):
    return SessionTimeline(label="The session", moves=MOVES, **more)


@pytest.mark.parametrize(
    "good",
    [row(), row(at=""), row(at="100:00"), row(event="attempt", move="explained"), row(line="x" * 2000)],
)
def test_an_honest_row_is_taken(good):
    line = timeline()
    line.set_state({"value": [good]})
    assert line.value == [good]


@pytest.mark.parametrize(
    "hostile",
    [
        [row(at="12:61")],
        [row(at="1234:00")],
        [row(at="soon")],
        [row(at="12:30\n")],
        [row(at="١٢:٣٠")],
        [row(event="explosion")],
        [row(event="")],
        [row(move="shouted")],
        [row(line="x" * 2001)],
        [row(line=3)],
        [row(line=["x"])],
        [row(extra="x")],
        [{"at": "12:30"}],
        ["12:30"],
        [None],
        [row()] * 41,
        row(),
        "12:30",
        None,
    ],
)
def test_anything_else_from_the_browser_is_refused_and_the_old_rows_stay(hostile):
    line = timeline(value=[row(at="01:00")])
    line.set_state({"value": hostile})
    assert line.value == [row(at="01:00")]


def test_a_site_may_name_other_events():
    line = timeline(events=[{"code": "pause", "label": "A pause"}], value=[row(event="pause")])
    assert line.value[0]["event"] == "pause"


def test_while_disabled_no_row_changes():
    line = timeline(disabled=True)
    line.set_state({"value": [row()]})
    assert line.value == []


def test_a_refused_line_never_reaches_the_log(caplog):
    line = timeline()
    line.set_state({"value": [row(line="her secret " * 1000)]})
    assert "secret" not in caplog.text
