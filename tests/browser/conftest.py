"""A real server for the tests that walk the pages; the browser comes from the folder above."""

from __future__ import annotations

import pytest
from served import DESK, PHONE, TOKEN, Server, Watched, free_port

__all__ = ["DESK", "PHONE", "TOKEN", "Server", "Watched", "free_port"]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("served")).start()
    yield running
    running.stop()


@pytest.fixture
def own_server(tmp_path):
    """A server of one test alone: to be stopped, starved or killed."""
    running = Server(tmp_path).start()
    yield running
    running.stop()
