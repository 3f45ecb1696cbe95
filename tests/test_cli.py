"""Every word typed after `repairbook` helps or says in one sentence what is wrong."""

from __future__ import annotations

import json
import os
import re
import socket
import stat
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator
from typer.main import get_command

from repairbook.caseload.opening import open_home
from repairbook.cli import app
from repairbook.home import Home
from repairbook.model.case import Case
from repairbook.model.draft import Body
from repairbook.model.reflection import Reflection
from repairbook.model.shapes import SHAPES

VERBS = sorted(get_command(app).commands)
NOBODYS = "0" * 32
CHOSEN_BY_ANOTHER_FIELD = {"lens_codes"}
TOLD = ("x-kind", "x-writer", "x-reach")


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home", tmp_path / "config")


@pytest.fixture
def run(home, tmp_path):
    def run_(*words, **settings):
        own = {"REPAIRBOOK_HOME": str(home.data), "REPAIRBOOK_CONFIG": str(home.config), "COLUMNS": "200"}
        return subprocess.run(
            [sys.executable, "-m", "repairbook", *words],
            env={**os.environ, **own, **settings},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run_


@pytest.fixture
def record(home):
    """A reflection of the person at this computer, saved."""
    opened = open_home(home, environ={})
    case = opened.store.cases.create(opened.actor, Case())
    draft = opened.store.reflections.begin(opened.actor, case.id)
    body = Body(Reflection(moment="It went quiet.", not_sure="Something private."))
    opened.store.reflections.save(opened.actor, draft.record_id, 0, body)
    opened.store.close()
    return draft.record_id


def refused(done):
    """The one sentence a failed call says; anything else is a failure of the test."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert re.match(r"\S.*[.]$", lines[0])
    return lines[0]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_says_what_it_does(run, verb):
    done = run(verb, "--help")
    assert done.returncode == 0
    assert get_command(app).commands[verb].help.split(".")[0] in " ".join(done.stdout.split())


def test_without_a_word_it_names_every_verb(run):
    said = run("--help").stdout
    assert [verb for verb in VERBS if verb not in said] == []


@pytest.mark.parametrize("verb", ["serve", "lab"])
def test_a_port_in_use_is_refused_in_a_sentence(run, verb):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = str(busy.getsockname()[1])
        assert port in refused(run(verb, "--no-browser", "--port", port))


@pytest.mark.parametrize("verb", ["serve", "lab"])
def test_a_home_that_cannot_be_made_is_refused_in_a_sentence(run, home, verb):
    home.data.write_text("a file where the folder should be")
    refused(run(verb, "--no-browser"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is closed to this person")
@pytest.mark.parametrize("verb", ["serve", "lab"])
def test_a_home_that_cannot_be_written_is_refused_in_a_sentence(run, home, verb):
    home.data.parent.chmod(0o500)
    try:
        refused(run(verb, "--no-browser"))
    finally:
        home.data.parent.chmod(0o700)


@pytest.mark.parametrize("verb", ["serve", "lab"])
def test_a_key_too_short_is_refused_in_a_sentence(run, verb):
    refused(run(verb, "--no-browser", "--token", "short"))


def test_the_doctor_finds_an_empty_home_in_order(run):
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    assert done.stdout.strip().endswith("Everything is in place.")


def test_the_doctor_says_what_is_wrong_without_a_traceback(run, home):
    home.make()
    home.store.write_text("")
    done = run("doctor")
    assert done.returncode == 1
    assert "key" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_an_unknown_kind_of_record_has_no_schema(run):
    said = refused(run("schema", "diary"))
    assert all(name in said for name in SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_a_schema_is_valid_and_tells_all_about_every_field(run, name):
    schema = json.loads(run("schema", name).stdout)
    Draft202012Validator.check_schema(schema)
    schema["properties"].pop("id", None)
    for key, field in schema["properties"].items():
        assert [word for word in TOLD if not field.get(word)] == [], key
        coded = field["x-kind"] in {"code", "codes", "rates"} and key not in CHOSEN_BY_ANOTHER_FIELD
        assert coded == ("x-codebook" in field), key


def test_a_schema_says_which_codebook_every_coded_field_takes(run):
    fields = json.loads(run("schema").stdout)["properties"]
    assert fields["movement"]["x-codebook"] == "movement"
    assert fields["markers"]["x-codebook"] == "rupture_markers_3rs_2015"
    assert fields["moment"].get("x-codebook", "") == ""


@pytest.mark.parametrize("suffix", ["html", "json"])
def test_ones_own_reflection_is_copied_to_a_closed_file(run, record, tmp_path, suffix):
    to = tmp_path / f"copy.{suffix}"
    done = run("export", record, "--to", str(to))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"Written: copy.{suffix}\n"
    assert "It went quiet." in to.read_text("utf-8")
    assert "Something private." in to.read_text("utf-8")
    assert stat.S_IMODE(to.stat().st_mode) == 0o600


def test_a_copy_as_data_holds_every_answer(run, record, tmp_path):
    run("export", record, "--to", str(tmp_path / "copy.json"))
    told = json.loads((tmp_path / "copy.json").read_text("utf-8"))
    assert told["record"] == record
    assert told["shareable"]["answers"]["moment"]["value"] == "It went quiet."


@pytest.mark.parametrize("record_id", [NOBODYS, "not-an-id", "../../etc/passwd", "' OR 1=1 --"])
def test_a_reflection_that_is_not_here_is_not_copied(run, record, tmp_path, record_id):
    refused(run("export", "--to", str(tmp_path / "copy.html"), "--", record_id))
    assert not (tmp_path / "copy.html").exists()


@pytest.mark.parametrize("name", ["copy.docx", "copy", ".html", "copy.html.exe"])
def test_a_copy_with_another_ending_is_refused(run, record, tmp_path, name):
    said = refused(run("export", record, "--to", str(tmp_path / name)))
    assert ".html" in said
    assert not (tmp_path / name).exists()


def test_a_copy_never_goes_over_another_file(run, record, tmp_path):
    there = tmp_path / "copy.html"
    there.write_text("mine")
    assert "copy.html" in refused(run("export", record, "--to", str(there)))
    assert there.read_text() == "mine"


def test_a_copy_into_a_folder_that_is_not_there_is_refused(run, record, tmp_path):
    assert "copy.html" in refused(run("export", record, "--to", str(tmp_path / "none" / "copy.html")))


def test_a_store_that_cannot_be_read_is_told_in_a_sentence(run, home, record, tmp_path):
    home.store.write_bytes(b"this is no store" * 1000)
    refused(run("export", record, "--to", str(tmp_path / "copy.html")))


def test_a_missing_key_is_told_in_a_sentence(run, home, record, tmp_path):
    home.key_file.unlink()
    assert "key" in refused(run("export", record, "--to", str(tmp_path / "copy.html")))


def test_looking_for_a_copy_in_a_place_without_a_store_makes_no_copy(run, tmp_path):
    refused(run("export", NOBODYS, "--to", str(tmp_path / "copy.html")))


def test_the_demos_reflections_are_copied_from_the_demo(run, home, tmp_path):
    opened = open_home(home, demo=True, environ={})
    one = opened.store.reflections.closed(opened.actor)[0].record_id
    opened.store.close()
    done = run("export", one, "--demo", "--to", str(tmp_path / "copy.html"))
    assert done.returncode == 0, done.stderr
