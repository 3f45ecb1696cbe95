"""Saving soon after typing pauses, and at the latest every second and a half while it goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

PAUSE = 0.4
AT_LATEST = 1.5
TRY_AGAIN = 3.0


class Autosave:
    """Calls `save` a moment after the last change.

    Without a running event loop (a test, a script) it saves at once.

    Parameters
    ----------
    save
        Stores what there is; True when nothing is left to store.
    pause, at_latest, try_again
        Seconds after the last change; since the first unsaved change; after a save that failed.
    """

    def __init__(
        self,
        save: Callable[[], bool],
        *,
        pause: float = PAUSE,
        at_latest: float = AT_LATEST,
        try_again: float = TRY_AGAIN,
    ) -> None:
        self._save = save
        self._pause, self._at_latest, self._try_again = pause, at_latest, try_again
        self._first_change: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def changed(self) -> None:
        """Note a change; it is stored soon."""
        now = time.monotonic()
        self._first_change = self._first_change or now
        wait = min(self._pause, max(0.0, self._first_change + self._at_latest - now))
        self._set(wait)

    def now(self) -> bool:
        """Store at once; True when nothing is left to store."""
        self._cancel()
        self._first_change = None
        done = self._save()
        if not done:
            self._set(self._try_again)
        return done

    def stop(self) -> None:
        """Forget whatever was still to come."""
        self._cancel()
        self._first_change = None

    def _set(self, wait: float) -> None:
        self._cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            if self._first_change is not None:
                self.now()
            return
        self._timer = loop.call_later(wait, self.now)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
