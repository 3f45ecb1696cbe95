"""What the person says about a file, laid over what was remembered or guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from repairbook.caseload.importing.dates import ORDERS
from repairbook.caseload.importing.instrument_names import InstrumentNames, rater_of
from repairbook.caseload.importing.mapping import Columns, chosen, guess
from repairbook.caseload.importing.reading import Table
from repairbook.caseload.importing.refusal import CannotImport, Why
from repairbook.caseload.importing.remembered import Remembered
from repairbook.model.words import Words


@dataclass(frozen=True)
class Choices:
    """What was said; what is empty was not.

    Parameters
    ----------
    instrument, rater
        What holds for every row that does not say it itself.
    columns
        Fields by column name.
    dates
        The order of the dates: dmy, mdy or ymd.
    """

    instrument: str = ""
    rater: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""

    def refuse_unknown(self, names: InstrumentNames) -> None:
        """Go on only if the instrument, the rater and the order are known."""
        if self.instrument and not names.candidates(self.instrument):
            raise CannotImport(Why.UNKNOWN_INSTRUMENT)
        if self.rater and not rater_of(self.rater):
            raise CannotImport(Why.UNKNOWN_RATER)
        if self.dates and self.dates not in ORDERS:
            raise CannotImport(Why.UNKNOWN_ORDER)


def understand(table: Table, names: InstrumentNames, remembered: Remembered, said: Choices) -> Columns:
    """Say what each column is: as remembered for such a file, else as guessed, and always as the person says.

    Raises
    ------
    CannotImport
        If what was said names no instrument, rater, order, column or field.
    """
    said.refuse_unknown(names)
    found = names.candidates(said.instrument)
    columns = remembered.recall(table.headers) or guess(
        table.headers, names, found[0] if len(found) == 1 else None
    )
    columns = chosen(columns, table.headers, said.columns)
    return replace(
        columns,
        instrument=said.instrument or columns.instrument,
        rater=rater_of(said.rater) or columns.rater,
        dates=said.dates or columns.dates,
    )


def field_words(field: str, words: Words) -> str:
    """Say what a field of a column is, in words."""
    kind, colon, name = field.partition(":")
    if not colon:
        return words(f"import.field.{field or 'none'}")
    return words(f"import.field.{'other_total' if kind == 'total' else kind}", name=name)
