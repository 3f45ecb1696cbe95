"""The file choice: one file, not too large, kept nowhere."""

from __future__ import annotations

import pytest
from traitlets import TraitError

from repairbook.ui.file_choice import FileChoice

MODEL = {"label": "Choose a file", "accept": ".csv", "most": 20, "disabled": False}
MODEL["words"] = FileChoice.english
PUT = "([code, state]) => window.load(code).then(({default: {render}}) => { \
window.model = window.makeModel(state); const sent = window.model.sent; \
window.model.send = (message, _, [buffer]) => sent.push([message, new TextDecoder().decode(buffer)]); \
render({model: window.model, el: document.body}); })"


def heard_by(choice):
    heard = []
    choice.on_file(lambda name, content: heard.append((name, content)))
    return heard


def test_a_file_reaches_whoever_listens():
    choice = FileChoice()
    heard = heard_by(choice)
    choice._handle_custom_msg({"type": "file", "name": "a.csv"}, [memoryview(b"case")])
    assert heard == [("a.csv", b"case")]
    assert b"case" not in repr(choice.get_state()).encode()


@pytest.mark.parametrize(
    ("content", "buffers"),
    [
        (None, [b"x"]),
        ("file", [b"x"]),
        ({"type": "other", "name": "a"}, [b"x"]),
        ({"type": "file"}, [b"x"]),
        ({"type": "file", "name": 7}, [b"x"]),
        ({"type": "file", "name": "a" * 1001}, [b"x"]),
        ({"type": "file", "name": "a"}, []),
        ({"type": "file", "name": "a"}, None),
        ({"type": "file", "name": "a"}, [b"x", b"y"]),
        ({"type": "file", "name": "a"}, [b"x" * 11]),
    ],
)
def test_anything_but_one_file_that_is_not_too_large_is_refused(content, buffers, caplog):
    choice = FileChoice(most=10)
    heard = heard_by(choice)
    choice._handle_custom_msg(content, buffers)
    assert heard == []
    assert "refused" in caplog.text


def test_the_browser_can_change_nothing_of_it():
    choice = FileChoice(most=10)
    choice.set_state({"most": 10**9, "value": "x", "accept": ".exe"})
    assert (choice.most, choice.accept) == (10, "")


def test_only_plain_endings_are_offered():
    with pytest.raises(TraitError):
        FileChoice(accept='.csv" onclick="x')


def chosen(page, content):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file", exact=True).click()
    chooser.value.set_files({"name": "a.csv", "mimeType": "text/csv", "buffer": content})


def test_in_a_browser_a_file_is_sent_and_one_too_large_is_not(open_page, script):
    page = open_page()
    page.evaluate(PUT, [script("file_choice.js"), MODEL])
    chosen(page, b"x" * 21)
    assert page.get_by_role("alert").inner_text() == FileChoice.english["too_large"]
    assert page.evaluate("window.model.sent") == []
    chosen(page, b"case,total")
    page.wait_for_function("window.model.sent.length === 1")
    assert page.evaluate("window.model.sent[0]") == [{"type": "file", "name": "a.csv"}, "case,total"]
    assert page.get_by_role("status").inner_text() == FileChoice.english["reading"]
    page.evaluate("window.model.tell({type: 'taken'})")
    assert page.get_by_role("status").inner_text() == ""
