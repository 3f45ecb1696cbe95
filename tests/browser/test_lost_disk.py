"""When the disk is full: the page says so, never claims more, and saves by itself once there is room."""

from __future__ import annotations

import contextlib
import shutil
import subprocess

import pytest
from desk import SAVED, sit_down
from playwright.sync_api import expect
from served import Server

FULL = (
    "Not saved: the disk is full. What you typed is kept in this tab. "
    "Free some space; saving goes on by itself."
)
SIZE = "12m"


@pytest.fixture
def small_disk(tmp_path):
    """A data home on a disk of its own, too small for much."""
    home = tmp_path / "home"
    home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", str(home)]
    made = subprocess.run(mount, capture_output=True, check=False)
    if made.returncode:
        pytest.skip("filling a disk needs the right to mount one: run these tests as root")
    running = Server(tmp_path).start()
    yield running
    running.stop()
    subprocess.run(["umount", "--lazy", str(home)], check=True)


def fill(folder):
    """Leave not one byte free."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    assert shutil.disk_usage(folder).free == 0
    return ballast


def test_a_full_disk_is_told_and_what_was_typed_is_saved_once_there_is_room(small_disk, visit):
    desk = sit_down(small_disk, visit)
    desk.type("moment", "I began the speech. ")
    expect(desk.line).to_have_text(SAVED)

    ballast = fill(small_disk.home)
    before = len(desk.said())
    more = "He went quiet. " * 400
    desk.field("not_sure").fill(more)
    desk.type("moment", "He looked at the door. ")
    expect(desk.line).to_have_text(FULL)
    assert not [one for one in desk.said()[before:] if SAVED.search(one)]
    desk.type("moment", "Then it was over.")
    # The saving goes on in vain, and the page goes on saying so.
    with pytest.raises(AssertionError):
        expect(desk.line).to_have_text(SAVED, timeout=3500)
    assert desk.stored().reflection.not_sure == ""

    ballast.unlink()
    expect(desk.line).to_have_text(SAVED, timeout=10_000)
    said = desk.stored().reflection
    text = "I began the speech. He looked at the door. Then it was over."
    assert (said.moment, said.not_sure) == (text, more)
    assert "Traceback" not in small_disk.written()
    assert "He went quiet" not in small_disk.written()
