"""The workbook and what it is laid beside; figures that are told but never judged."""

from __future__ import annotations

import os

import pytest
from beside import COMMAND, write_pages
from served import Server


@pytest.fixture
def ours(tmp_path):
    """The workbook as a person starts it."""
    yield from _running(tmp_path / "ours")


@pytest.fixture
def bare(tmp_path):
    """The same server with two other pages: one that holds nothing, one that holds a box to type in."""
    write_pages(tmp_path / "bare" / "pages")
    yield from _running(tmp_path / "bare", command=COMMAND)


def _running(folder, **how):
    folder.mkdir(exist_ok=True)
    server = Server(folder, **how).start()
    yield server
    server.stop()


@pytest.fixture
def tell(capsys):
    """Print a line whatever pytest keeps back, with how busy the computer was."""

    def say(line):
        busy = (
            f" [load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores]" if hasattr(os, "getloadavg") else ""
        )
        with capsys.disabled():
            print(f"\n{line}{busy}")

    return say
