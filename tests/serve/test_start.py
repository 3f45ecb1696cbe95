from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader

from repairbook.home import shipped
from repairbook.serve.start import start_page
from repairbook.serve.wording import start_words

NOW = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@dataclass
class Kept:
    record_id: str = "r-1"
    case_id: str = "c-1"
    case_code: str = "K7-M2"
    session_number: int | None = 7
    changed_at: datetime = NOW
    first_words: str = "She went quiet."
    due_on: date | None = None


class Reflections:
    def __init__(self, drafts=(), due=(), closed=()):
        self.lists = {"drafts": drafts, "due": due, "closed": closed}
        self.asked = []

    def drafts(self, actor):
        self.asked.append(actor)
        return self.lists["drafts"]

    def due(self, actor, today):
        self.asked.append((actor, today))
        return self.lists["due"]

    def closed(self, actor):
        self.asked.append(actor)
        return self.lists["closed"]


class Store:
    def __init__(self, **lists):
        self.reflections = Reflections(**lists)


def drawn(page):
    folder = shipped() / "templates" / "voila" / "templates" / "repairbook"
    env = Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True)
    return env.get_template("start.html").render(page=page, base_url="/")


def test_an_empty_store_says_what_to_do_next():
    page = drawn(start_page(Store(), "ana", NOW))
    assert "Pick one moment that stayed with you" in page
    assert 'href="/voila/render/reflect.ipynb"' in page
    assert 'href="/demo"' in page


def test_the_page_is_honest_about_who_could_see_it():
    assert "Not shown to anyone until you share. The key-holder, or a court, could still obtain it." in drawn(
        start_page(None, "ana", NOW)
    )


def test_a_draft_is_listed_with_its_case_session_words_and_time():
    [entry] = start_page(Store(drafts=[Kept()]), "ana", NOW).drafts
    assert entry.where == "Case K7-M2 · session 7"
    assert entry.title == "She went quiet."
    assert entry.when == "today 11:00"
    assert entry.url == "voila/render/reflect.ipynb?record=r-1"


def test_only_the_persons_own_lists_are_asked_for():
    store = Store()
    start_page(store, "ana", NOW)
    assert store.reflections.asked == ["ana", ("ana", NOW.date()), "ana"]


def test_days_are_told_as_people_say_them():
    moments = [NOW - timedelta(days=1), NOW - timedelta(days=9), NOW - timedelta(days=400)]
    page = start_page(Store(closed=[Kept(changed_at=one) for one in moments]), "ana", NOW)
    assert [entry.when for entry in page.closed] == ["yesterday 11:00", "23 February", "28 January 2025"]


def test_a_follow_up_says_when_it_is_due():
    [entry] = start_page(Store(due=[Kept(due_on=date(2026, 3, 2))]), "ana", NOW).due
    assert entry.when == "due 2 March"


def test_each_case_is_linked_once():
    other = SimpleNamespace(id="c-2", case_code="B1-Q4")
    page = start_page(
        Store(drafts=[Kept(), Kept(case_id="", case_code="")], closed=[Kept()]), "ana", NOW, cases=[other]
    )
    assert [(link.label, link.url) for link in page.cases] == [
        ("Case B1-Q4", "voila/render/alliance.ipynb?case=c-2"),
        ("Case K7-M2", "voila/render/alliance.ipynb?case=c-1"),
    ]


def test_trouble_with_the_store_is_told_and_no_empty_list_pretends_otherwise():
    page = drawn(replace(start_page(None, None, NOW), trouble="The key file is missing."))
    assert "The key file is missing." in page
    assert "Nothing yet" not in page


def test_every_way_on_from_the_demo_stays_in_the_demo():
    page = drawn(start_page(Store(drafts=[Kept()]), "ana", NOW, demo=True))
    ways = re.findall(r'href="(/voila[^"]*)"', page)
    assert len(ways) == 4
    assert all("home=demo" in way for way in ways)
    assert 'href="/"' in page


def test_typed_words_are_shown_and_never_run():
    kept = Kept(first_words=HOSTILE, case_code=HOSTILE, record_id=HOSTILE)
    page = drawn(start_page(Store(drafts=[kept], due=[kept], closed=[kept]), "ana", NOW))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("words", "shown"),
    [("one " * 12, " ".join(["one"] * 12) + " …"), ("She went quiet", "She went quiet"), ("", "")],
)
def test_a_beginning_that_was_cut_shows_it(words, shown):
    [entry] = start_page(Store(drafts=[Kept(first_words=words)]), "ana", NOW).drafts
    assert entry.title == shown


def test_a_long_beginning_is_cut_at_a_word():
    [entry] = start_page(Store(drafts=[Kept(first_words="word " * 80)]), "ana", NOW).drafts
    assert entry.title.endswith("word …")
    assert len(entry.title) < 150


def test_the_words_can_come_from_elsewhere():
    page = start_page(None, "ana", NOW, words={"heading": "Dein Heft"})
    assert "Dein Heft" in drawn(page)
    assert page.words["drafts"] == start_words()["drafts"]
