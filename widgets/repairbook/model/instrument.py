"""Instruments: the shape of a questionnaire and where each of its numbers comes from, never its wording."""

from __future__ import annotations

from dataclasses import dataclass

RATERS = {"case": ("client", "therapist", "supervisor"), "pair": ("supervisee", "supervisor")}
DIRECTIONS = ("higher_is_better", "lower_is_better")
SCORES = ("sum", "mean")
MISSING = ("all_needed",)
TAKES = ("items", "subscales", "total")
ANSWERS = ("steps", "line")
BOUNDARIES = ("at_or_below", "below", "at_or_above", "above")
BASES = ("sourced", "known", "verify", "ours", "computed")


@dataclass(frozen=True)
class Range:
    """The lowest and the highest value there can be, both included."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        """Say the range as a person would."""
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Subscale:
    """One part of an instrument, by the numbers of its items, or only by how many they are.

    Where `items` is empty, the published key is not known here and the part is only taken as a score.
    """

    name: str
    label: str
    items: tuple[int, ...]
    size: int
    range: Range


@dataclass(frozen=True)
class Cutoff:
    """A published line on the total, with the side its boundary falls on."""

    name: str
    at: float
    boundary: str
    line: str

    def reached(self, total: float) -> bool:
        """Whether a total falls on the side the cut-off speaks of."""
        if total == self.at:
            return self.boundary.startswith("at_or_")
        return (total < self.at) == self.boundary.endswith("below")


@dataclass(frozen=True)
class Provenance:
    """Where some of an instrument's numbers come from, and how sure that is.

    `basis` is `sourced` (read in public material), `known` (common knowledge of the field), `verify`
    (believed right, to be checked before anyone relies on it), `ours` (a choice of this workbook) or
    `computed` (arithmetic on the others).
    """

    of: tuple[str, ...]
    basis: str
    source: str


@dataclass(frozen=True)
class Instrument:
    """The shape of one questionnaire as one rater fills it in.

    `takes` names what can be entered: single `items`, `subscales`, the `total`. `answers` says whether an
    item is answered in whole `steps` or with a mark on a `line`. `names` are parts whose items are not
    known here at all.
    """

    id: str
    version: int
    title: str
    rater: str
    subject: str
    items: int
    item_range: Range
    direction: str
    score: str
    total_range: Range
    missing: str
    takes: tuple[str, ...]
    owner: str
    licence: str
    reversed: tuple[int, ...] = ()
    subscales: tuple[Subscale, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    answers: str = "steps"
    names: tuple[str, ...] = ()

    @property
    def to_verify(self) -> tuple[str, ...]:
        """The numbers still to be checked, which the page says wherever they are used."""
        return tuple(key for note in self.provenance if note.basis == "verify" for key in note.of)

    def range_of(self, items: int) -> Range:
        """Give the range of a score made from this many items."""
        times = items if self.score == "sum" else 1
        return Range(self.item_range.low * times, self.item_range.high * times)

    def mirrored(self, answer: float) -> float:
        """Turn an answer round: the lowest becomes the highest, as a reversed item is read."""
        return self.item_range.low + self.item_range.high - answer
