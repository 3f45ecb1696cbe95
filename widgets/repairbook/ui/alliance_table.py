"""Every value of the alliance chart as a table, for those who would rather read it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import groupby

from repairbook.caseload.history import CaseHistory, SessionRow
from repairbook.charts.frames import Label
from repairbook.model.instrument import Instrument
from repairbook.model.words import Words


def alliance_table(
    history: CaseHistory, instruments: Sequence[Instrument], *, words: Words, label: Label
) -> str:
    """Write the sessions as an HTML table, grouped by stage; all words in it are escaped."""
    if not history.sessions:
        return ""
    heads = ["session", *(each.rater for each in instruments), "reflection"]
    head = "".join(f"<th scope='col'>{_said(words(f'alliance.column.{key}'))}</th>" for key in heads)
    series = [history.series(each.id, each.rater) for each in instruments]
    bodies = []
    for stage, run in groupby(history.sessions, key=lambda row: row.stage):
        title = f"<tr><th scope='rowgroup' colspan='{len(heads)}'>{_said(label('stage', stage))}</th></tr>"
        rows = "".join(_row(row, history, series, words, label) for row in run)
        bodies.append(f"<tbody>{title}{rows}</tbody>")
    caption = f"<caption>{_said(words('alliance.table'))}</caption>"
    table = f"<table class='rb-table'>{caption}<thead><tr>{head}</tr></thead>{''.join(bodies)}</table>"
    # A wide table is scrolled inside its own box, which the keyboard must reach.
    name = html.escape(words("alliance.table"), quote=True)
    return f"<div class='rb-scroll' tabindex='0' role='region' aria-label='{name}'>{table}</div>"


def _row(
    row: SessionRow, history: CaseHistory, series: Sequence[dict[int, float]], words: Words, label: Label
) -> str:
    kinds = [
        label("what_kind", each.what_kind) if each.what_kind else words("alliance.not_said")
        for each in history.reflected_on(row.number)
    ]
    told = f"<td>{_said(', '.join(kinds))}</td>"
    cells = "".join(f"<td>{_score(totals, row.number, words)}</td>" for totals in series) + told
    if row.missed:
        said = _said(words("alliance.missed_cell", kind=label("attendance", row.attendance)))
        wide = len(series) + (not kinds)
        cells = f"<td colspan='{wide}'>{said}</td>{told if kinds else ''}" if wide else told
    return f"<tr><th scope='row'>{row.number}</th>{cells}</tr>"


def _score(totals: dict[int, float], number: int, words: Words) -> str:
    return f"{totals[number]:g}" if number in totals else _said(words("alliance.none_cell"))


def _said(text: str) -> str:
    return html.escape(text)
