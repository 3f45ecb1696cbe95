"""Where the shipped files are, and where this person's data is kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs


@cache
def shipped() -> Path:
    """Give the folder that holds the workbooks, templates and data as they were shipped."""
    package = Path(__file__).resolve().parent
    installed = package / "_share"
    return installed if installed.is_dir() else package.parents[1]


@dataclass(frozen=True)
class Home:
    """One data home: everything written in it, and the key that opens it, kept apart."""

    data: Path
    config: Path
    name: str = "repairbook"

    @property
    def store(self) -> Path:
        """The database file."""
        return self.data / "repairbook.sqlite"

    @property
    def key_file(self) -> Path:
        """The key that opens this home's text; never inside a data home."""
        return self.config / "keys" / f"{self.name}.key"

    @property
    def site(self) -> Path:
        """What this site adds: own codebooks and `site.toml`."""
        return self.data / "site"

    @property
    def logs(self) -> Path:
        """Log files, which never hold anybody's words."""
        return self.data / "logs"

    def make(self) -> Home:
        """Create the folders, open to their owner only, and give the home back."""
        for folder in (self.data, self.config, self.key_file.parent, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        return self


def default_home(environ: Mapping[str, str] | None = None) -> Home:
    """Give this person's own home: where the environment says, else the system's usual place."""
    env = os.environ if environ is None else environ
    data = _absolute(env.get("REPAIRBOOK_HOME") or platformdirs.user_data_dir("repairbook", appauthor=False))
    config = _absolute(
        env.get("REPAIRBOOK_CONFIG") or platformdirs.user_config_dir("repairbook", appauthor=False)
    )
    if config.is_relative_to(data):
        # Some systems give one folder for both; the key must not travel with a copy of the data.
        config = data.parent / f"{data.name}-config"
    return Home(data=data, config=config)


def demo_home(home: Home) -> Home:
    """Give the home of the demo cases, beside the person's own and with a key of its own."""
    return Home(data=home.data.parent / f"{home.data.name}-demo", config=home.config, name="demo")


def _absolute(path: str) -> Path:
    return Path(path).expanduser().absolute()
