"""Wording packs a site adds under its own permission."""

from __future__ import annotations

import pytest

from repairbook.home import shipped
from repairbook.model.faults import DataFault
from repairbook.model.instruments import Instruments
from repairbook.model.wording import Wordings

SECRET = "xyz zzy"
HEAD = """\
instrument = "srs-v3"
version = 1
language = "en"
licence = "Registered in 2024 for this clinic's own use."
introduction = "xyz zzy, first"
"""
ITEMS = [
    f'[[item]]\nnumber = {number}\ntext = "{SECRET} {number}"\nlow = "{SECRET}"\n' for number in (1, 2, 3, 4)
]
PACK = HEAD + "".join(ITEMS)

LICENCE = '"Registered in 2024 for this clinic\'s own use."'
LANGUAGE = 'language is not a language code; right would be a code such as "en" or "pt-BR".'
TEXT = "right would be some text in quotes."
EACH = "right would be one [[item]] for each of the 4 items."
KNOWN = "right would be one of instrument, version, language, licence, introduction, item."
LONG = "is too long for a form; right would be 1000 characters at most."

# What is changed, into what, and the sentences without the file's name.
CHANGES = [
    (
        '"srs-v3"',
        '"wai-s-client"',
        ['instrument is another one than the file is named after; right would be "srs-v3".'],
    ),
    ('instrument = "srs-v3"\n', "", [f"instrument is missing; {TEXT}"]),
    ("version = 1", "version = 2", ["version is not the one of this instrument; right would be 1."]),
    ("version = 1", "version = 0", ["version is 0; right would be a whole number of 1 or more."]),
    ("version = 1\n", "", ["version is missing; right would be a whole number of 1 or more."]),
    ('language = "en"\n', "", [f"language is missing; {TEXT}"]),
    ('"en"', '"plain English"', [LANGUAGE]),
    ('"en"', '"en-"', [LANGUAGE]),
    (
        f"licence = {LICENCE}\n",
        "",
        [f"licence is missing; {TEXT}"],
    ),
    (LICENCE, '" "', [f"licence is empty; {TEXT}"]),
    (
        LICENCE,
        "true",
        [f"licence is of the wrong kind (bool); {TEXT}"],
    ),
    ("xyz zzy, first", "xyz zzy" * 200, [f"introduction {LONG}"]),
    ("version = 1", "version = 1\nmood = 2", [f"mood is not known here; {KNOWN}"]),
    (ITEMS[1], "", [f"item has no text for 2; {EACH}"]),
    ("".join(ITEMS), "", [f"item has no text for 1, 2, 3, 4; {EACH}"]),
    (
        "".join(ITEMS),
        'item = ["xyz zzy"]',
        [
            "item holds something other than tables; right would be a list of tables, each begun with"
            " [[item]].",
            f"item has no text for 1, 2, 3, 4; {EACH}",
        ],
    ),
    (
        "number = 4",
        "number = 5",
        [
            "item 4: number is no item of this instrument; right would be a number from 1 to 4.",
            f"item has no text for 4; {EACH}",
        ],
    ),
    (
        "number = 4",
        "number = 3",
        [
            "item 4: number 3 is there twice; right would be each item once.",
            f"item has no text for 4; {EACH}",
        ],
    ),
    (
        "number = 4\n",
        "",
        [
            "item 4: number is missing; right would be a whole number of 1 or more.",
            f"item has no text for 4; {EACH}",
        ],
    ),
    (f'text = "{SECRET} 4"', 'text = ""', [f"item 4: text is empty; {TEXT}"]),
    (f'text = "{SECRET} 4"', "text = 4", [f"item 4: text is of the wrong kind (int); {TEXT}"]),
    (f'text = "{SECRET} 4"', f'text = "{SECRET * 200}"', [f"item 4: text {LONG}"]),
    (
        f'text = "{SECRET} 4"',
        f'text = "{SECRET}"\ntxet = "{SECRET}"',
        ["item 4: txet is not known here; right would be one of number, text, low, high."],
    ),
]


def site(tmp_path, text, name="srs-v3"):
    (tmp_path / "wording").mkdir(exist_ok=True)
    (tmp_path / "wording" / f"{name}.toml").write_text(text, encoding="utf-8")
    return Wordings(tmp_path, Instruments(shipped() / "data", tmp_path))


def sentences(wordings):
    with pytest.raises(DataFault) as refused:
        wordings.all()
    return [str(fault) for fault in refused.value.faults]


def test_a_pack_gives_the_items_in_the_order_of_the_form(tmp_path):
    pack = site(tmp_path, HEAD + "".join(reversed(ITEMS))).get("srs-v3")
    assert [item.text for item in pack.items] == [f"{SECRET} {number}" for number in (1, 2, 3, 4)]
    assert (pack.items[0].low, pack.items[0].high) == (SECRET, "")
    assert (pack.language, pack.licence) == ("en", "Registered in 2024 for this clinic's own use.")


def test_a_site_without_packs_has_none(tmp_path):
    wordings = Wordings(tmp_path, Instruments(shipped() / "data"))
    assert (wordings.ids(), wordings.all(), wordings.get("srs-v3")) == ((), (), None)


def test_nothing_is_read_from_what_is_shipped():
    assert Wordings(shipped() / "data", Instruments(shipped() / "data")).ids() == ()


def test_an_id_that_leads_out_of_the_folder_finds_nothing(tmp_path):
    site(tmp_path / "..", PACK)
    assert site(tmp_path, PACK).get("../../wording/srs-v3") is None


def test_a_form_whose_items_are_not_scored_here_can_have_its_wording(tmp_path):
    head = HEAD.replace("srs-v3", "star-client")
    items = "".join(f'[[item]]\nnumber = {number}\ntext = "{SECRET}"\n' for number in range(1, 13))
    assert len(site(tmp_path, head + items, "star-client").get("star-client").items) == 12


def test_the_text_of_a_form_never_reaches_a_log(tmp_path):
    assert SECRET not in repr(site(tmp_path, PACK).all())


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change[0][:20]!r} into {change[1][:20]!r}")
def test_a_faulty_pack_gets_all_its_sentences_and_none_quotes_it(tmp_path, change):
    old, new, expected = change
    assert PACK.count(old) == 1
    told = sentences(site(tmp_path, PACK.replace(old, new)))
    assert told == [f"wording/srs-v3.toml: {sentence}" for sentence in expected]
    assert SECRET not in " ".join(told)


def test_a_pack_named_after_no_instrument_is_refused(tmp_path):
    (sentence,) = sentences(site(tmp_path, PACK, "mood-form"))
    assert sentence.startswith("wording/mood-form.toml: the file is named after no instrument")


def test_the_faults_of_all_packs_are_told_together_and_the_good_ones_stay(tmp_path):
    site(tmp_path, "licence = ", "arm-5-client")
    site(tmp_path, HEAD, "wai-s-client")
    wordings = site(tmp_path, PACK)
    told = sentences(wordings)
    assert [sentence.split(":")[0] for sentence in told] == [
        "wording/arm-5-client.toml",
        "wording/wai-s-client.toml",
        "wording/wai-s-client.toml",
    ]
    assert len(wordings.get("srs-v3").items) == 4


def test_a_pack_for_a_faulty_instrument_tells_the_faults_of_the_instrument(tmp_path):
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / "mood.toml").write_text("id = 3", encoding="utf-8")
    told = sentences(site(tmp_path, PACK.replace("srs-v3", "mood"), "mood"))
    assert "mood.toml: title is missing; right would be some text in quotes." in told
