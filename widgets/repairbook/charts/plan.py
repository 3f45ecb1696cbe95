"""Where everything in a chart of one case goes, in pixels from its top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

from repairbook.caseload.history import CaseHistory
from repairbook.model.instrument import Cutoff, Instrument

MAIN_TOP, MAIN_HEIGHT = 78, 170
SMALL_HEIGHT = 74
LANE_TITLE = 26
MARK_ROW = 28
LEAST_SESSIONS = 6


@dataclass(frozen=True)
class Lane:
    """A band of the picture with a scale of its own, from its top to its bottom in pixels."""

    instrument: Instrument
    top: int
    bottom: int
    low: float
    high: float

    @property
    def title_at(self) -> int:
        """Where its title stands."""
        return self.top - 16


@dataclass(frozen=True)
class Plan:
    """Where everything goes: the lanes of scores, the row of reflections, the whole height."""

    lanes: tuple[Lane, ...]
    marks_at: int
    levels: int
    height: int


def plan_of(history: CaseHistory, instruments: Sequence[Instrument]) -> Plan:
    """Give the instruments a lane each, and the reflections their rows below the first lane."""
    levels = max((len(history.reflected_on(row.number)) for row in history.sessions), default=0)
    first = MAIN_TOP + MAIN_HEIGHT if instruments else MAIN_TOP - LANE_TITLE
    marks_at = first + LANE_TITLE + 24
    lanes = [Lane(each, MAIN_TOP, first, *_visible(each, history)) for each in instruments[:1]]
    end = marks_at + levels * MARK_ROW - 8 if levels else first
    for each in instruments[1:]:
        top, end = end + LANE_TITLE, end + LANE_TITLE + SMALL_HEIGHT
        lanes.append(Lane(each, top, end, *_visible(each, history)))
    return Plan(tuple(lanes), marks_at, levels, end + 8)


def _visible(instrument: Instrument, history: CaseHistory) -> tuple[float, float]:
    """Give the part of the scale shown: never less than half, so that no dip is made to look deep."""
    whole = instrument.total_range
    totals = history.series(instrument.id, instrument.rater).values()
    span = whole.high - whole.low
    lowest = min([*totals, *(cutoff.at for cutoff in instrument.cutoffs)], default=whole.low)
    quarters = floor((lowest - whole.low) / span * 4)
    return whole.low + span / 4 * min(max(quarters, 0), 2), whole.high


def clearer_left(history: CaseHistory, lane: Lane, cutoff: Cutoff) -> bool:
    """Whether the words under a cut-off stand further from the line on the left than on the right."""
    totals = history.series(lane.instrument.id, lane.instrument.rater)
    words_at = cutoff.at - (lane.high - lane.low) * 11 / (lane.bottom - lane.top)
    half = max(history.latest, LEAST_SESSIONS) / 2

    def nearest(numbers: list[int]) -> float:
        apart = [totals[number] - words_at for number in numbers]
        if any(one * next_one < 0 for one, next_one in pairwise(apart)):
            return 0.0
        return min((abs(each) for each in apart), default=lane.high)

    left = sorted(number for number in totals if number <= half)
    return nearest(left) >= nearest(sorted(number for number in totals if number > half))
