from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest
from tornado.web import create_signed_value

PACKAGE = Path(__file__).resolve().parents[2] / "widgets"
KEY = "a-key-only-for-these-tests"
START = """
import sys
from pathlib import Path
from repairbook.home import Home
from repairbook.serve.{module} import {module_name} as begin
data, config, workbooks = (Path(p) for p in sys.argv[1:4])
begin(Home(data, config), open_browser=False, token="{key}", workbooks=workbooks)
"""
CELLS = {
    "plain": "'a plain page'",
    "reflect": "import os; os.environ['REPAIRBOOK_PLACE']",
    "surroundings": "import json, os, sys; print(json.dumps({**os.environ, 'me': sys.executable}))",
    "broken": "said = 'whispered-words'; raise ValueError(said)",
}


def notebook(source):
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cell = {"cell_type": "code", "execution_count": None, "id": "one", "metadata": {}, "outputs": []}
    return {
        "cells": [cell | {"source": [source]}],
        "metadata": {"kernelspec": kernel, "title": "A test page", "repairbook": {"autorun": True}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


class Running:
    """A server in a process of its own, in a home of its own."""

    def __init__(self, place, module="web", name="serve", **environ):
        self.place = place
        self.config = place / "config"
        self.log = place / "data" / "logs" / "serve.log"
        self.printed = place / "printed.txt"
        workbooks = place / "workbooks"
        workbooks.mkdir(parents=True)
        for title, source in CELLS.items():
            (workbooks / f"{title}.ipynb").write_text(json.dumps(notebook(source)))
        self._spoil_the_persons_own_jupyter(place / "person")
        person = {"HOME": str(place / "person"), "PYTHONPATH": str(PACKAGE), "CLINIC_PASSWORD": "hunter2"}
        program = START.format(module=module, module_name=name, key=KEY)
        paths = [str(place / "data"), str(self.config), str(workbooks)]
        with self.printed.open("w") as printed:
            self.process = subprocess.Popen(
                [sys.executable, "-c", program, *paths],
                env={**os.environ, **person, **environ},
                stdout=printed,
                stderr=subprocess.STDOUT,
                cwd=place / "person",
            )
        try:
            self.url = self._address()
        except BaseException:
            self.process.kill()
            raise

    def _spoil_the_persons_own_jupyter(self, person):
        (person / ".jupyter").mkdir(parents=True)
        worst = {"VoilaConfiguration": {"show_tracebacks": True, "strip_sources": False}}
        (person / ".jupyter" / "voila.json").write_text(json.dumps(worst))
        (person / "voila.json").write_text(json.dumps(worst))
        startup = person / ".ipython" / "profile_default" / "startup"
        startup.mkdir(parents=True)
        (startup / "00.py").write_text("import os; os.environ['STARTUP_FILE_RAN'] = 'yes'")

    def _address(self):
        until = time.monotonic() + 30
        while time.monotonic() < until:
            found = re.search(r"(http://127\.0\.0\.1:\d+)/\S*token=", self.printed.read_text())
            if found:
                return found[1]
            assert self.process.poll() is None, self.printed.read_text()
            time.sleep(0.05)
        raise AssertionError(self.printed.read_text())

    @contextmanager
    def visitor(self, key=KEY):
        with httpx.Client(base_url=self.url, follow_redirects=True, timeout=30, trust_env=False) as client:
            if key:
                assert client.get("/", params={"token": key}).status_code == 200
            yield client

    @contextmanager
    def somebody_else(self):
        """Somebody with a login of their own, as a proxy would give it."""
        name = "username-" + re.sub(r"[^A-Za-z0-9]", "-", self.url.removeprefix("http://"))
        who = {"username": "ben", "avatar_url": None, "color": None}
        who |= dict.fromkeys(("name", "display_name", "initials"), "b")
        secret = (self.config / "cookie_secret").read_bytes()
        with self.visitor(key=None) as client:
            client.cookies.set(name, create_signed_value(secret, name, json.dumps(who)).decode())
            yield client

    def kernels(self):
        mine = psutil.Process(self.process.pid).children(recursive=True)
        return [one for one in mine if "ipykernel_launcher" in " ".join(_command(one))]

    def wait_for_kernels(self, at_most, seconds):
        until = time.monotonic() + seconds
        while len(self.kernels()) > at_most and time.monotonic() < until:
            time.sleep(0.1)
        return len(self.kernels())

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)


def _command(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def kernel_of(page):
    return re.search(r'"kernelId": "([0-9a-f-]{36})"', page.text)[1]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Running(tmp_path_factory.mktemp("serve"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def small_server(tmp_path_factory):
    limits = {"REPAIRBOOK_MAX_KERNELS": "3", "REPAIRBOOK_CULL_AFTER": "2", "REPAIRBOOK_CULL_EVERY": "1"}
    running = Running(tmp_path_factory.mktemp("small"), **limits)
    yield running
    running.stop()


@pytest.fixture
def visitor(server):
    with server.visitor() as client:
        yield client
