"""The saved line: what it may claim, what it keeps, and what it gives back."""

from __future__ import annotations

import pytest
from traitlets import TraitError

from repairbook.ui.fingerprint import fingerprint
from repairbook.ui.saved_line import SavedLine

AT = "2025-11-23T10:42:00+00:00"
SCOPE = "home:r17:ana"


@pytest.fixture
def line():
    made = SavedLine()
    made.said = []
    made.send = lambda content, buffers=None: made.said.append(content)
    return made


# ---- the kernel's side ----


def test_a_ping_is_answered_with_its_number_and_nonsense_is_not(line):
    line._handle_custom_msg({"type": "ping", "n": 7}, [])
    for content in ({"type": "ping", "n": "7"}, {"type": "ping", "n": True}, {"n": 7}, "ping", None):
        line._handle_custom_msg(content, [])
    assert line.said == [{"type": "pong", "n": 7}]


def test_the_browser_can_set_no_trait(line):
    line.begin(SCOPE, {"moment": "x"}, AT)
    for lie in ({"state": "saved"}, {"acked": {}}, {"scope": "other"}, {"sentence": "<b>"}, {"words": {}}):
        line.set_state(lie)
    assert (line.state, line.acked, line.scope, line.sentence) == ("saved", {"moment": "x"}, SCOPE, "")


def test_acknowledging_says_saved_and_takes_back_the_trouble(line):
    line.trouble("The disk is full.")
    assert (line.state, line.sentence) == ("trouble", "The disk is full.")
    line.acknowledge({"moment": "a"}, AT)
    assert (line.state, line.sentence, line.saved_at, line.acked) == ("saved", "", AT, {"moment": "a"})


def test_a_closed_record_stays_closed_when_a_late_save_is_acknowledged(line):
    line.begin(SCOPE, {}, AT)
    line.mark_closed()
    line.acknowledge({"moment": "a"}, AT)
    assert line.state == "closed"


def test_recovered_text_reaches_the_callback_also_when_it_came_first(line):
    fields = {"moment": {"value": "She went quiet", "base": "811c9dc5:0"}}
    heard = []
    line._handle_custom_msg({"type": "recover", "fields": fields}, [])
    line.on_recover(heard.append)
    line._handle_custom_msg({"type": "recover", "fields": fields}, [])
    assert heard == [fields, fields]


@pytest.mark.parametrize(
    "fields",
    [
        None,
        {},
        {"moment": "text"},
        {"moment": {"value": "x"}},
        {"moment": {"value": "x", "base": 3}},
        {"moment": {"value": "x", "base": "b" * 41}},
        {"moment": {"value": "x", "base": "", "author": "ben"}},
        {"k" * 65: {"value": "x", "base": ""}},
        {"moment": {"value": "x" * 500_001, "base": ""}},
        {f"k{n}": {"value": "x", "base": ""} for n in range(201)},
    ],
)
def test_an_implausible_recovery_is_refused_and_leaves_no_text_in_the_log(line, fields, caplog):
    heard = []
    line.on_recover(heard.append)
    line._handle_custom_msg({"type": "recover", "fields": fields}, [])
    assert heard == []
    assert "moment" not in caplog.text


def test_a_callback_that_fails_tells_the_person_and_keeps_the_text_out_of_the_log(line, caplog):
    def fail(fields):
        raise ValueError(fields["moment"]["value"])

    line.on_recover(fail)
    fields = {"moment": {"value": "a secret", "base": ""}}
    line._handle_custom_msg({"type": "recover", "fields": fields}, [])
    assert line.state == "trouble"
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_words_left_out_stay_english_and_unknown_ones_are_refused():
    assert SavedLine(words={"reload": "Neu laden"}).words["saving"] == "Saving …"
    with pytest.raises(TraitError):
        SavedLine(words={"relod": "x"})


# ---- the page's side ----

BODY = """<div class="rb-page"><div id="host"></div>
<div class="rb-key-moment"><textarea id="moment"></textarea></div>
<div class="rb-key-moment_at"><input type="text" id="at"></div>
<div class="rb-key-agreed"><input type="checkbox" id="agreed"></div>
<div class="rb-key-fixed"><input type="text" id="fixed" disabled></div>
<div class="rb-apart"><div class="rb-key-score"><input type="text" id="score"></div></div>
<input type="text" id="other"><div class="rb-w rb-key-inner"><input type="text" id="inner"></div>
<div id="chips"></div></div><div class="rb-page rb-key-moment"><textarea id="elsewhere"></textarea></div>"""
START = """async ([code, state, body]) => {
  document.body.innerHTML = body;
  window.model = makeModel(state);
  const widget = (await load(code)).default;
  window.stop = widget.render({ model, el: document.querySelector("#host") });
}"""


class Tab:
    """One browser tab with a saved line on it and no kernel but what the test plays."""

    def __init__(self, page, code):
        self.page = page
        self.code = code
        page.clock.install(time=AT)

    def open(self, scope=SCOPE, acked=None, state="saved"):
        traits = {"scope": scope, "acked": acked or {}, "saved_at": AT, "state": state, "sentence": ""}
        self.page.evaluate(START, [self.code, {**traits, "words": SavedLine.english}, BODY])
        self.pongs()

    def reload(self, **traits):
        self.page.reload()
        self.open(**traits)

    def pongs(self):
        self.page.evaluate("model.tell({ type: 'pong', n: 1 })")

    def wait(self, milliseconds, alive=True):
        for _ in range(0, milliseconds, 500):
            self.page.clock.run_for(500)
            if alive:
                self.pongs()

    def write(self, text, box="moment"):
        self.page.fill(f"#{box}", text)

    def change(self, **traits):
        self.page.evaluate("(traits) => model.change(traits)", traits)

    def acknowledge(self, **texts):
        self.change(acked={key: fingerprint(text) for key, text in texts.items()}, state="saved")

    def says(self):
        return self.page.evaluate("document.querySelector('.rb-saved-text').textContent")

    def alert(self):
        return self.page.evaluate("document.querySelector('[role=alert] p')?.textContent ?? ''")

    def kept(self, scope=SCOPE):
        kept = self.page.evaluate("(key) => JSON.parse(sessionStorage.getItem(key) ?? '{}')", f"rb:{scope}")
        return {key: entry["value"] for key, entry in kept.items()}

    def recovered(self):
        sent = self.page.evaluate("model.sent.filter((message) => message.type === 'recover')")
        return [message["fields"] for message in sent]


@pytest.fixture
def tab(open_page, script):
    return Tab(open_page(timezone_id="UTC"), script("saved_line.js"))


def test_nothing_is_claimed_before_anything_is_written(tab):
    tab.open(state="new")
    assert tab.says() == "Nothing written yet"


def test_what_is_typed_is_kept_at_once_and_forgotten_once_stored(tab):
    tab.open()
    assert tab.says() == "Saved 10:42"
    tab.write("She went quiet")
    assert tab.says() == "Saving …"
    tab.page.clock.run_for(150)
    assert tab.kept() == {"moment": "She went quiet"}
    tab.acknowledge(moment="She went quiet")
    assert tab.says() == "Saved 10:42"
    tab.page.clock.run_for(150)
    assert tab.kept() == {}


def test_what_is_typed_beside_the_record_is_not_waited_for(tab):
    tab.open()
    tab.write("38", box="score")
    assert tab.says() == "Saved 10:42"
    assert tab.kept() == {}


def test_after_three_seconds_the_line_says_that_it_is_not_saved(tab):
    tab.open()
    tab.write("She went quiet")
    tab.wait(2500)
    assert tab.says() == "Saving …"
    tab.wait(1000)
    assert tab.says() == "Not saved yet: what you typed is kept in this tab."


def test_an_acknowledgement_of_an_earlier_letter_does_not_make_it_saved(tab):
    tab.open()
    tab.write("She")
    tab.write("She went")
    tab.acknowledge(moment="She")
    assert tab.says() == "Saving …"
    tab.wait(500)
    assert tab.kept() == {"moment": "She went"}


def test_a_field_edited_back_to_what_is_stored_is_saved(tab):
    tab.open(acked={"moment": fingerprint("She")})
    tab.write("She went")
    tab.write("She")
    assert tab.says() == "Saved 10:42"


def test_a_field_edited_back_waits_again_when_the_letter_between_gets_stored(tab):
    tab.open(acked={"moment": fingerprint("She")})
    tab.write("She went")
    tab.write("She")
    tab.acknowledge(moment="She went")
    assert tab.says() == "Saving …"
    tab.acknowledge(moment="She")
    assert tab.says() == "Saved 10:42"


def test_a_field_emptied_again_is_saved_where_nothing_was_stored(tab):
    tab.open()
    tab.write("She")
    tab.write("")
    assert tab.says() == "Saved 10:42"


def test_a_long_typed_text_is_not_called_late_while_saves_keep_coming(tab):
    tab.open()
    for n in range(1, 9):
        tab.write("x" * n)
        tab.write("x" * n + "y")
        tab.wait(1000)
        tab.acknowledge(moment="x" * n)
        assert tab.says() == "Saving …"


def test_only_fields_with_a_key_on_its_own_page_are_heard(tab):
    tab.open()
    for box in ("other", "inner", "elsewhere"):
        tab.write("x", box)
    tab.page.evaluate("fixed.value = 'x'; fixed.dispatchEvent(new Event('input', { bubbles: true }))")
    assert tab.says() == "Saved 10:42"
    tab.write("12:30", "at")
    tab.page.check("#agreed")
    tab.page.clock.run_for(150)
    assert tab.kept() == {"moment_at": "12:30", "agreed": True}


def test_the_small_widgets_are_heard_by_their_event(tab):
    tab.open()
    tab.page.evaluate(
        """chips.dispatchEvent(new CustomEvent("rb-edit",
        { bubbles: true, composed: true, detail: { key: "feelings", value: ["ashamed"] } }))"""
    )
    tab.page.clock.run_for(150)
    assert tab.kept() == {"feelings": ["ashamed"]}
    tab.acknowledge(feelings=["ashamed"])
    assert tab.says() == "Saved 10:42"


def test_a_reload_gives_the_next_kernel_what_was_not_stored(tab):
    base = fingerprint("She")
    tab.open(acked={"moment": base})
    tab.write("She went quiet")
    tab.reload(acked={"moment": base})
    assert tab.recovered() == [{"moment": {"value": "She went quiet", "base": base}}]
    assert tab.says() == "Saving …"
    tab.acknowledge(moment="She went quiet")
    assert tab.says() == "Saved 10:42"
    tab.page.clock.run_for(150)
    assert tab.kept() == {}


def test_what_was_stored_after_all_is_not_given_back(tab):
    tab.open()
    tab.write("She went quiet")
    tab.reload(acked={"moment": fingerprint("She went quiet")})
    assert tab.recovered() == []
    tab.page.clock.run_for(150)
    assert tab.kept() == {}


def test_an_earlier_state_of_the_same_text_counts_as_its_base(tab):
    tab.open()
    tab.write("She")
    tab.write("She went quiet")
    tab.reload(acked={"moment": fingerprint("She")})
    assert tab.recovered()[0]["moment"]["base"] == fingerprint("She")


def test_a_text_stored_elsewhere_leaves_the_base_as_it_was(tab):
    tab.open(acked={"moment": fingerprint("She")})
    tab.write("She went quiet")
    tab.reload(acked={"moment": fingerprint("He shouted")})
    assert tab.recovered()[0]["moment"]["base"] == fingerprint("She")


def test_edits_made_before_the_record_is_known_move_under_it(tab):
    tab.open(scope="", state="new")
    tab.write("She")
    assert tab.says() == "Saving …"
    tab.wait(3500)
    assert tab.says() == "Not saved yet: please keep this page open."
    tab.change(scope=SCOPE)
    tab.page.clock.run_for(150)
    assert tab.kept() == {"moment": "She"}
    assert tab.recovered() == []


def test_letters_typed_before_the_record_is_known_do_not_hide_what_was_kept(tab):
    tab.open()
    tab.write("a long kept text")
    tab.reload(scope="", state="new")
    tab.write("x")
    tab.change(scope=SCOPE)
    assert tab.recovered() == [{"moment": {"value": "x", "base": "", "earlier": "a long kept text"}}]


def test_another_record_does_not_take_the_first_ones_text(tab):
    tab.open()
    tab.write("She")
    tab.change(scope="home:r18:ana", acked={})
    tab.page.clock.run_for(150)
    assert tab.kept() == {"moment": "She"}
    assert tab.kept("home:r18:ana") == {}
    assert tab.says() == "Saved 10:42"


def test_the_page_knows_within_ten_seconds_that_nobody_answers(tab):
    tab.open()
    tab.write("She")
    tab.wait(6000, alive=False)
    assert tab.alert() == ""
    tab.wait(3500, alive=False)
    assert tab.alert() == SavedLine.english["lost"]
    tab.write("She went on")
    tab.page.clock.run_for(150)
    assert tab.kept() == {"moment": "She went on"}


def test_the_alert_goes_when_answers_come_back_and_the_text_is_offered_again(tab):
    tab.open()
    tab.wait(8000, alive=False)
    tab.write("She")
    tab.pongs()
    assert tab.alert() == ""
    tab.wait(2000)
    assert tab.recovered() == [{"moment": {"value": "She", "base": ""}}]


def test_a_restarted_kernel_is_known_at_once(tab):
    tab.open()
    tab.page.evaluate("model.hearStatus(null, 'autorestarting')")
    assert tab.alert() == SavedLine.english["lost"]


def test_a_busy_kernel_gets_more_patience(tab):
    tab.open()
    tab.page.evaluate("model.widget_manager.kernel.status = 'busy'")
    tab.wait(15000, alive=False)
    assert tab.alert() == ""
    tab.wait(6000, alive=False)
    assert tab.alert() != ""


def test_a_laptop_that_slept_raises_no_alarm(tab):
    tab.open()
    tab.page.clock.fast_forward(3_600_000)
    assert tab.alert() == ""


def test_nobody_is_asked_while_the_page_is_hidden_and_at_once_when_it_is_seen(tab):
    tab.open()
    hide = """(hidden) => { Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange")); return model.sent.length; }"""
    before = tab.page.evaluate(hide, True)
    tab.wait(20000, alive=False)
    assert tab.page.evaluate("model.sent.length") == before
    assert tab.alert() == ""
    assert tab.page.evaluate(hide, False) == before + 1


def test_when_the_tab_can_keep_nothing_the_line_does_not_promise_it(tab):
    tab.open()
    full = (
        "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
    )
    tab.page.evaluate(full)
    tab.write("She")
    tab.wait(3500)
    assert tab.says() == "Not saved yet: please keep this page open."
    tab.wait(8000, alive=False)
    assert tab.alert() == SavedLine.english["lost_open"]


def test_trouble_conflict_and_closing_are_said_in_words(tab):
    tab.open()
    tab.change(state="trouble", sentence="The disk is full.")
    assert tab.says() == "The disk is full."
    tab.change(state="conflict", sentence="")
    assert tab.says() == SavedLine.english["conflict"]
    tab.change(state="closed")
    assert tab.says() == SavedLine.english["closed"]
    tab.write("too late")
    assert tab.says() == SavedLine.english["closed_late"]


def test_a_sentence_with_markup_stays_text(tab):
    tab.open()
    tab.change(state="trouble", sentence="<img src=x onerror=alert(1)>")
    assert tab.page.evaluate("document.querySelector('.rb-saved-text').childElementCount") == 0


def test_what_the_person_gave_up_is_forgotten(tab):
    tab.open()
    tab.write("mine")
    tab.change(state="conflict")
    tab.page.evaluate("model.tell({ type: 'settle', keys: ['moment'] })")
    tab.acknowledge(moment="theirs")
    tab.page.clock.run_for(150)
    assert tab.says() == "Saved 10:42"
    assert tab.kept() == {}


def test_leaving_is_questioned_only_when_words_could_be_lost(tab):
    asked = "() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    tab.open()
    tab.write("She")
    assert tab.page.evaluate(asked) is False
    tab.wait(8000, alive=False)
    assert tab.page.evaluate(asked) is True
    tab.acknowledge(moment="She")
    assert tab.page.evaluate(asked) is False


def test_a_closed_line_leaves_no_timer_listener_or_alert_behind(tab):
    tab.open()
    tab.wait(8000, alive=False)
    tab.page.evaluate("stop()")
    sent = tab.page.evaluate("model.sent.length")
    tab.write("after")
    tab.wait(5000, alive=False)
    assert tab.page.evaluate("model.sent.length") == sent
    assert tab.alert() == ""
    assert tab.kept() == {}
    assert tab.page.evaluate("document.querySelectorAll('.rb-saved-line').length") == 0


@pytest.mark.parametrize("event", ["pagehide", "beforeunload"])
def test_what_is_not_stored_is_sent_past_the_queue_when_the_page_is_left(tab, event):
    tab.open()
    tab.write("She went quiet")
    tab.page.evaluate("(name) => window.dispatchEvent(new Event(name))", event)
    assert last_words(tab) == [{"moment": {"value": "She went quiet", "base": ""}}]


def test_a_page_left_with_everything_stored_or_with_nobody_there_sends_nothing(tab):
    tab.open()
    leave = "() => window.dispatchEvent(new Event('pagehide'))"
    tab.page.evaluate(leave)
    tab.write("She")
    tab.wait(8000, alive=False)
    tab.page.evaluate(leave)
    assert last_words(tab) == []
    assert tab.kept() == {"moment": "She"}


def last_words(tab):
    sent = tab.page.evaluate("model.sent.filter((message) => message.type === 'leaving')")
    return [message["fields"] for message in sent]


def test_a_box_shows_what_the_tab_kept_before_anybody_types_over_it(tab):
    tab.open()
    tab.write("She went quiet")
    tab.reload()
    assert tab.page.input_value("#moment") == "She went quiet"
    assert tab.recovered() == [{"moment": {"value": "She went quiet", "base": ""}}]


def test_a_box_that_comes_later_is_filled_when_it_is_gone_into(tab):
    tab.open()
    tab.write("She went quiet")
    tab.reload()
    tab.page.evaluate("moment.value = ''")
    tab.page.focus("#moment")
    assert tab.page.input_value("#moment") == "She went quiet"


def test_a_box_with_something_newer_in_it_is_left_alone(tab):
    newer = {"moment": fingerprint("Newer")}
    tab.open()
    tab.write("She went quiet")
    tab.reload(acked=newer)
    tab.page.evaluate("moment.value = 'Newer'")
    tab.page.focus("#moment")
    assert tab.page.input_value("#moment") == "Newer"


def test_the_page_makes_room_for_the_bar_that_says_nobody_answers(tab):
    tab.open()
    tab.wait(8000, alive=False)
    height = tab.page.evaluate("document.querySelector('.rb-lost').offsetHeight")
    tab.page.wait_for_function(
        "(height) => document.body.style.getPropertyValue('--rb-lost-height') === `${height}px`", arg=height
    )
