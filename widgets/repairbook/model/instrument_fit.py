"""Whether the numbers of an instrument agree with each other, and whether each says where it is from."""

from __future__ import annotations

from collections import Counter

from repairbook.model.instrument import SCORES, Instrument, Range, Subscale
from repairbook.model.toml_file import TomlTable

NUMBERS = ("items", "item_range", "direction", "score", "total_range", "missing")
WHERE_GIVEN = ("answers", "reversed", "subscale", "names", "cutoff")


def check_fit(table: TomlTable, made: Instrument) -> None:
    """Note everything that does not agree; what is faulty in itself is not held against anything else."""
    for check in (_check_total, _check_names, _check_parts, _check_takes, _check_cutoffs, _check_provenance):
        check(table, made)


def _check_total(table: TomlTable, made: Instrument) -> None:
    expected = _expected(made, made.items)
    if expected and _sound(made.total_range) and made.total_range != expected:
        table.fault("total_range", f"is {made.total_range}", f"{expected} for these items")
    if _outside(made, made.reversed):
        table.fault("reversed", "do not fit", f"numbers from 1 to {made.items}")


def _check_names(table: TomlTable, made: Instrument) -> None:
    named = [
        ("subscale", [part.name for part in made.subscales]),
        ("subscale", [part.label for part in made.subscales]),
        ("cutoff", [cutoff.name for cutoff in made.cutoffs]),
        ("names", list(made.names)),
    ]
    for key in dict.fromkeys(key for key, names in named if _twice(names)):
        table.fault(key, "has a name that is there twice", "a name of its own for each")
    if made.names and made.subscales:
        table.fault("names", "is there beside subscales", "one of them")


def _check_parts(table: TomlTable, made: Instrument) -> None:
    seen: set[int] = set()
    for number, part in enumerate(made.subscales, start=1):
        key, expected = f"subscale {number}: ", _expected(made, part.size)
        if _outside(made, part.items) or seen & set(part.items):
            right = f"numbers from 1 to {made.items}, each in one subscale"
            table.fault(f"{key}items", "do not fit", right)
        if expected and _sound(part.range) and part.range != expected:
            table.fault(f"{key}range", f"is {part.range}", f"{expected} for these items")
        seen |= set(part.items)


def _check_takes(table: TomlTable, made: Instrument) -> None:
    if "items" in made.takes:
        if "reversed" not in table.raw:
            table.fault("reversed", "is missing", "the items that count backwards, or [] for none")
        if made.names or not all(part.items for part in made.subscales):
            table.fault("takes", "names items, and not every part tells its own", "the items of every part")
    if "subscales" in made.takes and not _whole(made.subscales, made.items):
        table.fault("takes", "names subscales, and they leave items out", "every item in one subscale")


def _check_cutoffs(table: TomlTable, made: Instrument) -> None:
    for number, cutoff in enumerate(made.cutoffs, start=1):
        # One that is no number was told already and equals nothing, itself included.
        if _sound(made.total_range) and cutoff.at == cutoff.at and cutoff.at not in made.total_range:
            table.fault(f"cutoff {number}: at", f"is {cutoff.at:g}", f"a total from {made.total_range}")


def _check_provenance(table: TomlTable, made: Instrument) -> None:
    told = Counter(key for note in made.provenance for key in note.of)
    given = [key for key in (*NUMBERS, *WHERE_GIVEN) if key in table.raw]
    for key in given:
        if not told[key]:
            table.fault(key, "is said without its source", f'a [[provenance]] with of = ["{key}"]')
        if told[key] > 1:
            table.fault("provenance", f'speaks of "{key}" more than once', "one source for each key")
    for key in sorted(told.keys() - set(given)):
        table.fault("provenance", f'speaks of "{key}"', f"some of {', '.join(given)}")


def _expected(made: Instrument, items: int) -> Range | None:
    """Give the range so many items make, or None where what it needs is faulty itself."""
    if items < 1 or not _sound(made.item_range) or made.score not in SCORES:
        return None
    return made.range_of(items)


def _outside(made: Instrument, items: tuple[int, ...]) -> bool:
    return made.items > 0 and not all(1 <= each <= made.items for each in items)


def _whole(parts: tuple[Subscale, ...], items: int) -> bool:
    faulty = not items or not all(part.size for part in parts)
    return bool(parts) and (faulty or sum(part.size for part in parts) == items)


def _sound(given: Range) -> bool:
    return given.low < given.high


def _twice(names: list[str]) -> bool:
    told = [name for name in names if name]
    return len(set(told)) != len(told)
