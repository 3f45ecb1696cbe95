from __future__ import annotations

import pytest
from tests.serve.conftest import KEY

from repairbook.serve.web import CannotServe, bound, checked_token


def test_without_the_key_the_door_leads_to_the_login(server):
    with server.visitor(key=None) as stranger:
        page = stranger.get("/")
    assert page.url.path == "/login"
    assert "Come in" in page.text


def test_with_the_key_the_start_page_opens_and_the_address_forgets_the_key(server):
    with server.visitor(key=None) as person:
        page = person.get("/", params={"token": KEY})
        again = person.get("/")
    assert page.url.query == b""
    assert "Write about a moment" in page.text
    assert again.url.path == "/"


def test_a_wrong_key_is_told_so_and_the_right_one_opens(server):
    with server.visitor(key=None) as person:
        person.get("/login")
        form = {"_xsrf": person.cookies["_xsrf"], "password": "wrong"}
        refused = person.post("/login?next=%2Fdemo", data=form)
        opened = person.post("/login?next=%2Fdemo", data=form | {"password": KEY})
    assert refused.status_code == 401
    assert "does not fit" in refused.text
    assert opened.url.path == "/demo"


def test_the_login_sends_nobody_to_another_host(server):
    with server.visitor(key=None) as person:
        person.get("/login")
        form = {"_xsrf": person.cookies["_xsrf"], "password": KEY}
        answer = person.post("/login?next=https://elsewhere.example/", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/demo", "/voila/render/plain.ipynb", "/api/kernels/x-1-1-1-1"])
def test_nothing_opens_without_the_key(server, path):
    with server.visitor(key=None) as stranger:
        answer = stranger.get(path, follow_redirects=False)
    assert answer.status_code in {302, 403}


def test_a_foreign_name_for_this_computer_is_refused(visitor):
    assert visitor.get("/", headers={"Host": "rebound.example"}).status_code == 403


def test_the_secrets_are_open_to_their_owner_only(server):
    assert (server.config / "cookie_secret").stat().st_mode & 0o777 == 0o600
    assert server.log.stat().st_mode & 0o777 == 0o600


def test_the_log_keeps_neither_key_nor_query_nor_workbook_ids(server, visitor):
    visitor.get("/voila/render/none.ipynb", params={"record": "r-77"})
    visitor.get("/api/kernels/01234567-89ab-cdef-0123-456789abcdef")
    log = server.log.read_text()
    assert "/voila/render/none.ipynb" in log
    assert KEY not in log
    assert "r-77" not in log
    assert "01234567-89ab" not in log


def test_a_short_key_is_refused_in_one_sentence():
    with pytest.raises(CannotServe, match="at least 16 characters"):
        checked_token("short")


def test_a_port_in_use_is_told_or_the_next_one_taken():
    with bound(None, first=18_950) as first:
        number = first.getsockname()[1]
        with pytest.raises(CannotServe, match=f"Port {number} is in use"):
            bound(number)
        with bound(None, first=number) as second:
            assert second.getsockname()[1] > number
