from __future__ import annotations

import pytest

from repairbook.model.faults import DataFault
from repairbook.model.site import Call, Reliability, Site, parse_site, read_site


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


GIVEN = {"instrument": "srs-v3", "sd": 5, "reliability": 0.88, "source": "Our own records of 2025"}


def test_how_exact_a_form_is_taken_to_be_is_read_with_its_source():
    site = parse_site({"reliability": [GIVEN]})
    assert site.reliability_of("srs-v3") == Reliability("srs-v3", 5.0, 0.88, "Our own records of 2025")
    assert site.reliability_of("wai-sr") is None


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"sd": 0}, "sd"),
        ({"sd": True}, "sd"),
        ({"sd": "5"}, "sd"),
        ({"sd": float("nan")}, "sd"),
        ({"sd": 10**400}, "sd"),
        ({"reliability": 1.2}, "reliability"),
        ({"reliability": -0.1}, "reliability"),
        ({"source": " "}, "source"),
        ({"instrument": 3}, "instrument"),
        ({"alpha": 0.9}, "alpha"),
    ],
)
def test_a_faulty_number_is_refused_by_its_key(change, key):
    with pytest.raises(DataFault) as refused:
        parse_site({"reliability": [GIVEN | change]})
    assert [fault.key for fault in refused.value.faults] == [f"reliability 1: {key}"]


def test_numbers_without_their_source_are_refused():
    with pytest.raises(DataFault) as refused:
        parse_site({"reliability": [{"instrument": "srs-v3"}]})
    keys = [fault.key.removeprefix("reliability 1: ") for fault in refused.value.faults]
    assert keys == ["sd", "reliability", "source"]


def test_two_answers_for_one_form_are_refused():
    with pytest.raises(DataFault, match=r"reliability 2: instrument is there twice"):
        parse_site({"reliability": [GIVEN, GIVEN]})
