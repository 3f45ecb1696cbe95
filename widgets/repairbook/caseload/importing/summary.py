"""What an import did, or would do, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from repairbook.caseload.importing.plan import Plan
from repairbook.model.words import Words
from repairbook.store.arrivals import Landed

_COMING = ("new", "replaced", "sessions", "dated")
SHOWN = 8


def told(plan: Plan, landed: Landed, words: Words, *, done: bool) -> list[str]:
    """Say what came in, what was here already, and how much is kept aside.

    Parameters
    ----------
    landed
        What the store says: how much was or would be new.
    done
        Whether it was done, or is a look beforehand.
    """
    sentences = [_coming(plan, landed, words, done=done)]
    counts = {"unchanged": landed.unchanged, "empty": plan.empty, "aside": len(plan.bad)}
    return sentences + [_count(words, key, count) for key, count in counts.items() if count]


def reasons(plan: Plan, words: Words, most: int = SHOWN) -> Iterator[str]:
    """Name the first lines kept aside, each with its reasons; no cell is repeated."""
    for line in sorted(plan.bad)[:most]:
        yield words("import.said.aside_line", line=line, why=" ".join(plan.bad[line]))
    if len(plan.bad) > most:
        yield words("import.said.and_more", count=len(plan.bad) - most)


def _coming(plan: Plan, landed: Landed, words: Words, *, done: bool) -> str:
    parts = [_count(words, key, getattr(landed, key)) for key in _COMING if getattr(landed, key)]
    if not parts:
        if landed.unchanged or not plan.bad:
            return words("import.said.nothing")
        return words("import.said.nothing_good" if done else "import.said.nothing_good_would")
    what = parts[-1]
    if parts[:-1]:
        what = words("import.said.and", first=", ".join(parts[:-1]), last=what)
    return words("import.said.came" if done else "import.said.would", what=what)


def _count(words: Words, key: str, count: int) -> str:
    return words(f"import.said.{key}_one") if count == 1 else words(f"import.said.{key}", count=count)
