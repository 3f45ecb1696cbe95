"""Asking the rules as another program would: a file in, JSON lines out."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

from repairbook.signals.command import run
from repairbook.signals.registry import RULES

SERIES_4H = (36, 37, 38, 37, 38, 29, 31, 36, 38, 38, 39, 38)
ALL_GIVEN = ("at=3", "by=1", "sd=2", "reliability=.8")


@dataclass(frozen=True)
class Reply:
    status: int
    text: str
    faults: tuple[str, ...]

    @property
    def lines(self):
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def one(self):
        (line,) = self.lines
        return line


class Asker:
    """Writes a file, asks about it, and gives the reply."""

    def __init__(self, folder):
        self._file = folder / "scores.csv"

    def text(self, text, *rules, **terms):
        self._file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.file(self._file, *rules, **terms)

    def file(
        self, file, *rules, params=(), mode="prospective", better="higher", harm=None, lower=None, upper=None
    ):
        out, err = io.StringIO(), io.StringIO()
        status = run(file, rules, params, mode, better, harm, lower, upper, out, err)
        return Reply(status, out.getvalue(), tuple(err.getvalue().splitlines()))

    def rows(self, rows, *rules, **terms):
        """Ask about rows of case, session and score; None is an empty score."""
        cells = (f"{case},{session},{'' if score is None else score}\n" for case, session, score in rows)
        return self.text("case,session,score\n" + "".join(cells), *rules, **terms)

    def series(self, scores, rule, *params, **terms):
        """Ask one rule about one series that begins with session 1."""
        rows = [("a", number, score) for number, score in enumerate(scores, start=1)]
        reply = self.rows(rows, rule, params=params, **terms)
        assert reply.status == 0, reply.faults
        return reply.one


def verdicts(line):
    return [session["verdict"] for session in line["sessions"]]


def flagged(line):
    return [session["session"] for session in line["sessions"] if session["verdict"] == "flagged"]


def hits(line, rule):
    """Sessions that complete a run rule, with the side where there is one."""
    return {
        session["session"]: hit["side"]
        for session in line["sessions"]
        for hit in session["hits"]
        if hit["rule"] == rule
    }


def column(line, name):
    return [session["values"][name] for session in line["sessions"]]


ORDER = list(RULES)
