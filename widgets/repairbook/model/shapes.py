"""The JSON Schema of everything kept, for programs that read an export."""

from __future__ import annotations

from typing import Any

from repairbook.model.case import Assignment, Case, Session
from repairbook.model.field import Field
from repairbook.model.record import Record
from repairbook.model.reflection import SAFETY, FollowUp, Reflection
from repairbook.model.score import Score

SHAPES: dict[str, type[Record]] = {
    "reflection": Reflection,
    "follow-up": FollowUp,
    "case": Case,
    "session": Session,
    "assignment": Assignment,
    "score": Score,
}

ASKED_NOT_STORED: dict[str, dict[str, Field]] = {"reflection": {"safety": SAFETY}}


def schema_of(name: str) -> dict[str, Any]:
    """Give the JSON Schema of one kind of record; fields carry x-kind, x-writer, x-reach, x-codebook."""
    schema = SHAPES[name].model_json_schema()
    for key, field in ASKED_NOT_STORED.get(name, {}).items():
        schema.setdefault("x-asked-not-stored", {})[key] = field.as_schema()
    return schema
