"""What the rules say, in words: each with its numbers, none with a verdict of its own."""

from __future__ import annotations

from collections.abc import Sequence

from repairbook.caseload.rule_answer import CLEAR, FLAGGED
from repairbook.charts.reading import listed
from repairbook.charts.verdicts import LATER, RuleRow, Verdict
from repairbook.model.words import Words

TABLE = "rules"


def name_of(row: RuleRow, words: Words) -> str:
    """What a rule is called."""
    return words(f"{TABLE}.name.{row.rule}")


def about(row: RuleRow, words: Words) -> str:
    """Say what a rule looks at, with the numbers it is set to and the limits it has now."""
    numbers = {name: _short(value) for name, value in _settings(row).items()}
    said = words(f"{TABLE}.about.{row.rule}", **numbers) if numbers else words(f"{TABLE}.about.{row.rule}")
    now = {name: _short(value) for name, value in row.last.items()}
    if row.rule == "control-chart" and "lower" in now:
        said = f"{said} {words(f'{TABLE}.now.limits', lower=now['lower'], upper=now['upper'])}"
    return said


def said_of(row: RuleRow, words: Words) -> str:
    """Say in one sentence which sessions a rule points at, or that it cannot say."""
    flagged, later, clear = row.sessions(FLAGGED), row.sessions(LATER), row.sessions(CLEAR)
    parts = [words(f"{TABLE}.points", sessions=_where(flagged, words))] if flagged else []
    for each in row.verdicts:
        if each.verdict == LATER:
            parts.append(words(f"{TABLE}.points_later", session=each.session, known=each.known_at))
    if not flagged and not later:
        parts.append(words(f"{TABLE}.nothing" if clear else f"{TABLE}.too_little"))
        if not clear and row.verdicts:
            parts.append(words(f"{TABLE}.because", reason=row.verdicts[-1].reason))
    return " ".join(parts)


def strip_reading(rows: Sequence[RuleRow], words: Words) -> str:
    """Say the whole strip in one sentence, for everybody and for screen readers."""
    found = sorted({each for row in rows for each in row.sessions(FLAGGED, LATER)})
    if not found:
        dumb = not any(row.sessions(CLEAR) for row in rows)
        return words(f"{TABLE}.reading_none_yet" if dumb else f"{TABLE}.reading_none", count=len(rows))
    pointing = sum(bool(row.sessions(FLAGGED, LATER)) for row in rows)
    key = "reading" if pointing > 1 else "reading_one"
    return words(f"{TABLE}.{key}", count=pointing, all=len(rows), sessions=_where(found, words))


def why_of(verdict: Verdict, words: Words) -> str:
    """Say why, and when it could be known."""
    if verdict.known_at is None:
        return verdict.reason
    return words(f"{TABLE}.known_at", reason=verdict.reason, session=verdict.known_at)


def numbers_of(row: RuleRow, verdict: Verdict, words: Words) -> str:
    """Say the numbers a rule compared at one session; nothing where it had none."""
    known = {name: _short(value) for name, value in {**_settings(row), **verdict.numbers}.items()}
    for key, needed in _NUMBERS.get(row.rule, {}).items():
        if all(name in known for name in needed):
            return words(f"{TABLE}.numbers.{key}", **{name: known[name] for name in needed})
    return ""


_NUMBERS: dict[str, dict[str, tuple[str, ...]]] = {
    "cutoff": {"cutoff": ("score", "at")},
    "control-chart": {"limits": ("score", "lower", "upper"), "score": ("score",)},
    "v-shape": {"v_shape": ("score", "drop", "s"), "score": ("score",)},
    "sudden-drop": {"score": ("score",)},
    "change-point": {"means": ("means_1", "means_2"), "score": ("score",)},
}


def _where(numbers: list[int], words: Words) -> str:
    key = "one_session" if len(numbers) == 1 else "many_sessions"
    return words(f"alliance.sentence.{key}", list=listed(numbers, words))


def _settings(row: RuleRow) -> dict[str, float]:
    """Give the parameters of a rule that are numbers."""
    given = row.params.items()
    return {name: value for name, value in given if isinstance(value, int | float) and value is not True}


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace("-", "−")
