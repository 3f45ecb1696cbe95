"""What is shown of a case's alliance: its rows, how far, and on which questionnaires."""

from __future__ import annotations

from dataclasses import dataclass, field

from repairbook.caseload.history import CaseHistory
from repairbook.model.faults import DataFault
from repairbook.model.instrument import Instrument
from repairbook.model.instruments import Instruments

RATERS = ("client", "therapist")


@dataclass(frozen=True)
class View:
    """One case as it is shown now.

    Parameters
    ----------
    history
        Everything this person may see of the case.
    held
        The last session to show until later ones are asked for; None where nothing is held back.
    later
        Whether later sessions were asked for.
    wanted
        Ids of the questionnaires asked for; the others are chosen by use.
    opened
        The reflection open below the chart.
    fault
        What went wrong, as a sentence.
    """

    history: CaseHistory = field(repr=False)
    held: int | None = None
    later: bool = False
    wanted: tuple[str, ...] = ()
    opened: str = ""
    fault: str = ""

    @property
    def upto(self) -> int | None:
        """The last session shown, None for all."""
        return None if self.later else self.held

    @property
    def rows(self) -> CaseHistory:
        """The part of the case that is shown."""
        return self.history.until(self.upto)

    @property
    def holds_back(self) -> bool:
        """Whether there are sessions after the one looked at."""
        return self.held is not None and self.history.latest > self.held

    def used(self, rater: str, known: dict[str, Instrument]) -> list[Instrument]:
        """Give the questionnaires this rater's scores are on, the one used most first."""
        return [known[each] for each in self.rows.used(rater) if each in known]

    def chosen(self, known: dict[str, Instrument]) -> list[Instrument]:
        """Give one questionnaire for each rater: the one asked for, else the one used most."""
        chosen: list[Instrument] = []
        for rater in RATERS:
            used = self.used(rater, known)
            chosen += ([each for each in used if each.id in self.wanted] or used)[:1]
        return chosen


def readable(instruments: Instruments) -> dict[str, Instrument]:
    """Give every questionnaire whose file is in order; a faulty one of a site hides only itself."""
    found = {}
    for each in instruments.ids():
        try:
            found[each] = instruments.get(each)
        except DataFault:
            continue
    return found


def offered(known: dict[str, Instrument], history: CaseHistory) -> list[Instrument]:
    """Give the questionnaires a case's score can be typed on: those in use first, then the shortest."""
    used = [*history.used("client"), *history.used("therapist")]
    of_cases = [each for each in known.values() if each.subject == "case"]
    return sorted(of_cases, key=lambda each: (each.id not in used, each.items, each.title))
