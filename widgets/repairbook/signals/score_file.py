"""Reading a CSV file of scores, and saying everything that is wrong with it at once."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from repairbook.signals.series import COLUMNS, NO_SESSION, Fault, Series, SeriesFault, faults_of
from repairbook.signals.terms import Terms

NO_NUMBER = "the score is not a number."
NO_WHOLE_NUMBER = "the session is not a whole number."


def read_scores(path: Path, terms: Terms) -> Series:
    """Read the columns case, session and score of a file; a blank line is no row.

    Raises
    ------
    SeriesFault
        With one sentence for everything that is wrong, by the line of the file. What the file says is
        never repeated.
    """
    texts = _texts(path)
    table = texts.select(
        pl.col("case"),
        pl.col("session").cast(pl.Int64, strict=False),
        pl.col("score").cast(pl.Float64, strict=False),
    )
    unread = [
        *((row, NO_WHOLE_NUMBER) for row in _lost(texts["session"], table["session"])),
        *((row, NO_NUMBER) for row in _lost(texts["score"], table["score"])),
    ]
    found = sorted([*unread, *_others(texts, table, terms, unread)])
    if found:
        # The first line is the header.
        raise SeriesFault(f"{path.name}, line {row + 2}: {what}" for row, what in found)
    return Series.of(table.filter(pl.col("case").is_not_null()), terms)


def _texts(path: Path) -> pl.DataFrame:
    try:
        read = pl.read_csv(path.read_bytes(), infer_schema=False)
    except OSError:
        raise SeriesFault([f"{path.name} could not be read."]) from None
    except PolarsError:
        reason = "is not a table of UTF-8 text with a header, commas, and as many cells in every line."
        raise SeriesFault([f"{path.name} {reason}"]) from None
    named = {column.strip(): column for column in reversed(read.columns)}
    missing = [name for name in COLUMNS if name not in named]
    if missing:
        raise SeriesFault([f"{path.name} has no column {name} in its header." for name in missing])
    twice = [name for name in COLUMNS if f"{name}_duplicated_0" in named]
    if twice:
        raise SeriesFault([f"{path.name} has more than one column {name}." for name in twice])
    stripped = (pl.col(named[name]).str.strip_chars().alias(name) for name in ("session", "score"))
    columns = (pl.col(named["case"]).alias("case"), *stripped)
    return read.select(pl.when(column.str.len_bytes() > 0).then(column) for column in columns)


def _lost(texts: pl.Series, read: pl.Series) -> list[int]:
    return (texts.is_not_null() & read.is_null()).arg_true().to_list()


def _others(texts: pl.DataFrame, table: pl.DataFrame, terms: Terms, unread: list[Fault]) -> list[Fault]:
    blank = set(texts.select(pl.all_horizontal(pl.all().is_null()).arg_true()).to_series().to_list())
    told = {row for row, what in unread if what == NO_WHOLE_NUMBER}
    return [
        (row, what)
        for row, what in faults_of(table, terms)
        if row not in blank and not (row in told and what == NO_SESSION)
    ]
