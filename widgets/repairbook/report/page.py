"""Blocks as a piece of HTML, every letter of it escaped."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from html import escape

from repairbook.report.block import Block, Chart, Heading, Missing, Private, Prose, Quote, Run, Table

# Control characters and halves of a surrogate pair cannot stand in a page; each is shown by its sign.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff￾￿]")
_CONTROL_SIGNS, _DELETE_SIGN, _NO_SIGN = 0x2400, "␡", "�"


def page_html(blocks: Iterable[Block]) -> str:
    """Give the blocks as a fragment that a page, the printer and the exported file all hold."""
    return f'<div class="rb-prose">{_inner(blocks)}</div>'


def visible(text: str) -> str:
    """Escape a text; line ends become plain, and what a page cannot hold is shown by a sign."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(_UNSEEN.sub(_sign, plain))


def _sign(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x20:
        return chr(_CONTROL_SIGNS + number)
    return _DELETE_SIGN if number == 0x7F else _NO_SIGN


def _inner(blocks: Iterable[Block]) -> str:
    return "\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{visible(block.text)}</h{block.level}>"
        case Prose():
            quiet = ' class="rb-hint"' if block.quiet else ""
            return f"<p{quiet}>{_runs(block.runs)}</p>"
        case Quote():
            return f'<blockquote dir="auto">{visible(block.text)}</blockquote>'
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case Missing():
            return f'<p class="rb-hint rb-missing">{visible(block.text)}</p>'
        case Private():
            return f'<section class="rb-card rb-private">{_inner(block.blocks)}</section>'


def _runs(runs: Iterable[Run]) -> str:
    # A writing direction set inside the person's words ends with them.
    return "".join(
        f'<bdi class="rb-own">{visible(run.text)}</bdi>' if run.own else visible(run.text) for run in runs
    )


def _table(table: Table) -> str:
    caption = visible(table.caption)
    head = "".join(f'<th scope="col">{visible(column)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in table.rows)
    return (
        f'<div class="rb-scroll" role="region" tabindex="0" aria-label="{caption}">'
        f'<table class="rb-table"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: tuple[Run, ...]) -> str:
    first, *others = row
    named = f'<th scope="row">{_runs((first,))}</th>' if first.text else "<td></td>"
    return named + "".join(f"<td>{_runs((cell,)) if cell.text else ''}</td>" for cell in others)


def _chart(chart: Chart) -> str:
    # As a picture of its own, a drawing can hold no script and reach no other host.
    drawing = base64.b64encode(chart.svg.encode("utf-8", "replace")).decode("ascii")
    return (
        f'<figure><img alt="{visible(chart.name)}" src="data:image/svg+xml;base64,{drawing}">'
        f"<figcaption>{visible(chart.sentence)}</figcaption></figure>"
    )
