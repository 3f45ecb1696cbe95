"""Look whether everything is in place, and say in plain sentences what to do where it is not."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from repairbook.home import Home, shipped

OLDEST_PYTHON = (3, 11)
LEAST_FREE_BYTES = 200_000_000
CRITICAL_LIBRARIES = ("voila", "jupyterlab", "ipywidgets", "anywidget", "ipykernel")
OPEN_TO_OTHERS = 0o077


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, in a sentence, and what to do if not."""

    ok: bool
    sentence: str
    to_do: str = ""

    def __str__(self) -> str:
        """Give the line the person reads."""
        mark = "ok     " if self.ok else "not ok "
        return f"{mark} {self.sentence}" + (f" {self.to_do}" if self.to_do else "")


def doctor(home: Home) -> list[Finding]:
    """Look at everything the workbook needs; nothing is changed."""
    return [finding for look in LOOKS for finding in look(home)]


def tell(home: Home, say: Callable[[str], None] = print) -> int:
    """Print every finding and give the exit code: 0 when all is well."""
    findings = doctor(home)
    for finding in findings:
        say(str(finding))
    broken = sum(not finding.ok for finding in findings)
    say("Everything is in place." if not broken else f"{broken} to look at.")
    return 1 if broken else 0


def _python(home: Home) -> Iterator[Finding]:
    found = sys.version_info[:2] >= OLDEST_PYTHON
    yield Finding(
        found, f"Python {platform.python_version()}.", "" if found else "Install Python 3.11 or newer."
    )


def _libraries(home: Home) -> Iterator[Finding]:
    import importlib.metadata

    versions, missing = [], []
    for name in CRITICAL_LIBRARIES:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if versions:
        yield Finding(True, f"Found {', '.join(versions)}.")
    for name in missing:
        yield Finding(False, f"{name} is not installed.", "Install Repairbook again.")


def _sqlite(home: Home) -> Iterator[Finding]:
    try:
        from repairbook.store.driver import DRIVER
    except Exception as fault:
        yield Finding(
            False, f"The store cannot be loaded: {type(fault).__name__}.", "Install Repairbook again."
        )
        return
    library = getattr(DRIVER.module, "__name__", "").split(".")[0]
    number = ".".join(str(part) for part in DRIVER.version)
    yield Finding(True, f"The store uses {library} with SQLite {number}.")


def _folders(home: Home) -> Iterator[Finding]:
    for name, folder in (("Your records", home.data), ("Your settings and keys", home.config)):
        if not folder.exists():
            yield Finding(True, f"{name} will be kept in {folder}.")
        elif not os.access(folder, os.W_OK):
            yield Finding(False, f"{folder} cannot be written to.", "Make it yours, or choose another place.")
        else:
            yield _closed(f"{name} are in", folder)
    if home.config.is_relative_to(home.data):
        yield Finding(
            False, f"The key would lie among the records in {home.data}.", "Set REPAIRBOOK_CONFIG elsewhere."
        )


def _files(home: Home) -> Iterator[Finding]:
    if home.store.exists():
        yield _closed("The store is", home.store)
    if home.key_file.exists():
        yield _closed("The key is", home.key_file)
    elif home.store.exists():
        yield Finding(
            False,
            f"The key {home.key_file} is missing.",
            "Put it back from your copy; without it nothing can be read.",
        )
    else:
        yield Finding(True, f"The key will be made on first use, as {home.key_file}. Keep a copy of it.")


def _closed(what: str, path: Path) -> Finding:
    if os.name != "posix" or not path.stat().st_mode & OPEN_TO_OTHERS:
        return Finding(True, f"{what} {path}.")
    right = "700" if path.is_dir() else "600"
    return Finding(
        False, f"{what} {path}, which others on this computer can open.", f"Run: chmod {right} '{path}'"
    )


def _disk(home: Home) -> Iterator[Finding]:
    place = next(folder for folder in (home.data, *home.data.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    enough = free >= LEAST_FREE_BYTES
    yield Finding(
        enough,
        f"{free // 1_000_000} MB free for your records.",
        "" if enough else "Make room, or nothing can be saved.",
    )


def _shipped(home: Home) -> Iterator[Finding]:
    from repairbook.serve.web import missing_parts

    missing = missing_parts(shipped() / "workbooks")
    for sentence in missing:
        yield Finding(False, sentence)
    if not missing:
        yield Finding(True, f"Workbooks and templates found in {shipped()}.")


def _extensions(home: Home) -> Iterator[Finding]:
    from repairbook.serve.environment import EXTENSIONS

    prefix = Path(sys.prefix) / "share" / "jupyter"
    places = (prefix / "labextensions", prefix / "voila" / "labextensions")
    for name in EXTENSIONS:
        found = any((place / name / "package.json").is_file() for place in places)
        yield Finding(
            found,
            f"Page part {name} {'found' if found else 'not found'}.",
            "" if found else "Install Repairbook again.",
        )
    ours = shipped() / "templates" / "labextensions" / "repairbook-open" / "package.json"
    yield Finding(ours.is_file(), f"JupyterLab part {'found' if ours.is_file() else 'not found'}.")


def _servers(home: Home) -> Iterator[Finding]:
    from repairbook.serve.web import ADDRESS, FIRST_PORT

    with socket.socket() as line:
        line.settimeout(0.5)
        busy = line.connect_ex((ADDRESS, FIRST_PORT)) == 0
    if busy:
        yield Finding(
            True, f"Something already answers on port {FIRST_PORT}; another free port will be taken."
        )
    else:
        yield Finding(True, f"Port {FIRST_PORT} is free.")


LOOKS = (_python, _libraries, _sqlite, _folders, _files, _disk, _shipped, _extensions, _servers)
