from __future__ import annotations

import pytest

from repairbook.model.faults import DataFault
from repairbook.model.site import Call, Site, parse_site, read_site


def test_a_missing_file_is_a_site_with_nothing_of_its_own(tmp_path):
    assert read_site(tmp_path) == Site()


def test_numbers_and_words_are_read(tmp_path):
    (tmp_path / "site.toml").write_text(
        'identifier_words = ["Northgate"]\n[[call]]\nwho = "On call"\nnumber = "555"\n', encoding="utf-8"
    )
    assert read_site(tmp_path) == Site((Call("On call", "555"),), ("Northgate",))


def test_all_faults_of_the_file_are_told_at_once():
    with pytest.raises(DataFault) as refused:
        parse_site({"call": [{"who": ""}], "identifier_words": "x", "colour": 1})
    assert [fault.key for fault in refused.value.faults] == ["colour", "call", "identifier_words"]
