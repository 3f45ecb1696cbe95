"""The command that reads a file of scores and tells what the rules say, for other programs to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from repairbook.signals.answer import judge
from repairbook.signals.lines import lines
from repairbook.signals.registry import rules_from
from repairbook.signals.rule import Rule
from repairbook.signals.score_file import read_scores
from repairbook.signals.series import Series
from repairbook.signals.terms import Terms

REFUSED = 2
AT_ONCE = 200_000
"""Rows judged and written in one go, so that a long file needs little memory."""


def run(
    file: Path,
    rules: Sequence[str],
    params: Sequence[str],
    mode: str,
    better: str,
    harm: str | None,
    lower: float | None,
    upper: float | None,
    out: TextIO,
    err: TextIO,
) -> int:
    """Write what the rules say about a file of scores, a JSON object a line; give the exit status.

    Rules are named, all of them if none is; parameters are `key=value` or `rule.key=value`; the rest is
    as in `Terms`. When anything is refused nothing goes to `out`, a sentence for each fault to `err`,
    and the status is 2.
    """
    asked, faults = _asked(rules, params)
    try:
        terms = Terms(mode, better, harm, lower, upper)
    except ValueError as reason:
        faults += str(reason).splitlines()
        terms = None
    if terms is None or faults:
        return _refuse(faults, err)
    try:
        series = read_scores(file, terms)
    except ValueError as reason:
        return _refuse(str(reason).splitlines(), err)
    for part in _parts(series):
        for line in lines([judge(part, rule, terms) for rule in asked]):
            out.write(f"{line}\n")
    return 0


def _asked(rules: Sequence[str], params: Sequence[str]) -> tuple[list[Rule], list[str]]:
    try:
        return rules_from(list(rules), list(params)), []
    except ValueError as reason:
        return [], str(reason).splitlines()


def _parts(series: Series) -> Iterator[Series]:
    begin = 0
    ends = series.starts + series.lengths
    while begin < len(series):
        room = int(series.starts[begin]) + AT_ONCE
        end = max(int((ends <= room).sum()), begin + 1)
        yield series.part(begin, end)
        begin = end


def _refuse(sentences: Sequence[str], err: TextIO) -> int:
    for sentence in sentences:
        err.write(f"{sentence}\n")
    return REFUSED
