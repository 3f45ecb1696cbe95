from __future__ import annotations

import re

import pytest

OUTSIDE = re.compile(r"""(?:src|href|action|url\()\s*=?\s*["'(]?\s*((?:https?:)?//[^"'\s)>]+)""")
PAGES = ["/", "/demo", "/login", "/voila/render/plain.ipynb", "/nothing/here", "/voila/render/none.ipynb"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_another_host(server, visitor, path):
    page = visitor.get(path)
    assert [found for found in OUTSIDE.findall(page.text) if not found.startswith(server.url)] == []
    assert "default-src 'self'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_its_language_and_fits_a_phone(visitor, path):
    page = visitor.get(path)
    assert re.search(r'<html lang="en', page.text)
    assert "width=device-width" in page.text


def test_a_workbook_has_one_main_part_a_title_and_calm_words_while_opening(visitor):
    page = visitor.get("/voila/render/plain.ipynb").text
    assert '<div id="rendered_cells" role="main"' in page
    assert "<title>A test page</title>" in page
    assert "Opening your workbook" in page
    assert "a plain page" in page


def test_a_visitor_cannot_change_the_template(visitor):
    page = visitor.get("/voila/render/plain.ipynb", params={"template": "reveal", "theme": "dark"})
    assert "Opening your workbook" in page.text
    assert "reveal" not in page.text


def test_a_failing_workbook_shows_neither_source_nor_traceback(server, visitor):
    page = visitor.get("/voila/render/broken.ipynb").text
    assert "whispered-words" not in page
    assert "Traceback" not in page
    assert "Nothing you saved is lost" in page
    assert "whispered-words" not in server.log.read_text()


@pytest.mark.parametrize(
    "path",
    [
        "/voila/files/plain.ipynb",
        "/voila/files/../serve.log",
        "/voila/tree",
        "/voila/api/contents",
        "/api/contents",
        "/api/kernels",
        "/api/sessions",
    ],
)
def test_workbooks_are_neither_listed_nor_downloaded(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code in {403, 404}
    assert "plain" not in answer.text


def test_something_missing_is_told_in_our_own_words(visitor):
    page = visitor.get("/nothing/here")
    assert page.status_code == 404
    assert "There is nothing here" in page.text
