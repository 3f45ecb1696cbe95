"""Scores from a file, in a browser: chosen, looked at, brought in, readable for everyone at every step."""

from __future__ import annotations

import pytest
from looking import Looker
from playwright.sync_api import expect
from served import DESK, Watched

from repairbook.home import shipped
from repairbook.model.words import Words

ALLIANCE = "/voila/render/alliance.ipynb"
WORDS = Words(shipped() / "data" / "prompts")


@pytest.fixture
def looker(chromium, own_server):
    opened = chromium.new_context(viewport=DESK, locale="en-GB", reduced_motion="reduce")
    found = Looker(Watched(opened, f"127.0.0.1:{own_server.port}"))
    yield found
    found.nothing_went_wrong()
    opened.close()


def press(page, key):
    page.get_by_role("button", name=WORDS(key), exact=True).click()


def test_a_file_is_chosen_looked_at_and_brought_in(looker, own_server):
    page = looker.page
    page.goto(own_server.url(ALLIANCE, home="demo"), timeout=90_000)
    opener = page.get_by_role("button", name=WORDS("import.open"), exact=True)
    opener.click(timeout=60_000)
    looker.look("choosing a file", ".rb-key-import")
    case = page.get_by_label(WORDS("alliance.case"), exact=True).locator("option").first.inner_text()
    content = f"case,session,total,<b>note</b>\n{case},91,36,x\n{case},92,37,y\n<b>nobody</b>,1,36,z\n"
    with page.expect_file_chooser() as chooser:
        press(page, "import.choose")
    chooser.value.set_files({"name": "scores.csv", "mimeType": "text/csv", "buffer": content.encode()})
    asked = page.get_by_label(WORDS("import.instrument"), exact=True)
    asked.select_option("Session Rating Scale, version 3")
    looker.look("the columns", ".rb-key-import")
    press(page, "import.next")
    press(page, "import.look")
    expect(page.get_by_text("Would come in: 2 new scores and 2 new sessions.")).to_be_visible()
    looker.look("what would change", ".rb-key-import")
    press(page, "import.bring")
    expect(page.get_by_text("Came in: 2 new scores and 2 new sessions.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="<b>nobody</b>")).to_be_visible()
    expect(page.locator(".rb-table").get_by_role("rowheader", name="92", exact=True)).to_be_attached()
    with page.expect_download() as taken:
        page.get_by_role("link", name=WORDS("import.aside_file")).click()
    assert taken.value.suggested_filename == "scores.bad.csv"
    looker.look("what came in", ".rb-key-import")
