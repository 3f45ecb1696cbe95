"""Saving soon after typing pauses, and in any case before two seconds are over."""

from __future__ import annotations

import asyncio
import time

import pytest

from repairbook.ui import autosave
from repairbook.ui.autosave import Autosave


class Disk:
    """Takes what is saved, unless it is full."""

    def __init__(self):
        self.saves = []
        self.full = False

    def save(self):
        self.saves.append(time.monotonic())
        return not self.full


@pytest.fixture
def disk():
    return Disk()


def test_the_waits_together_stay_within_the_two_seconds_promised():
    assert autosave.PAUSE < autosave.AT_LATEST < 2


def test_without_a_loop_a_change_is_saved_at_once(disk):
    Autosave(disk.save).changed()
    assert len(disk.saves) == 1


def test_a_pause_in_typing_saves_once(disk):
    async def type_and_pause():
        saving = Autosave(disk.save, pause=0.05, at_latest=5)
        for _ in range(5):
            saving.changed()
        assert disk.saves == []
        await asyncio.sleep(0.3)

    asyncio.run(type_and_pause())
    assert len(disk.saves) == 1


def test_typing_without_a_pause_is_saved_all_the_same(disk):
    async def type_on():
        saving = Autosave(disk.save, pause=5, at_latest=0.1)
        ends = time.monotonic() + 0.5
        while time.monotonic() < ends:
            saving.changed()
            await asyncio.sleep(0.01)
        saving.stop()

    asyncio.run(type_on())
    assert 2 <= len(disk.saves) <= 6


def test_a_save_that_failed_is_tried_again_until_it_is_done(disk):
    async def wait_for_room():
        disk.full = True
        saving = Autosave(disk.save, pause=0.01, try_again=0.05)
        saving.changed()
        await asyncio.sleep(0.25)
        assert len(disk.saves) >= 2
        disk.full = False
        await asyncio.sleep(0.2)
        tried = len(disk.saves)
        await asyncio.sleep(0.2)
        assert len(disk.saves) == tried

    asyncio.run(wait_for_room())


def test_saving_at_once_says_whether_all_is_stored_and_leaves_no_timer(disk):
    async def now():
        saving = Autosave(disk.save, pause=0.05)
        saving.changed()
        assert saving.now() is True
        await asyncio.sleep(0.2)
        disk.full = True
        assert saving.now() is False
        saving.stop()
        await asyncio.sleep(0.1)

    asyncio.run(now())
    assert len(disk.saves) == 2


def test_a_stopped_autosave_saves_no_more(disk):
    async def stop():
        saving = Autosave(disk.save, pause=0.02)
        saving.changed()
        saving.stop()
        await asyncio.sleep(0.1)

    asyncio.run(stop())
    assert disk.saves == []
