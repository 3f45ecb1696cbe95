"""One reflection while it is being written: what is typed, what is stored, and what came between."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from repairbook.model.answer import answered
from repairbook.model.case import Case, Session
from repairbook.model.draft import FIELDS, Body
from repairbook.model.person import Actor
from repairbook.model.reflection import FollowUp
from repairbook.store import Draft, Store
from repairbook.store.errors import Stale, StoreError
from repairbook.ui.fingerprint import fingerprint
from repairbook.ui.shape import shown, taken

OTHER_TAB = "other tab"


@dataclass(frozen=True)
class Outcome:
    """What came of a save: stored at a time, or a trouble named by its code, or another tab's version."""

    at: dt.datetime | None = None
    trouble: str = ""
    other: Draft | None = field(default=None, repr=False)

    @property
    def stored(self) -> bool:
        """Whether everything typed is in the store, or nothing was typed yet."""
        return not self.trouble and self.other is None


class Writing:
    """Holds one open reflection of one person and takes it to the store.

    Parameters
    ----------
    store, actor
        Where it is kept and who is writing; the store asks every time whether this person may.
    draft
        The reflection as it was opened.
    library
        The codebooks answers are checked against.
    """

    def __init__(self, store: Store, actor: Actor, draft: Draft, library: Any) -> None:
        self._store, self._actor, self._library = store, actor, library
        self._settle_on(draft)

    @property
    def record_id(self) -> str:
        """The reflection's id."""
        return self.draft.record_id

    @property
    def closed(self) -> bool:
        """Whether nothing may change any more."""
        return self.draft.state == "closed"

    @property
    def begun(self) -> bool:
        """Whether anything of it was ever stored."""
        return self.draft.rev > 0

    @property
    def dirty(self) -> bool:
        """Whether something typed is not in the store yet."""
        return self.body != self._stored

    def answer(self, key: str, value: Any) -> Body:
        """Take one answer as a control gives it; a closed reflection stays as it is."""
        if not self.closed and key in FIELDS:
            self.body = answered(self.body, key, taken(key, value), self._library)
        return self.body

    def save(self) -> Outcome:
        """Take what is typed to the store."""
        if self.closed or not self.dirty:
            return Outcome(at=self.draft.changed_at)
        try:
            self._tell_case_of_ending()
            saved = self._store.reflections.save(self._actor, self.record_id, self.draft.rev, self.body)
        except Stale as stale:
            return self._overtaken(stale.current)
        except StoreError as error:
            return Outcome(trouble=error.code)
        self._remember(saved.rev, saved.at)
        return Outcome(at=saved.at)

    def _overtaken(self, other: Draft) -> Outcome:
        if other.body != self.body:
            return Outcome(trouble="stale", other=other)
        # The page before this one stored the same words on its way out: nothing to choose.
        self._settle_on(other)
        return Outcome(at=other.changed_at)

    def _settle_on(self, stored: Draft) -> None:
        self.draft, self.body, self._stored = stored, stored.body, stored.body
        self._acked = _fingerprints(stored.body)

    def _tell_case_of_ending(self) -> None:
        """Let the case know that it ended, or that it did not after all."""
        said, before = self.body.reflection, self._stored.reflection
        if (said.ending_reason, said.ending_mutual) == (before.ending_reason, before.ending_mutual):
            return
        case = self._store.cases.get(self._actor, self.draft.case_id)
        ended = {
            "ended_session": said.session if said.ending_reason else "",
            "ended_reason": said.ending_reason,
            "ended_mutual": said.ending_mutual if said.ending_reason else None,
        }
        self._store.cases.save(self._actor, case.model_copy(update=ended))

    def fingerprints(self) -> dict[str, str]:
        """Fingerprint of every field as it lies in the store."""
        return self._acked

    def reopen(self) -> None:
        """Read the record again from the store, dropping nothing that is stored."""
        self._settle_on(self._store.reflections.open(self._actor, self.record_id))

    def keep_here(self, other: Draft) -> Outcome:
        """Choose this tab's version; the other tab's is kept as an earlier one."""
        try:
            self._store.reflections.keep_other(self._actor, self.record_id, other.body)
        except StoreError as error:
            return Outcome(trouble=error.code)
        self.draft, self._stored, self._acked = other, other.body, _fingerprints(other.body)
        return self.save()

    def take_other(self, other: Draft) -> Outcome:
        """Choose the other tab's version; this tab's is kept as an earlier one."""
        try:
            self._store.reflections.keep_other(self._actor, self.record_id, self.body)
            self.reopen()
        except StoreError as error:
            return Outcome(trouble=error.code)
        return Outcome(at=self.draft.changed_at)

    def set_aside(self) -> bool:
        """Keep what is typed here as a version beside what is stored; True when it lies there."""
        shelf = self._store.reflections
        try:
            others = [
                one.n for one in shelf.revisions(self._actor, self.record_id) if one.reason == OTHER_TAB
            ]
            if not others or shelf.revision(self._actor, self.record_id, others[-1]) != self.body:
                shelf.keep_other(self._actor, self.record_id, self.body)
        except StoreError:
            return False
        return True

    def take_back(self, body: Body, earlier: Body | None) -> None:
        """Go on with what a tab had kept; a still older text is kept as an earlier version."""
        if earlier is not None and not self.draft.rev:
            # A version can only lie beside something that was saved once.
            self.body = earlier
            self.save()
        if earlier is not None:
            self._store.reflections.keep_other(self._actor, self.record_id, earlier)
        self.body = body

    def move(self, case: Case, session: Session) -> None:
        """Let the reflection be about another session, or another case."""
        if case.id == self.draft.case_id:
            self.body = answered(self.body, "session", session.id)
        elif self.draft.rev:
            self._store.reflections.move(self._actor, self.record_id, case.id, session.id)
            body = self.body
            self.reopen()
            self.body = answered(body, "session", session.id)
        else:
            draft = self._store.reflections.begin(self._actor, case.id, session.id)
            self.body = answered(self.body, "session", session.id)
            self.draft, self._stored = draft, draft.body

    def close(self, due_on: dt.date | None) -> None:
        """Keep a copy that never changes."""
        self._store.reflections.close(self._actor, self.record_id, self.draft.rev, due_on)
        self.reopen()

    def discard(self) -> None:
        """Destroy the draft for good; one that was never saved leaves nothing to destroy."""
        if self.draft.rev:
            self._store.reflections.discard(self._actor, self.record_id)

    def follow_up(self, said: FollowUp, due_on: dt.date | None) -> None:
        """Say how it stands now, and when to look again."""
        self._store.reflections.follow_up(self._actor, self.record_id, said, due_on)
        self.reopen()

    def last_plan(self) -> str:
        """What the person last planned for this case, in the newest other reflection that says so."""
        for one in self._store.reflections.of_case(self._actor, self.draft.case_id):
            if one.record_id != self.record_id and one.session_id != self.body.reflection.session:
                plan = self._store.reflections.open(self._actor, one.record_id).body.reflection.next_time
                if plan.strip():
                    return plan
        return ""

    def _remember(self, rev: int, at: dt.datetime) -> None:
        before, self._stored = self._stored, self.body
        self.draft = replace(self.draft, rev=rev, changed_at=at, body=self.body)
        changed = {key: fingerprint(shown(self.body, key)) for key in differing(before, self.body)}
        self._acked = {**self._acked, **changed}


def _fingerprints(body: Body) -> dict[str, str]:
    return {key: fingerprint(shown(body, key)) for key in FIELDS}


def differing(one: Body, other: Body) -> list[str]:
    """Name the fields two versions answer differently."""
    return [key for key in FIELDS if shown(one, key) != shown(other, key)]
