"""What the saved line claims is true: "Saved" only once the store has it, and the store has it soon."""

from __future__ import annotations

import time

from answering import kept
from desk import SAVED, sit_down
from playwright.sync_api import expect

SOON = 4.0
"""Seconds; two are promised, on a machine that does nothing else."""


def test_the_line_says_saving_until_the_store_has_every_letter(server, visit):
    desk = sit_down(server, visit)
    for n in range(3):
        before = len(desk.said())
        desk.type("moment", f"Sentence {n} of what happened. ")
        desk.line.filter(has_text=SAVED).wait_for()
        # Read by another process, at the very moment the page says it.
        assert desk.stored().reflection.moment == desk.field("moment").input_value()
        said = desk.said()[before:]
        assert said[0] == "Saving …"
        assert [one for one in said if not SAVED.search(one)] == ["Saving …"] * (len(said) // 2)


def test_every_letter_reaches_the_store_within_seconds_while_typing_goes_on(server, visit, record_property):
    desk = sit_down(server, visit)
    desk.type("moment", "When ")
    expect(desk.line).to_have_text(SAVED)
    typed: list[tuple[float, int]] = []
    waits: list[float] = []
    with kept(server) as opened:
        shelf, ends = opened.store.reflections, time.monotonic() + 6
        while time.monotonic() < ends:
            desk.type("moment", "on ", delay=15)
            typed.append((time.monotonic(), len(desk.field("moment").input_value())))
            stored = len(shelf.open(opened.actor, desk.record).body.reflection.moment)
            now = time.monotonic()
            waits += [now - at for at, length in typed if length <= stored]
            typed = [(at, length) for at, length in typed if length > stored]
            assert not typed or now - typed[0][0] <= SOON
    record_property("letter typed -> store, seconds at most", round(max(waits), 2))
    print(f"letter typed -> store: {max(waits):.2f} s at most")
    assert len(waits) > 10
