"""Typing in one session's score: the total or its parts, then what was said about it, if one likes."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import ipywidgets as W

from repairbook.model.case import Session
from repairbook.model.instrument import Instrument
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.score import Score
from repairbook.model.words import Words
from repairbook.scoring import total_from_subscales
from repairbook.ui.number_box import NumberBox
from repairbook.ui.panel import Panel, box, button, guarded, link, show
from repairbook.ui.score_more import ScoreMore
from repairbook.ui.score_step import AT_ONCE, ScoreStep
from repairbook.ui.session_choice import NEW, SessionChoice


class ScoreEntry(Panel):
    """One button that opens into three boxes: questionnaire, session, total.

    The parts, where somebody has them, take the place of those boxes, four at a time. A score is stored
    before anything more is asked; a fault leaves everything typed where it is.

    Parameters
    ----------
    store, actor, case_id
        Where the score is kept.
    words, library
        What is said and the codebooks.
    instruments
        The questionnaires to choose from.
    kept
        Called after every change in the store.
    upto
        The last session to offer; None for all.
    focus
        Moves the cursor to the box of a key.
    """

    def __init__(
        self,
        store: Any,
        actor: Actor,
        case_id: str,
        words: Words,
        library: Library,
        instruments: Sequence[Instrument],
        kept: Callable[[], None],
        *,
        upto: int | None = None,
        focus: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._store, self._actor, self._case_id, self._upto = store, actor, case_id, upto
        self._words, self._kept, self._focus = words, kept, focus
        self._known = {each.id: each for each in instruments}
        titles = [(each.title, each.id) for each in instruments]
        self._instrument = W.Dropdown(description=words("score.instrument"), options=titles)
        self._instrument.value = instruments[0].id if instruments else None
        self._instrument.add_class("rb-plain")
        self._instrument.observe(lambda _: self._turned(), "value")
        self._session = SessionChoice(words)
        self._totals = {each.id: NumberBox("score_total", words, each.total_range) for each in instruments}
        self._parts: dict[str, list[NumberBox]] = {}
        self._more = ScoreMore(words, library, self._add)
        self._hint, self._told, self._line = W.HTML(), W.HTML(), W.HTML()
        self._boxes = box([])
        self._doors = self._make_doors()
        self._opener = button(words("score.open"), self._open)
        self._opener.layout = W.Layout(align_self="flex-start")
        title = W.HTML(f"<h3 class='rb-h3'>{html.escape(words('score.title'))}</h3>")
        row = box(list(self._doors.values()), "rb-row", row=True)
        self._form = box([title, self._line, self._hint, self._boxes, self._told, row])
        super().__init__([self._opener, self._form], state=ScoreStep())
        for part in (self, self._form, self._boxes, self._more):
            part.add_class("rb-form")

    def begin(self, case_id: str, upto: int | None) -> None:
        """Turn to another case, or to more or fewer of its sessions; what is half typed stays."""
        moved, self._case_id, self._upto = case_id != self._case_id, case_id, upto
        if moved:
            self.state = ScoreStep()
        elif self.state.step in {"total", "parts"}:
            self._offer_sessions()

    def broken(self) -> None:
        """Say that this did not work; what was typed is still there."""
        self._fail(self._words("score.fault.not_saved"))

    # ---- what is shown ----

    def _make_doors(self) -> dict[str, W.Button]:
        words = self._words
        return {
            "save": button(words("score.save"), self._save, quiet=False),
            "next": button(words("score.next_parts"), self._next_parts, quiet=False),
            "done": button(words("score.done"), self._shut, quiet=False),
            "parts": link(words("score.by_parts"), lambda: self._turn("parts")),
            "total": link(words("score.by_total"), lambda: self._turn("total")),
            "remove": link(words("score.remove"), self._remove),
            "cancel": link(words("score.cancel"), self._shut),
        }

    def _draw(self) -> None:
        now: ScoreStep = self.state
        chosen = self._chosen
        show(self._opener, now.step == "shut")
        show(self._form, now.step != "shut")
        open_doors = now.doors(chosen)
        for name, door in self._doors.items():
            show(door, name in open_doors)
        self._told.value = _told("span class='rb-fault' role='alert'", now.fault)
        said = now.said
        if now.step == "parts" and chosen is not None and not said:
            said = self._words("score.parts_line", instrument=chosen.title, session=self._session.number)
        self._line.value = _told("p role='status'", said)
        self._hint.value = _told("p class='rb-hint'", self._words(f"score.{now.hint(chosen)}"))
        for line in (self._told, self._line):
            show(line, bool(line.value))
        shown = self._boxes_of(now, chosen)
        if self._boxes.children != shown:
            self._boxes.children = shown

    def _boxes_of(self, now: ScoreStep, chosen: Instrument | None) -> tuple[W.Widget, ...]:
        if chosen is None or now.step == "shut":
            return ()
        if now.step == "more":
            return (self._more,) if chosen.rater == "client" else ()
        if now.step == "total":
            return (self._instrument, self._session, self._totals[chosen.id])
        return tuple(self._parts_of(chosen)[now.part * AT_ONCE :][:AT_ONCE])

    # ---- what the person does ----

    @guarded
    def _open(self) -> None:
        self._offer_sessions()
        self._turn("total")

    def _turn(self, step: str, part: int = 0) -> None:
        self.state = ScoreStep(step, part)
        self._focus({"total": "score_total", "parts": "score_part"}[step])

    def _shut(self) -> None:
        self.state = ScoreStep()

    @guarded
    def _turned(self) -> None:
        self._offer_sessions()
        self._draw()

    @guarded
    def _next_parts(self) -> None:
        if self._all_fit():
            self._turn("parts", self.state.part + 1)

    @guarded
    def _save(self) -> None:
        chosen = self._chosen
        if chosen is None or not self._all_fit():
            return
        if self.state.step == "total":
            self._record(chosen, self._totals[chosen.id].number() or 0.0, {})
            return
        boxes = zip(chosen.subscales, self._parts_of(chosen), strict=True)
        parts = {part.name: typed.number() or 0.0 for part, typed in boxes}
        self._record(chosen, total_from_subscales(chosen, parts), parts)

    def _all_fit(self) -> bool:
        faults = [typed.fault() for typed in self._boxes.children if isinstance(typed, NumberBox)]
        if not self._session.value:
            faults.append(self._words("score.fault.session"))
        self._fail(" ".join(fault for fault in faults if fault))
        return not self.state.fault

    def _record(self, chosen: Instrument, total: float, parts: dict[str, float]) -> None:
        said = self._words("score.saved", total=f"{total:g}", session=self._session.number)
        score = Score(
            session=self._session_id(), instrument=chosen.id, rater=chosen.rater, total=total, subscales=parts
        )
        kept = self._store.scores.record(self._actor, self._case_id, score)
        for typed in (self._totals[chosen.id], *self._parts.get(chosen.id, [])):
            typed.value = ""
        self._more.show_score(kept)
        self.state = ScoreStep("more", said=said, kept=kept)
        self._kept()
        self._focus("score_discussed")

    @guarded
    def _add(self, key: str, answer: Any) -> None:
        kept: Score | None = self.state.kept
        if kept is None or getattr(kept, key) == answer:
            return
        kept = self._store.scores.record(self._actor, self._case_id, kept.model_copy(update={key: answer}))
        self.state = replace(self.state, kept=kept, fault="", said=self._words("score.more_saved"))

    @guarded
    def _remove(self) -> None:
        self._store.scores.remove(self._actor, self.state.kept.id)
        self.state = ScoreStep("total", said=self._words("score.removed"))
        self._offer_sessions()
        self._kept()

    def _fail(self, sentence: str) -> None:
        self.state = replace(self.state, fault=sentence, said="")

    # ---- what is chosen ----

    @property
    def _chosen(self) -> Instrument | None:
        return self._known.get(self._instrument.value or "")

    def _parts_of(self, chosen: Instrument) -> list[NumberBox]:
        if chosen.id not in self._parts:
            boxes = [
                NumberBox("score_part", self._words, part.range, part.label) for part in chosen.subscales
            ]
            self._parts[chosen.id] = boxes
        return self._parts[chosen.id]

    def _offer_sessions(self) -> None:
        chosen = self._chosen
        scored = {
            one.session: one.total
            for one in self._store.scores.list(self._actor, self._case_id)
            if chosen is not None and (one.instrument, one.rater) == (chosen.id, chosen.rater)
        }
        self._session.offer(self._store.sessions.list(self._actor, self._case_id), scored, self._upto)

    def _session_id(self) -> str:
        """Give the chosen session's id; a new session is made first and stays chosen if the score fails."""
        if self._session.value == NEW:
            # The work does not begin anew: a stage somebody set goes on.
            known = self._store.sessions.list(self._actor, self._case_id)
            new = Session(number=self._session.number, stage=known[-1].stage if known else "")
            made = self._store.sessions.add(self._actor, self._case_id, new)
            self._offer_sessions()
            self._session.value = made.id
        return str(self._session.value)


def _told(tag: str, text: str) -> str:
    return f"<{tag}>{html.escape(text)}</{tag.split()[0]}>" if text else ""
