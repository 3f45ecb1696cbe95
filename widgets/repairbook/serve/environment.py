"""What a workbook's process may know of the surroundings: only what it needs."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from repairbook.home import Home, shipped

# fmt: off
KEPT = frozenset((
    "PATH", "HOME", "USER", "LOGNAME", "USERNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP",
    "TMP", "TERM", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "SYSTEMROOT", "SYSTEMDRIVE",
    "WINDIR", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR",
    "VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "PYTHONHOME", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE",
    "PYTHONPYCACHEPREFIX", "QUERY_STRING", "SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "SERVER_PORT",
    "SERVER_PROTOCOL", "SERVER_SOFTWARE", "VOILA_KERNEL_ID", "VOILA_BASE_URL", "VOILA_SERVER_URL",
    "VOILA_APP_PORT", "VOILA_PREHEAT",
))
# fmt: on
EXTENSIONS = ("@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget")
SECRET_WORDS = frozenset({"token", "password"})
LONGEST_QUERY = 2000
LONGEST_SOCKET_FOLDER = 30


def public_query(query: str) -> str:
    """Give the query without anything that opens the door or changes the page's dress."""
    pairs = parse_qsl(query[:LONGEST_QUERY], keep_blank_values=True)
    refused = SECRET_WORDS | {"template", "theme"}
    return urlencode([(name, value) for name, value in pairs if name.lower() not in refused])


def kernel_environment(environ: Mapping[str, str], home: Home, place: str) -> dict[str, str]:
    """Give the environment of one workbook: no secrets, nothing it does not need."""
    kept = {name: value for name, value in environ.items() if name in KEPT or name.startswith("LC_")}
    if "QUERY_STRING" in kept:
        kept["QUERY_STRING"] = public_query(kept["QUERY_STRING"])
    if "REPAIRBOOK_LANGUAGE" in environ:
        kept["REPAIRBOOK_LANGUAGE"] = environ["REPAIRBOOK_LANGUAGE"]
    kept["REPAIRBOOK_HOME"] = str(home.data)
    kept["REPAIRBOOK_CONFIG"] = str(home.config)
    kept["REPAIRBOOK_PLACE"] = place
    kept["IPYTHONDIR"] = str(jupyter_folder(home) / "ipython")
    return kept


def jupyter_folder(home: Home) -> Path:
    """Give the folder of this home where Jupyter keeps what it needs while running."""
    return home.data / "jupyter"


@contextmanager
def settled(home: Home) -> Iterator[Path]:
    """Keep this process apart from the person's own Jupyter; give the folder for the running processes."""
    home.make()
    place = jupyter_folder(home)
    # Not in the data home: a socket's path may have about a hundred characters, and it holds passing keys.
    running = Path(tempfile.mkdtemp(prefix="rb_", dir=_short_folder()))
    folders = {
        "JUPYTER_CONFIG_DIR": place / "config",
        "JUPYTER_DATA_DIR": place / "data",
        "JUPYTER_RUNTIME_DIR": running,
        "IPYTHONDIR": place / "ipython",
    }
    for folder in (place, *folders.values()):
        folder.mkdir(mode=0o700, exist_ok=True)
    os.environ.update({name: str(folder) for name, folder in folders.items()})
    os.environ["JUPYTER_PATH"] = str(shipped() / "templates")
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    for name in ("JUPYTER_TOKEN", "JUPYTER_TOKEN_FILE", "JUPYTER_CONFIG_PATH", "JUPYTER_NO_CONFIG"):
        os.environ.pop(name, None)
    try:
        yield running
    finally:
        shutil.rmtree(running, ignore_errors=True)


def _short_folder() -> str | None:
    long = len(tempfile.gettempdir()) > LONGEST_SOCKET_FOLDER
    return "/tmp" if long and os.name == "posix" else None
