"""Keeping what is typed: stored soon, told truthfully, and chosen between when two versions met."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from repairbook.model.draft import FIELDS, Body
from repairbook.store import Draft
from repairbook.ui.autosave import Autosave
from repairbook.ui.conflict import ConflictPanel
from repairbook.ui.panel import guarded
from repairbook.ui.place import Place
from repairbook.ui.recovery import recovered
from repairbook.ui.saved_line import SavedLine
from repairbook.ui.writing import Outcome, Writing

Kept = dict[str, dict[str, Any]]


class Keeping:
    """Stands between the page and the store.

    Parameters
    ----------
    place, writing
        Whose words they are, and the reflection they belong to.
    saved
        The line that tells the person how it stands.
    show
        Called with the body whenever it changed.
    say, broken
        Say one sentence at the foot of the page; say that something went wrong.
    """

    def __init__(
        self,
        place: Place,
        writing: Writing,
        saved: SavedLine,
        show: Callable[[Body], None],
        say: Callable[[str], None],
        broken: Callable[[], None],
    ) -> None:
        self._place, self._writing, self._saved = place, writing, saved
        self._show, self._say, self.broken = show, say, broken
        self._other: Draft | None = None
        self._autosave = Autosave(self._store)
        self.conflict = ConflictPanel(place.words, place.library, self.keep_here, self.take_other)

    def begin(self) -> None:
        """Serve the record as it lies in the store."""
        at = self._writing.draft.changed_at
        scope = f"{self._place.home.name}:{self._writing.record_id}:{self._place.actor.person_id}"
        self._saved.begin(scope, self._writing.fingerprints(), at.isoformat() if at else "")

    def listen(self) -> None:
        """Hear what a tab kept, and what it still shows when it is left."""
        self._saved.on_recover(self.take_back)
        self._saved.on_leave(self.last_words)

    @guarded
    def answer(self, key: str, value: Any) -> None:
        """Take one answer; it is stored soon."""
        if self._writing.closed:
            return
        # Only a forged message gives an answer no control offers; the page keeps what it had.
        with suppress(ValueError):
            self._writing.answer(key, value)
        self._show(self._writing.body)
        if self._writing.dirty:
            self._autosave.changed()

    def now(self) -> bool:
        """Store at once; True when nothing is left to store."""
        return self._autosave.now()

    def stop(self) -> None:
        """Forget whatever was still to come: the draft is gone."""
        self._autosave.stop()
        self._saved.settle(list(FIELDS))
        self._saved.begin("", {})

    @guarded
    def _store(self) -> bool:
        if self.conflict.state is not None:
            # Until the person has chosen, neither version replaces the other.
            return self._tell(Outcome(trouble="stale", other=self._other))
        return self._tell(self._writing.save())

    def _tell(self, outcome: Outcome) -> bool:
        words = self._place.words
        if outcome.other is not None:
            self._other = outcome.other
            self.conflict.state = (self._writing.body, outcome.other.body)
            self._saved.conflict(words("saved.conflict"))
            return False
        if not outcome.stored:
            self._saved.trouble(words.maybe(f"saved.{outcome.trouble}") or words("saved.trouble"))
            return False
        self.conflict.state = None
        if outcome.at is not None:
            self._saved.acknowledge(self._writing.fingerprints(), outcome.at.isoformat())
        return True

    @guarded
    def last_words(self, fields: Kept) -> None:
        """Store at once what the tab still shows; it may be gone before the next letter arrives."""
        for key, kept in fields.items():
            with suppress(ValueError):
                self._writing.answer(key, kept["value"])
        if self._writing.dirty and not self._autosave.now():
            # Somebody has to choose first, or it was closed meanwhile; the tab may be gone before that.
            self._writing.set_aside()

    @guarded
    def keep_here(self) -> None:
        """Keep this tab's version."""
        if self._other is not None:
            self._tell(self._writing.keep_here(self._other))

    @guarded
    def take_other(self) -> None:
        """Take the other tab's version."""
        if self._other is None:
            return
        outcome = self._writing.take_other(self._other)
        if outcome.stored:
            self._saved.settle(list(FIELDS))
        self._tell(outcome)
        self._show(self._writing.body)

    @guarded
    def take_back(self, fields: Kept) -> None:
        """Take what another kernel never stored; the person chooses where both changed."""
        found = recovered(self._writing.body, fields, self._place.library)
        stored = self._writing.draft
        self._writing.take_back(found.body, found.earlier)
        if self._writing.closed:
            self._lay_beside(list(fields))
        elif found.contested:
            self._tell(Outcome(trouble="stale", other=stored))
        else:
            self._autosave.now()
        self._show(self._writing.body)

    def _lay_beside(self, keys: list[str]) -> None:
        """Keep what was typed too late as a version; the closed text stays as it is."""
        if self._writing.set_aside():
            self._writing.reopen()
            self._saved.settle(keys)
            self._say(self._place.words("saved.beside"))
