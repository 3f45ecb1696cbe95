from __future__ import annotations

import pytest

from repairbook.caseload.opening import open_home
from repairbook.home import Home
from repairbook.model.case import Case
from repairbook.serve.shelf import Shelf


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "data", tmp_path / "config")


def test_the_first_opening_says_where_the_key_is_and_what_losing_it_means(home):
    note = Shelf(home).page(demo=False).note
    assert str(home.key_file) in note
    assert "Keep a copy" in note
    assert Shelf(home).page(demo=False).note == ""


def test_an_own_draft_is_on_the_start_page(home):
    opened = open_home(home)
    case = opened.store.cases.create(opened.actor, Case())
    draft = opened.store.reflections.begin(opened.actor, case.id)
    opened.store.reflections.save(opened.actor, draft.record_id, draft.rev, draft.body)
    opened.store.close()
    [entry] = Shelf(home).page(demo=False).drafts
    assert entry.url == f"voila/render/reflect.ipynb?record={draft.record_id}"


def test_the_demo_fills_its_own_home_and_leaves_mine_empty(home):
    shelf = Shelf(home)
    demo = shelf.page(demo=True)
    assert demo.closed
    assert len(demo.cases) == 3
    mine = shelf.page(demo=False)
    assert (mine.drafts, mine.closed, mine.cases) == ([], [], [])


def test_a_lost_key_is_told_in_a_sentence(home):
    Shelf(home).page(demo=False)
    home.key_file.unlink()
    page = Shelf(home).page(demo=False)
    assert page.trouble.endswith(".")
    assert not page.drafts
