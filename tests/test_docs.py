"""What is written about the project is true, and every shipped workbook opens."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from typer.main import get_command

import repairbook
from repairbook.cli import app
from repairbook.model.shapes import SHAPES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
VERBS = sorted(get_command(app).commands)
WORKBOOKS = sorted((ROOT / "workbooks").glob("*.ipynb"))
LARGEST_IMAGE = 400_000
MOST_CODE_LINES = 15
FOLDERS = ("widgets", "workbooks", "templates", "data", "tests", ".ci", "store", "ui", "charts", "model")

RUN = """
import sys, nbformat, nbclient
page = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(page, timeout=100, resources={"metadata": {"path": sys.argv[2]}}).execute()
print([kind for cell in page.cells for out in cell.outputs for kind in out.get("data", {})])
"""

# Built from pieces, or this file would itself be an offender.
MACHINES = ["/".join(("", *parts)) for parts in (("home", ""), ("Users", ""), ("work", ""), ("root", ""))]
REGISTRIES = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("anaconda", "org"))
]


def tracked():
    """Every file of the project, as git knows it; without git, as it lies there."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]


def test_the_readme_begins_with_two_commands():
    block = re.search(r"```\w*\n(.*?)```", README, re.DOTALL)[1]
    assert [line.split("#")[0].strip() for line in block.strip().splitlines()] == ["make serve", "make test"]


def test_every_make_word_in_the_documents_exists():
    there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    said = set(re.findall(r"`make ([a-z]+)|^make ([a-z]+)", README + CONTRIBUTING, re.MULTILINE))
    assert {one or other for one, other in said} - there == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_is_in_the_readmes_table(verb):
    assert re.search(rf"^\| `repairbook {verb}\b", README, re.MULTILINE)


def test_the_readme_names_no_command_that_is_not_there():
    assert set(re.findall(r"`repairbook ([a-z]+)", README)) - set(VERBS) == set()


def test_the_readmes_pictures_are_there_small_and_described():
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", README)
    assert pictures
    for said, path in pictures:
        assert said
        assert (ROOT / path).is_file(), path
        assert (ROOT / path).stat().st_size < LARGEST_IMAGE, path


def test_every_link_inside_the_documents_leads_somewhere():
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", README + CONTRIBUTING):
        if target.startswith("#"):
            headings = re.findall(r"^#+ (.*)$", README + CONTRIBUTING, re.MULTILINE)
            assert target[1:] in {heading.lower().replace(" ", "-") for heading in headings}, target
        elif "://" not in target:
            assert (ROOT / target).exists(), target


def test_every_path_contributing_names_is_there():
    named = set(re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|toml|js|css|md))`", CONTRIBUTING))
    paths = [name for name in named if name.split("/")[0] in FOLDERS or "." in name]
    assert len(paths) >= 15
    assert [name for name in sorted(paths) if not _there(name)] == []


def _there(name):
    return any((folder / name).exists() for folder in (ROOT, ROOT / "widgets" / "repairbook"))


def test_every_folder_of_the_package_is_on_contributings_map():
    packages = {path.parent.name for path in (ROOT / "widgets" / "repairbook").glob("*/__init__.py")}
    assert {name for name in packages if f"`widgets/repairbook/{name}/`" not in CONTRIBUTING} == set()


def test_every_setting_the_readme_names_is_read_somewhere():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "widgets").rglob("*.py"))
    named = set(re.findall(r"`(REPAIRBOOK_\w+)`", README))
    assert {name for name in named if name not in code} == set()


def test_the_changelog_has_unreleased_on_top_and_agrees_with_the_version():
    headings = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    assert headings[0] == "Unreleased"
    released = [re.match(r"\[?(\d+\.\d+\.\d+)", heading)[1] for heading in headings[1:]]
    assert not released or released[0] == repairbook.__version__
    unreleased = CHANGELOG.split("## Unreleased")[1].split("\n## ")[0]
    assert released or re.search(r"^- \S", unreleased, re.MULTILINE)


def test_the_version_is_said_in_one_place():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert (ROOT / project["tool"]["hatch"]["version"]["path"]).samefile(repairbook.__file__)


@pytest.mark.parametrize("place", MACHINES + REGISTRIES)
def test_no_file_names_a_machine_or_a_package_registry(place):
    allowed = (ROOT / "widgets" / "repairbook" / "ui" / "static" / "vega_runtime.LICENSES.txt",)
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path not in allowed and _word(place).search(path.read_bytes())
    ]
    assert found == []


def _word(place):
    return re.compile(rb"(?<![\w.~])" + re.escape(place.encode()))


def test_every_kind_of_record_is_named_where_schemas_are_asked_for():
    done = subprocess.run(
        [sys.executable, "-m", "repairbook", "schema", "--help"], capture_output=True, text=True, check=True
    )
    assert [name for name in SHAPES if name not in done.stdout] == []


def test_there_are_workbooks():
    assert {path.stem for path in WORKBOOKS} >= {"reflect", "alliance"}


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_a_workbook_is_thin_and_was_never_run(path):
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    lines = [line for cell in cells for line in cell.source.splitlines() if line.strip()]
    assert len(lines) <= MOST_CODE_LINES
    assert not re.search(r"^\s*(def|class|async def) ", "\n".join(lines), re.MULTILINE)
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_a_workbook_says_what_it_is_and_opens_by_itself(path):
    told = json.loads(path.read_text("utf-8"))["metadata"]
    assert told["title"]
    assert told["repairbook"] == {"autorun": True}


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_a_workbook_runs_and_shows_a_page(path, tmp_path):
    own = {
        "REPAIRBOOK_HOME": str(tmp_path / "home"),
        "REPAIRBOOK_CONFIG": str(tmp_path / "config"),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter"),
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path), str(tmp_path)],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "application/vnd.jupyter.widget-view+json" in done.stdout
