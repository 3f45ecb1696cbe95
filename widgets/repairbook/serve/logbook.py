"""The log: what the server did, never what anybody wrote, and nothing that opens a door."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from typing import Any

from repairbook.home import Home

KERNEL_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
REDIRECT = re.compile(r"(login redirect to ).*")
QUERY = re.compile(r"\?[^\s'\")]*")
ANSI = re.compile(r"\x1b\[[0-9;]*m")
PLACES = re.compile(r"^File (\S+:\d+)", re.MULTILINE)
CELL_FAILED = "Error at server"
NO_PAGE = "<no such page>"


class Discreet(logging.Formatter):
    """Write a log line without queries, without ids that are as good as keys, without values."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, with what must not be kept taken out."""
        return scrubbed(super().format(_without_source(record)))


def scrubbed(text: str) -> str:
    """Take out of a line whatever could open a door or tell what somebody wrote."""
    return REDIRECT.sub(r"\1…", QUERY.sub("?…", KERNEL_ID.sub("<workbook>", text)))


def _without_source(record: logging.LogRecord) -> logging.LogRecord:
    if not str(record.msg).startswith(CELL_FAILED):
        return record
    # The line as sent holds the cell's code, what it had already shown, and the fault's own words.
    fault = record.exc_info[1] if record.exc_info else None
    kind = getattr(fault, "ename", "") or type(fault).__name__
    places = " < ".join(reversed(PLACES.findall(ANSI.sub("", str(fault)))))
    clean = logging.makeLogRecord(record.__dict__)
    clean.msg, clean.args = "A workbook stopped: %s at %s", (kind, places or "an unknown place")
    clean.exc_info = clean.exc_text = None
    return clean


def open_log(home: Home) -> logging.Handler:
    """Send every logger of the server to one file that only its owner can read."""
    path = home.logs / "serve.log"
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    return handler


def quiet(app: Any) -> None:
    """Let an app's own logger write to the file only, not to the terminal."""
    app.log.handlers[:] = []
    app.log.propagate = True
    app.log.setLevel(logging.INFO)


def log_request(handler: Any) -> None:
    """Note one request: method, path without query, status, time."""
    level = logging.INFO if handler.get_status() < 500 else logging.ERROR
    millis = 1000.0 * handler.request.request_time()
    # What is no address of ours may be anything somebody pasted.
    path = NO_PAGE if handler.get_status() == 404 else handler.request.path
    line = f"{handler.get_status()} {handler.request.method} {path} {millis:.0f} ms"
    logging.getLogger("repairbook.serve").log(level, "%s", line)
