"""The page of one reflection, driven as a browser would drive it, on a real store."""

from __future__ import annotations

import pytest
from parole_case import in_sight, press, said

from repairbook.caseload.opening import open_home
from repairbook.home import Home
from repairbook.store.errors import NotSaved, Why
from repairbook.ui.fingerprint import fingerprint
from repairbook.ui.place import Place
from repairbook.ui.reflect import begin, open_record, page
from repairbook.ui.saved_line import SavedLine


class Tab:
    """One page in one tab."""

    def __init__(self, shown):
        self.page = shown
        self.line = next(one for one in in_sight(shown) if isinstance(one, SavedLine))
        self.sent = []
        self.line.send = lambda content, buffers=None: self.sent.append(content)

    def box(self, key):
        return next(one for one in in_sight(self.page) if f"rb-key-{key}" in one._dom_classes)

    def control(self, key):
        return next(one for one in in_sight(self.page) if getattr(one, "key", "") == key)

    def type(self, key, text):
        self.box(key).set_state({"value": text})

    def tell(self, kind, **fields):
        typed = {key: {"value": value, "base": base} for key, (value, base) in fields.items()}
        self.line._handle_custom_msg({"type": kind, "fields": typed}, [])

    @property
    def record(self):
        return self.line.scope.split(":")[1]


class Desk:
    """A home, and tabs on it."""

    def __init__(self, folder):
        opened = open_home(Home(folder / "data", folder / "config"), environ={})
        self.store, self.me = opened.store, opened.actor
        self.place = Place(opened.home, opened.store, opened.actor, opened.words, opened.library, {}, True)

    def begin(self):
        return Tab(begin(self.place))

    def open(self, record_id):
        return Tab(open_record(self.place, record_id))

    def stored(self, tab):
        return self.store.reflections.open(self.me, tab.record).body

    def versions(self, tab):
        shelf = self.store.reflections
        listed = shelf.revisions(self.me, tab.record)
        return [(one.reason, shelf.revision(self.me, tab.record, one.n).reflection.moment) for one in listed]

    def fill_the_disk(self, monkeypatch):
        def refuse(*_args, **_kwargs):
            raise NotSaved(Why.NOT_SAVED_FULL)

        monkeypatch.setattr(self.store.reflections, "save", refuse)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def two_versions(desk):
    """Two tabs; the other one saved first, this one was refused."""
    here = desk.begin()
    here.type("moment", "We began.")
    there = desk.open(here.record)
    there.type("moment", "There <b>she</b> cried.")
    there.control("feelings").set_state({"value": ["ashamed"]})
    here.type("moment", "Here she laughed.")
    return here


def conflict_in_sight(tab):
    return any("rb-conflict" in one._dom_classes for one in in_sight(tab.page))


def test_a_page_opens_with_nothing_claimed_and_nothing_stored(desk):
    tab = desk.begin()
    assert (tab.line.state, tab.line.saved_at) == ("new", "")
    assert desk.store.reflections.drafts(desk.me) == []


def test_what_is_typed_and_tapped_is_stored_and_acknowledged(desk):
    tab = desk.begin()
    tab.type("moment", "She went quiet.")
    tab.control("feelings").set_state({"value": ["ashamed"]})
    tab.type("not_sure", "I was afraid.")
    stored = desk.stored(tab).reflection
    assert (stored.moment, stored.feelings, stored.not_sure) == (
        "She went quiet.",
        ("ashamed",),
        "I was afraid.",
    )
    assert tab.line.state == "saved"
    assert tab.line.acked["moment"] == fingerprint("She went quiet.")
    assert tab.line.acked["feelings"] == fingerprint(["ashamed"])


def test_reopening_shows_every_word(desk):
    tab = desk.begin()
    tab.type("moment", "She went quiet.")
    tab.type("moment_at", "half past")
    again = desk.open(tab.record)
    assert (again.box("moment").value, again.box("moment_at").value) == ("She went quiet.", "half past")
    assert "12:30" in said(again.page)
    assert again.line.state == "saved"


def test_a_full_disk_is_told_and_saving_goes_on_once_there_is_room(desk, monkeypatch):
    tab = desk.begin()
    tab.type("moment", "She")
    desk.fill_the_disk(monkeypatch)
    tab.type("moment", "She went quiet.")
    assert tab.line.state == "trouble"
    assert tab.line.sentence.startswith("Not saved: the disk is full.")
    assert tab.line.acked["moment"] == fingerprint("She")
    monkeypatch.undo()
    tab.type("moment", "She went quiet. He")
    assert (tab.line.state, desk.stored(tab).reflection.moment) == ("saved", "She went quiet. He")


def test_two_versions_are_both_shown_and_neither_replaces_the_other(desk, two_versions):
    here = two_versions
    assert here.line.state == "conflict"
    assert conflict_in_sight(here)
    for words in ("Here she laughed.", "There &lt;b&gt;she&lt;/b&gt; cried.", "Ashamed"):
        assert words in said(here.page)
    here.type("not_sure", "More words.")
    assert desk.stored(here).reflection.moment == "There <b>she</b> cried."
    assert "More words." in said(here.page)


def test_a_reflection_in_two_versions_is_not_closed_before_one_is_chosen(desk, two_versions):
    here = two_versions
    press(here.page, "Close this reflection …")
    press(here.page, "Close it")
    assert desk.store.reflections.closed(desk.me) == []
    assert conflict_in_sight(here)


def test_keeping_what_is_here_goes_on_with_it(desk, two_versions):
    here = two_versions
    press(here.page, "Keep what is in this tab")
    assert not conflict_in_sight(here)
    assert (here.line.state, desk.stored(here).reflection.moment) == ("saved", "Here she laughed.")
    assert desk.versions(here) == [("other tab", "There <b>she</b> cried.")]


def test_taking_the_other_version_shows_it_and_settles_what_the_tab_kept(desk, two_versions):
    here = two_versions
    press(here.page, "Take the other tab’s version")
    assert here.box("moment").value == "There <b>she</b> cried."
    assert here.control("feelings").value == ["ashamed"]
    assert "moment" in next(one for one in here.sent if one["type"] == "settle")["keys"]
    assert desk.versions(here) == [("other tab", "Here she laughed.")]


def test_what_the_tab_kept_comes_back_into_the_boxes_and_the_store(desk):
    tab = desk.begin()
    tab.type("moment", "She")
    again = desk.open(tab.record)
    again.tell(
        "recover", moment=("She went quiet.", fingerprint("She")), feelings=(["ashamed"], fingerprint([]))
    )
    assert again.box("moment").value == "She went quiet."
    assert again.control("feelings").value == ["ashamed"]
    assert desk.stored(again).reflection.moment == "She went quiet."
    assert again.line.state == "saved"


def test_a_kept_text_never_replaces_what_was_stored_since_without_a_choice(desk):
    tab = desk.begin()
    tab.type("moment", "Stored since.")
    again = desk.open(tab.record)
    again.tell("recover", moment=("Kept here.", fingerprint("Before.")))
    assert conflict_in_sight(again)
    again.type("not_sure", "Typing goes on.")
    assert desk.stored(again).reflection.moment == "Stored since."
    press(again.page, "Keep what is in this tab")
    stored = desk.stored(again).reflection
    assert (stored.moment, stored.not_sure) == ("Kept here.", "Typing goes on.")
    assert desk.versions(again) == [("other tab", "Stored since.")]


def test_the_last_words_of_a_tab_are_stored_at_once(desk):
    tab = desk.begin()
    tab.tell("leaving", moment=("She went quiet", fingerprint("")), not_sure=("Afraid", fingerprint("")))
    stored = desk.stored(tab).reflection
    assert (stored.moment, stored.not_sure) == ("She went quiet", "Afraid")


def test_a_tab_closed_before_a_choice_leaves_its_version_beside_the_other(desk, two_versions):
    here = two_versions
    here.tell("leaving", moment=("Here she laughed.", fingerprint("We began.")))
    assert desk.stored(here).reflection.moment == "There <b>she</b> cried."
    assert desk.versions(here) == [("other tab", "Here she laughed.")]


def test_forged_answers_leave_the_page_and_the_store_as_they_were(desk):
    tab = desk.begin()
    tab.type("moment", "She went quiet.")
    for kind in ("recover", "leaving"):
        tab.tell(kind, feelings=(["no_such_code"], ""), session=({"a": 1}, ""), nothing=("x", ""))
    tab.control("feelings").set_state({"value": ["no_such_code"]})
    stored = desk.stored(tab).reflection
    assert (stored.moment, stored.feelings) == ("She went quiet.", ())


@pytest.fixture
def closed_elsewhere(desk):
    here = desk.begin()
    here.type("moment", "We began.")
    there = desk.open(here.record)
    press(there.page, "Close this reflection …")
    press(there.page, "Close it")
    return here


def test_typing_into_what_another_tab_closed_says_so_and_keeps_the_box(desk, closed_elsewhere):
    here = closed_elsewhere
    here.type("moment", "Too late.")
    assert here.line.state == "trouble"
    assert "closed in another tab" in here.line.sentence
    assert here.box("moment").value == "Too late."
    assert desk.stored(here).reflection.moment == "We began."


def test_words_typed_too_late_are_kept_under_earlier_versions_after_a_reload(desk, closed_elsewhere):
    here = closed_elsewhere
    here.type("moment", "Too late.")
    again = desk.open(here.record)
    assert again.line.state == "closed"
    again.tell("recover", moment=("Too late.", fingerprint("We began.")))
    assert ("other tab", "Too late.") in desk.versions(again)
    assert desk.stored(again).reflection.moment == "We began."
    assert again.sent == [{"type": "settle", "keys": ["moment"]}]
    assert "Earlier versions" in said(again.page)


def test_a_record_that_is_not_here_is_told_with_the_way_back(desk, monkeypatch):
    home = desk.place.home
    monkeypatch.setenv("REPAIRBOOK_HOME", str(home.data))
    monkeypatch.setenv("REPAIRBOOK_CONFIG", str(home.config))
    assert "This reflection is not here, or is not yours." in said(page({"record": "no-such"}))


def test_a_fault_while_saving_is_told_on_the_page_and_its_words_stay_out_of_the_log(
    desk, monkeypatch, caplog
):
    monkeypatch.delenv("REPAIRBOOK_STRICT", raising=False)

    def break_down(*_args, **_kwargs):
        message = "a secret"
        raise RuntimeError(message)

    tab = desk.begin()
    monkeypatch.setattr(desk.store.reflections, "save", break_down)
    tab.type("moment", "She went quiet.")
    assert desk.place.words("app.broken") in said(tab.page).replace("&#x27;", "'")
    assert "secret" not in caplog.text


def test_an_empty_page_can_be_read_kept_and_closed_only_once_there_is_something(desk):
    tab = desk.begin()
    press(tab.page, "Read it back")
    assert tab.line.state == "new"
    press(tab.page, "Go on writing")
    press(tab.page, "Keep this version")
    assert "nothing here yet" in said(tab.page)
    press(tab.page, "Close this reflection …")
    press(tab.page, "Close it")
    assert tab.line.state == "new"
    assert desk.store.reflections.closed(desk.me) == []
    assert desk.store.reflections.drafts(desk.me) == []


def test_a_faulty_site_file_is_named_in_a_sentence_and_not_by_a_traceback(tmp_path, monkeypatch):
    monkeypatch.setenv("REPAIRBOOK_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("REPAIRBOOK_CONFIG", str(tmp_path / "config"))
    site = tmp_path / "data" / "site"
    site.mkdir(parents=True)
    (site / "site.toml").write_text('colour = "green"\n', encoding="utf-8")
    shown = said(page({"new": "1"}))
    assert "site.toml" in shown
    assert "colour" in shown
