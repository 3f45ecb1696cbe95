"""How far bringing a file in has come, and what is asked about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from repairbook.caseload.importing.mapping import ONCE, Columns, chosen

if TYPE_CHECKING:
    from repairbook.caseload.importing.plan import Plan
    from repairbook.caseload.importing.reading import Table
    from repairbook.store.arrivals import Landed

AT_ONCE = 4
SHUT, CHOOSE, COLUMNS, BEFORE, DONE = "shut", "choose", "columns", "before", "done"
_REDCAP = ("event", "repeat")


@dataclass(frozen=True)
class ImportStep:
    """One step of bringing a file in: shut, choose, columns (four questions at a time), before or done.

    Parameters
    ----------
    name, table, columns
        The file, and what its columns are as far as is said.
    asks, group
        Every question about the file, in an order that stays, and which four of them are asked now.
    plan, landed
        What would change, and what then did.
    fault
        What went wrong, as a sentence.
    """

    step: str = SHUT
    name: str = field(default="", repr=False)
    table: Table | None = field(default=None, repr=False)
    columns: Columns | None = field(default=None, repr=False)
    asks: tuple[str, ...] = ()
    group: int = 0
    plan: Plan | None = field(default=None, repr=False)
    landed: Landed | None = None
    fault: str = ""

    @property
    def asked_now(self) -> tuple[str, ...]:
        """Name the questions shown now."""
        return self.asks[self.group * AT_ONCE :][:AT_ONCE]

    @property
    def is_last(self) -> bool:
        """Whether no question comes after those shown."""
        return (self.group + 1) * AT_ONCE >= len(self.asks)

    @property
    def side_by_side(self) -> list[str]:
        """Name the sessions that stand side by side in a wide file."""
        fields = self.columns.fields if self.columns else ()
        return [field.partition(":")[2] for field in fields if field.startswith(("at:", "on:"))]

    def answer(self, ask: str) -> str:
        """Give the answer to a question as it stands."""
        if self.columns is None:
            return ""
        if ask.startswith("#"):
            return self.columns.fields[int(ask[1:]) - 1]
        return self.columns.instrument if ask == "instrument" else self.columns.dates

    def answered(self, ask: str, answer: str) -> ImportStep:
        """Give the step with one answer changed; a field that can be one column only leaves the other."""
        if self.columns is None or self.table is None:
            return self
        if ask.startswith("#"):
            columns = chosen(self.columns, self.table.headers, {ask: answer})
        elif ask == "instrument":
            columns = replace(self.columns, instrument=answer)
        else:
            columns = replace(self.columns, dates=answer)
        return replace(self, columns=columns, fault="")

    def choices(self, ask: str, parts: list[str]) -> list[str]:
        """Give the fields a column may be: those of every file, the parts, and what it is now."""
        offered = ["", *(key for key in ONCE if key not in _REDCAP), *(f"part:{name}" for name in parts)]
        now = self.answer(ask)
        return offered if now in offered else [*offered, now]


def questions(table: Table, columns: Columns) -> tuple[str, ...]:
    """Name every question about a file: what holds for all rows, then each column by its place.

    What is known already comes first; sessions side by side are not asked one by one.
    """
    fields = columns.fields
    named = [
        at for at in range(len(fields)) if table.headers[at] and not fields[at].startswith(("at:", "on:"))
    ]
    asked = [f"#{at + 1}" for at in sorted(named, key=lambda at: not fields[at])]
    first = [] if "instrument" in fields else ["instrument"]
    if "date" in fields or any(field.startswith("on:") for field in fields):
        return (*first, "dates", *asked)
    # One of the columns not known may yet turn out to hold the dates.
    return (*first, *asked, "dates") if not all(fields) else (*first, *asked)
