"""What every test stands on: a home of its own, and faults that pages would survive are raised."""

from __future__ import annotations

import os

import pytest


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
