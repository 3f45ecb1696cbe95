from __future__ import annotations

import pytest

from repairbook.home import Home
from repairbook.serve import doctor as doctor_module
from repairbook.serve.doctor import doctor, tell


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "data", tmp_path / "config")


def told(home):
    said = []
    return tell(home, said.append), "\n".join(said)


def test_a_healthy_place_is_told_so(home):
    code, said = told(home.make())
    assert code == 0, said
    assert said.endswith("Everything is in place.")


def test_before_first_use_nothing_is_made_by_looking(home):
    code, _ = told(home)
    assert code == 0
    assert not home.data.exists()


def test_a_folder_open_to_others_is_told_with_what_to_do(home):
    home.make().data.chmod(0o755)
    code, said = told(home)
    assert code == 1
    assert f"chmod 700 '{home.data}'" in said


def test_a_missing_key_beside_a_store_is_the_first_thing_to_know(home):
    home.make().store.touch(mode=0o600)
    code, said = told(home)
    assert code == 1
    assert "without it nothing can be read" in said


def test_a_full_disk_is_told(home, monkeypatch):
    monkeypatch.setattr(doctor_module, "LEAST_FREE_BYTES", 2**62)
    assert "Make room" in told(home)[1]


def test_a_missing_template_is_told(home, monkeypatch, tmp_path):
    monkeypatch.setattr(doctor_module, "shipped", lambda: tmp_path / "nowhere")
    monkeypatch.setattr("repairbook.serve.web.shipped", lambda: tmp_path / "nowhere")
    broken = [finding for finding in doctor(home) if not finding.ok]
    assert any("index.html.j2" in finding.sentence for finding in broken)
    assert all(finding.sentence.endswith(".") for finding in doctor(home))
