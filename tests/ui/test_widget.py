"""The shared ground of the small widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest
from traitlets import TraitError, Unicode, validate

from repairbook.ui.widget import InputWidget, choices, static


class Plain(InputWidget):
    english: ClassVar[dict[str, str]] = {"clear": "Clear", "more": "More"}
    value = Unicode("").tag(sync=True)

    @validate("value")
    def _short(self, proposal):
        if len(proposal["value"]) > 5:
            self.turn_down("too long")
        return proposal["value"]


def test_an_unknown_keyword_is_refused():
    with pytest.raises(TypeError, match="lable"):
        Plain(lable="What happened?")


def test_the_browser_may_set_the_value():
    widget = Plain()
    widget.set_state({"value": "short"})
    assert widget.value == "short"


def test_a_refused_value_leaves_the_old_one_and_the_log_without_the_text(caplog):
    widget = Plain(value="old")
    widget.set_state({"value": "far too long a secret"})
    widget.set_state({"value": ["secret"]})
    assert widget.value == "old"
    assert "secret" not in caplog.text


def test_the_browser_may_set_nothing_but_the_value():
    widget = Plain(label="Asked", disabled=True)
    widget.set_state({"label": "Other", "disabled": False, "made up": 1})
    assert (widget.label, widget.disabled) == ("Asked", True)


def test_while_disabled_the_browser_changes_nothing_and_python_still_can():
    widget = Plain(value="old", disabled=True)
    widget.set_state({"value": "new"})
    assert widget.value == "old"
    widget.value = "ours"
    assert widget.value == "ours"


def test_words_left_out_stay_english_and_unknown_ones_are_refused():
    assert Plain(words={"clear": "Leeren"}).words == {"clear": "Leeren", "more": "More"}
    with pytest.raises(TraitError):
        Plain(words={"cler": "Leeren"})


def test_codebook_entries_and_dicts_become_the_same_rows():
    @dataclass
    class Entry:
        code: str
        label: str
        line: str = ""

    assert choices([Entry("sad", "Sad")]) == choices([{"code": "sad", "label": "Sad"}])


def test_static_files_lie_beside_the_module():
    assert static("chips.js").parent.name == "static"
