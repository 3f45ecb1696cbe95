"""A million rows in less than a gibibyte, and the same rows again changing nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MILLION = Path(__file__).parent / "million.py"
GIBIBYTE = 1 << 30


def brought(folder, rows, timeout):
    folder.mkdir()
    words = [sys.executable, "-W", "error", str(MILLION), str(folder), str(rows)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="the peak of a process is told elsewhere there")
def test_ten_thousand_rows_come_in_within_a_quarter_of_the_memory(tmp_path):
    told = brought(tmp_path / "clinic", 10_000, 200)
    assert told["code"] == 1
    assert told["peak"] < GIBIBYTE / 4


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of a process is told elsewhere there")
def test_a_million_rows_come_in_within_a_gibibyte(tmp_path, capsys):
    told = brought(tmp_path / "clinic", 1_000_000, 3500)
    with capsys.disabled():
        held = told["peak"] / (1 << 20)
        print(f"\nimport: a million rows in {told['seconds']:.0f} s, {held:.0f} MiB at most (bar: 1024)")
    assert told["code"] == 1
    assert told["said"][0].startswith("Came in: ")
    assert told["peak"] < GIBIBYTE
