"""How long bringing a file in takes, beside polars reading the same file."""

from __future__ import annotations

import time

import polars as pl
import pytest

from repairbook.caseload.importing.choices import Choices, understand
from repairbook.caseload.importing.instrument_names import InstrumentNames
from repairbook.caseload.importing.plan import Desk, bring_in, make_plan
from repairbook.caseload.importing.reading import Source, read_table
from repairbook.caseload.importing.remembered import Remembered
from repairbook.home import Home, shipped
from repairbook.model.case import Case
from repairbook.model.instruments import Instruments
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.store import Store

CASES, SESSIONS = 100, 50


@pytest.mark.benchmark
def test_bringing_a_file_in_beside_reading_it(tmp_path, tell):
    home, data = Home(tmp_path / "d", tmp_path / "c"), shipped() / "data"
    library = Library(data)
    with Store.open(home, library) as store:
        me = store.people.local("me")
        names = InstrumentNames(Instruments(data).all())
        desk = Desk(store, me, Words(data / "prompts"), library, names)
        path = _written(
            tmp_path / "scores.csv", [store.cases.create(me, Case()).case_code for _ in range(CASES)]
        )
        pl.read_csv(path)  # The first reading pays for starting threads.
        reading = _seconds(lambda: pl.read_csv(path))
        table = read_table(Source(path.name, path))
        rows = _seconds(lambda: sum(1 for _ in table.rows()))
        columns = understand(table, names, Remembered(home), Choices("srs-v3"))
        plans = []
        looking = _seconds(lambda: plans.append(make_plan(desk, table, columns)))
        keeping = _seconds(lambda: bring_in(desk, plans[0]))
        again = _seconds(lambda: bring_in(desk, make_plan(desk, table, columns)))
    told = {"its rows": rows, "checked and planned": looking, "kept": keeping, "all of it again": again}
    said = ", ".join(f"{name} {taken:.2f} s (ratio {taken / reading:.0f})" for name, taken in told.items())
    tell(f"import of {CASES * SESSIONS} rows: polars reads the file in {reading * 1000:.1f} ms; {said}")


def _written(path, codes):
    lines = [f"{code},{number},{20 + number % 20}" for number in range(1, SESSIONS + 1) for code in codes]
    path.write_text("\n".join(["case,session,total", *lines]) + "\n", encoding="utf-8")
    return path


def _seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
