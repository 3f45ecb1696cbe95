"""Two tabs on one reflection: nothing is overwritten, both versions are shown, none is lost."""

from __future__ import annotations

import pytest
from desk import SAVED, sit_down
from playwright.sync_api import expect

OTHER_TAB = (
    "This reflection was also changed in another tab. "
    "Nothing is lost: choose at the top of this page which to keep."
)
CLOSED = "Not saved: this reflection was closed in another tab. What you typed here is kept in this tab."


@pytest.fixture
def tabs(server, visit):
    """The same reflection in two tabs of one browser."""
    here = sit_down(server, visit)
    here.type("moment", "We began.")
    expect(here.line).to_have_text(SAVED)
    there = sit_down(server, visit, context=here.page.context, record=here.record)
    expect(there.field("moment")).to_have_value("We began.")
    return here, there


@pytest.fixture
def two_versions(tabs):
    """The other tab saved first; this one is refused."""
    here, there = tabs
    there.type("moment", " There she cried.")
    there.type("not_sure", "I looked away.")
    expect(there.line).to_have_text(SAVED)
    here.page.bring_to_front()
    here.type("moment", " Here she laughed.")
    expect(here.line).to_have_text(OTHER_TAB)
    assert here.stored().reflection.moment == "We began. There she cried."
    expect(here.card).to_be_visible()
    expect(here.card).to_contain_text("We began. Here she laughed.")
    expect(here.card).to_contain_text("We began. There she cried.")
    expect(here.card).to_contain_text("I looked away.")
    return here


def test_keeping_what_is_here_keeps_the_other_tabs_version_beside_it(two_versions):
    here = two_versions
    here.type("moment", " Twice.")
    here.tap("Keep what is in this tab")
    expect(here.card).to_have_count(0)
    expect(here.line).to_have_text(SAVED)
    kept = [(reason, body.reflection.moment, body.reflection.not_sure) for reason, body in here.versions()]
    assert kept == [("other tab", "We began. There she cried.", "I looked away.")]
    said = here.stored().reflection
    assert (said.moment, said.not_sure) == ("We began. Here she laughed. Twice.", "")


def test_taking_the_other_tabs_version_keeps_what_was_here_beside_it(two_versions):
    here = two_versions
    here.tap("Take the other tab’s version")
    expect(here.card).to_have_count(0)
    expect(here.line).to_have_text(SAVED)
    expect(here.field("moment")).to_have_value("We began. There she cried.")
    expect(here.field("not_sure")).to_have_value("I looked away.")
    assert [(reason, body.reflection.moment) for reason, body in here.versions()] == [
        ("other tab", "We began. Here she laughed.")
    ]
    here.type("moment", " And then I spoke.")
    expect(here.line).to_have_text(SAVED)
    assert here.stored().reflection.moment == "We began. There she cried. And then I spoke."


def test_typing_after_another_tab_closed_the_reflection_says_so_and_loses_nothing(tabs):
    here, there = tabs
    there.tap("Close this reflection …")
    there.tap("Close it")
    expect(there.line).to_have_text("Closed. Nothing here changes any more.")

    here.page.bring_to_front()
    here.type("moment", " Then he came back in.")
    expect(here.line).to_have_text(CLOSED)
    expect(here.field("moment")).to_have_value("We began. Then he came back in.")
    kept = here.page.evaluate("Object.values(sessionStorage).join()")
    assert "We began. Then he came back in." in kept
    assert here.stored().reflection.moment == "We began."
