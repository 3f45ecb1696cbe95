"""A reflection: one moment that strained the bond, told by the therapist, as far as it has been told."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from repairbook.model.field import Field, Kind, Reach, Writer
from repairbook.model.record import Clock, Code, Codes, Day, Five, Grid, Line, Record, Text, is_five

_PRIVATE, _SHARED, _COUNTABLE = Reach.PRIVATE, Reach.SHARED, Reach.COUNTABLE
_LONG, _LINE, _CODE, _CODES = Kind.TEXT, Kind.LINE, Kind.CODE, Kind.CODES
_RATE, _RATES, _GRID, _TIME = Kind.RATE, Kind.RATES, Kind.GRID, Kind.TIME
_DATE, _YES_NO, _ROWS = Kind.DATE, Kind.YES_NO, Kind.ROWS


def _zero_or_five(value: dict[str, int]) -> dict[str, int]:
    for rated in value.values():
        if rated != 0:
            is_five(rated)
    return value


Ticked = Annotated[dict[str, int], AfterValidator(_zero_or_five)]
"""Code to rating; 0 is ticked and not yet rated."""

SAFETY = Field(_YES_NO, Reach.NOT_STORED)
"""Is anyone's safety at stake now? Asked on opening, acted on, never kept."""


class TimelineRow(Record):
    """One event on the line of a session: the rupture, an attempt, a repair."""

    at: Annotated[Clock, Field(_TIME, _SHARED, theme="rupture")] = ""
    event: Annotated[Code, Field(_CODE, _COUNTABLE, book="timeline_event", theme="rupture")] = ""
    move: Annotated[Code, Field(_CODE, _COUNTABLE, book="moves", theme="rupture")] = ""
    line: Annotated[Line, Field(_LINE, _SHARED, theme="rupture")] = ""


class Reflection(Record):
    """Everything one therapist may say about one moment; every field may stay empty.

    Keys, kinds, writers and reach are those of the table of fields. The short walk comes first,
    then the six themes of "look closer".
    """

    # The short walk
    session: Annotated[Code, Field(Kind.REF, _COUNTABLE)] = ""
    last_plan: Annotated[Code, Field(_CODE, _COUNTABLE, book="plan_answer")] = ""
    moment: Annotated[Text, Field(_LONG, _SHARED)] = ""
    what_kind: Annotated[Code, Field(_CODE, _COUNTABLE, book="what_kind")] = ""
    moment_at: Annotated[Clock, Field(_TIME, _SHARED)] = ""
    trigger_source: Annotated[Code, Field(_CODE, _COUNTABLE, book="trigger_source")] = ""
    feelings: Annotated[Codes, Field(_CODES, _SHARED, book="feelings", limit=3)] = ()
    feelings_word: Annotated[Line, Field(_LINE, _SHARED)] = ""
    peak: Annotated[Grid | None, Field(_GRID, _SHARED, low=1, high=9)] = None
    urge: Annotated[Code, Field(_CODE, _SHARED, book="urges")] = ""
    urge_words: Annotated[Line, Field(_LINE, _SHARED)] = ""
    did_words: Annotated[Line, Field(_LINE, _SHARED)] = ""
    movement: Annotated[Code, Field(_CODE, _COUNTABLE, book="movement")] = ""
    tried: Annotated[Codes, Field(_CODES, _COUNTABLE, book="moves", limit=3)] = ()
    standing: Annotated[Code, Field(_CODE, _COUNTABLE, book="standing")] = ""
    standing_by: Annotated[Code, Field(_CODE, _COUNTABLE, book="standing_by")] = ""
    my_part: Annotated[Line, Field(_LINE, _SHARED)] = ""
    my_part_answer: Annotated[Code, Field(_CODE, _SHARED, book="my_part")] = ""
    next_time: Annotated[Text, Field(_LONG, _SHARED)] = ""
    ask: Annotated[Codes, Field(_CODES, _SHARED, book="asks")] = ()
    not_sure: Annotated[Text, Field(_LONG, _PRIVATE)] = ""

    # A: the rupture
    markers: Annotated[
        Ticked, Field(_RATES, _COUNTABLE, book="rupture_markers_3rs_2015", theme="rupture")
    ] = {}
    movements_2022: Annotated[
        Ticked, Field(_RATES, _COUNTABLE, book="rupture_dimensions_3rs_2022", theme="rupture")
    ] = {}
    domains: Annotated[Codes, Field(_CODES, _COUNTABLE, book="bordin", theme="rupture")] = ()
    who_noticed: Annotated[Codes, Field(_CODES, _COUNTABLE, book="noticers", theme="rupture")] = ()
    client_impact: Annotated[Codes, Field(_CODES, _COUNTABLE, book="client_impact", theme="rupture")] = ()
    boundary_event: Annotated[Code, Field(_CODE, _COUNTABLE, book="boundary_event", theme="rupture")] = ""
    boundary_line: Annotated[Line, Field(_LINE, _SHARED, theme="rupture")] = ""
    power_in_play: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="rupture")] = None
    power_whose: Annotated[Codes, Field(_CODES, _COUNTABLE, book="power_whose", theme="rupture")] = ()
    power_toward: Annotated[Code, Field(_CODE, _COUNTABLE, book="power_toward", theme="rupture")] = ""
    power_named: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="rupture")] = None
    recording_label: Annotated[Line, Field(_LINE, _SHARED, theme="rupture")] = ""
    recording_from: Annotated[Clock, Field(_TIME, _SHARED, theme="rupture")] = ""
    recording_to: Annotated[Clock, Field(_TIME, _SHARED, theme="rupture")] = ""
    recording_purge: Annotated[Day | None, Field(_DATE, _SHARED, theme="rupture")] = None
    timeline: Annotated[tuple[TimelineRow, ...], Field(_ROWS, _COUNTABLE, theme="rupture")] = ()

    # B: the rule
    must_report: Annotated[Line, Field(_LINE, _SHARED, theme="rule")] = ""
    to_whom: Annotated[Line, Field(_LINE, _SHARED, theme="rule")] = ""
    when_told: Annotated[Code, Field(_CODE, _COUNTABLE, book="when_told", theme="rule")] = ""
    how_said: Annotated[Text, Field(_LONG, _SHARED, theme="rule")] = ""
    dread_before: Annotated[Five | None, Field(_RATE, _SHARED, theme="rule")] = None
    report_sent: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="rule")] = None
    client_told_first: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="rule")] = None
    client_saw_text: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="rule")] = None
    role_felt_like: Annotated[Text, Field(_LONG, _SHARED, theme="rule")] = ""
    client_took_it: Annotated[Code, Field(_CODE, _COUNTABLE, book="took_it", theme="rule")] = ""
    power_talked_about: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="rule")] = None

    # C: what I felt
    body: Annotated[Codes, Field(_CODES, _SHARED, book="body", theme="felt")] = ()
    meaning: Annotated[Text, Field(_LONG, _SHARED, theme="felt")] = ""
    wished_to: Annotated[Line, Field(_LINE, _SHARED, theme="felt")] = ""
    not_said_to_client: Annotated[Text, Field(_LONG, _SHARED, theme="felt")] = ""
    before: Annotated[Grid | None, Field(_GRID, _SHARED, low=1, high=9, theme="felt")] = None
    after: Annotated[Grid | None, Field(_GRID, _SHARED, low=1, high=9, theme="felt")] = None
    own_movement: Annotated[Code, Field(_CODE, _SHARED, book="own_movement", theme="felt")] = ""
    defensiveness: Annotated[Five | None, Field(_RATE, _SHARED, theme="felt")] = None
    lens: Annotated[Code, Field(_CODE, _SHARED, book="countertransference_lenses", theme="felt")] = ""
    lens_codes: Annotated[Codes, Field(_CODES, _SHARED, theme="felt")] = ()
    own_history: Annotated[Text, Field(_LONG, _PRIVATE, theme="felt")] = ""

    # D: the repair
    strategies: Annotated[
        Codes, Field(_CODES, _COUNTABLE, book="resolution_strategies_3rs_2015", theme="repair")
    ] = ()
    pathways: Annotated[Codes, Field(_CODES, _COUNTABLE, book="repair_pathways", theme="repair")] = ()
    acceptance_first: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="repair")] = None
    techniques_used: Annotated[
        Codes, Field(_CODES, _COUNTABLE, book="communication_techniques", theme="repair")
    ] = ()
    techniques_wished: Annotated[
        Codes, Field(_CODES, _COUNTABLE, book="communication_techniques", theme="repair")
    ] = ()
    client_voiced: Annotated[Code, Field(_CODE, _COUNTABLE, book="client_voiced", theme="repair")] = ""
    works: Annotated[Text, Field(_LONG, _SHARED, theme="repair")] = ""
    does_not: Annotated[Text, Field(_LONG, _SHARED, theme="repair")] = ""
    resolution: Annotated[Five | None, Field(_RATE, _COUNTABLE, theme="repair")] = None
    psq_tension: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="repair")] = None
    psq_intensity: Annotated[Five | None, Field(_RATE, _COUNTABLE, theme="repair")] = None
    psq_addressed: Annotated[Five | None, Field(_RATE, _COUNTABLE, theme="repair")] = None
    psq_resolved: Annotated[Five | None, Field(_RATE, _COUNTABLE, theme="repair")] = None
    client_psq_tension: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, Writer.CLIENT, theme="repair")] = (
        None
    )
    client_psq_intensity: Annotated[Five | None, Field(_RATE, _COUNTABLE, Writer.CLIENT, theme="repair")] = (
        None
    )
    client_psq_addressed: Annotated[Five | None, Field(_RATE, _COUNTABLE, Writer.CLIENT, theme="repair")] = (
        None
    )
    client_psq_resolved: Annotated[Five | None, Field(_RATE, _COUNTABLE, Writer.CLIENT, theme="repair")] = (
        None
    )
    pattern_link_now: Annotated[Code, Field(_CODE, _COUNTABLE, book="pattern_timing", theme="repair")] = ""

    # E: before interpreting
    client_ready: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="ground")] = None
    therapist_able: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="ground")] = None
    safe_place: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="ground")] = None
    frame: Annotated[Codes, Field(_CODES, _COUNTABLE, book="frame", theme="ground")] = ()
    heard: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="ground")] = None
    supported: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="ground")] = None
    connected: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="ground")] = None
    good_relationship: Annotated[
        Codes, Field(_CODES, _COUNTABLE, book="good_relationship", theme="ground")
    ] = ()
    aspects: Annotated[Ticked, Field(_RATES, _COUNTABLE, book="calpas_aspects", theme="ground")] = {}

    # F: forward
    played_whom: Annotated[Code, Field(_CODE, _COUNTABLE, book="played_whom", theme="forward")] = ""
    rehearsal_line: Annotated[Line, Field(_LINE, _SHARED, theme="forward")] = ""
    rehearsal_aloud: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="forward")] = None
    rehearsal_felt: Annotated[Text, Field(_LONG, _SHARED, theme="forward")] = ""
    consult_or_refer: Annotated[Code, Field(_CODE, _COUNTABLE, book="consult", theme="forward")] = ""
    contact_attempted: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="forward")] = None
    contact_on: Annotated[Day | None, Field(_DATE, _SHARED, theme="forward")] = None
    contact_answer: Annotated[Code, Field(_CODE, _COUNTABLE, book="contact_answer", theme="forward")] = ""
    boundary_plan: Annotated[Text, Field(_LONG, _SHARED, theme="forward")] = ""
    ending_reason: Annotated[Code, Field(_CODE, _COUNTABLE, book="ending_reason", theme="forward")] = ""
    ending_mutual: Annotated[bool | None, Field(_YES_NO, _COUNTABLE, theme="forward")] = None
    ending_readiness: Annotated[Text, Field(_LONG, _SHARED, theme="forward")] = ""
    recognise: Annotated[Five | None, Field(_RATE, _SHARED, theme="forward")] = None
    tolerate: Annotated[Five | None, Field(_RATE, _SHARED, theme="forward")] = None
    negotiate: Annotated[Five | None, Field(_RATE, _SHARED, theme="forward")] = None

    def book_of(self, key: str, field: Field) -> str:
        """Codes under a countertransference lens belong to the lens that was picked."""
        return self.lens if key == "lens_codes" else field.book


class FollowUp(Record):
    """How it stands now, asked later while a reflection was left open."""

    session: Annotated[Code, Field(Kind.REF, _COUNTABLE)] = ""
    standing: Annotated[Code, Field(_CODE, _COUNTABLE, book="standing")] = ""
    standing_by: Annotated[Code, Field(_CODE, _COUNTABLE, book="standing_by")] = ""
    line: Annotated[Line, Field(_LINE, _SHARED)] = ""


OPEN_STANDINGS = frozenset({"", "open", "partly", "not", "unknown"})
"""Standings that ask for a follow-up."""
