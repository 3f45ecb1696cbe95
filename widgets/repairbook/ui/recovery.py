"""Taking back what was typed and never stored: kept by the tab, offered to the next kernel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from repairbook.model.answer import answered
from repairbook.model.draft import FIELDS, Body
from repairbook.ui.fingerprint import fingerprint
from repairbook.ui.shape import shown, taken


@dataclass(frozen=True)
class Recovery:
    """What came back.

    Parameters
    ----------
    body
        What is stored with everything that came back typed over it.
    earlier
        The same with still older texts, where somebody typed again before they came back; else None.
    contested
        Whether something stored since would be replaced, so the person has to choose.
    """

    body: Body = field(repr=False)
    earlier: Body | None = field(repr=False)
    contested: bool


def recovered(stored: Body, fields: Mapping[str, Mapping[str, Any]], library: Any = None) -> Recovery:
    """Put together what is stored and what a tab kept.

    Parameters
    ----------
    stored
        The body as the store holds it now.
    fields
        Field key to `value`, the fingerprint `base` it was typed over, and perhaps `earlier`.
    library
        The codebooks answers are checked against; what does not fit a field is left out.
    """
    body, earlier, contested = stored, stored, False
    for key, kept in fields.items():
        if key not in FIELDS:
            continue
        now = shown(stored, key)
        base = kept["base"]
        unchanged = fingerprint(now) == base or (not base and not now)
        contested = contested or not (unchanged or now == kept["value"])
        body = _with(body, key, kept["value"], library)
        earlier = _with(earlier, key, kept.get("earlier", kept["value"]), library)
    return Recovery(body, earlier if earlier != body else None, contested)


def _with(body: Body, key: str, value: Any, library: Any) -> Body:
    try:
        return answered(body, key, taken(key, value), library)
    except ValueError:
        # Only a forged message holds an answer no control could have given.
        return body
