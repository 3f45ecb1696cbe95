"""An empty page in a real browser, and a stand-in for the kernel's side of a small widget."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from repairbook.ui.widget import static

ADDRESS = "http://repairbook.test/"
HERE = Path(__file__).parent

# What a widget's script sees of its model, and what the kernel would do to it.
STAND_IN = """
window.makeModel = (state) => {
  const heard = {};
  const model = {
    state, sent: [], saved: [], hearStatus: null,
    get: (name) => model.state[name],
    set: (name, value) => { model.state[name] = value; },
    save_changes: () => model.saved.push(JSON.parse(JSON.stringify(model.state))),
    send: (message) => model.sent.push(JSON.parse(JSON.stringify(message))),
    on: (names, callback) => names.split(" ").forEach((name) => (heard[name] ??= []).push(callback)),
    off: () => {},
    tell: (message) => (heard["msg:custom"] ?? []).forEach((callback) => callback(message)),
    change: (changes) => {
      Object.assign(model.state, changes);
      const names = Object.keys(changes).map((name) => `change:${name}`);
      for (const name of names) (heard[name] ?? []).forEach((callback) => callback());
    },
    widget_manager: { kernel: { status: "idle", connectionStatus: "connected",
      statusChanged: { connect: (hear) => { model.hearStatus = hear; }, disconnect: () => {} } } },
  };
  return model;
};
window.load = async (code) => import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
"""


def _browser_path() -> str:
    spec = importlib.util.spec_from_file_location("browser_install", HERE.parent / "browser" / "install.py")
    install = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(install)
    found = install.browser_path()
    assert found, install.NONE_FOUND
    return found


# One per module, closed at its end: two of Playwright's loops cannot live in one thread.
@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    path = _browser_path()
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser):
    """Open an empty page of our own address; any word on its console or request elsewhere fails the test."""
    contexts, noises = [], []

    def open_(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.route("**/*", lambda route: _answer(route, noises))
        page = context.new_page()
        page.on("console", lambda message: noises.append(message.text))
        page.on("pageerror", lambda error: noises.append(str(error)))
        page.add_init_script(STAND_IN)
        page.goto(ADDRESS)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert noises == []


def _answer(route, noises):
    if route.request.url.startswith(ADDRESS):
        route.fulfill(body="<!doctype html><html lang=en><body></body></html>", content_type="text/html")
    else:
        noises.append(f"asked for {route.request.url}")
        route.abort()


@pytest.fixture
def script():
    """Read a widget's script or style sheet."""
    return lambda name: static(name).read_text("utf-8")
