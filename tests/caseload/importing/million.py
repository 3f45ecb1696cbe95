"""Bring a very large file in, in a process of its own, and tell how long it took and how much it held.

Arguments: a folder to work in, and how many rows.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from pathlib import Path

from repairbook.caseload.importing.command import bring_file
from repairbook.caseload.opening import open_home
from repairbook.home import Home
from repairbook.model.case import Case

SESSIONS = 50


def write(path, codes):
    """Two scores a session, about one in a hundred out of range; the sessions of all cases in turn."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["case", "session", "instrument", "total"])
        for number in range(1, SESSIONS + 1):
            for at, code in enumerate(codes):
                total = 4000 if (at + number) % 97 == 0 else 20 + (at * 7 + number) % 20
                out.writerow([code, number, "srs-v3", total])
                out.writerow([code, number, "wai-s-therapist", 40])


def peak():
    # On Linux getrusage also counts what the starting process held before this program took its place.
    status = Path("/proc/self/status")
    if status.exists():
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(folder, rows):
    folder = Path(folder)
    home = Home(folder / "data", folder / "config")
    opened = open_home(home, environ={})
    wanted = int(rows) // (2 * SESSIONS)
    codes = [
        opened.store.cases.create(opened.actor, Case(case_code=f"C{at}")).case_code for at in range(wanted)
    ]
    opened.store.close()
    path = folder / "scores.csv"
    write(path, codes)
    said, before, start = [], peak(), time.perf_counter()
    code = bring_file(home, path, say=said.append, complain=said.append)
    taken = time.perf_counter() - start
    print(json.dumps({"code": code, "said": said, "peak": peak(), "before": before, "seconds": taken}))


if __name__ == "__main__":
    main(*sys.argv[1:])
