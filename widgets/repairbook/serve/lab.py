"""Open the workbooks in JupyterLab: for a store on one's own computer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from repairbook.home import Home, shipped
from repairbook.serve.environment import jupyter_folder, settled
from repairbook.serve.secret import cookie_secret
from repairbook.serve.web import (
    ADDRESS,
    Limits,
    bound,
    check_home,
    check_shipped,
    checked_token,
    keep_kernels,
)

FIRST_PORT = 8899
FIRST_WORKBOOK = "reflect.ipynb"


def lab(
    home: Home,
    port: int | None = None,
    open_browser: bool = True,
    token: str | None = None,
    *,
    limits: Limits | None = None,
    workbooks: Path | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Open the workbooks in JupyterLab for the person at this computer until Ctrl-C."""
    key = checked_token(token)
    source = workbooks or shipped() / "workbooks"
    check_shipped(source)
    check_home(home)
    number = _free(port)
    with settled(home):
        folder = laid_out(home, source)
        _settings(home)
        # Imported late: it costs a second, and a wrong option should be refused at once.
        from repairbook.serve.desk import desk
        from repairbook.serve.logbook import open_log

        open_log(home)
        config = configuration(home, folder, limits or Limits.from_environment())
        config.ServerApp.port = number
        config.IdentityProvider.token = key
        first = FIRST_WORKBOOK if (folder / FIRST_WORKBOOK).is_file() else ""
        config.LabApp.default_url = f"/lab/tree/{first}" if first else "/lab"
        server = desk(config)
        say(f"Repairbook is open in JupyterLab at http://{ADDRESS}:{number}/lab/tree/{first}?token={key}")
        say("JupyterLab can run code beside your key: use it for your own records on your own computer only.")
        say("Keep this window open. Ctrl-C closes it; what is saved stays saved.")
        server.open_browser = open_browser
        server.start()
    say("Closed.")


def configuration(home: Home, folder: Path, limits: Limits) -> Any:
    """Give every setting of JupyterLab that is not its own default."""
    from traitlets.config import Config

    from repairbook.serve.contents import ShippedWorkbooks
    from repairbook.serve.kernels import OneKernel, OwnedKernels
    from repairbook.serve.logbook import log_request

    c = Config()
    server = c.ServerApp
    server.ip = ADDRESS
    server.port_retries = 0
    server.root_dir = str(folder)
    server.allow_root = True
    server.open_browser = False
    server.answer_yes = True
    server.terminals_enabled = False
    server.quit_button = False
    server.cookie_secret = cookie_secret(home)
    server.contents_manager_class = ShippedWorkbooks
    server.kernel_manager_class = OwnedKernels
    server.kernel_spec_manager_class = OneKernel
    server.tornado_settings = {"log_function": log_request, "ws_ping_timeout": 30_000}
    c.ContentsManager.allow_hidden = False
    c.LabApp.extension_manager = "readonly"
    c.LabApp.news_url = None
    keep_kernels(c, home, limits, "lab")
    return c


def laid_out(home: Home, source: Path) -> Path:
    """Copy the workbooks into a folder of the person's own; a changed or older copy is replaced."""
    folder = jupyter_folder(home) / "workbooks"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    names = {path.name for path in source.glob("*.ipynb")}
    for stale in folder.glob("*.ipynb"):
        if stale.name not in names:
            stale.unlink()
    for name in sorted(names):
        kept, fresh = folder / name, (source / name).read_bytes()
        if not kept.is_file() or kept.read_bytes() != fresh:
            kept.write_bytes(fresh)
        kept.chmod(0o600)
    return folder


def _settings(home: Home) -> None:
    target = jupyter_folder(home) / "config" / "labconfig"
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("default_setting_overrides.json", "page_config.json"):
        shutil.copyfile(shipped() / "templates" / "lab" / name, target / name)


def _free(port: int | None) -> int:
    with bound(port, FIRST_PORT) as line:
        number: int = line.getsockname()[1]
    return number
