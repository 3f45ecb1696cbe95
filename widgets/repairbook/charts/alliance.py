"""The alliance of one case over its sessions: scores, stages, missed sessions and what was reflected on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from repairbook.caseload.history import CaseHistory
from repairbook.charts.frames import (
    Label,
    missed_frame,
    reflections_frame,
    scores_frame,
    stages_frame,
)
from repairbook.charts.kinds import INSIDE, KINDS, NOT_SAID, SHAPES, fill_of, stroke_of
from repairbook.charts.plan import LEAST_SESSIONS, MAIN_TOP, MARK_ROW, Lane, Plan, clearer_left, plan_of
from repairbook.charts.theme import PAGE, TEXT_SIZE, Palette, config, load_altair
from repairbook.model.instrument import Cutoff, Instrument
from repairbook.model.words import Words

NARROW = 480
MARK_SIZE = 330

CROSS = "M-0.6,-0.6L0.6,0.6M0.6,-0.6L-0.6,0.6"


def alliance_chart(
    history: CaseHistory,
    instruments: Sequence[Instrument],
    *,
    words: Words,
    label: Label,
    upto: int | None = None,
    palette: Palette = PAGE,
) -> dict[str, Any]:
    """Draw one case as a Vega-Lite chart.

    Parameters
    ----------
    history
        The case; every reflection mark carries its record's id as `pick`.
    instruments
        What to draw, one lane each, the first one large: different scales never share an axis.
    words, label
        What the chart says, and what codes are called.
    upto
        The last session to show; later ones are not in the chart at all.
    palette
        The colours: the page's own, or those for paper.
    """
    shown = history.until(upto)
    plan = plan_of(shown, instruments)
    drawing = _Drawing(load_altair(), shown, plan, words, label, palette)
    return drawing.spec()


class _Drawing:
    """One chart in the making."""

    def __init__(
        self, alt: Any, history: CaseHistory, plan: Plan, words: Words, label: Label, palette: Palette
    ) -> None:
        self.alt, self.history, self.plan = alt, history, plan
        self.words, self.label, self.palette = words, label, palette
        self.last = max(history.latest, LEAST_SESSIONS)

    def spec(self) -> dict[str, Any]:
        """Put the layers on top of each other."""
        alt = self.alt
        layers = [self._stages(), self._missed()]
        layers += [self._lane(lane, first=not at) for at, lane in enumerate(self.plan.lanes)]
        if self.plan.levels:
            layers.append(self._reflections())
        chart = alt.layer(*layers).resolve_scale(y="independent")
        chart = chart.properties(width="container", height=self.plan.height)
        settings = config(self.palette)
        drawn: dict[str, Any] = chart.configure(**settings).to_dict()
        drawn["autosize"] = {"type": "fit-x", "contains": "padding"}
        return drawn

    def _x(self, column: str = "session") -> Any:
        alt = self.alt
        numbers = [row.number for row in self.history.sessions]
        axis = alt.Axis(
            title=self.words("alliance.session"),
            values=numbers,
            format="d",
            grid=False,
            labelOverlap="parity",
            labelFlush=False,
        )
        scale = alt.Scale(domain=[0.5, self.last + 0.5], nice=False, zero=False)
        return alt.X(f"{column}:Q", axis=axis, scale=scale)

    def _text(self, base: Any, **more: Any) -> Any:
        settings = {"fontSize": TEXT_SIZE, "color": self.palette.soft, "align": "left", "baseline": "middle"}
        return base.mark_text(**(settings | more))

    def _stages(self) -> Any:
        alt = self.alt
        frame = stages_frame(self.history, self.label)
        base = alt.Chart(frame)
        shade = alt.Opacity("shaded:N", scale=alt.Scale(domain=[True, False], range=[0.06, 0]), legend=None)
        bands = base.mark_rect(color=self.palette.ink).encode(
            x=self._x("start"), x2="end:Q", y=alt.value(0), y2=alt.value(self.plan.height), opacity=shade
        )
        # On a phone every other name stands a line lower, so that neighbours never run into each other.
        at = alt.ExprRef(f"width < {NARROW} && !datum.shaded ? 32 : 14")
        text, last = alt.Text("stage:N"), alt.datum.end == (frame["end"].max() or 0)
        name = {"text": text, "y": alt.value(at)}
        names = self._text(base.transform_filter(~last), dx=6).encode(x=self._x("start"), **name)
        # A last band too short for its name lets the name end at its right edge.
        short = sum(row.stage == self.history.sessions[-1].stage for row in self.history.sessions[-4:]) < 4
        crowded = frame.height > 1 and short
        final = self._text(
            base.transform_filter(last), dx=-6 if crowded else 6, align="right" if crowded else "left"
        ).encode(x=self._x("end" if crowded else "start"), **name)
        return alt.layer(bands, names, final)

    def _missed(self) -> Any:
        alt = self.alt
        base = alt.Chart(missed_frame(self.history, self.label))
        lane_end = self.plan.lanes[0].bottom if self.plan.lanes else self.plan.height
        tip = [self._tip("session", "session"), self._tip("kind", "missed")]
        rule = base.mark_rule(color=self.palette.soft, strokeDash=[2, 4]).encode(
            x=self._x(), y=alt.value(MAIN_TOP), y2=alt.value(lane_end), tooltip=tip
        )
        cross = base.mark_point(
            shape=CROSS, filled=False, size=180, stroke=self.palette.soft, strokeWidth=2, opacity=1
        ).encode(x=self._x(), y=alt.value(lane_end), tooltip=tip)
        kind = self._text(base, angle=270, dx=14, dy=-9).encode(
            x=self._x(), y=alt.value(lane_end), text="kind:N"
        )
        return alt.layer(rule, cross, kind)

    def _lane(self, lane: Lane, *, first: bool) -> Any:
        alt = self.alt
        base = alt.Chart(scores_frame(self.history, lane.instrument.id, lane.instrument.rater))
        scale = alt.Scale(domain=[lane.low, lane.high], range=[lane.bottom, lane.top], zero=False, nice=False)
        marked = [lane.low, (lane.low + lane.high) / 2, lane.high] if first else [lane.low, lane.high]
        axis = alt.Axis(title=None, values=marked, format=".4~g", orient="left", grid=True)
        y = alt.Y("total:Q", scale=scale, axis=axis)
        colour = self.palette.accent if first else self.palette.ink
        line = base.mark_line(
            color=colour,
            strokeWidth=2.5,
            invalid="break-paths-show-path-domains",
            strokeDash=[1, 0] if first else [6, 3],
        ).encode(x=self._x(), y=y)
        tip = [self._tip("session", "session"), self._tip("total", "score")]
        # A lone score between two gaps has no line; its point alone shows it.
        points = base.mark_point(
            shape="circle" if first else "square",
            size=64,
            filled=True,
            fill=colour,
            stroke=self.palette.card,
            strokeWidth=1.5,
            opacity=1,
            invalid="filter",
        ).encode(x=self._x(), y=y, tooltip=tip)
        rules = [self._cutoff(lane, cutoff, y) for cutoff in lane.instrument.cutoffs]
        return alt.layer(*rules, line, points, self._title(lane.title_at, self._lane_title(lane)))

    def _title(self, at: int, text: str) -> Any:
        alt = self.alt
        base = alt.Chart(alt.Data(values=[{}]))
        return self._text(base, dx=6, color=self.palette.ink, fontWeight=600).encode(
            x=alt.value(0), y=alt.value(at), text=alt.value(text)
        )

    def _lane_title(self, lane: Lane) -> str:
        rater = self.words(f"alliance.rater.{lane.instrument.rater}")
        whole = lane.instrument.total_range
        key = "alliance.lane_part" if lane.low > whole.low else "alliance.lane"
        return self.words(key, rater=rater, low=f"{lane.low:g}", high=f"{whole.high:g}", whole=str(whole))

    def _cutoff(self, lane: Lane, cutoff: Cutoff, y: Any) -> Any:
        alt = self.alt
        import polars as pl

        base = alt.Chart(pl.DataFrame({"total": [cutoff.at]}, schema={"total": pl.Float64}))
        rule = base.mark_rule(color=self.palette.gold, strokeWidth=1.5, strokeDash=[7, 4]).encode(y=y)
        on_left = clearer_left(self.history, lane, cutoff)
        at = f"{cutoff.at:g}"
        short, full = (self.words(f"alliance.{key}.{cutoff.boundary}", at=at) for key in ("where", "cutoff"))
        side = {"dx": 6, "align": "left"} if on_left else {"dx": -6, "align": "right"}
        said = self._text(base, dy=12, color=self.palette.gold, **side).encode(
            x=alt.value(0) if on_left else alt.value("width"),
            y=y,
            text=alt.value(alt.ExprRef(f"width < {NARROW} ? {json.dumps(short)} : {json.dumps(full)}")),
        )
        return alt.layer(rule, said)

    def _reflections(self) -> Any:
        alt = self.alt
        frame = reflections_frame(self.history, self.label, self.words("alliance.not_said"))
        base = alt.Chart(frame).encode(
            x=self._x(),
            y=alt.Y(
                "level:Q",
                scale=alt.Scale(
                    domain=[0, self.plan.levels],
                    range=[self.plan.marks_at, self.plan.marks_at + self.plan.levels * MARK_ROW],
                    nice=False,
                ),
                axis=None,
            ),
        )
        tip = [self._tip("session", "session"), self._tip("kind", "kind"), self._tip("standing", "standing")]
        codes = [code for code in KINDS if code in frame["code"].to_list()]
        names = [self._kind_name(code) for code in codes]
        marks = base.mark_point(size=MARK_SIZE, strokeWidth=2, opacity=1, cursor="pointer").encode(
            shape=self._by_kind(alt.Shape, names, [SHAPES[code] for code in codes]),
            fill=self._by_kind(alt.Fill, names, [fill_of(code, self.palette) for code in codes]),
            stroke=self._by_kind(alt.Stroke, names, [stroke_of(code, self.palette) for code in codes]),
            detail="pick:N",
            tooltip=tip,
        )
        title = self._title(self.plan.marks_at - 26, self.words("alliance.reflections"))
        return alt.layer(marks, *(self._inside(base, code) for code in codes if code in INSIDE), title)

    def _inside(self, base: Any, code: str) -> Any:
        chosen = base.transform_filter(self.alt.datum.code == code)
        return chosen.mark_point(
            shape=INSIDE[code],
            filled=False,
            size=MARK_SIZE * 0.8,
            stroke=self.palette.card,
            strokeWidth=2,
            opacity=1,
            fillOpacity=0,
            cursor="pointer",
        )

    def _by_kind(self, channel: Any, names: list[str], given: list[str]) -> Any:
        alt = self.alt
        columns = alt.ExprRef(f"width < {NARROW} ? 2 : 4")
        legend = alt.Legend(title=None, orient="bottom", columns=columns, padding=4)
        return channel("kind:N", scale=alt.Scale(domain=names, range=given), legend=legend)

    def _kind_name(self, code: str) -> str:
        return self.words("alliance.not_said") if code == NOT_SAID else self.label("what_kind", code)

    def _tip(self, column: str, key: str) -> Any:
        return self.alt.Tooltip(column, title=self.words(f"alliance.tip.{key}"))
