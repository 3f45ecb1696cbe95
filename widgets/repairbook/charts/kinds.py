"""How each kind of moment looks in a chart: a shape and a colour, so that neither is needed alone."""

from __future__ import annotations

from repairbook.charts.theme import Palette

NOT_SAID = "not_said"

# A cracked diamond, a bare square, a circle with a tick: told apart without colour.
KINDS = ("rupture", "perhaps", "repair", NOT_SAID)
SHAPES = {"rupture": "diamond", "perhaps": "square", "repair": "circle", NOT_SAID: "triangle-up"}
INSIDE = {
    "rupture": "M0.12,-0.55L-0.2,-0.06L0.2,0.06L-0.12,0.55",
    "repair": "M-0.42,0.04L-0.12,0.34L0.42,-0.3",
}


def fill_of(code: str, palette: Palette) -> str:
    """Give the colour inside the mark of a kind."""
    return {"rupture": palette.rose, "repair": palette.accent}.get(code, palette.card)


def stroke_of(code: str, palette: Palette) -> str:
    """Give the colour of the outline of a kind."""
    known = {"rupture": palette.rose, "repair": palette.accent, "perhaps": palette.gold}
    return known.get(code, palette.soft)
