"""The example cases as histories without a store: ids are `s6` for a session, `r6` for its reflection."""

from __future__ import annotations

from repairbook.caseload.agreement import said_of
from repairbook.caseload.history import CaseHistory, ReflectionRow, ScoreRow, SessionRow
from repairbook.caseload.rules import ask, rules_for
from repairbook.home import shipped
from repairbook.model.example import read_examples
from repairbook.model.instruments import Instruments
from repairbook.model.library import Library
from repairbook.model.words import Words

DATA = shipped() / "data"
WORDS = Words(DATA / "prompts")
INSTRUMENTS = Instruments(DATA)
SRS, WAI = INSTRUMENTS.get("srs-v3"), INSTRUMENTS.get("wai-s-therapist")
FIVE = {"drop": {"by": 5}}


def session_row(number, attendance="attended"):
    missed = attendance in {"cancelled", "no_show"}
    return SessionRow(f"s{number}", number, None, attendance, missed, "process")


def reflection_row(number, state="closed"):
    return ReflectionRow(f"r{number}", f"s{number}", number, state, "rupture", "", "")


def history_of(totals, case_id="k", instrument=SRS, missed=(), reflections=()):
    sessions = [session_row(n, "no_show" if n in missed else "attended") for n in range(1, len(totals) + 1)]
    scores = [
        ScoreRow(f"{n}", f"s{n}", n, instrument.id, instrument.rater, total)
        for n, total in enumerate(totals, start=1)
        if total is not None
    ]
    return CaseHistory(case_id, tuple(sessions), tuple(scores), tuple(reflections))


def example_history(example):
    sessions, scores = [], []
    for each in example.sessions:
        number = each.session.number
        sessions.append(session_row(number, each.session.attendance))
        scores += [
            ScoreRow(f"{number}{one.rater}", f"s{number}", number, one.instrument, one.rater, one.total)
            for one in each.scores
        ]
    told = tuple(
        reflection_row(each.session, "closed" if each.closed_after_days is not None else "draft")
        for each in example.reflections
    )
    return CaseHistory(example.id, tuple(sessions), tuple(scores), told)


EXAMPLES = {each.id: each for each in read_examples(DATA / "cases", Library(DATA))}
HISTORIES = {name: example_history(each) for name, each in EXAMPLES.items()}
PAROLE, CONFRONTATION = HISTORIES["parole-report"], HISTORIES["confrontation-repaired"]
WITHDRAWAL = HISTORIES["slow-withdrawal"]


def said_in(name):
    return [
        said_of(f"r{each.session}", f"s{each.session}", each.reflection)
        for each in EXAMPLES[name].reflections
    ]


def answers_on(history, mode="prospective", instrument=SRS, **given):
    asked = ask(history, instrument, rules_for(instrument, given=FIVE | given), mode)
    return {answer.rule: answer for answer in asked}


def flagging(history, number, **more):
    return {name for name, answer in answers_on(history, **more).items() if number in answer.flagged}
