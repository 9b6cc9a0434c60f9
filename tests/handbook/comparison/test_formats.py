"""How a report of changes is shown and kept, whatever pages and commits say."""

import json

import pytest

from handbook.comparison.change_record import Cause, ChangedPage, ChangeReport, read_change_report
from handbook.comparison.compare import compare_pages
from handbook.comparison.formats import FORMATS, as_html, as_markdown
from handbook.errors import HandbookError
from tests.handbook.comparison.pages import NAMES, rendered

HOSTILE = "<script>alert(1)</script> ![x](y) @everyone #1 `a` *b* | &lt; https://evil.example $x$ :bomb:"


@pytest.fixture
def hostile() -> ChangeReport:
    cause = Cause(
        path="docs/`a`.md\n# b",
        commit="a" * 40,
        day="2026-11-20",
        reason=HOSTILE,
        pull_request=7,
        significance=None,
    )
    page = ChangedPage.model_validate(
        {
            "path": "docs/<a>.md\n# Forged",
            "path_before": "docs/b.md",
            "address": "a",
            "title": HOSTILE,
            "language": 'en" onload="x',
            "audience": [HOSTILE],
            "audience_before": [],
            "what": "text",
            "causes": [cause],
            "redline": [
                {"mark": "kept", "text": f"# {HOSTILE}\n    code\n"},
                {"mark": "deleted", "text": f"{HOSTILE}\n1. one\n- two"},
                {"mark": "inserted", "text": "</ins></div>\x1b[31m"},
            ],
        }
    )
    return ChangeReport(
        before="<1>\n# x", after="2", compared=1, not_compared=("docs/<x>.md",), pages=(page,)
    )


def test_markdown_shows_hostile_text_as_text_and_notifies_nobody(hostile: ChangeReport) -> None:
    markdown = pytest.importorskip("markdown")
    text = as_markdown(hostile)
    for mark in ("@everyone", "#1", "https://evil", "\x1b"):
        assert mark not in text
    assert not [line for line in text.splitlines() if line.startswith(("# Forged", "# b", "# x"))]
    html = markdown.markdown(text)
    for element in ("<script", "<img", "<code", "<em", "<a ", "<ol", "</div>"):
        assert element not in html, element
    assert html.count("<del>") == text.count("<del>") == 3


def test_html_escapes_announces_and_names_its_languages(hostile: ChangeReport) -> None:
    text = as_html(hostile)
    assert "<script" not in text
    assert 'onload="x' not in text
    assert '<del><span class="visually-hidden">[deleted: </span>' in text
    assert '<ins><span class="visually-hidden">[inserted: </span>&lt;/ins&gt;' in text


def test_a_report_is_read_back_as_it_was_written(hostile: ChangeReport) -> None:
    assert read_change_report(hostile.as_bytes()) == hostile
    assert json.loads(FORMATS["json"](hostile)) == json.loads(hostile.as_bytes())


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b'{"before": 1}'])
def test_a_file_that_is_not_a_report_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(HandbookError, match=r"changes\.json"):
        read_change_report(data)


def test_an_unknown_kind_of_change_is_refused(hostile: ChangeReport) -> None:
    with pytest.raises(HandbookError, match=r"pages\.0\.what"):
        read_change_report(hostile.as_bytes().replace(b'"text"', b'"other"', 1))


def test_an_empty_report_says_whether_anything_was_there_before() -> None:
    page = {"docs/a.md": rendered("<p>Text.</p>")}
    first = as_markdown(compare_pages(None, page, (None, "2026.1")))
    assert "Nothing was published before" in first
    assert "1 page " in first
    assert "No page changed" in as_html(compare_pages(page, page, NAMES))
