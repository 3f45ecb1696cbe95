"""The store: the only place with SQL, and the only way to what is kept."""

from __future__ import annotations

from repairbook.store.errors import (
    Closed,
    KeyTrouble,
    NotAllowed,
    NotFound,
    NotSaved,
    Refused,
    Stale,
    StoreError,
    StoreTrouble,
    Why,
)
from repairbook.store.shapes import Draft, Followed, Kept, Saved, Summary
from repairbook.store.workbook import Store

__all__ = [
    "Closed",
    "Draft",
    "Followed",
    "Kept",
    "KeyTrouble",
    "NotAllowed",
    "NotFound",
    "NotSaved",
    "Refused",
    "Saved",
    "Stale",
    "Store",
    "StoreError",
    "StoreTrouble",
    "Summary",
    "Why",
]
