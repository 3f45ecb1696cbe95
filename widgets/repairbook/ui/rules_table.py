"""What every rule says as tables, for those who would rather read it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from repairbook.charts.rules_words import about, name_of, numbers_of, said_of, why_of
from repairbook.charts.verdicts import RuleRow, Verdict
from repairbook.model.words import Words


def rules_table(rows: Sequence[RuleRow], words: Words) -> str:
    """Write a line for each rule, and below it, folded away, every session; all words are escaped."""
    if not rows:
        return ""
    heads = "".join(f"<th scope='col'>{_said(words(f'rules.column_{key}'))}</th>" for key in ("rule", "says"))
    body = "".join(_rule(row, words) for row in rows)
    short = f"<table class='rb-table'><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    more = f"<summary>{_said(words('rules.every'))}</summary>{_all(rows, words)}"
    return f"{short}<details class='rb-who'>{more}</details>"


def _rule(row: RuleRow, words: Words) -> str:
    name, says = _said(name_of(row, words)), _said(said_of(row, words))
    looks = f"<span class='rb-hint'>{_said(about(row, words))}</span>"
    return f"<tr><th scope='row'>{name}</th><td>{says}<br>{looks}</td></tr>"


def _all(rows: Sequence[RuleRow], words: Words) -> str:
    heads = [words("alliance.column.session"), *(name_of(row, words) for row in rows)]
    head = "".join(f"<th scope='col'>{_said(each)}</th>" for each in heads)
    lines = zip(*(row.verdicts for row in rows), strict=True)
    body = "".join(_session(rows, line, words) for line in lines)
    name = html.escape(words("rules.table"), quote=True)
    # A wide table is scrolled inside its own box, which the keyboard must reach.
    return (
        f"<div class='rb-scroll' tabindex='0' role='region' aria-label='{name}'><table class='rb-table'>"
        f"<caption>{_said(words('rules.table'))}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _session(rows: Sequence[RuleRow], line: Sequence[Verdict], words: Words) -> str:
    cells = "".join(f"<td>{_cell(row, each, words)}</td>" for row, each in zip(rows, line, strict=True))
    return f"<tr><th scope='row'>{line[0].session}</th>{cells}</tr>"


def _cell(row: RuleRow, each: Verdict, words: Words) -> str:
    told = {"verdict": words(f"rules.verdict.{each.verdict}"), "reason": why_of(each, words)}
    numbers = numbers_of(row, each, words)
    return _said(
        words("rules.cell_numbers", **told, numbers=numbers) if numbers else words("rules.cell", **told)
    )


def _said(text: str) -> str:
    return html.escape(text)
