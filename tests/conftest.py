"""What every test stands on: a home of its own, faults that pages would survive are raised, one browser."""

from __future__ import annotations

import os

import install
import pytest
from served import DESK, PHONE, Watched

pytest.register_assert_rewrite("short_walk")


@pytest.fixture(scope="session", autouse=True)
def apart(tmp_path_factory):
    """Keep every test away from the person's own home and key."""
    folder = tmp_path_factory.mktemp("apart")
    own = {
        "REPAIRBOOK_HOME": str(folder / "home"),
        "REPAIRBOOK_CONFIG": str(folder / "config"),
        "REPAIRBOOK_STRICT": "1",
    }
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


# One per module, closed at its end: two of Playwright's loops cannot live in one thread.
@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    path = install.browser_path()
    if not path:
        pytest.fail(install.NONE_FOUND)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(install.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open a page of a server: `visit(server, "/", size=PHONE)` gives a Watched."""
    contexts = []

    def open_page(server, path="/", *, size=DESK, dark=False, context=None, **query):
        if context is None:
            context = chromium.new_context(
                viewport=size,
                color_scheme="dark" if dark else "light",
                locale="en-GB",
                has_touch=size is PHONE,
            )
            contexts.append(context)
        watched = Watched(context, f"127.0.0.1:{server.port}")
        watched.page.goto(server.url(path, **query))
        return watched

    yield open_page
    for context in contexts:
        context.close()
