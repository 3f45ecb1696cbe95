"""Bringing scores in from a file: choose it, say what its columns are, look, and only then bring them in."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import ipywidgets as W

from repairbook.caseload.importing.choices import Choices, understand
from repairbook.caseload.importing.instrument_names import InstrumentNames
from repairbook.caseload.importing.plan import Desk, bring_in, make_plan
from repairbook.caseload.importing.reading import Source, read_table
from repairbook.caseload.importing.refusal import CannotImport, Why
from repairbook.caseload.importing.remembered import Remembered
from repairbook.home import Home
from repairbook.model.instrument import Instrument
from repairbook.model.library import Library
from repairbook.model.person import Actor
from repairbook.model.words import Words
from repairbook.store import Refused, StoreError
from repairbook.ui.file_choice import FileChoice
from repairbook.ui.import_preview import aside_link, aside_list, sentences
from repairbook.ui.import_questions import NAME_SHOWN, ImportQuestions
from repairbook.ui.import_step import BEFORE, CHOOSE, COLUMNS, DONE, SHUT, ImportStep, questions
from repairbook.ui.panel import Panel, box, button, guarded, link, show

MOST_MB = 5
KINDS = ".csv,.tsv,.txt,.xlsx,.xls"


class ImportPanel(Panel):
    """One quiet button that opens into choosing a file, its columns, a look beforehand, and the result.

    Parameters
    ----------
    store, actor, home
        Where scores are kept, who brings them in, and where what was said about files is remembered.
    words, library, instruments
        What is said, the codebooks and the questionnaires.
    kept
        Called after scores came in.
    focus
        Moves the cursor to the box of a key.
    """

    def __init__(
        self,
        store: Any,
        actor: Actor,
        home: Home,
        words: Words,
        library: Library,
        instruments: Iterable[Instrument],
        kept: Callable[[], None] = lambda: None,
        focus: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._known = {each.id: each for each in instruments if each.subject == "case"}
        self._names = InstrumentNames(self._known.values())
        self._desk = Desk(store, actor, words, library, self._names)
        self._words, self._remembered, self._kept, self._focus = words, Remembered(home), kept, focus
        self._told, self._shown, self._line = W.HTML(), W.HTML(), W.HTML()
        self._questions = ImportQuestions(words, self._known, self._edit)
        # A small widget is hidden by the box around it.
        self._upload = box([self._make_upload()])
        self._bar = W.IntProgress(min=0, value=0)
        self._doors = self._make_doors()
        self._opener = button(words("import.open"), self._open)
        self._opener.layout = W.Layout(align_self="flex-start")
        title = W.HTML(f"<h3 class='rb-h3'>{html.escape(words('import.title'))}</h3>")
        row = box(list(self._doors.values()), "rb-row", row=True)
        parts = [title, self._line, self._upload, self._questions, self._shown, self._told, self._bar, row]
        self._form = box(parts, "rb-form", "rb-key-import")
        super().__init__([self._opener, self._form], state=ImportStep())
        show(self._bar, False)

    def broken(self) -> None:
        """Say that this did not work; nothing was changed."""
        self._fail(self._words("import.broken"))

    # ---- what is shown ----

    def _make_upload(self) -> FileChoice:
        words = self._words
        said = {
            "reading": words("import.reading"),
            "too_large": words(f"import.refused.{Why.TOO_LARGE}", most=MOST_MB),
            "unreadable": words("import.unreadable"),
        }
        made = FileChoice(label=words("import.choose"), accept=KINDS, most=MOST_MB * 1_000_000, words=said)
        made.on_file(self._take)
        return made

    def _make_doors(self) -> dict[str, W.Button]:
        words = self._words
        return {
            "next": button(words("import.next"), lambda: self._turn(1)),
            "look": button(words("import.look"), self._look, quiet=False),
            "bring": button(words("import.bring"), self._bring, quiet=False),
            "done": button(words("import.done"), self._shut, quiet=False),
            "again": link(words("import.again"), self._open),
            "back": link(words("import.back"), self._back),
            "cancel": link(words("import.cancel"), self._shut),
        }

    def _draw(self) -> None:
        now: ImportStep = self.state
        show(self._opener, now.step == SHUT)
        show(self._form, now.step != SHUT)
        show(self._upload, now.step == CHOOSE)
        open_doors = self._open_doors(now)
        for name, door in self._doors.items():
            show(door, name in open_doors)
        self._told.value = f"<span class='rb-fault' role='alert'>{html.escape(now.fault)}</span>"
        self._line.value = f"<p class='rb-hint'>{html.escape(self._said(now))}</p>"
        self._shown.value = self._result(now)
        for part, visible in (
            (self._told, now.fault),
            (self._line, self._said(now)),
            (self._shown, now.plan),
        ):
            show(part, bool(visible))
        self._questions.show_step(now)

    def _open_doors(self, now: ImportStep) -> set[str]:
        if now.step == COLUMNS:
            return {"look" if now.is_last else "next", "cancel"} | ({"back"} if now.group else set())
        if now.step == BEFORE:
            return {"back", "cancel"} | ({"bring"} if now.plan and now.plan.would.changes else set())
        return {CHOOSE: {"cancel"}, DONE: {"done", "again"}}.get(now.step, set())

    def _said(self, now: ImportStep) -> str:
        words = self._words
        if now.step == CHOOSE:
            return words("import.hint", most=MOST_MB)
        if now.step == BEFORE:
            return words("import.before")
        if now.step != COLUMNS:
            return ""
        wide = now.side_by_side
        told = words("import.sessions", count=len(wide), first=wide[0], last=wide[-1]) if wide else ""
        named = words("import.file", name=now.name[:NAME_SHOWN])
        return " ".join(part for part in (named, words("import.columns"), told) if part)

    def _result(self, now: ImportStep) -> str:
        if now.plan is None:
            return ""
        done = now.landed is not None
        said = sentences(now.plan, now.landed or now.plan.would, self._words, done=done)
        aside = aside_list(now.plan, self._words)
        return said + aside + (aside_link(now.plan, now.name, self._words) if done else "")

    # ---- what the person does ----

    @guarded
    def _edit(self, ask: str, answer: str) -> None:
        self.state = self.state.answered(ask, answer)

    @guarded
    def _open(self) -> None:
        self._questions.forget()
        self.state = ImportStep(CHOOSE)
        self._focus("import")

    @guarded
    def _shut(self) -> None:
        self.state = ImportStep()

    @guarded
    def _back(self) -> None:
        now: ImportStep = self.state
        group = now.group if now.step == BEFORE else max(now.group - 1, 0)
        self.state = replace(now, step=COLUMNS, plan=None, group=group, fault="")

    @guarded
    def _turn(self, by: int) -> None:
        self.state = replace(self.state, group=self.state.group + by, fault="")
        self._focus("import")

    @guarded
    def _take(self, name: str, content: bytes) -> None:
        self._carefully(lambda: self._read(name, content))

    def _read(self, name: str, content: bytes) -> None:
        table = read_table(Source(name, content))
        columns = understand(table, self._names, self._remembered, Choices())
        self._questions.forget()
        self.state = ImportStep(COLUMNS, name, table, columns, questions(table, columns))
        self._focus("import")

    @guarded
    def _look(self) -> None:
        self._carefully(self._plan)

    def _plan(self) -> None:
        now: ImportStep = self.state
        if now.table is None or now.columns is None:
            return
        plan = make_plan(self._desk, now.table, now.columns, self._progress)
        self.state = replace(now, step=BEFORE, plan=plan, fault="")
        self._focus("import")

    @guarded
    def _bring(self) -> None:
        self._carefully(self._keep)

    def _keep(self) -> None:
        now: ImportStep = self.state
        if now.plan is None or now.columns is None:
            return
        landed = bring_in(self._desk, now.plan, self._progress)
        show(self._bar, False)
        self._remembered.keep(now.plan.table.headers, now.columns)
        self.state = replace(now, step=DONE, landed=landed, fault="")
        self._kept()
        self._focus("import")

    def _carefully(self, work: Callable[[], None]) -> None:
        """Do it; where the file or the store says why not, tell the person in that sentence."""
        try:
            work()
        except CannotImport as refused:
            self._fail(refused.sentence(self._words))
        except Refused:
            self._fail(self._words(f"import.refused.{Why.CHANGED}"))
        except StoreError as reason:
            self._fail(str(reason))
        finally:
            show(self._bar, False)

    def _fail(self, sentence: str) -> None:
        self.state = replace(self.state, fault=sentence)

    def _progress(self, step: str, done: int, count: int) -> None:
        self._bar.description = self._words(f"import.step.{step}")
        self._bar.max, self._bar.value = max(count, 1), done
        show(self._bar, True)
