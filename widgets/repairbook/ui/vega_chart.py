"""A chart on a page: drawn by the bundled Vega, in the page's own colours, with no other machine asked.

The chart code (``static/vega_runtime.js``, made by ``tests/build_vega_runtime.py``) travels to a page once,
compressed, with the first chart, however many charts follow::

    chart = VegaChart(
        spec=alt.Chart(frame).mark_point().encode(x="session", y="score").to_dict(),
        name="Session scores",
        sentence="The score falls from 40 to 31 at session 6 and is 38 at session 13.",
    )
    chart.observe(lambda change: open_reflection(change.new["pick"]), "picked")

Write a colour as ``"var(--rb-rose)"`` and it follows light and dark. A mark whose datum has a field ``pick``
can be chosen; what it opens must also be reachable from the table beside the chart.
"""

from __future__ import annotations

import gzip
from typing import Any

from ipywidgets import widget_serialization
from traitlets import Bytes, Dict, Instance, TraitError, Unicode, default, validate

from repairbook.ui.widget import Widget, static

LONGEST_PICK = 64


class VegaRuntime(Widget):
    """The chart code all charts of a page share; it shows nothing itself."""

    _esm = "export default {};"

    source = Bytes().tag(sync=True)
    """bytes: ``vega_runtime.js``, gzip; written once by Python."""

    _shared: VegaRuntime | None = None

    @default("source")
    def _compressed(self) -> bytes:
        return gzip.compress(static("vega_runtime.js").read_bytes(), compresslevel=9, mtime=0)

    @classmethod
    def shared(cls) -> VegaRuntime:
        """Hand out the one runtime, made when the first chart asks for it."""
        if cls._shared is None or cls._shared.comm is None:
            cls._shared = cls()
        return cls._shared


class VegaChart(Widget):
    """One chart: a Vega-Lite spec, a name, and the sentence a person who cannot see it hears."""

    _esm = static("vega_chart.js")
    _css = static("vega_chart.css")
    from_browser = frozenset({"picked"})

    spec = Dict().tag(sync=True)
    """dict, default {} (nothing drawn): a Vega-Lite 6 spec with its data inside; written by Python."""
    name = Unicode("").tag(sync=True)
    """str, default "": what the chart is called, read out first; written by Python."""
    sentence = Unicode("").tag(sync=True)
    """str, default "": the chart in one sentence, read out instead of it; written by Python."""
    failed = Unicode("This chart could not be drawn. The table beside it says the same.").tag(sync=True)
    """str: what the page says where a chart cannot be drawn; written by Python."""
    picked = Dict().tag(sync=True)
    """dict, default {}: ``{"pick": str, "n": int}``, the mark last chosen and a running number, so that the
    same mark can be chosen twice; written by the browser."""
    runtime = Instance(VegaRuntime).tag(sync=True, **widget_serialization)
    """VegaRuntime: the chart code shared by all charts; written by Python."""

    @default("runtime")
    def _shared_runtime(self) -> VegaRuntime:
        return VegaRuntime.shared()

    @validate("picked")
    def _plain_pick(self, proposal: dict[str, Any]) -> dict[str, Any]:
        picked = proposal["value"]
        if picked and not _is_pick(picked):
            message = 'VegaChart.picked: {"pick": text of 64 letters at most, "n": a whole number}'
            raise TraitError(message)
        return picked


def _is_pick(picked: dict[str, Any]) -> bool:
    if set(picked) != {"pick", "n"}:
        return False
    pick, number = picked["pick"], picked["n"]
    return isinstance(pick, str) and 0 < len(pick) <= LONGEST_PICK and type(number) is int and number >= 0
