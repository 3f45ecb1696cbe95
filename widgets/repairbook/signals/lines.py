"""Telling answers as JSON lines: every number in full, what is missing as null."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from repairbook.signals.answer import Answer
from repairbook.signals.episode import NONE, PATTERNS, STATUSES
from repairbook.signals.findings import FLAGGED, SIDES, VERDICTS, Column, Columns, number

Told = dict[str, Any]


def lines(answers: Sequence[Answer]) -> Iterator[str]:
    """Tell every case's answers, a line for each rule, in the order of the table."""
    tellers = [_Teller(answer) for answer in answers]
    for case in range(len(answers[0].series) if answers else 0):
        for teller in tellers:
            yield json.dumps(teller.line(case), allow_nan=False, separators=(",", ":"))


class _Teller:
    """One rule's answers, with its columns made ready for telling."""

    def __init__(self, answer: Answer) -> None:
        series = answer.series
        self._answer = answer
        self._cases = series.cases.to_list()
        self._bounds = [*series.starts.tolist(), series.scores.size]
        self._numbers = series.sessions.tolist()
        self._scores = [number(score) for score in series.scores.tolist()]
        self._verdict = answer.verdict.tolist()
        self._reason = answer.reason.tolist()
        self._values = _ready(answer.values)
        self._quantities = _ready(answer.quantities)
        self._hits = {n: sides.tolist() for n, sides in answer.hits.items()}
        self._known_at = None if answer.known_at is None else answer.known_at.tolist()
        self._episodes = self._all_episodes()

    def line(self, case: int) -> Told:
        """Tell one case."""
        answer, rows = self._answer, range(self._bounds[case], self._bounds[case + 1])
        last = rows[-1] if answer.terms.prospective else case
        return {
            "case": self._cases[case],
            "rule": answer.rule.name,
            "params": answer.rule.params(),
            "mode": answer.terms.mode,
            "quantities": {name: told[last] for name, told in self._quantities.items()},
            "sessions": [self._session(row) for row in rows],
            "episodes": self._episodes.get(case, []),
        }

    def _session(self, row: int) -> Told:
        told = {
            "session": self._numbers[row],
            "score": self._scores[row],
            "verdict": VERDICTS[self._verdict[row]],
            "reason": self._answer.reasons[self._reason[row]],
            "hits": [{"rule": n, "side": SIDES[sides[row]]} for n, sides in self._hits.items() if sides[row]],
            "values": {name: values[row] for name, values in self._values.items()},
        }
        if self._answer.terms.prospective:
            told["quantities"] = {name: values[row] for name, values in self._quantities.items()}
        if self._known_at is not None and self._verdict[row] == FLAGGED:
            told["known_at"] = int(self._known_at[row])
        return told

    def _all_episodes(self) -> dict[int, list[Told]]:
        found = self._answer.episodes
        told: dict[int, list[Told]] = {}
        places = zip(
            *(part.tolist() for part in (found.onset, found.lowest, found.half, found.full)), strict=True
        )
        ends = zip(found.owner.tolist(), found.status.tolist(), found.pattern.tolist(), strict=True)
        for rows, (owner, status, pattern) in zip(places, ends, strict=True):
            numbers = [None if row == NONE else self._numbers[row] for row in rows]
            episode: Told = dict(zip(("onset", "lowest", "half", "full"), numbers, strict=True))
            episode |= {"status": STATUSES[status], "pattern": PATTERNS[pattern]}
            told.setdefault(owner, []).append(episode)
        return told


def _ready(columns: Columns) -> dict[str, list[object]]:
    return {name: _told(column) for name, column in columns.items()}


def _told(column: Column) -> list[object]:
    parts = (part.tolist() for part in column.parts)
    return [column.told(*cells) for cells in zip(*parts, strict=True)]
