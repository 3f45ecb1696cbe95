"""Reloading, closing the tab, coming back: without waiting for the word Saved."""

from __future__ import annotations

from desk import SAVED, Desk, sit_down
from playwright.sync_api import expect


def test_a_new_reflection_reloaded_before_its_first_save_has_every_word(own_server, visit):
    desk = sit_down(own_server, visit)
    record = desk.record
    desk.type("moment", "I began the speech and ", delay=0)
    assert not any(SAVED.search(one) for one in desk.said())
    desk.page.reload()
    desk.ready()
    expect(desk.field("moment")).to_have_value("I began the speech and ")
    expect(desk.line).to_have_text(SAVED)
    assert desk.record == record
    assert desk.stored().reflection.moment == "I began the speech and "


def test_a_reload_in_mid_sentence_loses_nothing_even_if_typing_goes_on_at_once(server, visit):
    desk = sit_down(server, visit)
    desk.type("moment_at", "half past")
    desk.type("moment", "I began. ")
    fault = desk.page.get_by_text("Minutes and seconds, such as 12:30. What you typed is kept.")
    expect(fault).to_be_visible()
    expect(desk.line).to_have_text(SAVED)
    desk.type("moment", "He went quiet. ", delay=0)
    desk.page.reload()
    desk.field("moment").wait_for(state="attached", timeout=30_000)
    desk.type("moment", "And so did I.")

    text = "I began. He went quiet. And so did I."
    expect(desk.field("moment")).to_have_value(text)
    expect(desk.field("moment_at")).to_have_value("half past")
    expect(fault).to_be_visible()
    expect(desk.line).to_have_text(SAVED)
    expect(desk.card).to_have_count(0)
    stored = desk.stored()
    assert (stored.reflection.moment, stored.raw) == (text, {"moment_at": "half past"})


def reach_for_the_cross(desk):
    """Let pass what a quick hand needs from the last key to the mouse; nothing is saved by then."""
    desk.page.wait_for_timeout(250)


def draft_on_the_start_page(server, visit, first_words):
    """Find a draft by its first words, in another browser."""
    page = visit(server, "/").page
    draft = page.get_by_role("link").filter(has_text=first_words)
    for _ in range(20):
        if draft.count():
            return draft
        page.reload()
    raise AssertionError(page.locator("main").inner_text())


def test_a_tab_closed_right_after_the_last_letter_is_found_again_with_its_private_part(server, visit):
    desk = sit_down(server, visit)
    desk.type("moment", "He stood up before I had finished the speech. ", delay=0)
    desk.type("not_sure", "I was afraid of the client", delay=0)
    record = desk.record
    reach_for_the_cross(desk)
    desk.page.close(run_before_unload=True)

    draft = draft_on_the_start_page(server, visit, "He stood up before I had finished")
    draft.click()
    desk = Desk(server, draft.page).ready()
    assert desk.record == record
    expect(desk.field("moment")).to_have_value("He stood up before I had finished the speech. ")
    expect(desk.field("not_sure")).to_have_value("I was afraid of the client")


def test_a_browser_that_ends_at_once_leaves_its_words_behind(server, visit):
    desk = sit_down(server, visit)
    desk.type("moment", "The chair by the door was empty", delay=0)
    reach_for_the_cross(desk)
    desk.page.context.close()
    expect(draft_on_the_start_page(server, visit, "The chair by the door was empty")).to_be_visible()
