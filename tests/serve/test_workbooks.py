from __future__ import annotations

import html
import json
import re
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import websocket
from tests.serve.conftest import KEY, Running, kernel_of

from repairbook.serve.environment import kernel_environment, public_query


def surroundings(page):
    return json.loads(html.unescape(re.search(r"<pre>(.*?)</pre>", page.text, re.DOTALL)[1]))


def opened(person):
    """Open a page and leave as soon as its process has a name; None when the house is full."""
    said = ""
    with person.stream("GET", "/voila/render/plain.ipynb") as page:
        for part in page.iter_text():
            said += part
            if found := re.search(r'"kernelId": "([0-9a-f-]{36})"', said):
                return found[1]
    return None


def line_to(client, server, kernel):
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    url = server.url.replace("http", "ws") + f"/api/kernels/{kernel}/channels?session_id=s"
    return websocket.create_connection(url, cookie=cookies, origin=server.url, timeout=10)


def message(kind, **content):
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "s", "username": "", "version": "5.3"}
    body = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    return json.dumps(body)


def replies(line, until):
    while True:
        said = json.loads(line.recv())
        yield said
        if said["header"]["msg_type"] == until:
            return


def test_code_sent_by_a_browser_is_not_run(server, visitor, tmp_path):
    kernel = kernel_of(visitor.get("/voila/render/plain.ipynb"))
    mark = tmp_path / "mark"
    line = line_to(visitor, server, kernel)
    line.send(message("execute_request", code=f"open({str(mark)!r}, 'w').close()", silent=False))
    line.send(message("kernel_info_request"))
    said = [one["header"]["msg_type"] for one in replies(line, "kernel_info_reply")]
    line.close()
    assert "execute_reply" not in said
    assert not mark.exists()


def test_another_person_reaches_no_workbook_of_mine(server, visitor):
    kernel = kernel_of(visitor.get("/voila/render/plain.ipynb"))
    with server.somebody_else() as other:
        assert other.get("/demo").url.path == "/demo"
        own = kernel_of(other.get("/voila/render/plain.ipynb"))
        form = {"_xsrf": other.cookies["_xsrf"]}
        assert other.get(f"/api/kernels/{own}").status_code == 200
        assert other.get(f"/api/kernels/{kernel}").status_code == 403
        assert other.post(f"/voila/api/shutdown/{kernel}", data=form).status_code == 403
        assert (
            other.delete(f"/api/kernels/{kernel}", headers={"X-XSRFToken": form["_xsrf"]}).status_code == 403
        )
        with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
            line_to(other, server, kernel)
    assert visitor.get(f"/api/kernels/{kernel}").status_code == 200


def test_a_page_that_says_farewell_leaves_nothing_running(server, visitor):
    before = len(server.kernels())
    kernel = kernel_of(visitor.get("/voila/render/plain.ipynb"))
    assert len(server.kernels()) == before + 1
    answer = visitor.post(f"/voila/api/shutdown/{kernel}", data={"_xsrf": visitor.cookies["_xsrf"]})
    assert answer.status_code == 204
    assert server.wait_for_kernels(before, seconds=8) == before


def test_a_workbook_knows_its_home_and_no_secret(server, visitor):
    asked = {"token": KEY, "record": "r-1", "home": "demo"}
    known = surroundings(visitor.get("/voila/render/surroundings.ipynb", params=asked))
    assert known["QUERY_STRING"] == "record=r-1&home=demo"
    assert known["REPAIRBOOK_HOME"] == str(server.place / "data")
    assert known["REPAIRBOOK_CONFIG"] == str(server.config)
    assert known["REPAIRBOOK_PLACE"] == "voila"
    assert KEY not in json.dumps(known)
    assert "hunter2" not in json.dumps(known)


def test_the_persons_own_jupyter_and_start_up_files_change_nothing(visitor):
    known = surroundings(visitor.get("/voila/render/surroundings.ipynb"))
    assert "STARTUP_FILE_RAN" not in known
    assert known["me"] == sys.executable


def test_a_full_house_is_told_calmly(small_server):
    with small_server.visitor() as person:
        pages = [person.get("/voila/render/plain.ipynb") for _ in range(4)]
        assert [page.status_code for page in pages] == [200, 200, 200, 503]
        assert "Too many workbooks are open" in pages[3].text
        assert person.get("/").status_code == 200
    assert small_server.wait_for_kernels(0, seconds=12) == 0


def open_and_leave(person, turn):
    while (kernel := opened(person)) is None:
        time.sleep(0.2)
    if turn % 5:
        person.post(f"/voila/api/shutdown/{kernel}", data={"_xsrf": person.cookies["_xsrf"]})


def test_twenty_opens_leave_at_most_one_workbook_running(small_server):
    with small_server.visitor() as person, ThreadPoolExecutor(2) as hands:
        person.get("/voila/render/plain.ipynb")
        list(hands.map(lambda turn: open_and_leave(person, turn), range(19)))
    assert small_server.wait_for_kernels(1, seconds=12) <= 1


def test_an_open_page_is_not_tidied_away(small_server):
    with small_server.visitor() as person:
        kernel = kernel_of(person.get("/voila/render/plain.ipynb"))
        line = line_to(person, small_server, kernel)
        time.sleep(4)
        assert person.get(f"/api/kernels/{kernel}").status_code == 200
        line.close()


def test_ctrl_c_leaves_nothing_running(tmp_path):
    running = Running(tmp_path)
    with running.visitor() as person:
        person.get("/voila/render/plain.ipynb")
    left = running.kernels()
    assert len(left) == 1
    assert running.stop() == 0
    assert not left[0].is_running()
    assert running.printed.read_text().rstrip().endswith("Closed.")
    assert "Traceback" not in running.printed.read_text()


def test_a_query_loses_what_opens_doors_and_keeps_what_points():
    assert public_query("token=abc&record=r%201&TOKEN=x&template=reveal&home=demo") == "record=r+1&home=demo"


def test_an_environment_keeps_only_what_a_workbook_needs(tmp_path):
    from repairbook.home import Home

    given = {
        "PATH": "/bin",
        "LC_ALL": "C",
        "AWS_SECRET": "x",
        "JUPYTER_TOKEN": "y",
        "VOILA_REQUEST_URL": "?token=z",
    }
    kept = kernel_environment(given, Home(tmp_path, tmp_path / "c"), "voila")
    assert kept["PATH"] == "/bin"
    assert kept["LC_ALL"] == "C"
    assert not {"AWS_SECRET", "JUPYTER_TOKEN", "VOILA_REQUEST_URL"} & kept.keys()
