"""Days, minutes and the affect grid, said in words."""

from __future__ import annotations

import datetime as dt

from repairbook.model.words import Words


def day_words(day: dt.date, words: Words) -> str:
    """Give a day in full, such as 17 November 2026."""
    return words("prose.day", day=day.day, month=words(f"prose.month.{day.month}"), year=day.year)


def clock_words(clock: str, words: Words) -> str:
    """Say a time within a session as one remembers it: about twelve and a half minutes in."""
    minutes, seconds = (int(part) for part in clock.strip().split(":"))
    halves = minutes * 2 + round(seconds / 30)
    whole, half = divmod(halves, 2)
    name = {0: "start", 1: "half_minute", 2: "minute", 3: "minute_half"}.get(halves)
    number = words.maybe(f"prose.number.{whole}") or str(whole)
    return words(f"prose.clock.{name or ('many_half' if half else 'many')}", minutes=number)


def grid_values(grid: tuple[int, int], words: Words) -> dict[str, str]:
    """Give the words and numbers for one mark on the affect grid."""
    pleasure, arousal = grid
    return {
        "pleasure": words(f"prose.grid.pleasure.{_band(pleasure)}"),
        "arousal": words(f"prose.grid.arousal.{_band(arousal)}"),
        "pleasant": str(pleasure),
        "stirred": str(arousal),
    }


def _band(mark: int) -> str:
    bands = ((2, "very_low"), (4, "low"), (5, "middle"), (7, "high"))
    return next((name for top, name in bands if mark <= top), "very_high")
