"""The whole reflection as prose."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told_reflections import (
    CASE,
    HOSTILE,
    SESSION,
    body_with,
    everything,
    runs,
    said,
    short_walk,
    tell,
    text_of,
    values_of,
)

from repairbook.model.case import Case, Session
from repairbook.model.draft import FIELDS, Body, is_private
from repairbook.model.field import Kind
from repairbook.model.reflection import FollowUp, Reflection
from repairbook.report.block import Heading, Missing, Private, Quote, Table
from repairbook.store.shapes import Followed

TYPED = [key for key, field in FIELDS.items() if field.kind in {Kind.TEXT, Kind.LINE}]
ANSWERED = [key for key in FIELDS if key != "session"]
AT = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)


def paragraphs(blocks):
    return ["".join(run.text for run in block.runs) for block in blocks if hasattr(block, "runs")]


@pytest.mark.parametrize("key", ANSWERED)
def test_every_answer_to_every_field_shows_and_reads_like_no_other(key):
    told = [said(tell(body_with(key, value))) for value in values_of(key)]
    assert said(tell()) not in told
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("key", TYPED)
def test_own_words_stand_as_they_were_typed_and_are_marked_as_own(key):
    (value,) = values_of(key)
    own = [run.text for run in runs(tell(body_with(key, value))) if run.own]
    assert value in own


def test_a_page_with_everything_shows_each_field_that_stands_alone():
    told = said(tell(Body(everything())))
    for key in ANSWERED:
        without = everything().model_copy(update={key: Reflection.model_fields[key].default})
        assert said(tell(Body(without))) != told, key


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(min_size=1, max_size=40), min_size=len(TYPED), max_size=len(TYPED)))
def test_no_text_is_lost_whatever_was_typed(texts):
    typed = dict(zip(TYPED, texts, strict=True))
    fits = {
        key: text for key, text in typed.items() if not set("\r\n") & set(text) or FIELDS[key].kind == "text"
    }
    raw = {key: text for key, text in typed.items() if key not in fits}
    own = [run.text for run in runs(tell(Body(Reflection(**fits), raw))) if run.own]
    assert all(own.count(text) >= texts.count(text) for text in texts)


def test_what_does_not_fit_stands_as_typed_with_a_mark():
    blocks = tell(Body(Reflection(), {"moment_at": "half past"}))
    assert "When in the session, if you know, as typed (it does not fit there yet):" in paragraphs(blocks)
    assert Quote("half past") in blocks


def test_the_short_walk_reads_like_a_page_somebody_wrote():
    assert paragraphs(tell(short_walk()))[1:4] == [
        "I see it as a rupture. It happened about eight and a half minutes in (08:30). "
        "The setting or a rule set it off. The client moved away from me.",
        "I felt ashamed and cornered: “small”. At the worst moment it felt unpleasant, and I was stirred up "
        "(pleasant 3, stirred up 7, of 9). I wanted to explain: “make the rule sound reasonable”. "
        "What I did: “I read the rest of the form out loud, faster.”",
        "I tried part of what I had planned last time. So far I have explained why we do it. "
        "It is still open. That is my own impression.",
    ]


def test_a_full_short_walk_takes_fewer_than_400_words_of_ours():
    ours = " ".join(run.text for run in runs(tell(short_walk())) if not run.own)
    assert 100 < len(ours.split()) < 400


def test_the_first_line_says_which_session_and_how_far_the_page_has_come():
    session = Session(id="s", number=4, attendance="late", third_party=("interpreter",), interrupted=True)
    first = paragraphs(tell(session=session, state="closed"))[0]
    assert first == (
        "Case K7-M2, session 4, the client came late, with an interpreter, interrupted. "
        "Closed; last changed on 5 March 2026."
    )
    assert paragraphs(tell(session=None, when=None))[0] == "Case K7-M2. A draft."


def test_signs_stand_in_the_order_of_their_list_and_say_they_are_self_reported():
    (table,) = (block for block in tell(body_with("markers", {"W5": 4, "W1": 0})) if isinstance(block, Table))
    assert table.caption == "Signs of the rupture: 3RS-informed, self-reported"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Says nothing is wrong", "not rated"],
        ["Goes along to keep the peace", "4\u00a0of\u00a05"],
    ]


def test_the_clients_own_ratings_have_a_column_of_their_own():
    (table,) = (
        block
        for block in tell(Body(Reflection(psq_tension=True, client_psq_tension=False, client_psq_resolved=5)))
        if isinstance(block, Table)
    )
    assert table.columns == ("Question", "Mine", "The client’s")
    assert [cell.text for cell in table.rows[-1][1:]] == ["not rated", "5\u00a0of\u00a05"]


def test_a_theme_has_a_heading_only_when_something_in_it_is_filled():
    headings = [block.text for block in tell(body_with("heard", True)) if isinstance(block, Heading)]
    assert headings == ["A closer look", "Before interpreting"]
    assert not any(isinstance(block, Heading) for block in tell())


def test_what_is_not_there_is_said_once_at_the_end_and_never_as_a_reproach():
    blocks = tell(body_with("standing", "partly"), case=Case(case_code="K7-M2"))
    (missing,) = (block for block in blocks if isinstance(block, Missing))
    assert blocks[-1] == missing
    assert missing.text.startswith("Not said here: what happened, what kind of moment it was, when")
    assert missing.text.endswith("That is all right; not everything has to be said.")
    assert "the rule" not in missing.text
    assert "how it stands" not in missing.text


def test_the_rule_is_named_as_not_looked_at_only_where_a_client_has_to_come():
    assert "the rule" in text_of(tell(body_with("standing", "partly"), case=CASE))


def test_an_empty_page_says_that_it_can_begin_anywhere():
    assert tell()[-1] == Missing("Nothing has been said here yet. It can begin anywhere.")


def test_a_page_with_everything_names_nothing_as_missing():
    assert not any(isinstance(block, Missing) for block in tell(Body(everything())))


def test_private_words_stand_in_a_part_of_their_own_and_only_in_the_authors_copy():
    body = Body(
        everything("shareable").model_copy(update={"not_sure": "only mine", "own_history": "mine too"})
    )
    (private,) = (block for block in tell(body) if isinstance(block, Private))
    assert [run.text for run in runs([private]) if run.own] == ["only mine", "mine too"]
    told = tell(body, include_private=False)
    assert not any(isinstance(block, Private) for block in told)
    assert "mine" not in [run.text for run in runs(told) if run.own]
    assert "only mine" not in text_of(told)
    assert "mine too" not in text_of(told)


def test_private_words_that_do_not_fit_stay_out_of_a_copy_for_others():
    body = Body(Reflection(), {key: "too long" for key in FIELDS if is_private(key)})
    assert text_of(tell(body)).count("too long") == 2
    assert "too long" not in text_of(tell(body, include_private=False))


def test_a_private_field_is_never_named_as_missing():
    names = text_of(tell(body_with("standing", "partly"), include_private=False))
    assert "not sure I want to bring" not in names
    assert "own history" not in names


def test_how_it_stood_later_names_the_session_or_else_the_day():
    later = [
        Followed(
            1, AT, FollowUp(session="s7", standing="partly", standing_by="we_differ", line="It is better.")
        ),
        Followed(2, AT, FollowUp(session="gone", standing="resolved")),
    ]
    told = tell(body_with("standing", "open"), follow_ups=later)
    assert paragraphs(told)[-2:] == [
        "Session 7 on 3 March 2026. It is partly resolved. The client and I see it differently.",
        "20 March 2026. It is resolved.",
    ]
    assert Quote("It is better.") in told


def test_codes_no_codebook_knows_any_more_are_shown_as_they_are_kept():
    kept = {"movement": "sideways", "lens": "old_lens", "lens_codes": ("old_code",), "markers": {"W99": 2}}
    told = text_of(tell(Body(Reflection.model_validate(kept))))
    assert all(code in told for code in ("sideways", "old_lens", "old_code", "W99"))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_is_never_read_as_a_template(text):
    blocks = tell(Body(everything(text)), case=Case(case_code=text), session=SESSION)
    own = [run.text for run in runs(blocks) if run.own]
    assert own.count(text) == len(TYPED) + 2


def test_blocks_keep_peoples_words_out_of_their_repr():
    assert "secret words" not in repr(tell(Body(everything("secret words"))))
