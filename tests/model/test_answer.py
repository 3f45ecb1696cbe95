from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbook.model.answer import answered, fault_of, value_of
from repairbook.model.draft import Body, is_private
from repairbook.model.reflection import Reflection


class OneBook:
    class Book:
        codes = ("explained", "asked")

    def codebook(self, book_id):
        return self.Book


def test_an_answer_that_fits_becomes_part_of_the_reflection():
    before = Body()
    after = answered(before, "moment", "She looked at the door.")
    assert after.reflection.moment == "She looked at the door."
    assert before == Body()


def test_a_time_that_does_not_fit_is_kept_as_typed_with_a_reason():
    body = answered(Body(), "moment_at", "12:3")
    assert value_of(body, "moment_at") == "12:3"
    assert fault_of(body, "moment_at") == "clock"
    assert body.reflection.moment_at == ""


def test_mending_the_text_clears_the_fault():
    body = answered(answered(Body(), "moment_at", "12:3"), "moment_at", "12:30")
    assert body.raw == {}
    assert fault_of(body, "moment_at") == ""
    assert value_of(body, "moment_at") == "12:30"


def test_a_line_with_two_lines_is_kept_and_named():
    body = answered(Body(), "did_words", "one\ntwo")
    assert fault_of(body, "did_words") == "one_line"
    assert value_of(body, "did_words") == "one\ntwo"


def test_a_text_that_is_too_long_is_kept_and_named():
    body = answered(Body(), "moment", "a" * 20_001)
    assert fault_of(body, "moment") == "string_too_long"
    assert len(value_of(body, "moment")) == 20_001


def test_a_date_may_be_emptied_again():
    body = answered(Body(), "contact_on", "2026-11-17")
    assert body.reflection.contact_on == dt.date(2026, 11, 17)
    assert answered(body, "contact_on", "").reflection.contact_on is None
    assert fault_of(answered(body, "contact_on", "soon"), "contact_on") == "date"


@pytest.mark.parametrize(
    ("key", "value"),
    [("tried", ["explained", "invented"]), ("defensiveness", 9), ("peak", [0, 5]), ("markers", {"W1": 7})],
)
def test_an_answer_no_control_could_give_is_refused(key, value):
    with pytest.raises(ValueError, match=key):
        answered(Body(), key, value, OneBook())


def test_a_field_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        answered(Body(), "supervisor_notes", "x")


def test_private_answers_and_private_raw_text_stay_in_the_private_part():
    body = answered(answered(Body(), "not_sure", "I hid it"), "moment", "It went quiet")
    assert body.private["answers"] == {"not_sure": "I hid it"}
    assert "not_sure" not in body.shareable["answers"]
    too_long = answered(body, "own_history", "h" * 30_000)
    assert "own_history" in too_long.private["raw"]
    assert too_long.shareable["raw"] == {}


def test_exactly_two_fields_are_private():
    assert [key for key in Reflection.model_fields if is_private(key)] == ["not_sure", "own_history"]


@given(st.text(max_size=200), st.sampled_from(["moment", "moment_at", "did_words", "contact_on", "not_sure"]))
def test_no_typed_letter_is_ever_lost(text, key):
    body = answered(Body(), key, text)
    again = Body.from_parts(body.private, body.shareable)
    shown = value_of(again, key)
    if key == "contact_on" and isinstance(shown, dt.date):
        assert dt.date.fromisoformat(text.strip()) == shown
    elif key == "contact_on" and shown is None:
        assert text == ""
    else:
        assert shown == text


@pytest.mark.parametrize("text", ["0", "86400", "2026-13-01", "17.11.2026", "2026-11-17T00:00"])
def test_only_a_written_day_is_a_date(text):
    body = answered(Body(), "contact_on", text)
    assert value_of(body, "contact_on") == text
    assert fault_of(body, "contact_on") == "date"


def test_half_a_surrogate_pair_does_not_stop_the_rest_from_being_kept():
    body = answered(Body(), "moment", "quiet \ud83d then")
    assert body.reflection.moment == "quiet \ufffd then"


def test_changing_the_lens_lets_go_of_the_codes_of_the_old_one():
    body = answered(answered(Body(), "lens", "racker"), "lens_codes", ("concordant",))
    assert answered(body, "lens", "racker").reflection.lens_codes == ("concordant",)
    assert answered(body, "lens", "icb_2000").reflection.lens_codes == ()
