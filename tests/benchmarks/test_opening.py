"""How long a page takes until its first field takes typing, beside a Voilà page with nothing but one box."""

from __future__ import annotations

import statistics
import time

import pytest
from beside import ONE_BOX
from playwright.sync_api import expect
from served import PHONE

PATIENCE = 60_000
SETTLED = 15


@pytest.mark.benchmark
def test_opening_a_reflection_beside_an_empty_page(ours, bare, visit, tell):
    _compare(ours, bare, visit, tell, rounds=3)


@pytest.mark.benchmark
@pytest.mark.soak
def test_opening_a_reflection_beside_an_empty_page_many_times(ours, bare, visit, tell):
    _compare(ours, bare, visit, tell, rounds=7)


def _compare(ours, bare, visit, tell, rounds):
    def both():
        mine = _seconds(ours, visit, "reflect", ".rb-key-moment textarea")
        return mine, _seconds(bare, visit, ONE_BOX, "textarea")

    both()  # The first visitor pays for what is compiled once.
    mine, theirs = (statistics.median(one) for one in zip(*[both() for _ in range(rounds)], strict=True))
    tell(
        f"opening: first field takes typing after {mine:.2f} s, a page of one box after {theirs:.2f} s, "
        f"ratio {mine / theirs:.2f} (aim: at most 1.5; medians of {rounds}, taken in turn)"
    )


def _seconds(server, visit, name, box):
    """Seconds from asking for a page to a letter in its first box, in a browser that knows nothing yet."""
    page = visit(server, "/login", size=PHONE).page
    start = time.perf_counter()
    page.goto(server.url(f"/voila/render/{name}.ipynb"), wait_until="commit")
    first = page.locator(box).first
    first.press_sequentially("x", timeout=PATIENCE)
    expect(first).to_have_value("x")
    taken = time.perf_counter() - start
    page.goto("about:blank")  # Leaving closes the workbook's process; a closed context would not say goodbye.
    page.context.close()
    _settle(server)
    return taken


def _settle(server):
    until = time.monotonic() + SETTLED
    while server.kernels() and time.monotonic() < until:
        time.sleep(0.2)
