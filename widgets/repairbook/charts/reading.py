"""What a chart of scores says, in plain sentences: numbers only, no verdict and no cause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from repairbook.caseload.history import CaseHistory
from repairbook.model.instrument import Cutoff, Instrument
from repairbook.model.words import Words

TABLE = "alliance.sentence"


def reading(
    history: CaseHistory, instruments: Sequence[Instrument], *, words: Words, upto: int | None = None
) -> str:
    """Say what the lines show, as the chart beside it does, for everybody and for screen readers.

    Parameters
    ----------
    history
        The case; sessions after `upto` are not spoken of.
    instruments
        The lines of the chart, in its order.
    words
        The sentences.
    upto
        The last session to speak of.
    """
    shown = history.until(upto)
    said = [_line(shown, each, words) for each in instruments if shown.series(each.id, each.rater)]
    if len(said) > 1:
        raters = [words(f"alliance.rater.{each.rater}") for each in instruments]
        said = [
            words(f"{TABLE}.whose", rater=rater, sentence=text)
            for rater, text in zip(raters, said, strict=False)
        ]
    return " ".join([*(said or [words(f"{TABLE}.none")]), *_gaps(shown, instruments, words)])


def _line(history: CaseHistory, instrument: Instrument, words: Words) -> str:
    totals = history.series(instrument.id, instrument.rater)
    told = [_span(totals, instrument, words)]
    told += [_reached(totals, cutoff, words) for cutoff in instrument.cutoffs]
    if instrument.rater == "client" and _fell(list(totals.values()), instrument):
        told.append(words(f"{TABLE}.fall"))
    return " ".join(part for part in told if part)


def _span(totals: dict[int, float], instrument: Instrument, words: Words) -> str:
    low, high = min(totals.values()), max(totals.values())
    if len(totals) == 1:
        return words(f"{TABLE}.one", value=f"{low:g}", session=next(iter(totals)))
    if low == high:
        best = (
            instrument.total_range.high
            if instrument.direction == "higher_is_better"
            else instrument.total_range.low
        )
        key = "same_top" if low == best else "same"
        return words(f"{TABLE}.{key}", value=f"{low:g}", count=len(totals))
    lowest = [number for number, total in totals.items() if total == low]
    where = _sessions(lowest, words, "one_session", "many_sessions")
    return words(f"{TABLE}.between", low=f"{low:g}", high=f"{high:g}", lowest=where)


def _reached(totals: dict[int, float], cutoff: Cutoff, words: Words) -> str:
    count = sum(cutoff.reached(total) for total in totals.values())
    if not count:
        return ""
    where = words(f"alliance.where.{cutoff.boundary}", at=f"{cutoff.at:g}")
    key = "reached_one" if count == 1 else "reached"
    return words(f"{TABLE}.{key}", count=count, all=len(totals), where=where)


def _fell(totals: list[float], instrument: Instrument) -> bool:
    sign = 1 if instrument.direction == "higher_is_better" else -1
    return any((later - earlier) * sign < 0 for earlier, later in pairwise(totals))


def _gaps(history: CaseHistory, instruments: Sequence[Instrument], words: Words) -> list[str]:
    missed = [row.number for row in history.sessions if row.missed]
    scored = {number for each in instruments for number in history.series(each.id, each.rater)}
    kept = [row.number for row in history.sessions if not row.missed]
    bare = [number for number in kept if number not in scored]
    told = []
    if missed:
        told.append(words(f"{TABLE}.missed", sessions=_sessions(missed, words, "was", "were")))
    if bare and scored:
        told.append(words(f"{TABLE}.unscored", sessions=_sessions(bare, words, "one_start", "many_start")))
    return told


def _sessions(numbers: list[int], words: Words, one: str, many: str) -> str:
    key = one if len(numbers) == 1 else many
    return words(f"{TABLE}.{key}", list=listed(numbers, words))


def listed(numbers: list[int], words: Words) -> str:
    """Write session numbers as a person would: 1, 6–8 and 11."""
    runs = _runs(sorted(numbers))
    if len(runs) == 1:
        return runs[0]
    return words(f"{TABLE}.and", first=", ".join(runs[:-1]), last=runs[-1])


def _runs(numbers: list[int]) -> list[str]:
    """Write three and more in a row as 7–10, so that a long case stays one sentence."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told: list[str] = []
    for run in runs:
        told += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return told
