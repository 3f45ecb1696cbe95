"""A small store with two cases, and files to bring into it, for the tests of the import."""

from __future__ import annotations

from dataclasses import replace

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

DATA = shipped() / "data"
LIBRARY = Library(DATA)
WORDS = Words(DATA / "prompts")
NAMES = InstrumentNames(Instruments(DATA).all())
SRS = Choices(instrument="srs-v3")


class Clinic:
    """An open store with the cases K7-M2 (client number 4711) and B2-C3, and a way to bring files in."""

    def __init__(self, folder):
        self.home = Home(folder / "data", folder / "config")
        self.store = Store.open(self.home, LIBRARY)
        self.me = self.store.people.local("me")
        self.case = self.store.cases.create(self.me, Case(case_code="K7-M2", clinic_client_id="4711"))
        self.other = self.store.cases.create(self.me, Case(case_code="B2-C3"))
        self.desk = Desk(self.store, self.me, WORDS, LIBRARY, NAMES)

    def plan(self, content, said=SRS, **more):
        table = read_table(Source("scores.csv", as_bytes(content)))
        columns = understand(table, NAMES, Remembered(self.home), replace(said, **more))
        return make_plan(self.desk, table, columns)

    def bring(self, content, said=SRS, **more):
        plan = self.plan(content, said, **more)
        return plan, bring_in(self.desk, plan)

    def scores(self, case=None):
        case = case or self.case
        numbers = {one.id: one.number for one in self.sessions(case)}
        return {numbers[one.session]: one.total for one in self.store.scores.list(self.me, case.id)}

    def sessions(self, case=None):
        return self.store.sessions.list(self.me, (case or self.case).id)


def as_bytes(content):
    return content if isinstance(content, bytes) else content.encode()


def rows(*lines, sep=","):
    return "\n".join(sep.join(map(str, line)) for line in lines) + "\n"


def fault(key, **values):
    return WORDS(f"import.fault.{key}", **values)
