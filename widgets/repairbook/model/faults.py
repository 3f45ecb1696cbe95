"""What is wrong in a data file, said so that a person can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one file: where, what, and what would be right."""

    file: str
    key: str
    reason: str
    right: str

    def __str__(self) -> str:
        """Say the fault in one sentence."""
        return f"{self.file}: {self.key} {self.reason}; right would be {self.right}."


class DataFault(ValueError):
    """A data file was refused; every fault found in it is listed."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FaultList:
    """The faults of one file, gathered while it is read, so that all are told at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Fault] = []

    def add(self, key: str, reason: str, right: str) -> None:
        """Note one more fault of this file."""
        self._found.append(Fault(self.file, key, reason, right))

    def refuse_if_any(self) -> None:
        """Refuse the file when anything was found wrong in it."""
        if self._found:
            raise DataFault(self._found)
