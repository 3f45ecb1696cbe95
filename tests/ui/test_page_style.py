"""The page's look, its address and its focus."""

from __future__ import annotations

import re

import pytest
from traitlets import TraitError

from repairbook.ui.page_style import PageStyle

BODY = """<div class="rb-page"><div class="jupyter-widgets rb-key-moment"><textarea></textarea></div>
<div class="rb-key-feelings"><button tabindex="-1">A</button><button tabindex="0">B</button></div>
<div id="host"></div></div>"""
LATE = "host.insertAdjacentHTML('beforebegin', '<p class=rb-key-late><input></p>')"
START = """async ([code, state, body]) => {
  document.body.innerHTML = body;
  window.model = makeModel(state);
  const widget = (await load(code)).default;
  window.stop = widget.render({ model, el: document.querySelector("#host") });
}"""


@pytest.fixture
def styled(open_page, script):
    def open_(record="", focus="", body=BODY, **options):
        page = open_page(**options)
        page.add_style_tag(content=script("page.css"))
        page.evaluate(START, [script("page_style.js"), {"record": record, "focus": focus}, body])
        return page

    return open_


@pytest.mark.parametrize("record", ["a b", "../x", "<b>", "r" * 65, "é"])
def test_a_record_that_is_no_plain_id_never_reaches_the_address(record):
    style = PageStyle(record="r17")
    with pytest.raises(TraitError):
        style.record = record
    assert style.record == "r17"


def test_the_browser_may_set_nothing():
    style = PageStyle(record="r17", focus="moment#1")
    style.set_state({"record": "r18", "focus": "x#2"})
    assert (style.record, style.focus) == ("r17", "moment#1")


def test_the_same_field_can_be_focused_twice():
    style = PageStyle()
    style.focus_on("moment")
    style.focus_on("moment")
    assert style.focus == "moment#2"


def test_the_record_stands_in_the_address_of_a_voila_page_only(styled):
    page = styled(record="r17")
    assert page.url == "http://repairbook.test/"
    page.evaluate("history.replaceState(null, '', '/voila/render/reflect.ipynb?demo=1')")
    page.evaluate("model.change({ record: 'r18' })")
    assert page.url.endswith("/voila/render/reflect.ipynb?demo=1&record=r18")
    page.evaluate("model.change({ record: '' })")
    assert page.url.endswith("/voila/render/reflect.ipynb?demo=1")


def test_the_focus_goes_to_the_fields_first_control(styled):
    page = styled(focus="moment#1")
    assert page.evaluate("document.activeElement.localName") == "textarea"
    page.evaluate("model.change({ focus: 'feelings#2' })")
    assert page.evaluate("document.activeElement.textContent") == "B"


def test_the_focus_waits_for_a_field_that_is_still_on_its_way(styled):
    page = styled(focus="late#1")
    page.evaluate(LATE)
    page.wait_for_function("document.activeElement.localName === 'input'", timeout=2000)


def test_a_person_who_has_gone_elsewhere_is_not_pulled_back(styled):
    page = styled(focus="late#1")
    page.focus("textarea")
    page.wait_for_timeout(100)
    page.evaluate(LATE)
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.localName") == "textarea"


def _paper(page):
    return page.evaluate("getComputedStyle(document.querySelector('.rb-page')).backgroundColor")


def test_light_and_dark_follow_the_system_except_in_jupyterlab(styled):
    dark, light = "rgb(22, 27, 27)", "rgb(250, 248, 244)"
    page = styled(color_scheme="dark")
    assert _paper(page) == dark
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert _paper(page) == light
    page.evaluate("document.body.dataset.voila = 'voila'")
    assert _paper(page) == dark
    page.emulate_media(color_scheme="light")
    assert _paper(page) == light
    page.evaluate("delete document.body.dataset.voila; document.body.dataset.jpThemeLight = 'false'")
    assert _paper(page) == dark


def test_paper_carries_the_prose_alone_in_black_on_white(styled):
    body = BODY.replace(
        "<div id", '<button class="widget-button">X</button><div class="rb-prose"><p>Words</p></div><div id'
    )
    page = styled(body=body, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    boxes = "[...document.querySelectorAll('textarea, button, .rb-prose p')]"
    shown = page.evaluate(f"{boxes}.map((n) => n.getClientRects().length)")
    assert shown == [0, 0, 0, 0, 1]
    assert page.evaluate("getComputedStyle(document.querySelector('.rb-prose p')).color") == "rgb(0, 0, 0)"
    assert _paper(page) == "rgb(255, 255, 255)"


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_have_the_contrast_wcag_asks_for(script, scheme):
    blocks = re.findall(r"color-scheme:(light|dark);(.*?)\}", script("page.css"), re.S)
    text = next(body for name, body in blocks if name == scheme)
    colour = dict(re.findall(r"--rb-([a-z-]+):(#[0-9a-f]+)", text))
    colour = {name: c if len(c) == 7 else "#" + "".join(x * 2 for x in c[1:]) for name, c in colour.items()}
    on = ("paper", "card")
    pairs = [(ink, ground) for ink in ("ink", "soft", "accent", "rose") for ground in on]
    pairs += [
        ("ink", "goldwash"),
        ("ink", "rosewash"),
        ("ink", "wash"),
        ("accent", "wash"),
        ("accent-ink", "accent"),
        ("card", "rose"),
    ]
    for ink, ground in pairs:
        light, dark = sorted((_luminance(colour[ink]), _luminance(colour[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (scheme, ink, ground)
