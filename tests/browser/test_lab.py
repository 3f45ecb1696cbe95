"""The same walk in JupyterLab: it opens by itself, without code, and finds again what was written."""

from __future__ import annotations

import re

import pytest
from answering import kept
from playwright.sync_api import expect
from served import DESK, Server
from walker import Walker

MOMENT = "She went quiet and looked at the door."
PART = "I hid behind the form."
SLOWLY = 60_000


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("lab"), verb="lab").start()
    yield running
    running.stop()


def test_the_walk_in_jupyterlab_opens_by_itself_and_is_found_again(lab, visit):
    watched = visit(lab, "/lab/tree/reflect.ipynb", size=DESK)
    page, walk = watched.page, Walker(watched.page)
    expect(page.get_by_role("button", name="Write about a moment")).to_be_visible(timeout=SLOWLY)
    no_code_is_shown(page)
    page.get_by_role("button", name="Write about a moment").click()
    walk.write("moment", MOMENT)
    walk.tap("A rupture")
    walk.tap("The setting or a rule", "What set it off?")
    walk.tap("Away from me")
    walk.write("my_part", PART)
    walk.saved()

    page.reload()
    resume = page.get_by_role("button", name=re.compile("She went quiet"))
    expect(resume).to_be_visible(timeout=SLOWLY)
    no_code_is_shown(page)
    resume.click()
    expect(walk.field("moment")).to_have_value(MOMENT)
    expect(walk.field("my_part")).to_have_value(PART)
    walk.tap("Resolved")
    walk.saved()
    walk.tap("Close this reflection …")
    walk.tap("Close it")
    expect(page.locator(".rb-prose")).to_contain_text(MOMENT)
    expect(page.locator(".rb-prose")).to_contain_text(PART)
    nothing_went_wrong(lab, watched)


def no_code_is_shown(page):
    expect(page.locator(".jp-Cell-inputWrapper, .jp-InputArea-editor").filter(visible=True)).to_have_count(0)
    expect(page.get_by_text("from repairbook").filter(visible=True)).to_have_count(0)


def nothing_went_wrong(lab, watched):
    with kept(lab) as home:
        closed = home.store.reflections.closed(home.actor)
        assert [one.first_words for one in closed] == [MOMENT]
        assert home.store.reflections.drafts(home.actor) == []
    assert watched.outside() == []
    assert watched.tracebacks() == []
    assert watched.errors == []
    assert "looked at the door" not in lab.written()
