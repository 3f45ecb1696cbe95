"""Who says what, known when: under the sessions a row for each rule, a mark for each session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from repairbook.caseload.history import CaseHistory
from repairbook.caseload.rule_answer import CANNOT_SAY, CLEAR, FLAGGED
from repairbook.charts.plan import LEAST_SESSIONS
from repairbook.charts.rules_words import name_of, numbers_of, why_of
from repairbook.charts.theme import PAGE, TEXT_SIZE, Palette, config, load_altair
from repairbook.charts.verdicts import LATER, VERDICTS, RuleRow
from repairbook.model.words import Words

NARROW = 480
TOP, ROW, MARK_AT = 16, 54, 26
DOT = "M-0.42,0A0.42,0.42,0,1,0,0.42,0A0.42,0.42,0,1,0,-0.42,0"
DASH = "M-0.55,0L0.55,0"
SIZE = 170
# Told apart by shape: a filled triangle, a bare one, a dot, a dash.
SHAPES = {FLAGGED: "triangle-down", LATER: "triangle-down", CLEAR: DOT, CANNOT_SAY: DASH}


def rules_strip(
    history: CaseHistory,
    rows: Sequence[RuleRow],
    *,
    words: Words,
    upto: int | None = None,
    palette: Palette = PAGE,
) -> dict[str, Any]:
    """Draw what the rules say, on the sessions of the chart above it.

    Parameters
    ----------
    history
        The case, for its sessions.
    rows
        What each rule says; see `rule_rows`, which must have been asked about the same sessions.
    words
        What the chart says.
    upto
        The last session to show; later ones are not in the chart at all.
    palette
        The colours: the page's own, or those for paper.
    """
    drawn: dict[str, Any] = _Strip(load_altair(), history.until(upto), rows, words, palette).spec()
    return drawn


class _Strip:
    """One strip in the making."""

    def __init__(
        self, alt: Any, history: CaseHistory, rows: Sequence[RuleRow], words: Words, palette: Palette
    ) -> None:
        self.alt, self.history, self.rows = alt, history, rows
        self.words, self.palette = words, palette
        self.last = max(history.latest, LEAST_SESSIONS)
        self.height = TOP + ROW * max(len(rows), 1) - 8

    def spec(self) -> dict[str, Any]:
        """Put the layers on top of each other."""
        alt = self.alt
        chart = alt.layer(self._names(), self._marks())
        chart = chart.properties(width="container", height=self.height)
        drawn: dict[str, Any] = chart.configure(**config(self.palette)).to_dict()
        drawn["autosize"] = {"type": "fit-x", "contains": "padding"}
        return drawn

    def _frame(self) -> Any:
        import polars as pl

        told = [
            (
                each.session,
                at,
                name_of(row, self.words),
                self.words(f"rules.verdict.{each.verdict}"),
                why_of(each, self.words),
                numbers_of(row, each, self.words) or "–",
            )
            for at, row in enumerate(self.rows)
            for each in row.verdicts
            if each.session <= self.history.latest
        ]
        types = {"session": pl.Int64, "row": pl.Int64}
        names = ("session", "row", "rule", "verdict", "reason", "numbers")
        return pl.DataFrame(told, schema={name: types.get(name, pl.String) for name in names}, orient="row")

    def _y(self) -> Any:
        alt = self.alt
        count = max(len(self.rows), 1)
        first = TOP + MARK_AT
        scale = alt.Scale(domain=[0, count], range=[first, first + count * ROW], nice=False, zero=False)
        return alt.Y("row:Q", scale=scale, axis=None)

    def _x(self) -> Any:
        alt = self.alt
        axis = alt.Axis(
            title=self.words("alliance.session"),
            values=[row.number for row in self.history.sessions],
            format="d",
            grid=False,
            labelOverlap="parity",
            labelFlush=False,
        )
        scale = alt.Scale(domain=[0.5, self.last + 0.5], nice=False, zero=False)
        return alt.X("session:Q", axis=axis, scale=scale)

    def _names(self) -> Any:
        import polars as pl

        alt = self.alt
        names = [(at, name_of(row, self.words)) for at, row in enumerate(self.rows)]
        frame = pl.DataFrame(names, schema={"row": pl.Int64, "rule": pl.String}, orient="row")
        text = alt.Chart(frame).mark_text(
            align="left",
            baseline="middle",
            fontSize=TEXT_SIZE,
            fontWeight=600,
            color=self.palette.ink,
            dy=-22,
        )
        return text.encode(x=alt.value(0), y=self._y(), text="rule:N")

    def _marks(self) -> Any:
        alt, soft, gold = self.alt, self.palette.soft, self.palette.gold
        frame = self._frame()
        used = {each.verdict for row in self.rows for each in row.verdicts}
        kinds = [kind for kind in VERDICTS if kind in used]
        names = [self.words(f"rules.verdict.{kind}") for kind in kinds]
        fills = {FLAGGED: gold, LATER: self.palette.card, CLEAR: soft, CANNOT_SAY: soft}
        strokes = {FLAGGED: gold, LATER: gold, CLEAR: soft, CANNOT_SAY: soft}
        channels = {
            "shape": self._by_kind(alt.Shape, names, [SHAPES[kind] for kind in kinds]),
            "fill": self._by_kind(alt.Fill, names, [fills[kind] for kind in kinds]),
            "stroke": self._by_kind(alt.Stroke, names, [strokes[kind] for kind in kinds]),
        }
        tips = [
            alt.Tooltip(column, title=self.words(f"rules.tip.{column}"))
            for column in ("rule", "session", "verdict", "reason", "numbers")
        ]
        points = alt.Chart(frame).mark_point(size=SIZE, strokeWidth=2, opacity=1)
        return points.encode(x=self._x(), y=self._y(), tooltip=tips, **channels)

    def _by_kind(self, channel: Any, names: list[str], given: list[str]) -> Any:
        alt = self.alt
        columns = alt.ExprRef(f"width < {NARROW} ? 2 : 4")
        legend = alt.Legend(title=None, orient="bottom", columns=columns, padding=4)
        return channel("verdict:N", scale=alt.Scale(domain=names, range=given), legend=legend)
