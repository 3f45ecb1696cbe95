"""Very many rows in little memory: columns of plain values, filled in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

_PIECE = 50_000


class Stack:
    """Rows of plain values, laid down one by one and taken up again in an order.

    Parameters
    ----------
    columns
        The name and the polars type of each column, such as ``{"line": "UInt32"}``.
    """

    def __init__(self, columns: dict[str, str]) -> None:
        import polars as pl

        self._schema: dict[str, Any] = {name: getattr(pl, kind) for name, kind in columns.items()}
        self._loose: list[tuple[Any, ...]] = []
        self._pieces: list[pl.DataFrame] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, row: tuple[Any, ...]) -> None:
        """Lay one row down."""
        self._count += 1
        self._loose.append(row)
        if len(self._loose) >= _PIECE:
            self._press()

    def rows(self, *by: str) -> Iterator[tuple[Any, ...]]:
        """Take the rows up, in the order of some columns where they are named."""
        import polars as pl

        self._press()
        whole = pl.concat(self._pieces) if self._pieces else pl.DataFrame(schema=self._schema)
        ordered = whole.sort(by, maintain_order=True) if by else whole
        for piece in ordered.iter_slices(_PIECE):
            yield from piece.iter_rows()

    def _press(self) -> None:
        import polars as pl

        if self._loose:
            self._pieces.append(pl.DataFrame(self._loose, schema=self._schema, orient="row"))
            self._loose = []
