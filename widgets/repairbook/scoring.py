"""Turning what somebody entered into a score, and saying in plain sentences what does not fit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from repairbook.model.instrument import Instrument, Subscale

# Means are often copied with two decimals, so parts and total may each be off by half of the last one.
ROUNDING = 0.0101
MOST = 1e9


@dataclass(frozen=True)
class Scored:
    """What the single answers to one form make.

    `total` is None and a subscale is left out where an answer it needs is missing; where anything does not
    fit there is no score at all. `missing` numbers the items without an answer, `faults` says in sentences
    what does not fit, and nothing entered is repeated in them.
    """

    total: float | None = None
    subscales: Mapping[str, float] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything to tell the person: what does not fit, and which answers the total waits for."""
        if not self.missing:
            return self.faults
        which = ", ".join(str(number) for number in self.missing)
        one = len(self.missing) == 1
        waits = f"{'Item' if one else 'Items'} {which} {'has' if one else 'have'} no answer"
        return (*self.faults, f"{waits}; the total needs every item.")


def score_items(instrument: Instrument, answers: Sequence[object]) -> Scored:
    """Score the single answers to one form; whatever was entered, there are sentences and no exception.

    Parameters
    ----------
    instrument
        The instrument that was filled in.
    answers
        One answer for each item in the order of the form, as entered, before anything is turned round;
        None where there is none.
    """
    if "items" not in instrument.takes:
        known = "subscales or the total" if "subscales" in instrument.takes else "total"
        reason = "how its single items are scored is not known here for certain"
        return Scored(faults=(f"For {instrument.title}, {reason}: enter the {known}.",))
    if len(answers) != instrument.items:
        held = f"{instrument.title} has {instrument.items} items"
        return Scored(faults=(f"{held}, and the number of answers is {len(answers)}.",))
    missing = tuple(number for number, answer in enumerate(answers, start=1) if answer is None)
    faults = [_answer_fault(instrument, *each) for each in enumerate(answers, start=1)]
    if any(faults):
        return Scored(missing=missing, faults=tuple(fault for fault in faults if fault))
    keyed = _keyed(instrument, answers)
    parts = {
        part.name: _score(instrument, [keyed[number] for number in part.items])
        for part in instrument.subscales
        if not set(part.items) & set(missing)
    }
    return Scored(None if missing else _score(instrument, list(keyed.values())), parts, missing)


def total_from_subscales(instrument: Instrument, subscales: Mapping[str, float]) -> float:
    """Make the total from all the subscales of an instrument.

    A sum is added up; a mean weighs each subscale by its number of items, which is the mean of all
    the items.

    Raises
    ------
    ValueError
        If the subscales do not fit; `check_score` says in which way.
    """
    if check_score(instrument, subscales=subscales):
        message = f"the subscales do not fit {instrument.id}"
        raise ValueError(message)
    return _total(instrument, subscales)


def check_score(
    instrument: Instrument, total: object = None, subscales: Mapping[str, object] | None = None
) -> list[str]:
    """Say everything that does not fit about a score, one sentence each; an empty list is a fit.

    Parameters
    ----------
    instrument
        The instrument the score was given on.
    total
        The total as entered, or None where only subscales were.
    subscales
        The subscales as entered, by name, or None where only a total was. What was entered is never
        repeated in a sentence.
    """
    if total is None and not subscales:
        return ["Enter a total, or all the subscales."]
    faults = [] if total is None else _total_faults(instrument, total)
    if subscales is not None and (subscales or total is None):
        faults += _subscale_faults(instrument, subscales)
        if not faults and total is not None:
            values = {name: _number(given) or 0.0 for name, given in subscales.items()}
            faults += _disagreement(instrument, _number(total) or 0.0, values)
    return faults


def _total(instrument: Instrument, subscales: Mapping[str, float]) -> float:
    if instrument.score == "sum":
        return math.fsum(subscales[part.name] for part in instrument.subscales)
    weighed = math.fsum(subscales[part.name] * part.size for part in instrument.subscales)
    # Rounding may lead a hair outside the range, where no mean can lie.
    return min(max(weighed / instrument.items, instrument.total_range.low), instrument.total_range.high)


def _answer_fault(instrument: Instrument, number: int, answer: object) -> str:
    if answer is None:
        return ""
    value = _number(answer)
    if value is None:
        return f"Item {number} is not a number."
    if value not in instrument.item_range:
        return f"Item {number} goes from {instrument.item_range}."
    if instrument.answers == "steps" and not value.is_integer():
        return f"Item {number} is answered with a whole number."
    return ""


def _keyed(instrument: Instrument, answers: Sequence[object]) -> dict[int, float]:
    """Give the answers there are by item number, the reversed ones turned round."""
    given = {number: _number(answer) for number, answer in enumerate(answers, start=1)}
    return {
        number: instrument.mirrored(value) if number in instrument.reversed else value
        for number, value in given.items()
        if value is not None
    }


def _score(instrument: Instrument, keyed: Sequence[float]) -> float:
    added = math.fsum(keyed)
    if instrument.score == "sum":
        return added
    # Rounding may lead a hair outside the range, where no mean can lie.
    return min(max(added / len(keyed), instrument.item_range.low), instrument.item_range.high)


def _total_faults(instrument: Instrument, total: object) -> list[str]:
    if "total" not in instrument.takes:
        return [f"{instrument.title} takes subscales, not a total."]
    value = _number(total)
    if value is None:
        return ["The total is not a number."]
    if value not in instrument.total_range:
        return [f"The total is the {instrument.score} of the items: it goes from {instrument.total_range}."]
    return []


def _subscale_faults(instrument: Instrument, subscales: Mapping[str, object]) -> list[str]:
    if "subscales" not in instrument.takes:
        return [f"{instrument.title} takes a total, not subscales."]
    faults = [_part_fault(part, subscales.get(part.name)) for part in instrument.subscales]
    if set(subscales) - {part.name for part in instrument.subscales}:
        known = ", ".join(part.label for part in instrument.subscales)
        faults.append(f"There is a subscale this instrument does not have; it has {known}.")
    return [fault for fault in faults if fault]


def _part_fault(part: Subscale, given: object) -> str:
    if given is None:
        return f"{part.label} is missing."
    value = _number(given)
    if value is None:
        return f"{part.label} is not a number."
    return "" if value in part.range else f"{part.label} goes from {part.range}."


def _disagreement(instrument: Instrument, total: float, subscales: Mapping[str, float]) -> list[str]:
    made = _total(instrument, subscales)
    if abs(made - total) <= ROUNDING:
        return []
    return [f"The subscales make a total of {round(made, 2):g}, and the total entered is another one."]


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # A whole number may be too large to be an ordinary one; no instrument comes near.
    return float(value) if abs(value) < MOST else None
