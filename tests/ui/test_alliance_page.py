"""The page of the alliance."""

from __future__ import annotations

from types import SimpleNamespace

import ipywidgets as W
import pytest
from parole_case import INSTRUMENTS, LIBRARY, WORDS, in_sight, parole, press, said

from repairbook.model.case import Case
from repairbook.ui.alliance_page import AlliancePage


class Reading(W.HTML):
    """Shows which reflection it was given."""

    state = None


def page_of(told, *, in_voila=True, **query):
    place = SimpleNamespace(
        store=told.store,
        actor=told.actor,
        words=WORDS,
        library=LIBRARY,
        instruments=INSTRUMENTS,
        home=None,
        query=query,
        in_voila=in_voila,
        is_demo=False,
        address=lambda workbook, **asked: f"{workbook}.ipynb?record={asked.get('record', '')}",
    )
    return AlliancePage(place, lambda record: W.HTML(f"writing {record}"), lambda where: Reading())


@pytest.fixture
def told(tmp_path):
    return parole(tmp_path)


def test_the_address_may_name_the_case_the_last_session_and_the_reflection(told):
    page = page_of(told, case=told.case, upto="7", record=told.records[1])
    assert WORDS("alliance.reading", session=7) in said(page)
    assert WORDS("alliance.hidden", number=7) in said(page)


@pytest.mark.parametrize("query", [{"upto": "²"}, {"upto": "-3"}, {"case": "nobody"}, {"record": "<script>"}])
def test_an_address_that_means_nothing_is_no_fault(told, query):
    assert "between 29 and 40" in said(page_of(told, **query))


def test_in_a_web_page_going_on_is_a_link_to_the_reflection(told):
    page = page_of(told, record=told.records[0])
    assert f"href='reflect.ipynb?record={told.records[0]}'" in said(page)


def test_in_jupyterlab_the_page_turns_into_the_reflection(told):
    page = page_of(told, in_voila=False, record=told.records[0])
    press(page, WORDS("alliance.go_on"))
    assert said(page) == f"writing {told.records[0]}"


def test_another_case_takes_the_place_of_the_first(told):
    told.store.cases.create(told.actor, Case(case_code="Z3-Q9"))
    page = page_of(told, case=told.case)
    chooser = next(one for one in in_sight(page) if getattr(one, "description", "") == WORDS("alliance.case"))
    chooser.value = dict(chooser.options)["Z3-Q9"]
    assert "between 29 and 40" not in said(page)
    assert WORDS("alliance.empty_sessions") in said(page)


def test_without_any_case_it_says_how_to_begin(tmp_path):
    empty = SimpleNamespace(cases=SimpleNamespace(list=lambda actor: []))
    page = page_of(SimpleNamespace(store=empty, actor=None))
    assert WORDS("alliance.no_case") in said(page)
    assert WORDS("alliance.begin") in said(page)
