"""What the saved line claims is true: "Saved" only once the store has it, and the store has it soon."""

from __future__ import annotations

import time

from answering import kept
from desk import SAVED, sit_down

SOON = 4.0
"""Seconds; two are promised, on a machine that does nothing else."""


def say_it_when_it_is_stored(desk):
    """Three sentences, each read in the store at the very moment the page says it is there."""
    for n in range(3):
        before = len(desk.said())
        desk.type("moment", f"Sentence {n} of what happened. ")
        desk.line.filter(has_text=SAVED).wait_for()
        assert desk.stored().reflection.moment == desk.field("moment").input_value()
        said = desk.said()[before:]
        assert said[0] == "Saving …"
        assert {one for one in said if not SAVED.search(one)} == {"Saving …"}


def slowest_letter(desk, seconds):
    """Type without a pause and ask the store meanwhile; the longest any letter took."""
    typed: list[tuple[float, int]] = []
    waits = [0.0]
    with kept(desk.server) as opened:
        shelf, ends = opened.store.reflections, time.monotonic() + seconds
        while time.monotonic() < ends:
            desk.type("moment", "on ", delay=15)
            typed.append((time.monotonic(), len(desk.field("moment").input_value())))
            stored = len(shelf.open(opened.actor, desk.record).body.reflection.moment)
            now = time.monotonic()
            waits += [now - at for at, length in typed if length <= stored]
            typed = [(at, length) for at, length in typed if length > stored]
            assert not typed or now - typed[0][0] <= SOON
    assert len(waits) > 10
    return max(waits)


def test_the_line_tells_the_truth_and_letters_are_stored_while_typing_goes_on(server, visit, record_property):
    desk = sit_down(server, visit)
    say_it_when_it_is_stored(desk)
    slowest = slowest_letter(desk, seconds=5)
    assert slowest <= SOON
    record_property("letter typed -> store, seconds at most", round(slowest, 2))
    print(f"letter typed -> store: {slowest:.2f} s at most")
