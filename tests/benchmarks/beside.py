"""What the workbook is laid beside: Voilà pages with nothing, or nothing but one box, served the same way."""

from __future__ import annotations

import json
import sys

NOTHING, ONE_BOX = "nothing", "one_box"
PAGES = {NOTHING: "", ONE_BOX: "import ipywidgets\nipywidgets.Textarea()"}
SERVE = """
import sys
from pathlib import Path
from repairbook.home import default_home
from repairbook.serve.web import serve
said = dict(zip(sys.argv[3::2], sys.argv[4::2]))
serve(default_home(), int(said["--port"]), False, said["--token"], workbooks=Path.cwd() / "pages")
"""
COMMAND = (sys.executable, "-c", SERVE)


def write_pages(folder):
    """Write both pages as notebooks."""
    folder.mkdir(parents=True)
    for name, source in PAGES.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(_notebook(source)))


def _notebook(source):
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cell = {"cell_type": "code", "execution_count": None, "id": "one", "metadata": {}, "outputs": []}
    return {
        "cells": [cell | {"source": source}],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
