"""The chart: drawn offline, in the page's colours, named, and safe to click."""

from __future__ import annotations

import base64
import gzip
import re

import pytest
from traitlets import TraitError

from repairbook.ui.vega_chart import VegaChart, VegaRuntime

POINTS = [
    {"session": 6, "score": 40, "pick": None, "note": "calm"},
    {"session": 7, "score": 31, "pick": "r7", "note": "<img src=x onerror=alert(1)>"},
    {"session": 8, "score": 29, "pick": None, "note": "flat"},
]
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.4.1.json",
    "height": 200,
    "data": {"values": POINTS},
    "mark": "point",
    "encoding": {
        "x": {"field": "session", "type": "quantitative"},
        "y": {"field": "score", "type": "quantitative"},
        "color": {"value": "var(--rb-rose)"},
        "tooltip": [{"field": "score", "title": "Score"}, {"field": "note", "title": "Note"}],
    },
}
SENTENCE = "The score falls from 40 to 31."
START = """async ([code, css, state, packed]) => {
  document.body.innerHTML = '<div class="rb-page"><div id="host"></div></div>';
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  const source = new DataView(Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)).buffer);
  window.model = makeModel(state);
  window.asked = 0;
  model.widget_manager.get_model = async (id) => { asked += 1; return makeModel({ id, source }); };
  const refuse = () => { throw new Error("nothing is evaluated"); };
  window.Function = new Proxy(Function, { apply: refuse, construct: refuse });
  window.widget = (await load(code)).default;
  window.stop = widget.render({ model, el: document.querySelector("#host") });
}"""


@pytest.mark.parametrize(
    "lie",
    [
        {"pick": "x" * 65, "n": 1},
        {"pick": "", "n": 1},
        {"pick": 7, "n": 1},
        {"pick": "r7", "n": True},
        {"pick": "r7", "n": -1},
        {"pick": "r7"},
        {"pick": "r7", "n": 1, "more": 2},
        ["r7", 1],
    ],
)
def test_a_made_up_pick_is_refused(lie):
    chart = VegaChart(picked={"pick": "r6", "n": 1})
    chart.set_state({"picked": lie})
    assert chart.picked == {"pick": "r6", "n": 1}


def test_a_pick_from_the_browser_reaches_its_observer():
    chart, heard = VegaChart(), []
    chart.observe(lambda change: heard.append(change.new), "picked")
    chart.set_state({"picked": {"pick": "r7", "n": 1}})
    chart.set_state({"picked": {"pick": "r7", "n": 2}})
    assert heard == [{"pick": "r7", "n": 1}, {"pick": "r7", "n": 2}]


def test_the_browser_may_not_change_what_is_drawn():
    chart = VegaChart(spec=SPEC, name="Scores", sentence=SENTENCE)
    chart.set_state({"spec": {}, "name": "x", "sentence": "x", "runtime": "x", "failed": "x"})
    assert (chart.spec, chart.name, chart.sentence) == (SPEC, "Scores", SENTENCE)


def test_all_charts_share_one_runtime_and_a_closed_one_is_made_anew():
    one, other = VegaChart(), VegaChart()
    assert one.runtime is other.runtime
    one.runtime.close()
    assert VegaChart().runtime is not one.runtime


def test_an_unknown_keyword_is_refused():
    with pytest.raises(TypeError, match="title"):
        VegaChart(title="Scores")


def test_a_wrong_kind_of_spec_is_refused():
    with pytest.raises(TraitError):
        VegaChart(spec="scores.json")


def test_the_runtime_is_made_for_the_vega_lite_altair_writes_and_every_package_is_named(script):
    import altair

    first = script("vega_runtime.js").split("\n", 1)[0]
    assert altair.SCHEMA_VERSION.removeprefix("v").startswith(re.search(r"Vega-Lite (\d+\.\d+)", first)[1])
    notices = script("vega_runtime.LICENSES.txt")
    for name in ("vega-lite", "vega-embed", "vega-interpreter", "d3-scale-chromatic", "semver", "clone"):
        assert name in notices


# ---- in a browser ----


@pytest.fixture(scope="module")
def packed():
    return base64.b64encode(VegaRuntime().source).decode()


@pytest.fixture
def drawn(open_page, script, packed):
    def open_(spec=SPEC, **options):
        page = open_page(**options)
        state = {"spec": spec, "name": "Scores", "sentence": SENTENCE, "failed": "Not drawn.", "picked": {}}
        css = script("page.css") + script("vega_chart.css")
        page.evaluate(START, [script("vega_chart.js"), css, {**state, "runtime": "IPY_MODEL_abc"}, packed])
        return page

    return open_


def _points(page):
    page.wait_for_selector(".rb-vega-ready svg")
    return page.evaluate(
        """() => [...document.querySelectorAll(".mark-symbol path")].map((n) => {
        const b = n.getBoundingClientRect();
        return { fill: n.getAttribute("fill"), x: b.x + b.width / 2, y: b.y + b.height / 2 }; })"""
    )


def test_a_chart_is_drawn_without_asking_anyone_and_without_evaluating_anything(drawn):
    page = drawn()
    assert len(_points(page)) == 3


def test_it_has_a_name_and_a_sentence(drawn):
    page = drawn()
    assert page.get_by_role("img", name="Scores. The score falls from 40 to 31.").count() == 1
    page.evaluate("model.change({ name: '', sentence: 'All level' })")
    assert page.get_by_role("img", name="All level.").count() == 1


def test_it_fits_a_phone_and_follows_the_width(drawn):
    page = drawn(viewport={"width": 390, "height": 800})
    _points(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.set_viewport_size({"width": 800, "height": 800})
    page.wait_for_function("document.querySelector('svg').clientWidth > 600")


def test_colours_follow_light_and_dark(drawn):
    page = drawn(color_scheme="light")
    assert {point["fill"] for point in _points(page)} == {"#9c3d46"}
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector('.mark-symbol path[fill="#e59aa1"]')


def test_a_click_near_a_mark_picks_it_and_a_second_one_counts(drawn):
    page = drawn()
    seven = _points(page)[1]
    for _ in range(2):
        page.mouse.click(seven["x"] + 12, seven["y"] - 10)
    assert page.evaluate("model.saved.map((state) => state.picked)") == [
        {"pick": "r7", "n": 1},
        {"pick": "r7", "n": 2},
    ]


def test_a_click_on_a_mark_without_a_pick_does_nothing(drawn):
    page = drawn()
    eight = _points(page)[2]
    page.mouse.click(eight["x"], eight["y"])
    assert page.evaluate("model.saved") == []


def test_a_tooltip_is_plain_text(drawn):
    page = drawn()
    seven = _points(page)[1]
    page.mouse.move(seven["x"], seven["y"])
    page.wait_for_selector(".rb-tip")
    assert page.inner_text(".rb-tip").split() == ["Score", "31", "Note", "<img", "src=x", "onerror=alert(1)>"]
    assert page.evaluate("document.querySelectorAll('.rb-tip img').length") == 0


def test_a_new_spec_redraws_in_place(drawn):
    page = drawn()
    _points(page)
    page.evaluate("(spec) => model.change({ spec })", {**SPEC, "data": {"values": POINTS[:2]}})
    page.wait_for_function("document.querySelectorAll('.mark-symbol path').length === 2")
    assert page.evaluate("document.querySelectorAll('svg').length") == 1
    page.evaluate("model.change({ spec: {} })")
    page.wait_for_function("document.querySelectorAll('svg').length === 0")


def test_a_spec_that_names_another_machine_is_drawn_without_asking_it(drawn):
    marks = {"mark": "image", "encoding": {**SPEC["encoding"], "url": {"value": "https://example.org/a.png"}}}
    page = drawn(spec={**SPEC, **marks})
    page.wait_for_timeout(800)
    page.evaluate("(spec) => model.change({ spec })", {**SPEC, "data": {"url": "https://example.org/a.csv"}})
    page.wait_for_timeout(800)


def test_what_cannot_be_drawn_says_so_in_words(drawn):
    page = drawn(
        spec={
            "mark": "point",
            "encoding": {"x": {"field": "a", "type": "quantitative", "bin": {"step": "x"}}},
            "params": 3,
        }
    )
    page.wait_for_selector("text=Not drawn.")


def test_three_charts_on_a_page_unpack_the_runtime_once(drawn):
    page = drawn()
    _points(page)
    page.evaluate(
        """() => { for (let i = 0; i < 2; i++) {
        const el = document.createElement("div"); document.querySelector(".rb-page").append(el);
        widget.render({ model, el }); } }"""
    )
    page.wait_for_function("document.querySelectorAll('.rb-vega-ready svg').length === 3")
    assert page.evaluate("asked") == 1


def test_a_closed_chart_leaves_nothing_behind(drawn):
    page = drawn()
    _points(page)
    page.evaluate("stop()")
    assert page.evaluate("document.querySelectorAll('.rb-vega-chart, .rb-tip').length") == 0


def test_the_runtime_travels_compressed(script):
    runtime = VegaRuntime()
    assert gzip.decompress(runtime.source).decode() == script("vega_runtime.js")
    assert len(runtime.source) < 350_000
