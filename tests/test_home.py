from __future__ import annotations

from pathlib import Path

from repairbook.home import Home, default_home, demo_home, shipped


def test_the_shipped_folder_holds_the_workbooks_and_the_templates():
    assert (shipped() / "workbooks" / "reflect.ipynb").is_file()
    assert (shipped() / "templates").is_dir()


def test_the_environment_names_the_home(tmp_path):
    home = default_home({"REPAIRBOOK_HOME": str(tmp_path / "d"), "REPAIRBOOK_CONFIG": str(tmp_path / "c")})
    assert home == Home(tmp_path / "d", tmp_path / "c")
    assert home.store == tmp_path / "d" / "repairbook.sqlite"


def test_without_an_environment_the_key_is_still_outside_the_data():
    home = default_home({})
    assert not home.key_file.is_relative_to(home.data)


def test_a_key_is_never_put_inside_the_data_home(tmp_path):
    home = default_home({"REPAIRBOOK_HOME": str(tmp_path), "REPAIRBOOK_CONFIG": str(tmp_path / "inside")})
    assert not home.key_file.is_relative_to(tmp_path)


def test_a_tilde_means_the_persons_own_folder():
    assert default_home({"REPAIRBOOK_HOME": "~/words"}).data == Path.home() / "words"


def test_the_demo_shares_neither_data_nor_key_with_the_own_home(tmp_path):
    own = Home(tmp_path / "d", tmp_path / "c")
    demo = demo_home(own)
    assert not demo.store.is_relative_to(own.data)
    assert demo.key_file != own.key_file


def test_a_new_home_is_open_to_its_owner_only(tmp_path):
    home = Home(tmp_path / "d", tmp_path / "c").make()
    for folder in (home.data, home.config, home.key_file.parent, home.logs):
        assert folder.stat().st_mode & 0o777 == 0o700
