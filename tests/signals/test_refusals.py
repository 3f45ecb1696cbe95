"""A file with a fault is refused as a whole, with a sentence for every fault and nothing else."""

from __future__ import annotations

import pytest

HEAD = "case,session,score\n"
SECRET = "Zoe-Privat"


def refused(reply, *parts):
    assert reply.status == 2
    assert reply.text == ""
    assert len(reply.faults) == len(parts), reply.faults
    for fault, part in zip(reply.faults, parts, strict=True):
        assert part in fault
        assert fault.endswith(".")
        assert "\n" not in fault
        assert SECRET not in fault


@pytest.mark.parametrize("score", ["nan", "NaN", "inf", "-inf", "Infinity", "1e999", "-1e999"])
def test_what_is_not_finite_is_refused(ask, score):
    refused(ask.text(f"{HEAD}{SECRET},1,{score}\n{SECRET},2,3\n"), "line 2: the score is not a finite number")


@pytest.mark.parametrize("score", ["NA", "null", "n/a", "=1+1", "1_0", "0x10", "eins", '"1,5"', "٣x"])
def test_what_is_no_number_is_refused(ask, score):
    refused(ask.text(f"{HEAD}{SECRET},1,{score}\n"), "line 2: the score is not a number")


@pytest.mark.parametrize("session", ["1.0", "one", "1e3", "99999999999999999999", "2024-01-01"])
def test_what_is_no_session_number_is_refused(ask, session):
    refused(ask.text(f"{HEAD}{SECRET},{session},1\n"), "line 2: the session is not a whole number")


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_its_lines(ask):
    text = f"{HEAD}a,1,1\na,1,2\n,2,3\nb,,4\nb,x,nan\nb,3,50\nb,4,-1\n"
    refused(
        ask.text(text, lower=0, upper=40),
        "line 3: this case and session are in the table already",
        "line 4: the case is missing",
        "line 5: the session is missing",
        "line 6: the score is not a finite number",
        "line 6: the session is not a whole number",
        "line 7: the score lies outside the scale",
        "line 8: the score lies outside the scale",
    )


def test_the_ends_of_the_scale_belong_to_it(ask):
    assert ask.text(f"{HEAD}a,1,0\na,2,40\n", "cutoff", lower=0, upper=40).status == 0


def test_a_session_is_twice_in_a_file_even_if_one_score_is_empty_or_rows_lie_apart(ask):
    refused(ask.text(f"{HEAD}a,1,\nb,1,2\na,2,1\na,1,3\n"), "line 5: this case and session")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (b"", "is not a table"),
        (b"\x00\xff\xfe\x00", "no column case"),
        (f"{HEAD}a,1,2,3\n".encode(), "is not a table"),
        (f"{HEAD}\xe4,1,2\n".encode("latin-1"), "is not a table"),
        (b"case;session;score\na;1;2\n", "no column case"),
        (b"case,session,score,score\na,1,2,3\n", "more than one column score"),
    ],
)
def test_what_is_no_such_table_is_refused(ask, text, part):
    reply = ask.text(text)
    assert reply.status == 2
    assert reply.text == ""
    assert part in reply.faults[0]


def test_every_missing_column_is_named(ask):
    refused(ask.text("client,session\na,1\n"), "no column case", "no column score")


def test_a_file_that_is_not_there_is_said(ask, tmp_path):
    refused(ask.file(tmp_path / "none.csv"), "none.csv could not be read")
    refused(ask.file(tmp_path), "could not be read")


def test_sessions_an_absurd_way_apart_are_refused_before_they_fill_the_memory(ask):
    refused(ask.text(f"{HEAD}a,1,1\na,999999999,1\n"), "too far apart")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffcase,session,score\r\na,1,2\r\n\r\n",
        "score,note,case,session\n2,hello,a,1\n",
        '"case","session","score"\n"a"," 1 "," 2.0"\n',
        "case,session,score\n\na,+1,2\n",
    ],
)
def test_other_ways_to_write_the_same_table_are_read(ask, text):
    line = ask.text(text, "cutoff").one
    assert (line["case"], line["sessions"][0]["session"], line["sessions"][0]["score"]) == ("a", 1, 2.0)


def test_a_case_is_text_whatever_it_looks_like(ask):
    reply = ask.text(f'{HEAD}007,1,1\n7,1,1\nNA,1,1\n"=a,""b",1,1\n', "cutoff")
    assert [line["case"] for line in reply.lines] == ["007", "7", "NA", '=a,"b']


def test_a_table_without_rows_gets_no_lines(ask):
    reply = ask.text(HEAD)
    assert (reply.status, reply.text, reply.faults) == (0, "", ())


@pytest.mark.parametrize(
    ("rules", "terms", "part"),
    [
        (["shewhart"], {}, "no rule shewhart"),
        ([], {"params": ["at"]}, "not of the form"),
        ([], {"params": ["att=3"]}, "no parameter att"),
        ([], {"params": ["drop.at=3"]}, "no parameter drop.at"),
        ([], {"params": ["none.at=3"]}, "no parameter none.at"),
        ([], {"params": ["at=nan"]}, "at of cutoff is a number"),
        ([], {"params": ["at=five"]}, "at of cutoff is a number"),
        ([], {"params": ["reliability=1.1"]}, "at least 0 and at most 1"),
        ([], {"params": ["sd=0"]}, "above 0"),
        ([], {"params": ["lookback=1.5"]}, "a whole number at least 1"),
        ([], {"params": ["window=0"]}, "a whole number at least 1"),
        ([], {"params": ["detrend=perhaps"]}, "true or false"),
        ([], {"params": ["rules=anhoej"]}, "limits, western-electric, nelson"),
        ([], {"params": ["share=half"]}, "or none"),
        ([], {"params": ["z=null"]}, "z of reliable-change"),
        ([], {"mode": "later"}, "The mode is"),
        ([], {"better": "more"}, "better side is"),
        ([], {"harm": "left"}, "The harm is"),
        ([], {"lower": 5, "upper": 5}, "lies below"),
        ([], {"lower": float("nan")}, "ordinary numbers"),
    ],
)
def test_what_cannot_be_asked_is_refused(ask, rules, terms, part):
    refused(ask.text(f"{HEAD}a,1,1\n", *rules, **terms), part)


def test_everything_that_cannot_be_asked_is_told_at_once(ask):
    reply = ask.text(HEAD, "shewhart", params=["att=3", "z=0"], mode="later")
    refused(reply, "no rule", "no parameter", "z of", "mode")
