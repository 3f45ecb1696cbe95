"""The web app: Voilà on its own, narrowed to what one person's workbooks need."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
import tempfile
from typing import Any

import tornado.web
from jinja2 import Environment, FileSystemLoader
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from traitlets import Any as AnyTrait
from traitlets import List
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from repairbook.home import shipped
from repairbook.serve import pages
from repairbook.serve.logbook import log_request, quiet

OURS = {
    TornadoVoilaHandler: pages.Workbook,
    VoilaKernelWebsocketHandler: pages.Channel,
    VoilaShutdownKernelHandler: pages.Farewell,
}
LEFT_OUT = (TornadoVoilaTreeHandler, VoilaContentsHandler)
KERNEL_PATH = r"/api/kernels/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


class Workbooks(Voila):  # type: ignore[misc]
    """Serve the workbooks and the start page, and nothing else."""

    sockets: Any = List(help="Already bound, so the address is known before anything starts.")
    start_source = AnyTrait(help="Gives the start page its content.")
    announce: Any = AnyTrait(help="Called once when the first visitor can come.")

    def load_config_file(self, *args: Any, **kwargs: Any) -> None:
        """Read no settings but our own."""

    def initialize(self, argv: list[str] | None = None) -> None:
        """Prepare, and write the log to our file only."""
        super().initialize(argv or [])
        quiet(self)

    def init_settings(self) -> dict[str, Any]:
        """Add our pages and narrow who may call."""
        settings: dict[str, Any] = super().init_settings()
        folder = shipped() / "templates" / "voila" / "templates" / "repairbook"
        page_env = Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True)
        return settings | {
            "page_env": page_env,
            "allow_remote_access": False,
            "local_hostnames": ["localhost", "127.0.0.1"],
            "log_function": log_request,
            "ws_ping_timeout": 30_000,
            "default_handler_class": pages.Missing,
        }

    def init_handlers(self) -> list[Any]:
        """Put our pages first, our own handlers in place of Voilà's, and leave the file lists out."""
        base = self.server_url
        source = {"source": self.start_source}
        ours = [
            (base, pages.Start, source | {"demo": False}),
            (url_path_join(base, r"/demo/?"), pages.Start, source | {"demo": True}),
            (url_path_join(base, r"/login"), pages.Login),
            (url_path_join(base, KERNEL_PATH), KernelHandler),
        ]
        theirs = [
            (rule[0], OURS.get(rule[1], rule[1]), *rule[2:])
            for rule in super().init_handlers()
            if rule[1] not in LEFT_OUT
        ]
        return [*ours, *theirs]

    def start(self) -> None:
        """Serve until asked to stop; then every workbook is closed properly."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self.connection_dir = tempfile.mkdtemp(prefix="rb_", dir=self.connection_dir_root)
        self.app = tornado.web.Application(**self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        server = HTTPServer(self.app)
        server.add_sockets(self.sockets)
        stop = _asked_to_stop()
        try:
            self.announce()
            await stop.wait()
        finally:
            server.stop()
            await self.kernel_manager.shutdown_all()
            shutil.rmtree(self.connection_dir, ignore_errors=True)


def _asked_to_stop() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            with contextlib.suppress(ValueError):
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop
