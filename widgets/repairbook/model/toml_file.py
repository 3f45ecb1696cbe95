"""A TOML file from the data folder, read with all its faults gathered."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from repairbook.model.faults import DataFault, Fault, FaultList


def read_toml(path: Path) -> dict[str, Any]:
    """Read one TOML file; what cannot be read is refused by the file's name alone."""
    try:
        # Some editors begin a file with a byte order mark that nobody sees.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        fault = Fault(path.name, "the file", f"is not valid TOML: {error}", "a file that follows toml.io")
    except UnicodeDecodeError:
        fault = Fault(path.name, "the file", "is not in UTF-8", "a file saved as UTF-8")
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets thousands deep.
        fault = Fault(path.name, "the file", "holds something far too long", "a file of ordinary length")
    except OSError as error:
        # The system's own message would carry the path of this computer.
        reason = f"cannot be read ({type(error).__name__})"
        fault = Fault(path.name, "the file", reason, "a file that is there and open to this person")
    raise DataFault([fault])


class TomlTable:
    """One table of a TOML file: each reader gives a value of the right type, or notes a fault."""

    def __init__(self, raw: Mapping[str, Any], faults: FaultList, place: str = "") -> None:
        self.raw = raw
        self.faults = faults
        self.place = place

    def fault(self, key: str, reason: str, right: str) -> None:
        """Note a fault at this key of the table."""
        self.faults.add(f"{self.place}{key}", reason, right)

    def only(self, *known: str) -> None:
        """Note every key that is not one of the known ones."""
        for key in self.raw:
            if key not in known:
                self.fault(key, "is not known here", f"one of {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text that is not empty, or the default where the key is left out."""
        right = "some text in quotes"
        if key not in self.raw and default is not None:
            return default
        value = self._typed(key, str, right)
        if value is None:
            return ""
        if not value.strip() and default is None:
            self.fault(key, "is empty", right)
        return str(value).strip()

    def whole(self, key: str) -> int:
        """Give a whole number of 1 or more."""
        right = "a whole number of 1 or more"
        value = self._typed(key, int, right)
        if value is not None and value < 1:
            self.fault(key, f"is {value}", right)
        return value or 0

    def flag(self, key: str) -> bool:
        """Give true or false."""
        return bool(self._typed(key, bool, "true or false"))

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts, which may be left out."""
        right = 'a list of texts, such as ["R4", "P3"]'
        value = self._typed(key, list, right) if key in self.raw else []
        if value and not all(isinstance(each, str) and each.strip() for each in value):
            self.fault(key, "holds something other than text", right)
            return ()
        return tuple(value or ())

    def tables(self, key: str) -> list[TomlTable]:
        """Give the tables of a list such as [[entry]], numbered from 1; it may be left out."""
        right = f"a list of tables, each begun with [[{key}]]"
        value = self._typed(key, list, right) if key in self.raw else []
        if value and not all(isinstance(each, dict) for each in value):
            self.fault(key, "holds something other than tables", right)
            return []
        return [
            TomlTable(each, self.faults, f"{self.place}{key} {number}: ")
            for number, each in enumerate(value or (), start=1)
        ]

    def _typed(self, key: str, kind: type, right: str) -> Any:
        if key not in self.raw:
            self.fault(key, "is missing", right)
            return None
        value = self.raw[key]
        # A bool is an int to Python, but not to a person.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(key, f"is of the wrong kind ({type(value).__name__})", right)
            return None
        return value
