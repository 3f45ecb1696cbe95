"""The words on the page: one TOML per language, English underneath."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from repairbook.model.faults import DataFault, Fault
from repairbook.model.toml_file import read_toml

ENGLISH = "en"


class Words:
    """Look up what the page says by a dotted key.

    Parameters
    ----------
    folder
        Folder holding `<language>.toml` files.
    language
        The language wanted; a key it lacks falls back to English.
    """

    def __init__(self, folder: Path, language: str = ENGLISH) -> None:
        self.language = language
        self._english = _flat(read_toml(folder / f"{ENGLISH}.toml"), f"{ENGLISH}.toml")
        chosen = folder / f"{language}.toml"
        self._chosen = _flat(read_toml(chosen), chosen.name) if language != ENGLISH else self._english

    def __call__(self, key: str, **values: object) -> str:
        """Give the words for a key, with `{name}` places filled in.

        Raises
        ------
        KeyError
            If no language knows the key: a fault of the program, found by its tests.
        """
        text = self._chosen.get(key) or self._english[key]
        return text.format(**values) if values else text

    def maybe(self, key: str) -> str:
        """Give the words for a key that need not exist, else nothing."""
        return self._chosen.get(key) or self._english.get(key, "")

    def under(self, prefix: str) -> dict[str, str]:
        """Give every key below a dotted prefix with its words, in the order of the English file."""
        start = f"{prefix}."
        return {
            key.removeprefix(start): self._chosen.get(key, text)
            for key, text in self._english.items()
            if key.startswith(start)
        }

    def missing(self) -> list[str]:
        """Name the English keys the chosen language lacks."""
        return sorted(self._english.keys() - self._chosen.keys())


def _flat(table: Mapping[str, Any], file: str) -> dict[str, str]:
    faults: list[Fault] = []
    flat: dict[str, str] = {}

    def walk(inner: Mapping[str, Any], path: tuple[str, ...]) -> None:
        for key, value in inner.items():
            where = ".".join((*path, key))
            if isinstance(value, Mapping):
                walk(value, (*path, key))
            elif isinstance(value, str) and value:
                flat[where] = value
            else:
                faults.append(Fault(file, where, "is not a text", "a text in quotes that is not empty"))

    walk(table, ())
    if faults:
        raise DataFault(faults)
    return flat
