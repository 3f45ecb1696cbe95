"""What the start page says, from the prompts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from repairbook.home import shipped
from repairbook.model.words import Words


@cache
def start_words() -> Mapping[str, str]:
    """Give the English words of the start page; another language lays its own over them."""
    return Words(shipped() / "data" / "prompts").under("start_page")
