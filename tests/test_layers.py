"""The house stands as it was drawn: imports go one way, and importing costs nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "widgets" / "repairbook"
GENERIC = {"utils", "common", "helpers", "core", "misc", "base"}

LOADED = """
import sys
{statement}
print(sorted(set(sys.modules) & {{
    "polars", "altair", "pandas", "scipy", "ipywidgets", "anywidget", "IPython", "sqlite3", "pysqlite3",
    "cryptography", "pydantic",
}}))
"""


def loaded_by(statement):
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(statement=statement)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_imports_go_one_way():
    linter = str(Path(sys.executable).parent / "lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_by("import repairbook") == "[]"


def test_the_model_knows_no_widget_no_chart_and_no_database():
    assert loaded_by("import repairbook.model.draft") == "['pydantic']"


def test_the_page_of_a_reflection_needs_no_polars_and_no_altair():
    loaded = loaded_by("import repairbook.ui.reflect")
    assert "polars" not in loaded
    assert "altair" not in loaded


def test_importing_the_page_makes_no_widget():
    script = (
        "import ipywidgets, repairbook.ui.reflect, repairbook.ui.alliance;"
        "print(len(ipywidgets.widgets.widget._instances))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_every_module_is_one_noun_and_no_god(path):
    assert path.stem not in GENERIC
    assert len(path.read_text("utf-8").splitlines()) <= 320


def test_every_test_file_holds_only_tests_that_run():
    for path in (ROOT / "tests").rglob("test_*.py"):
        source = path.read_text("utf-8")
        assert "def test" in source, path.name


def test_no_two_test_files_share_a_name():
    # Pytest imports them by their bare names, and would refuse the second of two.
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
