"""What is installed is what was written: the wheel, in an environment of its own, from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from served import Server
from short_walk import find_it_again, take_the_short_walk

ROOT = Path(__file__).parents[1]
SHARED = ("workbooks", "templates", "data")
PACKAGE = "widgets/repairbook"
LEFT_BEHIND = {"__pycache__", ".ipynb_checkpoints"}

LOAD_EVERYTHING = """
import json, tomllib
from pathlib import Path
import repairbook
from repairbook.home import shipped
from repairbook.model.example import read_examples
from repairbook.model.instruments import Instruments
from repairbook.model.library import Library
from repairbook.model.words import Words

data = shipped() / "data"
library = Library(data, None)
for path in (data / "prompts").glob("*.toml"):
    Words(data / "prompts", path.stem)("app.name")
print(json.dumps({
    "package": repairbook.__file__,
    "shipped": str(shipped()),
    "codebooks": sorted(book.id for book in library.all()),
    "instruments": sorted(one.id for one in Instruments(data, None).all()),
    "cases": len(list(read_examples(data / "cases"))),
}))
"""


def written(*folders):
    """The files of some folders: as git would take them up, or as they lie there where there is no git."""
    words = ["git", "ls-files", "-co", "--exclude-standard", "--", *folders]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return {line for line in listed.stdout.splitlines() if (ROOT / line).is_file()}
    there = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in there if not LEFT_BEHIND & set(path.parts)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built once, with nothing fetched."""
    to = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(to), str(ROOT)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = to.glob("*.whl")
    return built


def fresh(folder):
    """An empty environment."""
    venv.create(folder, with_pip=False, symlinks=os.name == "posix")
    return Path(folder)


def program(place, name):
    """A program of an environment."""
    return place / ("Scripts" if os.name == "nt" else "bin") / name


def packages(place):
    """Where an environment keeps its packages."""
    scheme = {"base": str(place), "platbase": str(place)}
    return Path(sysconfig.get_path("purelib", "venv", vars=scheme))


def install(place, *words):
    """Install into an environment with the pip of this one."""
    pip = [sys.executable, "-m", "pip", "--python", str(program(place, "python")), "install", "--quiet"]
    done = subprocess.run([*pip, *words], capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel in a fresh environment that borrows only what it depends on."""
    place = fresh(tmp_path_factory.mktemp("fresh") / "environment")
    # Of a folder named in a .pth file no other .pth file is read, so the checkout stays unseen.
    (packages(place) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (place / "share").mkdir(exist_ok=True)
    (place / "share" / "jupyter").symlink_to(Path(sys.prefix) / "share" / "jupyter")
    install(place, "--no-deps", "--no-index", str(wheel))
    return place


@pytest.fixture
def elsewhere(tmp_path):
    """Another folder, with a home of its own and no way back to the checkout."""
    own = {"REPAIRBOOK_HOME": str(tmp_path / "home"), "REPAIRBOOK_CONFIG": str(tmp_path / "config")}
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(place, name, *words):
        return subprocess.run(
            [str(program(place, name)), *words],
            env=environ | own,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_the_wheel_holds_every_file_that_is_shipped_and_no_other(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    shared = {name.removeprefix("repairbook/_share/") for name in names if "/_share/" in name}
    modules = {f"widgets/{name}" for name in names if "/_share/" not in name}
    assert shared == written(*SHARED)
    assert modules == written(PACKAGE)


def test_the_installed_files_are_those_of_the_wheel(wheel, installed):
    share = packages(installed) / "repairbook" / "_share"
    there = {path.relative_to(share).as_posix() for path in share.rglob("*") if path.is_file()}
    assert there == written(*SHARED)
    for name in there:
        assert (share / name).read_bytes() == (ROOT / name).read_bytes(), name


def look_at(place, elsewhere):
    """Load everything that is shipped, out of this environment and no other."""
    done = elsewhere(place, "python", "-c", LOAD_EVERYTHING)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert Path(told["package"]).is_relative_to(place)
    assert Path(told["shipped"]).is_relative_to(place)
    return told


def test_everything_shipped_loads_from_where_it_was_installed(installed, elsewhere):
    told = look_at(installed, elsewhere)
    assert told["codebooks"] == sorted(path.stem for path in (ROOT / "data" / "codebooks").glob("*.toml"))
    assert told["instruments"] == sorted(path.stem for path in (ROOT / "data" / "instruments").glob("*.toml"))
    assert told["cases"] == len(list((ROOT / "data" / "cases").glob("*.toml")))


def test_the_installed_command_finds_everything_in_place(installed, elsewhere):
    done = elsewhere(installed, "repairbook", "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(installed) in done.stdout
    assert str(ROOT) not in done.stdout


def test_the_installed_command_prints_the_schema(installed, elsewhere):
    done = elsewhere(installed, "repairbook", "schema")
    assert done.returncode == 0, done.stderr
    assert "moment" in json.loads(done.stdout)["properties"]


def walk_with(place, folder, visit, monkeypatch):
    """The short walk, served by the command of an environment."""
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        monkeypatch.delenv(name)
    server = Server(folder, command=(str(program(place, "repairbook")),)).start()
    try:
        find_it_again(server, take_the_short_walk(server, visit))
        assert [one for one in server.kernels() if str(place) not in one.cmdline()[0]] == []
    finally:
        server.stop()


def test_the_short_walk_is_walked_with_what_was_installed(installed, visit, tmp_path, monkeypatch):
    walk_with(installed, tmp_path, visit, monkeypatch)


@pytest.mark.soak
def test_the_short_walk_is_walked_with_nothing_but_the_pinned_packages(
    wheel, elsewhere, visit, tmp_path, monkeypatch
):
    place = fresh(tmp_path / "environment")
    install(place, "--require-hashes", "-r", str(ROOT / "requirements.lock"))
    install(place, "--no-deps", "--no-index", str(wheel))
    look_at(place, elsewhere)
    assert elsewhere(place, "repairbook", "doctor").returncode == 0
    walk_with(place, tmp_path, visit, monkeypatch)
