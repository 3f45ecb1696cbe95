"""Laying what was found in blocks back into the long table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repairbook.signals.arrays import Floats, Smalls, Wholes
from repairbook.signals.block import Block
from repairbook.signals.findings import Column, Columns, Findings
from repairbook.signals.series import Series

Cells = NDArray[Any]


class Layout:
    """The findings of all blocks of a table, ready to be read in the table's own order."""

    def __init__(self, series: Series, found: Sequence[Findings]) -> None:
        self._series = series
        self._found = found
        self._blocks = series.blocks

    def verdict(self) -> Smalls:
        """Lay out the verdicts."""
        return self._rows([finding.answers.verdict for finding in self._found], np.int8)

    def reason(self) -> Smalls:
        """Lay out which reason each verdict has."""
        return self._rows([finding.answers.reason for finding in self._found], np.int8)

    def values(self) -> dict[str, Column]:
        """Lay out the numbers of single sessions, one for every row."""
        return self._columns([finding.values for finding in self._found], each_row=True)

    def quantities(self, *, each_row: bool) -> dict[str, Column]:
        """Lay out the numbers of the whole reckoning, one for every row, or the last of every series."""
        return self._columns([finding.quantities for finding in self._found], each_row=each_row)

    def hits(self) -> dict[int, Smalls]:
        """Lay out which run rules are completed, on which side."""
        rules = self._found[0].hits if self._found else {}
        return {n: self._rows([finding.hits[n] for finding in self._found], np.int8) for n in rules}

    def known_at(self) -> Floats | None:
        """Lay out from which session on a flag could be known; None where that is the session itself."""
        if all(finding.known_at is None for finding in self._found):
            return None
        nowhere = [np.full(block.scores.shape, np.nan) for block in self._blocks]
        parts = [
            blank if finding.known_at is None else finding.known_at
            for blank, finding in zip(nowhere, self._found, strict=True)
        ]
        return self._rows(parts, np.float64)

    def reference(self) -> Wholes | None:
        """Lay out the row of the table an episode is measured from; None where it is the last score."""
        rows = [
            block.starts + finding.reference
            for block, finding in zip(self._blocks, self._found, strict=True)
            if finding.reference is not None
        ]
        return self._rows(rows, np.int64) if rows else None

    def _columns(self, found: Sequence[Columns], *, each_row: bool) -> dict[str, Column]:
        laid = {}
        for name, column in (found[0] if found else {}).items():
            parts = []
            for place in range(len(column.parts)):
                cells = [columns[name].parts[place] for columns in found]
                parts.append(self._rows(cells, cells[0].dtype) if each_row else self._last(cells))
            laid[name] = Column(tuple(parts), column.told)
        return laid

    def _rows(self, cells: Sequence[Cells], dtype: Any) -> Cells:
        table = np.empty(self._series.scores.size, dtype=dtype)
        for block, part in zip(self._blocks, cells, strict=True):
            _lay(table, block, part)
        return table

    def _last(self, cells: Sequence[Cells]) -> Floats:
        table = np.empty(len(self._series))
        for block, part in zip(self._blocks, cells, strict=True):
            table[np.searchsorted(self._series.starts, block.starts)] = part[-1]
        return table


def _lay(table: Cells, block: Block, part: Cells) -> None:
    rows, series = part.shape
    begin = int(block.starts[0])
    if (np.diff(block.starts) == rows).all() and block.lengths.min() == rows:
        # Series of one length that follow each other need no searching for places.
        table[begin : begin + rows * series].reshape(series, rows)[:] = part.T
        return
    inside = block.rows < block.lengths
    table[(block.starts + block.rows)[inside]] = part[inside]
