"""Sentences of ours with the person's own words set into them, kept apart to the letter."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

from repairbook.model.words import Words
from repairbook.report.block import Run

CLOSED = (".", "!", "?", "…")
CLOSING_QUOTE = "”"


def sentence(template: str, **values: str | Run) -> tuple[Run, ...]:
    """Set values into a template; a text is ours, a run stays what it is.

    What a person typed is only ever put in, never read as a template.
    """
    runs: list[Run] = []
    for literal, name, _, _ in Formatter().parse(template):
        runs.append(Run(_after(runs, literal)))
        if name is not None:
            value = values[name]
            runs.append(value if isinstance(value, Run) else Run(value))
    return _joined(runs)


def paragraph(sentences: Sequence[tuple[Run, ...]]) -> tuple[Run, ...]:
    """Put sentences one after the other."""
    runs: list[Run] = []
    for each in sentences:
        runs += [Run(" "), *each] if runs else each
    return _joined(runs)


def listed(items: Sequence[str], words: Words) -> str:
    """Write a list as one would say it: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return words("prose.and", first=", ".join(items[:-1]), last=items[-1])


def inline(label: str, words: Words) -> str:
    """Write a label so that it can stand inside a sentence."""
    alone = label.split(maxsplit=1)[:1] in (["I"], ["I'm"], ["I’m"])
    capitals = len(label) > 1 and label[1].isupper()
    if not label or alone or capitals or words("prose.lower_first") != "yes":
        return label
    return label[0].lower() + label[1:]


def _after(runs: Sequence[Run], literal: str) -> str:
    # Words that already end in a full stop do not get a second one after the closing quote.
    ended = bool(runs) and runs[-1].own and runs[-1].text.rstrip().endswith(CLOSED)
    doubled = literal.startswith(f"{CLOSING_QUOTE}.")
    return CLOSING_QUOTE + literal[2:] if ended and doubled else literal


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and not joined[-1].own and not run.own:
            joined[-1] = Run(joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)
