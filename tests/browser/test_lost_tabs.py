"""Two tabs on one reflection: nothing is overwritten, both versions are shown, none is lost."""

from __future__ import annotations

from desk import SAVED, sit_down
from playwright.sync_api import expect

OTHER_TAB = (
    "This reflection was also changed in another tab. "
    "Nothing is lost: choose at the top of this page which to keep."
)
CLOSED = "Not saved: this reflection was closed in another tab. What you typed here is kept in this tab."


def write(tab, text, says=SAVED):
    """Type on in one of the tabs and wait for what its saved line says."""
    tab.page.bring_to_front()
    tab.type("moment", text)
    expect(tab.line).to_have_text(says)


def choose(tab, name, here, there):
    """See both versions on the card and choose one."""
    expect(tab.card).to_contain_text(f"Here: {here}")
    expect(tab.card).to_contain_text(f"In the other tab: {there}")
    tab.tap(name)
    expect(tab.card).to_have_count(0)
    expect(tab.line).to_have_text(SAVED)


def beside(tab):
    """What is kept beside the reflection because tabs met."""
    return [body.reflection.moment for reason, body in tab.versions() if reason == "other tab"]


def test_of_two_tabs_each_choice_keeps_the_other_version_and_a_closed_one_says_so(server, visit):
    one = sit_down(server, visit)
    write(one, "We began.")
    two = sit_down(server, visit, context=one.page.context, record=one.record)
    expect(two.field("moment")).to_have_value("We began.")

    write(two, " She cried.")
    write(one, " She laughed.", says=OTHER_TAB)
    assert one.stored().reflection.moment == "We began. She cried."
    # Typing goes on and is part of what is chosen.
    write(one, " Twice.", says=OTHER_TAB)
    choose(one, "Keep what is in this tab", "We began. She laughed. Twice.", "We began. She cried.")
    assert one.stored().reflection.moment == "We began. She laughed. Twice."
    assert beside(one) == ["We began. She cried."]

    write(two, " Then she left.", says=OTHER_TAB)
    mine, theirs = "We began. She cried. Then she left.", "We began. She laughed. Twice."
    choose(two, "Take the other tab’s version", mine, theirs)
    expect(two.field("moment")).to_have_value(theirs)
    assert beside(two) == ["We began. She cried.", mine]

    two.tap("Close this reflection …")
    two.tap("Close it")
    expect(two.line).to_have_text("Closed. Nothing here changes any more.")
    write(one, " Too late.", says=CLOSED)
    expect(one.field("moment")).to_have_value(f"{theirs} Too late.")
    assert f"{theirs} Too late." in one.page.evaluate("Object.values(sessionStorage).join()")
    assert one.stored().reflection.moment == theirs
