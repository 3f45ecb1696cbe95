"""Two cases to draw: the one of the reported session, and one with both ratings."""

from __future__ import annotations

from repairbook.caseload.history import CaseHistory, ReflectionRow, ScoreRow, SessionRow
from repairbook.home import shipped
from repairbook.model.instruments import Instruments
from repairbook.model.library import Library
from repairbook.model.words import Words

DATA = shipped() / "data"
LIBRARY = Library(DATA)
INSTRUMENTS = Instruments(DATA)
WORDS = Words(DATA / "prompts")
SRS = INSTRUMENTS.get("srs-v3")
OWN = INSTRUMENTS.get("wai-s-therapist")
CLIENT = [38, 39, 40, 40, None, 40, 31, 29, 33, 36, 37, 37, 38]


def label(book, code):
    return LIBRARY.codebook(book).label(code)


def stage(number):
    return "commitment" if number <= 5 else "process" if number <= 9 else "change"


def sessions(count=13, missed=(5,)):
    kinds = {number: "no_show" if number in missed else "attended" for number in range(1, count + 1)}
    return tuple(
        SessionRow(f"s{number}", number, None, kind, number in missed, stage(number))
        for number, kind in kinds.items()
    )


def scores(totals, instrument="srs-v3", rater="client"):
    given = [(number, total) for number, total in enumerate(totals, 1) if total is not None]
    return tuple(
        ScoreRow(f"{rater}{number}", f"s{number}", number, instrument, rater, float(total))
        for number, total in given
    )


def reflection(record_id, number, what_kind="rupture", standing="open", first_words=""):
    return ReflectionRow(record_id, f"s{number}", number, "draft", what_kind, "", standing, first_words)


def parole(**more):
    told = {"reflections": (reflection("r6", 6, "perhaps"), reflection("r7", 7))} | more
    return CaseHistory("k", sessions(), scores(CLIENT), **told)


def both_ratings():
    own = scores([None if total is None else total + 20 for total in CLIENT], OWN.id, "therapist")
    return CaseHistory("k", sessions(), scores(CLIENT) + own)
