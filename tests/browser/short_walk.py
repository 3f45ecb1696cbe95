"""The short walk as a whole: five minutes, on a phone, from the start page to the saved prose."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from served import PHONE
from walker import Walker

MOST_TOUCHES = 30
MOST_WORDS = 120
MOMENT = (
    "I began the speech about reporting missed sessions. "
    'The client went quiet, said "whatever you have to do", and looked at the door.'
)


def take_the_short_walk(server, visit):
    """Walk it with everything it promises looked at on the way; gives the page, closed and read back."""
    watched = visit(server, "/", size=PHONE)
    walk = Walker(watched.page)
    walk.tap("Write about a moment")
    expect(walk.field("moment")).to_be_focused(timeout=30_000)
    words = walk.words_before_moment()
    assert words[-2:] == ["The", "moment"]
    assert len(words) <= MOST_WORDS, " ".join(words)

    fill_the_walk(walk)
    prose = walk.page.locator(".rb-prose")
    expect(prose).to_contain_text("whatever you have to do")
    expect(prose).to_contain_text("I hid behind the form")
    assert walk.touches <= MOST_TOUCHES

    assert walk.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert re.search(r"record=[0-9a-f]{32}", walk.page.url)
    assert watched.outside() == []
    assert watched.tracebacks() == []
    assert watched.errors == []
    assert "whatever you have to do" not in server.written()
    return watched


def fill_the_walk(walk):
    """Answer every card, and close."""
    walk.write("moment", MOMENT)
    walk.tap("A rupture")
    walk.write("moment_at", "12:30")
    walk.tap("The setting or a rule", "What set it off?")
    walk.tap("Ashamed")
    walk.tap("Cornered")
    walk.page.locator(".rb-affect-grid svg").first.click(position={"x": 60, "y": 60})
    walk.touches += 1
    walk.tap("Explain", "I wanted to")
    walk.write("did_words", "I read the rest of the form out loud, faster.")
    walk.tap("Away from me")
    walk.tap("Explained why we do it")
    walk.tap("Not resolved")
    walk.tap("I think so")
    walk.write("my_part", "I hid behind the form because I hate giving that speech.")
    walk.write("next_time", "Say what I must report and why before asking about the missed session.")
    walk.tap("Rehearse it")
    walk.write("not_sure", "I was afraid of the client.")
    walk.saved()
    walk.tap("Close this reflection …")
    walk.tap("Close it")


def find_it_again(server, watched):
    """Come back to the start page and see it listed."""
    watched.page.goto(server.url("/"))
    expect(watched.page.locator("body")).to_contain_text("I began the speech")
    assert watched.outside() == []
    assert watched.errors == []
