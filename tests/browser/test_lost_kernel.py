"""When nobody answers any more: the page says so within ten seconds, and every word comes back."""

from __future__ import annotations

import pytest
from desk import SAVED, sit_down
from playwright.sync_api import Error, expect

GONE = "The workbook has stopped answering. What you typed is kept in this tab. Reload the page to go on."
PATIENCE = 10.0


def kill(server) -> None:
    for kernel in server.kernels():
        kernel.kill()


def test_a_killed_kernel_is_told_within_ten_seconds_and_no_word_is_lost(server, visit, record_property):
    desk = sit_down(server, visit)
    desk.type("moment", "I began the speech. ")
    expect(desk.line).to_have_text(SAVED)

    kill(server)
    typed, seconds = desk.until_alert("moment", "He went quiet. ")
    record_property("kernel gone -> alert, seconds", round(seconds, 1))
    print(f"kernel gone -> alert: {seconds:.1f} s")
    assert seconds <= PATIENCE
    expect(desk.alert).to_contain_text(GONE)
    expect(desk.alert).to_have_role("alert")
    desk.type("moment", "Then he looked at the door.")
    desk.tap("Ashamed")
    expect(desk.line).to_contain_text("Not saved yet")

    desk.reloaded()
    text = f"I began the speech. {typed}Then he looked at the door."
    expect(desk.field("moment")).to_have_value(text)
    ashamed = desk.page.get_by_role("button", name="Ashamed", exact=True)
    expect(ashamed).to_have_attribute("aria-pressed", "true")
    expect(desk.line).to_have_text(SAVED)
    said = desk.stored().reflection
    assert (said.moment, said.feelings) == (text, ("ashamed",))


def test_a_killed_server_is_told_and_its_words_come_back_when_it_is_started_again(own_server, visit):
    desk = sit_down(own_server, visit)
    desk.type("moment", "I began the speech. ")
    desk.type("not_sure", "I was afraid. ")
    expect(desk.line).to_have_text(SAVED)

    own_server.stop(gently=False)
    typed, seconds = desk.until_alert("moment", "He went quiet. ")
    print(f"server gone -> alert: {seconds:.1f} s")
    assert seconds <= PATIENCE
    expect(desk.alert).to_contain_text(GONE)
    desk.type("not_sure", "And ashamed of it.")
    # Too early: there is no page to come back to, and the tab still keeps the words.
    with pytest.raises(Error):
        desk.page.reload()

    own_server.start()
    desk.page.reload()
    desk.ready()
    words = (f"I began the speech. {typed}", "I was afraid. And ashamed of it.")
    expect(desk.field("moment")).to_have_value(words[0])
    expect(desk.field("not_sure")).to_have_value(words[1])
    expect(desk.line).to_have_text(SAVED)
    said = desk.stored().reflection
    assert (said.moment, said.not_sure) == words
