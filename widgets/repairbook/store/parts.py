"""The two sealed parts of a body, private and shareable, as they lie in a draft or a kept version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from repairbook.model.draft import Body
from repairbook.store.database import Row
from repairbook.store.errors import KeyTrouble, Why
from repairbook.store.keys import MasterKey
from repairbook.store.sealed import Place, Sealed, seal, unseal

PRIVATE, SHAREABLE = "private", "shareable"


@dataclass(frozen=True)
class Spot:
    """A draft or a kept version: the two parts lie here."""

    table: str
    record: str
    author: str
    revision: int

    def part(self, name: str) -> Place:
        """Give the place of one part."""
        return Place(self.table, self.record, self.author, name, self.revision)


@dataclass(frozen=True)
class SealedParts:
    """Sealed parts, ready to be stored, with the digest of each."""

    columns: Mapping[str, bytes | None]
    digests: Mapping[str, str]

    @property
    def bodies(self) -> tuple[bytes, ...]:
        """The sealed bodies that are there, the private one first."""
        found = (self.columns[f"{name}_body"] for name in (PRIVATE, SHAREABLE))
        return tuple(body for body in found if body is not None)


def seal_body(master: MasterKey, spot: Spot, body: Body) -> SealedParts:
    """Seal both parts of a body, each with a key of its own."""
    return _seal(master, spot, {PRIVATE: body.private, SHAREABLE: body.shareable})


def seal_shareable(master: MasterKey, spot: Spot, part: Any) -> SealedParts:
    """Seal what has no private part."""
    return _seal(master, spot, {SHAREABLE: part})


def open_body(master: MasterKey, spot: Spot, row: Row) -> Body:
    """Open both parts and join them."""
    try:
        return Body.from_parts(open_part(master, spot, PRIVATE, row), open_part(master, spot, SHAREABLE, row))
    except ValidationError:
        raise KeyTrouble(Why.UNREADABLE) from None


def open_part(master: MasterKey, spot: Spot, name: str, row: Row) -> Any:
    """Open one part."""
    return unseal(master, spot.part(name), Sealed(row[f"{name}_key"], row[f"{name}_body"]))


def _seal(master: MasterKey, spot: Spot, parts: Mapping[str, Any]) -> SealedParts:
    columns: dict[str, bytes | None] = {}
    digests: dict[str, str] = {}
    for name in (PRIVATE, SHAREABLE):
        columns[f"{name}_key"] = columns[f"{name}_body"] = None
        if name in parts:
            sealed, digests[name] = seal(master, spot.part(name), parts[name])
            columns[f"{name}_key"], columns[f"{name}_body"] = sealed.key, sealed.body
    return SealedParts(columns, digests)
