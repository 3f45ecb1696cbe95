"""Bringing scores in from a file, in the page."""

from __future__ import annotations

import base64
import re

import ipywidgets as W
import pytest
from parole_case import INSTRUMENTS, LIBRARY, WORDS, in_sight, opened, press, said

from repairbook.home import Home
from repairbook.store import NotSaved, Why
from repairbook.ui.alliance_panel import AlliancePanel
from repairbook.ui.file_choice import FileChoice
from repairbook.ui.import_panel import MOST_MB, ImportPanel
from repairbook.ui.import_preview import safe_stem
from repairbook.ui.import_step import AT_ONCE

GOOD = "case,session,total,note\nK7-M2,1,36,x\nK7-M2,2,38,y\n"
INPUTS = (W.Dropdown, FileChoice, W.Text, W.Checkbox)


@pytest.fixture
def told(tmp_path):
    made = opened(tmp_path)
    made.home = Home(tmp_path / "data", tmp_path / "config")
    made.kept, made.focused = [], []
    yield made
    made.store.close()


def panel_of(told):
    instruments = [INSTRUMENTS.get("srs-v3"), INSTRUMENTS.get("wai-s-therapist")]
    made = ImportPanel(
        told.store,
        told.actor,
        told.home,
        WORDS,
        LIBRARY,
        instruments,
        lambda: told.kept.append(True),
        told.focused.append,
    )
    press(made, WORDS("import.open"))
    return made


def give(panel, content, name="scores.csv"):
    content = content if isinstance(content, bytes) else content.encode()
    (upload,) = [one for one in in_sight(panel) if isinstance(one, FileChoice)]
    upload._handle_custom_msg({"type": "file", "name": name}, [memoryview(content)])


def choice(panel, name):
    (found,) = [one for one in in_sight(panel) if isinstance(one, W.Dropdown) and one.description == name]
    return found


def column(name):
    return WORDS("import.column", name=name)


def looked(told, content=GOOD, **more):
    panel = panel_of(told)
    give(panel, content, **more)
    choice(panel, WORDS("import.instrument")).value = "srs-v3"
    while not sees(panel, "import.look"):
        press(panel, WORDS("import.next"))
    press(panel, WORDS("import.look"))
    return panel


def sees(panel, key):
    return WORDS(key) in {getattr(one, "description", "") for one in in_sight(panel)}


def totals(told):
    return [one.total for one in told.store.scores.list(told.actor, told.case)]


def test_a_file_is_looked_at_before_anything_changes_and_then_comes_in(told):
    panel = looked(told)
    assert "Would come in: 2 new scores and 2 new sessions." in said(panel)
    assert totals(told) == []
    press(panel, WORDS("import.bring"))
    assert "Came in: 2 new scores and 2 new sessions." in said(panel)
    assert totals(told) == [36, 38]
    assert told.kept == [True]
    press(panel, WORDS("import.done"))
    assert sees(panel, "import.open")


def test_the_same_file_again_offers_nothing_to_bring_in(told):
    press(looked(told), WORDS("import.bring"))
    panel = looked(told)
    assert WORDS("import.said.nothing") in said(panel)
    assert not sees(panel, "import.bring")


def test_what_was_said_about_a_file_is_remembered(told):
    panel = looked(told, GOOD.replace("total", "figure").replace("note", "total"))
    press(panel, WORDS("import.back"))
    choice(panel, column("figure")).value = "total"
    press(panel, WORDS("import.next")) if sees(panel, "import.next") else None
    press(panel, WORDS("import.look"))
    press(panel, WORDS("import.bring"))
    press(panel, WORDS("import.again"))
    give(panel, "case,session,figure,total\nK7-M2,9,30,z\n")
    assert choice(panel, WORDS("import.instrument")).value == "srs-v3"
    assert choice(panel, column("figure")).value == "total"


def test_a_field_that_only_one_column_can_be_leaves_the_other(told):
    panel = panel_of(told)
    give(panel, "case,total,figure,session\nK7-M2,1,36,2\n")
    assert choice(panel, column("total")).value == "total"
    press(panel, WORDS("import.next"))
    choice(panel, column("figure")).value = "total"
    press(panel, WORDS("import.back"))
    assert choice(panel, column("total")).value == ""


@pytest.mark.parametrize("columns", [3, 12, 60])
def test_at_most_four_controls_are_asked_at_once(told, columns):
    panel = panel_of(told)
    assert len([one for one in in_sight(panel) if isinstance(one, INPUTS)]) == 1
    more = [f"extra {number} x" for number in range(columns)]
    give(panel, ",".join(["case", "session", "total", *more]) + "\nK7-M2,1,36\n")
    asked = set()
    while True:
        now = [one.description for one in in_sight(panel) if isinstance(one, INPUTS)]
        assert 1 <= len(now) <= AT_ONCE
        asked |= set(now)
        if not sees(panel, "import.next"):
            break
        press(panel, WORDS("import.next"))
    assert asked == {
        WORDS("import.instrument"),
        WORDS("import.dates"),
        *(column(name) for name in ["case", "session", "total", *more]),
    }


def test_sessions_side_by_side_are_told_and_not_asked_one_by_one(told):
    panel = panel_of(told)
    give(panel, ",".join(["case", *(f"s{number}" for number in range(1, 31))]) + "\nK7-M2,36\n")
    assert WORDS("import.sessions", count=30, first="1", last="30") in said(panel)
    assert len([one for one in in_sight(panel) if isinstance(one, W.Dropdown)]) == 2


def test_rows_that_do_not_fit_are_shown_with_their_reasons_and_taken_along(told):
    panel = looked(told, GOOD + "K7-M2,3,400,=cmd\n" + "nobody,1,36,z\n" * 12)
    assert WORDS("import.fault.unknown_case") in said(panel)
    assert "0 to 40" in said(panel)
    assert WORDS("import.aside_more", count=5) in said(panel)
    press(panel, WORDS("import.bring"))
    (link,) = re.findall(r"download='([^']+)' href='data:text/csv;charset=utf-8;base64,([^']+)'", said(panel))
    assert link[0] == "scores.bad.csv"
    kept = base64.b64decode(link[1]).decode("utf-8-sig")
    assert kept.count("nobody") == 12
    assert "'=cmd" in kept


def test_a_hostile_file_is_text_on_the_page(told):
    evil = "<img src=x onerror=alert(1)>"
    panel = looked(told, GOOD.replace("note", evil) + f'{evil},1,36,"{evil}"\n', name=f"{evil}.csv")
    press(panel, WORDS("import.bring"))
    assert "<img" not in said(panel)
    assert "&lt;img" in said(panel)


def test_a_dash_of_a_path_in_a_name_is_not_offered_back():
    assert safe_stem("../../etc/passwd.csv") == "passwd"
    assert safe_stem("C:\\notes\\a'b\"<c>.bad.csv") == "abc"
    assert safe_stem("...") == "scores"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"just words", b"case,total\n\x81\x8d,3\n"])
def test_a_file_that_cannot_be_used_gets_a_sentence_and_another_may_be_chosen(told, content):
    panel = panel_of(told)
    give(panel, content)
    assert "role='alert'" in said(panel)
    give(panel, GOOD)
    assert "role='alert'" not in said(panel)
    assert choice(panel, column("case")).value == "case"


def test_a_file_too_large_for_the_page_is_never_read(told):
    panel = panel_of(told)
    give(panel, b"x" * (MOST_MB * 1_000_000 + 1))
    (upload,) = [one for one in in_sight(panel) if isinstance(one, FileChoice)]
    assert upload.words["too_large"] == WORDS("import.refused.too_large", most=MOST_MB)
    assert panel.state.step == "choose"


def test_columns_that_do_not_say_enough_get_a_sentence_and_stay_as_chosen(told):
    panel = panel_of(told)
    give(panel, "client,when,figure\nK7-M2,1,36\n")
    while not sees(panel, "import.look"):
        press(panel, WORDS("import.next"))
    press(panel, WORDS("import.look"))
    assert WORDS("import.refused.no_session") in said(panel)


def test_a_store_that_cannot_write_says_so_and_nothing_is_lost(told, monkeypatch):
    panel = looked(told)

    def full(*_):
        raise NotSaved(Why.NOT_SAVED_FULL)

    with monkeypatch.context() as broken:
        broken.setattr(told.store.scores, "record_many", full)
        press(panel, WORDS("import.bring"))
    assert "the disk is full" in said(panel)
    assert told.kept == []
    press(panel, WORDS("import.bring"))
    assert totals(told) == [36, 38]


def test_a_fault_of_the_program_is_told_without_its_words(told, monkeypatch, caplog):
    monkeypatch.delenv("REPAIRBOOK_STRICT", raising=False)

    def fall(*_):
        raise ValueError("K7-M2 SECRET")

    panel = looked(told)
    monkeypatch.setattr(told.store.scores, "record_many", fall)
    press(panel, WORDS("import.bring"))
    assert WORDS("import.broken") in said(panel)
    assert "SECRET" not in caplog.text + said(panel)


def test_nothing_of_a_file_is_in_the_repr_of_what_holds_it(told):
    panel = looked(told, GOOD + "SECRET-9,1,36,z\n")
    assert "SECRET" not in repr(panel) + repr(panel.state)
    assert "K7-M2" not in repr(panel.state)


def test_the_alliance_of_a_case_offers_it_and_draws_what_came_in(told):
    panel = AlliancePanel(told.store, told.actor, told.case, WORDS, LIBRARY, INSTRUMENTS, home=told.home)
    press(panel, WORDS("import.open"))
    give(panel, GOOD)
    choice(panel, WORDS("import.instrument")).value = "srs-v3"
    press(panel, WORDS("import.next"))
    press(panel, WORDS("import.look"))
    press(panel, WORDS("import.bring"))
    assert "between 36 and 38" in said(panel)


def test_where_no_home_is_given_no_file_is_asked_for(told):
    panel = AlliancePanel(told.store, told.actor, told.case, WORDS, LIBRARY, INSTRUMENTS)
    assert not sees(panel, "import.open")
