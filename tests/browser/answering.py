"""Answering every kind of field in the page, as a hand would, and knowing what was meant to be kept."""

from __future__ import annotations

import re
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from repairbook.caseload.opening import open_home
from repairbook.home import Home, shipped
from repairbook.model.draft import FIELDS
from repairbook.model.field import Kind
from repairbook.model.library import Library
from repairbook.model.words import Words

LIBRARY = Library(shipped() / "data", None)
WORDS = Words(shipped() / "data" / "prompts", "en")

OWN_WORD = {"feelings": "feelings_word"}
"""Fields typed inside another field's control."""

CHOSEN = {
    "movement": "withdrawal",
    "standing": "open",
    "lens": "ct_betan_2005",
    "pathways": ["P3", "P1"],
    "strategies": ["R3", "R1", "R10"],
    "markers": {"W1": 4, "W2": 0, "C3": 5},
    "timeline": [
        {"at": "12:30", "event": "rupture", "move": "", "line": "It went quiet."},
        {"at": "15:00", "event": "attempt", "move": "asked", "line": ""},
        {"at": "31:05", "event": "repair", "move": "owned", "line": "It eased."},
    ],
}
GATES = frozenset({"power_in_play", "psq_tension", "client_psq_tension", "contact_attempted"})
"""Questions whose yes opens others."""


@contextmanager
def kept(server):
    """The server's own store, opened beside it."""
    opened = open_home(Home(data=server.home, config=server.config), environ={})
    try:
        yield opened
    finally:
        opened.store.close()


def title(key: str) -> str:
    """What a field is called on the page."""
    return WORDS(f"fields.{key}.title")


def codes(key: str) -> tuple[str, ...]:
    """The codes a field offers."""
    return LIBRARY.codebook(FIELDS[key].book or CHOSEN["lens"]).codes


def meant(key: str):
    """An answer to a field, as the record keeps it; different fields get different answers."""
    if key in CHOSEN:
        return CHOSEN[key]
    return _MEANT[FIELDS[key].kind](key)


def _some_codes(key: str) -> list[str]:
    offered = codes(key)
    return [offered[1], offered[0]] if len(offered) > 1 else list(offered)


_MEANT = {
    Kind.TEXT: lambda key: f"What I say under {key}.\nA second line: “kept”, as typed – ü.",
    Kind.LINE: lambda key: f"A line under {key}.",
    Kind.TIME: lambda key: f"{10 + len(key)}:30",
    Kind.DATE: lambda key: f"2026-12-{len(key):02}",
    Kind.CODE: lambda key: codes(key)[len(key) % len(codes(key))],
    Kind.CODES: _some_codes,
    Kind.YES_NO: lambda key: key in GATES or len(key) % 2 == 0,
    Kind.RATE: lambda key: 1 + len(key) % 5,
    Kind.RATES: lambda key: {codes(key)[0]: 2, codes(key)[-1]: 5},
    Kind.GRID: lambda key: [1 + len(key) % 9, 1 + len(key) * 3 % 9],
}


def give(place: Locator, key: str, value=None) -> None:
    """Answer a field in its box on the page."""
    _GIVE[FIELDS[key].kind](place, key, meant(key) if value is None else value)
    own = OWN_WORD.get(key)
    if own:
        place.get_by_role("button", name="Own word …").click()
        place.locator(".rb-chips-own input").fill(meant(own))


def tap_codes(place: Locator, wanted: list[str], book: str) -> None:
    """Tap chips by their codes, unfolding the rest where needed."""
    for code in wanted:
        tap(place, LIBRARY.codebook(book).label(code))


def tap(place: Locator, label: str) -> None:
    """Tap one chip."""
    chip = place.locator(".rb-chips-group .rb-chip").filter(has_text=re.compile(f"^{re.escape(label)}$"))
    chip.wait_for(state="attached")
    if not chip.is_visible():
        place.locator(".rb-more").click()
    chip.click()


def _type(place: Locator, key: str, value: str) -> None:
    place.locator(f".rb-key-{key} textarea, .rb-key-{key} input").fill(value)


def _chips(place: Locator, key: str, value) -> None:
    expect(place.get_by_role("heading", name=title(key), exact=True)).to_be_visible()
    wanted = [value] if isinstance(value, str) else value
    tap_codes(place, wanted, FIELDS[key].book or CHOSEN["lens"])


def _yes_no(place: Locator, key: str, value: bool) -> None:
    expect(place.get_by_role("radiogroup", name=title(key), exact=True)).to_be_visible()
    tap(place, WORDS("walk.yes" if value else "walk.no"))


def _rate(place: Locator, key: str, value: int) -> None:
    scale = place.get_by_role("radiogroup", name=title(key), exact=True)
    scale.get_by_role("radio", name=re.compile(f"^{value}")).click()


def marker(place: Locator, code: str, book: str) -> Locator:
    """The row of one sign."""
    label = LIBRARY.codebook(book).label(code)
    return place.locator(".rb-marker").filter(
        has=place.page.get_by_role("checkbox", name=re.compile(f"^{re.escape(label)}$"))
    )


def _rates(place: Locator, key: str, value: dict[str, int]) -> None:
    for code, rating in value.items():
        if key == "markers" and code.startswith("C"):
            place.locator(".rb-marker-more:visible").first.click()
        row = marker(place, code, FIELDS[key].book)
        row.get_by_role("checkbox").check()
        if rating:
            row.get_by_role("radio", name=re.compile(f"^{rating}")).click()


def _grid(place: Locator, key: str, value: list[int]) -> None:
    expect(place.get_by_role("slider", name=title(key), exact=True)).to_be_visible()
    board = place.locator("svg").first
    board.scroll_into_view_if_needed()
    side = board.bounding_box()["width"] / 9
    board.click(position={"x": (value[0] - 0.5) * side, "y": (9.5 - value[1]) * side})


def _rows(place: Locator, key: str, value: list[dict[str, str]]) -> None:
    for row in value:
        event = LIBRARY.codebook("timeline_event").label(row["event"])
        place.locator(".rb-timeline-add button").filter(has_text=event).click()
        line = place.locator(".rb-timeline-row").last
        line.locator("input").first.fill(row["at"])
        if row["move"]:
            line.locator("select").select_option(row["move"])
        line.locator("input").last.fill(row["line"])


_GIVE = {
    Kind.TEXT: _type,
    Kind.LINE: _type,
    Kind.TIME: _type,
    Kind.DATE: _type,
    Kind.CODE: _chips,
    Kind.CODES: _chips,
    Kind.YES_NO: _yes_no,
    Kind.RATE: _rate,
    Kind.RATES: _rates,
    Kind.GRID: _grid,
    Kind.ROWS: _rows,
}


def opened_theme(page: Page, name: str) -> Locator:
    """Open a theme of "look closer", unless it is open, and give its place."""
    theme = page.locator(".rb-theme-place:visible")
    button = page.locator(".rb-closer").get_by_role("button", name=WORDS(f"themes.{name}.title"), exact=True)
    row = button.locator("xpath=ancestor::*[contains(@class, 'widget-hbox')][1]")
    place = row.locator("xpath=following-sibling::*[1]")
    if not place.is_visible():
        button.click()
    expect(theme).to_have_count(1)
    expect(place.locator(".rb-theme")).to_be_visible()
    return place


def fields_of_step(place: Locator) -> Locator:
    """The boxes of the step that is shown, asked and waiting alike."""
    return place.locator(".rb-stack > .rb-field")


def step_on(place: Locator, at: int, of: int) -> None:
    """Go to the next step and wait until it is there."""
    place.get_by_role("button", name=WORDS("themes.nav.next"), exact=True).click()
    expect(place).to_contain_text(WORDS("themes.nav.step", at=at, of=of))
