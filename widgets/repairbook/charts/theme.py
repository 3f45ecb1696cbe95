"""The one theme of all charts: the page's own colours and letters, and nothing that needs colour alone."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
TEXT_SIZE = 13


@dataclass(frozen=True)
class Palette:
    """The colours of a chart by what they are for."""

    ink: str
    soft: str
    line: str
    card: str
    accent: str
    gold: str
    rose: str


# The page fills these in, so a chart follows it from light to dark.
PAGE = Palette(
    ink="var(--rb-ink)",
    soft="var(--rb-soft)",
    line="var(--rb-line)",
    card="var(--rb-card)",
    accent="var(--rb-accent)",
    gold="var(--rb-gold)",
    rose="var(--rb-rose)",
)
PAPER = Palette(
    ink="#000000",
    soft="#333333",
    line="#999999",
    card="#ffffff",
    accent="#1f6f64",
    gold="#9a6b12",
    rose="#9c3d46",
)


def load_altair() -> ModuleType:
    """Import altair, leaving out the grammar of web addresses it does not need here.

    `jsonschema` builds that grammar when it can be imported, which is two thirds of altair's start.
    """
    unwanted = "rfc3987_syntax"
    absent = unwanted not in sys.modules
    if absent:
        sys.modules[unwanted] = None  # type: ignore[assignment]
    try:
        import altair
    finally:
        if absent:
            sys.modules.pop(unwanted, None)
    return altair


def config(palette: Palette) -> dict[str, Any]:
    """Give the settings every chart carries."""
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": palette.soft,
            "titleColor": palette.soft,
            "labelFontSize": TEXT_SIZE,
            "titleFontSize": TEXT_SIZE,
            "titleFontWeight": "normal",
            "gridColor": palette.line,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
        "legend": {
            "labelColor": palette.ink,
            "titleColor": palette.soft,
            "labelFontSize": TEXT_SIZE,
            "titleFontSize": TEXT_SIZE,
            "symbolSize": 170,
            "symbolStrokeWidth": 2,
        },
        "text": {"color": palette.soft, "fontSize": TEXT_SIZE},
    }
