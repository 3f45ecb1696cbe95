"""Start the web app: bind a port, print one link, open the browser."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repairbook.home import Home, shipped
from repairbook.serve.environment import EXTENSIONS, settled
from repairbook.serve.secret import SHORTEST_TOKEN, cookie_secret, new_token
from repairbook.serve.start import StartPage

ADDRESS = "127.0.0.1"
FIRST_PORT = 8866
PORTS_TRIED = 30


class CannotServe(Exception):
    """The server cannot start; the message is one sentence for the person."""


@dataclass(frozen=True)
class Limits:
    """How much the server carries, and when it tidies up; seconds."""

    max_kernels: int = 12
    cull_after: int = 1800
    cull_every: int = 60

    @classmethod
    def from_environment(cls) -> Limits:
        """Read the limits a site or a test sets; faulty numbers are left aside."""
        return cls(
            _number("REPAIRBOOK_MAX_KERNELS", cls.max_kernels),
            _number("REPAIRBOOK_CULL_AFTER", cls.cull_after),
            _number("REPAIRBOOK_CULL_EVERY", cls.cull_every),
        )


def serve(
    home: Home,
    port: int | None = None,
    open_browser: bool = True,
    token: str | None = None,
    *,
    limits: Limits | None = None,
    workbooks: Path | None = None,
    start_source: Callable[[bool], StartPage] | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the workbooks to the person at this computer until Ctrl-C."""
    key = checked_token(token)
    folder = workbooks or shipped() / "workbooks"
    check_shipped(folder)
    check_home(home)
    line = bound(port)
    number = line.getsockname()[1]
    once = new_token() if open_browser else ""
    address = f"http://{ADDRESS}:{number}/"

    def announce() -> None:
        say(f"Repairbook is open at {address}?token={key}")
        say("Keep this window open. Ctrl-C closes it; what is saved stays saved.")
        if open_browser:
            _show(f"{address}?token={once}")

    with settled(home) as running:
        # Imported late: it costs a second, and a wrong option should be refused at once.
        from repairbook.serve.app import Workbooks
        from repairbook.serve.logbook import open_log

        open_log(home)
        config = configuration(home, folder, limits or Limits.from_environment())
        config.KeyHolder.once = once
        config.Voila.connection_dir_root = str(running)
        app = Workbooks(config=config, token=key, port=number, ip=ADDRESS, sockets=[line])
        app.start_source = start_source or source_for(home)
        app.announce = announce
        app.initialize([])
        app.start()
    say("Closed.")


def configuration(home: Home, workbooks: Path, limits: Limits) -> Any:
    """Give every setting of Voilà that is not its own default."""
    from traitlets.config import Config

    from repairbook.serve.identity import KernelOwner, KeyHolder
    from repairbook.serve.kernels import OneKernel, OwnedKernels

    c = Config()
    c.Voila.root_dir = str(workbooks)
    c.Voila.open_browser = False
    c.Voila.cookie_secret = cookie_secret(home)
    c.Voila.identity_provider_class = KeyHolder
    c.Voila.authorizer_class = KernelOwner
    c.KeyHolder.cookie_options = {"samesite": "Lax", "expires_days": 30}
    page = c.VoilaConfiguration
    page.template = "repairbook"
    page.allow_template_override = "NO"
    page.allow_theme_override = "NO"
    page.strip_sources = True
    page.show_tracebacks = False
    page.file_allowlist = [r"public/.*\.(png|jpg|svg)"]
    page.file_denylist = [r".*\.(ipynb|py|toml)", r"(^|.*/)\..*"]
    page.extension_allowlist = list(EXTENSIONS)
    page.multi_kernel_manager_class = OwnedKernels
    page.kernel_spec_manager_class = OneKernel
    page.attempt_fix_notebook = True
    page.http_keep_alive_timeout = 10
    c.VoilaExporter.language_code = "en"
    c.VoilaExecutor.cell_error_instruction = "Nothing you saved is lost. Reload the page to open it again."
    c.VoilaExecutor.cell_timeout_instruction = "Reload the page to open it again."
    keep_kernels(c, home, limits, "voila")
    return c


def keep_kernels(c: Any, home: Home, limits: Limits, place: str) -> None:
    """Say how workbook processes are started, limited and tidied up."""
    c.OwnedKernels.home = home
    c.OwnedKernels.place = place
    c.OwnedKernels.max_kernels = limits.max_kernels
    c.OwnedKernels.cull_idle_timeout = limits.cull_after
    c.OwnedKernels.cull_interval = limits.cull_every
    c.OwnedKernels.cull_connected = False
    if os.name == "posix":
        c.KernelManager.transport = "ipc"


def bound(port: int | None, first: int = FIRST_PORT) -> socket.socket:
    """Take the asked port or the first free one, on this computer only."""
    tried = [port] if port is not None else range(first, first + PORTS_TRIED)
    for number in tried:
        with contextlib.suppress(OSError):
            return _listening(number)
    if port is not None:
        message = f"Port {port} is in use. Choose another with --port, or leave it out to take a free one."
        raise CannotServe(message)
    message = f"No free port between {first} and {first + PORTS_TRIED - 1}. Choose one with --port."
    raise CannotServe(message)


def _listening(port: int) -> socket.socket:
    line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind((ADDRESS, port))
        line.listen(128)
        line.setblocking(False)
    except OSError:
        line.close()
        raise
    return line


def checked_token(token: str | None) -> str:
    """Give the person's own key if it is long enough, else a new one."""
    if token is None:
        return new_token()
    if len(token) < SHORTEST_TOKEN:
        message = f"The key must have at least {SHORTEST_TOKEN} characters. Leave it out to have one made."
        raise CannotServe(message)
    return token


def source_for(home: Home) -> Callable[[bool], StartPage]:
    """Give the function that reads the start page from the store of this home or of the demo."""
    from repairbook.serve.shelf import Shelf

    return Shelf(home).page


def missing_parts(workbooks: Path) -> list[str]:
    """Name what the app cannot do without and does not find, one sentence each."""
    template = shipped() / "templates" / "voila" / "templates" / "repairbook"
    missing = [
        str(template / name) for name in ("index.html.j2", "start.html") if not (template / name).is_file()
    ]
    if not any(workbooks.glob("*.ipynb")):
        missing.append(str(workbooks / "*.ipynb"))
    return [f"Not found: {path}. Install Repairbook again." for path in missing]


def check_shipped(workbooks: Path) -> None:
    """Refuse to start, in one sentence, when a shipped part is missing."""
    missing = missing_parts(workbooks)
    if missing:
        raise CannotServe(missing[0])


def check_home(home: Home) -> None:
    """Refuse to start, in one sentence, where nothing could be kept."""
    try:
        home.make()
    except OSError:
        message = f"{home.data} cannot be made or written to. Choose another place with REPAIRBOOK_HOME."
        raise CannotServe(message) from None


def _show(url: str) -> None:
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _number(name: str, otherwise: int) -> int:
    try:
        return max(1, int(os.environ.get(name, "")))
    except ValueError:
        return otherwise
