from __future__ import annotations

from pathlib import Path

import pytest

from repairbook.model.faults import DataFault
from repairbook.model.library import Library

WEATHER = """
id = "weather"
version = 1
title = "Weather"
kind = "choice"
source = "Own wording."
complete = true
[[entry]]
code = "sun"
label = "Sun"
line = "It is bright."
"""
FOG = """
id = "weather"
extends = "weather"
[[entry]]
code = "fog"
label = "Fog"
line = "It is grey."
"""


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / "codebooks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    put(tmp_path / "shipped", "weather.toml", WEATHER)
    return tmp_path / "shipped"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_a_library_gives_a_shipped_codebook(shipped: Path) -> None:
    library = Library(shipped)
    assert library.ids() == ("weather",)
    assert library.codebook("weather").codes == ("sun",)


def test_a_site_without_a_folder_adds_nothing(shipped: Path, site: Path) -> None:
    assert Library(shipped, site).codebook("weather").codes == ("sun",)


def test_a_site_adds_to_a_shipped_codebook(shipped: Path, site: Path) -> None:
    put(site, "weather.toml", FOG)
    assert Library(shipped, site).codebook("weather").codes == ("sun", "fog")
    assert Library(shipped).codebook("weather").codes == ("sun",)


def test_a_site_cannot_put_its_own_file_in_the_place_of_a_shipped_one(shipped: Path, site: Path) -> None:
    put(site, "weather.toml", WEATHER)
    with pytest.raises(DataFault, match="is in the shipped codebook"):
        Library(shipped, site).codebook("weather")


def test_a_site_may_have_a_codebook_of_its_own(shipped: Path, site: Path) -> None:
    put(site, "tides.toml", WEATHER.replace("weather", "tides"))
    library = Library(shipped, site)
    assert library.ids() == ("tides", "weather")
    assert library.codebook("tides").codes == ("sun",)


def test_an_addition_to_nothing_is_refused(shipped: Path, site: Path) -> None:
    put(site, "tides.toml", FOG.replace("weather", "tides"))
    with pytest.raises(DataFault, match="extends is not known here"):
        Library(shipped, site).codebook("tides")


@pytest.mark.parametrize("book_id", ["tides", "../shipped/codebooks/weather", "/etc/hosts", ""])
def test_an_id_that_names_no_codebook_is_refused_and_not_repeated(shipped: Path, book_id: str) -> None:
    with pytest.raises(DataFault) as refused:
        Library(shipped).codebook(book_id)
    assert str(refused.value) == "codebooks: the id names no codebook; right would be an id of the library."


def test_a_faulty_file_does_not_hinder_the_others(shipped: Path) -> None:
    put(shipped, "broken.toml", "id = ")
    assert Library(shipped).codebook("weather").codes == ("sun",)


def test_asking_for_all_tells_the_faults_of_every_file(shipped: Path, site: Path) -> None:
    put(shipped, "broken.toml", "id = ")
    put(site, "weather.toml", FOG.replace("fog", "sun"))
    with pytest.raises(DataFault) as refused:
        Library(shipped, site).all()
    assert {fault.file for fault in refused.value.faults} == {
        "broken.toml",
        "weather.toml (this site's own)",
    }


def test_a_file_is_read_once(shipped: Path) -> None:
    library = Library(shipped)
    first = library.codebook("weather")
    put(shipped, "weather.toml", "id = ")
    assert library.codebook("weather") is first


def test_hidden_files_are_left_alone(shipped: Path) -> None:
    put(shipped, "._weather.toml", "\x00")
    assert Library(shipped).ids() == ("weather",)
