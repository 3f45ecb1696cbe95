"""The files of the example cases, read with all their faults gathered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from repairbook.model.case import Case, Session
from repairbook.model.example_case import Example, ExampleFollowUp, ExampleReflection, ExampleSession
from repairbook.model.faults import DataFault, Fault, FaultList
from repairbook.model.library import Library
from repairbook.model.record import Record
from repairbook.model.reflection import OPEN_STANDINGS, FollowUp, Reflection
from repairbook.model.score import Score
from repairbook.model.toml_file import TomlTable, read_toml

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
CONSENTS = ("recording", "supervision", "training")
EXAMPLE_KEYS = ("id", "place", "title", "introduction", "weekday", "agreed_to", "ended_session")
LISTED = ("case", "instruments", "session", "reflection")
SESSION_FACTS = ("number", "attendance", "format", "third_party", "interrupted", "stage")
SCORE_FACTS = ("discussed", "therapist_present", "told_seen_by")
RATERS = ("client", "therapist")
WHEN = ("session", "begun_after_days", "closed_after_days", "ask_again_after_days")

R = TypeVar("R", bound=Record)


def read_examples(folder: Path, library: Library | None = None) -> tuple[Example, ...]:
    """Read every example case, in the order they are shown, or refuse all faults at once.

    Parameters
    ----------
    folder
        Folder with one TOML file for each case.
    library
        The codebooks, to check every code against; left out, any code is taken.
    """
    found: list[Example] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(parse_example(read_toml(path), path.name, library))
        except DataFault as refused:
            faults.extend(refused.faults)
    if faults:
        raise DataFault(faults)
    return tuple(sorted(found, key=lambda example: (example.place, example.id)))


def parse_example(raw: Mapping[str, Any], file: str, library: Library | None = None) -> Example:
    """Make an example from what a file holds, or refuse the file with all its faults."""
    faults = FaultList(file)
    table = TomlTable(raw, faults)
    table.only(*EXAMPLE_KEYS, *LISTED)
    named = _inner(table, "instruments")
    instruments = {rater: named.text(rater) for rater in RATERS}
    made = Example(
        id=table.text("id"),
        place=table.whole("place"),
        title=table.text("title"),
        introduction=table.text("introduction"),
        weekday=_weekday(table),
        agreed_to=_consents(table),
        case=_record(table, "case", Case, _inner(table, "case").raw, library) or Case(),
        ended_session=table.whole("ended_session") if "ended_session" in raw else None,
        sessions=tuple(_session(row, instruments, library) for row in table.tables("session")),
        reflections=tuple(_reflection(row, library) for row in table.tables("reflection")),
    )
    if made.id and f"{made.id}.toml" != file:
        table.fault("id", f'is "{made.id}", and the file has another name', "the name of the file")
    faults.refuse_if_any()
    _check_order(table, made)
    for number, told in enumerate(made.reflections, start=1):
        _check_times(TomlTable({}, faults, f"reflection {number}: "), made, told)
    faults.refuse_if_any()
    return made


def _session(row: TomlTable, instruments: Mapping[str, str], library: Library | None) -> ExampleSession:
    row.only(*SESSION_FACTS, *SCORE_FACTS, *RATERS, "weeks_ago")
    facts = {key: row.raw[key] for key in SESSION_FACTS if key in row.raw}
    session = _record(row, "", Session, facts, library) or Session(number=1)
    scores = []
    for rater in (each for each in RATERS if each in row.raw):
        told = {key: row.raw[key] for key in SCORE_FACTS if key in row.raw and rater == "client"}
        given = {"instrument": instruments[rater], "rater": rater, "total": row.raw[rater], **told}
        scores.append(_record(row, rater, Score, given, library))
    return ExampleSession(session, _days(row, "weeks_ago"), tuple(score for score in scores if score))


def _reflection(row: TomlTable, library: Library | None) -> ExampleReflection:
    row.only(*WHEN, "answers", "follow_up")
    return ExampleReflection(
        session=row.whole("session"),
        begun_after_days=_days(row, "begun_after_days"),
        closed_after_days=_maybe_days(row, "closed_after_days"),
        ask_again_after_days=_maybe_days(row, "ask_again_after_days"),
        reflection=_record(row, "answers", Reflection, _inner(row, "answers").raw, library) or Reflection(),
        follow_ups=tuple(_follow_up(each, library) for each in row.tables("follow_up")),
    )


def _follow_up(row: TomlTable, library: Library | None) -> ExampleFollowUp:
    row.only("session", "after_days", "ask_again_after_days", "answers")
    return ExampleFollowUp(
        session=row.whole("session"),
        after_days=_days(row, "after_days"),
        ask_again_after_days=_maybe_days(row, "ask_again_after_days"),
        follow_up=_record(row, "answers", FollowUp, _inner(row, "answers").raw, library) or FollowUp(),
    )


def _check_order(table: TomlTable, made: Example) -> None:
    numbers = [each.session.number for each in made.sessions]
    weeks = [each.weeks_ago for each in made.sessions]
    if not numbers or numbers != sorted(set(numbers)):
        table.fault("session", "is missing or not counted upwards", "each number once, the first one first")
    if weeks != sorted(set(weeks), reverse=True):
        table.fault("session", "is not in the order of time", "fewer weeks ago with every session")
    for each in made.sessions:
        if each.session.missed and each.scores:
            table.fault(f"session {each.session.number}", "was missed and has scores", "a gap")
    if made.ended_session is not None and made.ended_session not in numbers:
        table.fault("ended_session", "is not among the sessions", "the number of one of them")


def _check_times(row: TomlTable, made: Example, told: ExampleReflection) -> None:
    weeks = {each.session.number: each.weeks_ago for each in made.sessions}
    closed = told.closed_after_days
    moments = [(told.session, told.begun_after_days), (told.session, closed or told.begun_after_days)]
    moments += [(later.session, later.after_days) for later in told.follow_ups]
    if not {number for number, _ in moments} <= weeks.keys():
        row.fault("session", "is not among the sessions", "the number of one of them")
        return
    # The latest session lies a day back or more, so what is written on its day lies in the past.
    if any(days > weeks[number] * 7 for number, days in moments):
        row.fault("the days", "lie after today", "days that have passed since the session")
    when = [days - weeks[number] * 7 for number, days in moments]
    if when != sorted(when):
        row.fault("the days", "are not in the order of time", "begun, closed, then followed up")
    stands = [told.reflection.standing, *(later.follow_up.standing for later in told.follow_ups)]
    asks = [told.ask_again_after_days, *(later.ask_again_after_days for later in told.follow_ups)]
    expected = [closed is not None and standing in OPEN_STANDINGS for standing in stands]
    if [each is not None for each in asks] != expected:
        row.fault("ask_again_after_days", "does not fit how it stands", "a number of days while it is open")
    if not all(expected[:-1]):
        row.fault("follow_up", "comes after it was settled", "no follow-up once it is no longer open")


def _record(
    row: TomlTable, key: str, kind: type[R], given: Mapping[str, Any], library: Library | None
) -> R | None:
    try:
        return kind.model_validate(dict(given), context={"library": library} if library else None)
    except ValidationError as error:
        for each in error.errors(include_input=False, include_url=False):
            where = ".".join(str(step) for step in (key, *each["loc"]) if step != "")
            if each["type"] == "extra_forbidden":
                row.fault(where, "is not known here", "a field of the record")
            else:
                row.fault(where, "does not fit", each["msg"])
        return None


def _inner(table: TomlTable, key: str) -> TomlTable:
    given = table.raw.get(key)
    if not isinstance(given, dict):
        table.fault(key, "is missing or no table", f"a table, begun with [{key}]")
        return TomlTable({}, FaultList(""))
    return TomlTable(given, table.faults, f"{table.place}{key}.")


def _weekday(table: TomlTable) -> int:
    given = table.text("weekday")
    if given not in WEEKDAYS:
        table.fault("weekday", "is not a working day", " or ".join(WEEKDAYS))
        return 0
    return WEEKDAYS.index(given)


def _consents(table: TomlTable) -> tuple[str, ...]:
    given = table.texts("agreed_to")
    if not set(given) <= set(CONSENTS):
        table.fault("agreed_to", "names something else", f"some of {', '.join(CONSENTS)}")
    return given


def _days(row: TomlTable, key: str) -> int:
    given = row.raw.get(key)
    if type(given) is int and given >= 0:
        return given
    row.fault(key, "is not a count", "a whole number of 0 or more")
    return 0


def _maybe_days(row: TomlTable, key: str) -> int | None:
    return _days(row, key) if key in row.raw else None
