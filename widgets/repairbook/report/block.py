"""The few kinds of block every page is made of; each rendering knows all of them and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Run:
    """A piece of a sentence; `own` where the words are the person's own."""

    text: str = field(repr=False)
    own: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading; the page itself holds level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Prose:
    """One paragraph; `quiet` where it only says what lies around the words."""

    runs: tuple[Run, ...]
    quiet: bool = False


@dataclass(frozen=True)
class Quote:
    """The person's own words, with the lines they were typed in."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Table:
    """A small table; the first cell of a row names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A drawing, with its name and the one sentence that says what it shows."""

    name: str
    sentence: str
    svg: str = field(repr=False)


@dataclass(frozen=True)
class Missing:
    """What was not said, named once."""

    text: str


@dataclass(frozen=True)
class Private:
    """Blocks that stay with their author."""

    blocks: tuple[Heading | Prose | Quote, ...]


Block: TypeAlias = Heading | Prose | Quote | Table | Chart | Missing | Private
