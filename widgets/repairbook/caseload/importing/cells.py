"""Single cells: numbers, yes and no, and what stands for nothing."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}([.,]0*)?", re.ASCII)
_NOTHING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", ".", "-", "–", "—"})
_YES = frozenset({"yes", "y", "true", "1", "ja", "oui", "sí", "si"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non"})
LONGEST = 40


def plain(text: str) -> str:
    """Give a cell or header as it is compared: small letters, and one sign between words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "_", folded).strip("_")


def is_nothing(text: str) -> bool:
    """Whether a cell stands for no answer."""
    return text.strip().casefold() in _NOTHING


def number(text: str) -> float | None:
    """Read a number with a decimal point or comma; anything else, a formula too, is none."""
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    if len(typed) > LONGEST or not _NUMBER.fullmatch(typed):
        return None
    return float(typed.replace(",", "."))


def whole(text: str) -> int | None:
    """Read a counted number, such as 3 or 3.0."""
    typed = text.strip().removeprefix("#")
    return int(re.split("[.,]", typed)[0]) if _WHOLE.fullmatch(typed) else None


def yes_or_no(text: str) -> bool | None:
    """Read yes or no; None where it is neither."""
    said = text.strip().casefold()
    return True if said in _YES else False if said in _NO else None
