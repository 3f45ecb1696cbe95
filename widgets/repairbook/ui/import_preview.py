"""What a file would change, to read before it does: sentences, and the first rows kept aside with why."""

from __future__ import annotations

import base64
import html
import re
from itertools import islice
from pathlib import PurePath

from repairbook.caseload.importing.bad_rows import as_text, bad_lines
from repairbook.caseload.importing.plan import Plan
from repairbook.caseload.importing.summary import told
from repairbook.model.words import Words
from repairbook.store.arrivals import Landed

ROWS, CELLS, LETTERS = 8, 6, 40


def sentences(plan: Plan, landed: Landed, words: Words, *, done: bool) -> str:
    """Say what came in or would, as HTML."""
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in told(plan, landed, words, done=done))
    return f"<div role='status'>{lines}</div>"


def aside_list(plan: Plan, words: Words) -> str:
    """Show the first rows kept aside, with why and what they hold; all of it is escaped."""
    if not plan.bad:
        return ""
    used = [at for at, field in enumerate(plan.columns.fields) if field][:CELLS]
    width, headers = len(plan.table.headers), plan.table.headers
    shown = ""
    for cells in islice(bad_lines(plan), 1, ROWS + 1):
        said = words("import.said.aside_line", line=cells[width], why=cells[width + 1])
        held = ", ".join(f"{_short(headers[at])}: {_short(cells[at])}" for at in used if cells[at])
        shown += f"<li>{html.escape(said)}<br><span class='rb-hint'>{html.escape(held)}</span></li>"
    more = len(plan.bad) - ROWS
    if more > 0:
        shown += f"<li>{html.escape(words('import.aside_more', count=more))}</li>"
    return f"<h4 class='rb-h3'>{html.escape(words('import.aside_title'))}</h4><ul>{shown}</ul>"


def aside_link(plan: Plan, name: str, words: Words) -> str:
    """Offer the rows kept aside as a file to take along."""
    if not plan.bad:
        return ""
    packed = base64.b64encode(as_text(bad_lines(plan)).encode("utf-8-sig")).decode("ascii")
    called = html.escape(f"{safe_stem(name)}.bad.csv", quote=True)
    said, hint = html.escape(words("import.aside_file")), html.escape(words("import.aside_hint"))
    return (
        f"<p><a class='rb-download' download='{called}' "
        f"href='data:text/csv;charset=utf-8;base64,{packed}'>{said}</a></p><p class='rb-hint'>{hint}</p>"
    )


def safe_stem(name: str) -> str:
    """Give a file's name without its ending, of letters that name a file everywhere."""
    stem = re.sub(r"[^\w .-]+", "", PurePath(name.replace("\\", "/")).stem).strip(" .")[:60]
    return stem.removesuffix(".bad") or "scores"


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"
