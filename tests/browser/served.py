"""A real server and a browser page that is watched, for every test that walks or weighs the pages."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
import pytest

TOKEN = "a-key-for-tests-only"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1200, "height": 900}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """`repairbook serve` (or `lab`) as a person would start it, with a home of its own."""

    folder: Path
    verb: str = "serve"
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = (sys.executable, "-m", "repairbook")
    process: subprocess.Popen | None = None

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def config(self) -> Path:
        return self.folder / "config"

    def start(self) -> Server:
        environ = {
            **os.environ,
            "REPAIRBOOK_HOME": str(self.home),
            "REPAIRBOOK_CONFIG": str(self.config),
            "REPAIRBOOK_CULL_AFTER": "20",
            "REPAIRBOOK_CULL_EVERY": "3",
            "TZ": "UTC",
            **self.settings,
        }
        words = [*self.command, self.verb, "--no-browser", "--port", str(self.port), "--token", TOKEN]
        with (self.folder / f"{self.verb}.out").open("ab") as log:
            self.process = subprocess.Popen(words, env=environ, stdout=log, stderr=log, cwd=self.folder)
        self._wait()
        return self

    def _wait(self) -> None:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
                # Knocking at a free port can, once in a while, reach the knocker itself.
                if line.getsockname() != line.getpeername():
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        pytest.fail(f"the server did not start: {(self.folder / f'{self.verb}.out').read_text()}")

    def stop(self, *, gently: bool = True) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        kernels = self.kernels()
        self.process.send_signal(signal.SIGINT if gently else signal.SIGKILL)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        for kernel in kernels:
            with contextlib.suppress(psutil.NoSuchProcess):
                kernel.kill()

    def kernels(self) -> list[psutil.Process]:
        """The workbook processes of this server."""
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if any("ipykernel" in word for word in child.cmdline()):
                    found.append(child)
        return found

    def url(self, path: str = "/", **query: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}?{urlencode({'token': TOKEN, **query})}"

    def written(self) -> str:
        """Everything the server wrote: its output and its logs."""
        logs = [self.folder / f"{self.verb}.out", *self.home.glob("logs/*")]
        return "\n".join(log.read_text("utf-8", "replace") for log in logs if log.exists())


class Watched:
    """A browser page that remembers what it asked for and what came over the websocket."""

    def __init__(self, context, host: str) -> None:
        self.host = host
        self.requests: list[str] = []
        self.frames: list[str] = []
        self.errors: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("websocket", self._listen)

    def _listen(self, socket_):
        socket_.on("framereceived", lambda payload: self.frames.append(_text(payload)))

    def outside(self) -> list[str]:
        """Requests to any other host."""
        ours = {"data", "blob", "about"}
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in ours and urlsplit(url).netloc != self.host
        ]

    def tracebacks(self) -> list[str]:
        """Websocket messages that carry a traceback."""
        found = [frame for frame in self.frames if re.search(r'"traceback"\s*:\s*\[\s*"', frame)]
        return found + [frame for frame in self.frames if "Traceback (most recent" in frame]


def _text(payload) -> str:
    return payload if isinstance(payload, str) else payload.decode("utf-8", "replace")
