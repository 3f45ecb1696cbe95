"""The pages of the server: start, login, the workbook itself, and the calm page when something is wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import tornado.escape
import tornado.web
from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.base.handlers import JupyterHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import (
    VoilaKernelWebsocketHandler,
    read_header_from_binary_message,
)

from repairbook.serve.environment import public_query
from repairbook.serve.identity import owns
from repairbook.serve.kernels import VISITOR
from repairbook.serve.start import StartPage

StartSource = Callable[[bool], StartPage]

# What a callback prints or throws stays in the workbook's own process.
NEVER_SENT = frozenset({"execute_input", "error", "stream"})

LAST_WORDS = 2.0
MOST_PATIENCE = 10.0
HEARD_EVERY = 0.25
"""Seconds a page's process goes on after its farewell to store the last words: at least, and while busy."""

SENTENCES = {
    403: (
        "This is not yours to open",
        "It belongs to somebody else, or this page is too old. Begin again at the start page.",
    ),
    404: ("There is nothing here", "The address may be mistyped, or the page has moved."),
    503: (
        "Too many workbooks are open",
        "Each open tab takes some of this computer's memory. "
        "Close one you no longer need, wait a moment, then try again.",
    ),
    500: ("Something went wrong", "Nothing you saved is lost. Go back to the start page and open it again."),
}  # fmt: skip


class Page(JupyterHandler):
    """A page in our own look, which asks no other computer for anything."""

    @property
    def content_security_policy(self) -> str:
        """Let the browser itself refuse every request to another host."""
        host = self.request.host
        return "; ".join(
            (
                "default-src 'self'",
                "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:",
                "style-src 'self' 'unsafe-inline' blob: data:",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                "worker-src 'self' blob:",
                f"connect-src 'self' ws://{host} wss://{host} data: blob:",
                "object-src 'none'",
                "base-uri 'self'",
                "form-action 'self'",
                "frame-ancestors 'self'",
            )
        )

    def show(self, name: str, **words: Any) -> None:
        """Draw a page from its template; everything put into it is escaped."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        # "no-referrer" would make the browser hide where a form comes from, and the door refuse every key.
        self.set_header("Referrer-Policy", "same-origin")
        template = self.settings["page_env"].get_template(name)
        self.finish(template.render(base_url=self.base_url, **words))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say in one sentence what happened and what to do, without any inner detail."""
        heading, sentence = SENTENCES.get(status_code, SENTENCES[500 if status_code >= 500 else 404])
        self.show("error.html", heading=heading, sentence=sentence)

    def without_key(self) -> bool:
        """Send the visitor to the same address without the key, so it stays in no history."""
        if "token" not in self.request.query_arguments:
            return False
        rest = public_query(self.request.query)
        self.redirect(self.request.path + (f"?{rest}" if rest else ""))
        return True


class Start(Page):
    """The start page: no workbook runs behind it, so it opens at once."""

    def initialize(self, source: StartSource, demo: bool) -> None:
        """Take what gives the page its content."""
        self.source = source
        self.demo = demo

    @tornado.web.authenticated
    async def get(self) -> None:
        """Show the start page."""
        if not self.without_key():
            self.show("start.html", page=self.source(self.demo))


class Login(Page, LoginFormHandler):
    """Ask for the key of the printed link."""

    def _render(self, message: Any = None) -> None:
        asked = tornado.escape.url_escape(self.get_argument("next", default=self.base_url))
        self.show(
            "login.html",
            action=f"{self.base_url}login?next={asked}",
            refused=bool(message),
            xsrf=self.xsrf_form_html(),
        )


class Missing(Page):
    """Whatever has no page of its own."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Say that there is nothing here."""
        raise tornado.web.HTTPError(404)

    post = put = delete = patch = get


class Workbook(Page, TornadoVoilaHandler):  # type: ignore[misc]
    """One opened workbook: a page with a process of its own."""

    @tornado.web.authenticated
    async def get(self, path: str = "") -> None:
        """Open the workbook for the person who asks."""
        if self.without_key():
            return
        if not path.endswith(".ipynb"):
            raise tornado.web.HTTPError(404)
        # Without this cookie the page's farewell is refused and its process stays behind.
        _ = self.xsrf_token
        VISITOR.set(self.current_user.username)
        await TornadoVoilaHandler.get(self, path)


class Channel(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The line between a page and its process; carries values, never code or tracebacks."""

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Pass a message on, unless its kind never leaves the process."""
        if _kind(message) in NEVER_SENT:
            return None
        return super().write_message(message, binary)


class Farewell(VoilaShutdownKernelHandler):  # type: ignore[misc]
    """The page says it is being closed: its process may stop."""

    @tornado.web.authenticated
    async def post(self, kernel_id: str) -> None:
        """Stop the process behind the page, if it is the visitor's own."""
        if not owns(self.kernel_manager, self.current_user, kernel_id):
            raise tornado.web.HTTPError(403)
        await self._hear_out(kernel_id)
        if kernel_id in self.kernel_manager:
            await ensure_async(self.kernel_manager.shutdown_kernel(kernel_id))
        self.set_status(204)
        self.finish()

    async def _hear_out(self, kernel_id: str) -> None:
        waited = 0.0
        while kernel_id in self.kernel_manager and waited < MOST_PATIENCE:
            state = getattr(self.kernel_manager.get_kernel(kernel_id), "execution_state", "idle")
            if waited >= LAST_WORDS and state != "busy":
                return
            await asyncio.sleep(HEARD_EVERY)
            waited += HEARD_EVERY


def _kind(message: Any) -> str:
    header: Any = None
    if isinstance(message, dict):
        header = message.get("header")
    elif isinstance(message, bytes):
        header = read_header_from_binary_message(message)
    elif isinstance(message, str):
        header = json.loads(message).get("header")
    return str((header or {}).get("msg_type", ""))
