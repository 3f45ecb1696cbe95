from __future__ import annotations

import logging
import sys
from types import SimpleNamespace

import pytest
from nbclient.exceptions import CellExecutionError

from repairbook.serve.logbook import Discreet, log_request
from repairbook.serve.pages import _kind

FAULT = """Traceback
\x1b[32mFile \x1b[39m\x1b[32m/some/where/panel.py:41\x1b[39m, in draw(self)
ValueError: whispered-words
"""


def line(message, *args, fault=None):
    record = logging.LogRecord("x", logging.ERROR, "f", 1, message, args, None)
    if fault is not None:
        try:
            raise fault
        except type(fault):
            record.exc_info = sys.exc_info()
    return Discreet("%(message)s").format(record)


def test_a_failed_workbook_leaves_its_kind_and_place_and_no_words():
    fault = CellExecutionError(FAULT, "ValueError", "whispered-words")
    said = line("Error at server while executing cell: %r", {"source": "whispered-words"}, fault=fault)
    assert said == "A workbook stopped: ValueError at /some/where/panel.py:41"


def test_queries_and_workbook_ids_never_reach_a_line():
    said = line("GET %s", "/api/kernels/01234567-89ab-cdef-0123-456789abcdef/channels?token=abc")
    assert said == "GET /api/kernels/<workbook>/channels?…"


def test_an_address_that_is_not_ours_never_reaches_a_line(caplog):
    asked = SimpleNamespace(
        get_status=lambda: 404,
        request=SimpleNamespace(method="GET", path="/whispered-words", request_time=lambda: 0.002),
    )
    with caplog.at_level(logging.INFO):
        log_request(asked)
    assert caplog.messages == ["404 GET <no such page> 2 ms"]
    said = line("Not allowing login redirect to %r", "javascript://whispered-words")
    assert said == "Not allowing login redirect to …"


@pytest.mark.parametrize(
    "message",
    ['{"header": {"msg_type": "error"}}', {"header": {"msg_type": "error"}}],
)
def test_a_messages_kind_is_known_in_every_form_it_is_sent(message):
    assert _kind(message) == "error"
