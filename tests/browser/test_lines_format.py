"""How the editor reads and writes pages, in a browser without the editor itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from handbook.editing.editor_files import OWN_FILES
from handbook.editing.fields import KINDS
from tests.conftest import ROOT

SOURCE = "file_as_read"
PAGE = """---
title: Policy for work   # short
description: 'What it''s about.'
owner: "platform-lead"
# Reviews write these.
last_reviewed: 2026-10-14
audience: [work, personal]
sources:
  - meta-terms   # compared

  # new
  - "x-terms"
asked_as:
    - sack
    - posting: [x, y]
---

# Policy for work

One.
{{ two }}
Three.
"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=OWN_FILES / "lines_format.js")
    page.evaluate("(keys) => { window.lines = linesFormat(keys) }", dict(KINDS))
    yield page
    page.close()


def read(page: Page, text: str) -> dict[str, Any]:
    content: dict[str, Any] = page.evaluate("(text) => lines.fromFile(text)", text)
    return content


def write(page: Page, content: dict[str, Any]) -> str:
    text: str = page.evaluate("(content) => lines.toFile(content)", content)
    return text


def changed(page: Page, text: str, **values: object) -> str:
    """Return a page as it is written after somebody changed values of it."""
    return write(page, {**read(page, text), **values})


def test_values_are_read_without_quotes_and_comments(page: Page) -> None:
    content = read(page, PAGE)
    del content[SOURCE]
    assert content == {
        "title": "Policy for work",
        "description": "What it's about.",
        "owner": "platform-lead",
        "last_reviewed": "2026-10-14",
        "audience": ["work", "personal"],
        "sources": ["meta-terms", "x-terms"],
        "asked_as": "- sack\n- posting: [x, y]",
        "body": "# Policy for work\n\nOne.\n{{ two }}\nThree.",
    }


def test_every_page_of_the_handbook_is_the_same_after_reading_and_writing(page: Page) -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "docs").rglob("*.md"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "cases").rglob("*.md"))]
    forms = "[text, '\\uFEFF' + text, text.replaceAll('\\n', '\\r\\n'), text.trimEnd() + ' \\n\\n']"
    other = page.evaluate(
        f"""(texts) => texts.flatMap((text) => {forms}).map((text) => {{
          let content;
          try {{ content = lines.fromFile(text); }} catch {{ return "refused"; }}
          return lines.toFile(content) === text ? "same" : text;
        }})""",
        texts,
    )
    assert set(other) == {"same", "refused"}
    assert other.count("same") > 0.9 * len(other)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("values", "old", "new"),
    [
        ({"title": "Gifts"}, "title: Policy for work   # short", "title: Gifts   # short"),
        ({"title": "A: b"}, "title: Policy for work   # short", 'title: "A: b"   # short'),
        ({"title": "yes"}, "title: Policy for work   # short", 'title: "yes"   # short'),
        ({"title": "2026-01-01"}, "title: Policy for work   # short", 'title: "2026-01-01"   # short'),
        ({"title": "A\nb: c"}, "title: Policy for work   # short", 'title: "A b: c"   # short'),
        ({"title": "}} - x"}, "title: Policy for work   # short", 'title: "}} - x"   # short'),
        ({"description": "It's"}, "'What it''s about.'", "'It''s'"),
        ({"owner": 'a "b"'}, '"platform-lead"', '"a \\"b\\""'),
        ({"last_reviewed": "never"}, "2026-10-14", "never"),
        ({"last_reviewed": "soon"}, "last_reviewed: 2026-10-14", "last_reviewed: soon"),
        ({"audience": ["work"]}, "[work, personal]", "[work]"),
        ({"audience": ["a, b"]}, "[work, personal]", '["a, b"]'),
        ({"body": "# Policy for work\n\nOne.\n2.\nThree."}, "{{ two }}", "2."),
    ],
)
def test_only_the_line_of_a_value_changes(
    page: Page, values: dict[str, object], old: str, new: str, end: str
) -> None:
    text = PAGE.replace("\n", end)
    assert old in text
    assert changed(page, text, **values) == text.replace(old, new)


def test_a_list_over_several_lines_keeps_the_lines_of_what_stays(page: Page) -> None:
    after = changed(page, PAGE, sources=["x-terms", "meta-terms", "eu: dsa"])
    lines = '  - "x-terms"\n  - meta-terms   # compared\n  - "eu: dsa"\n'
    assert f"sources:\n{lines}asked_as:" in after


def test_yaml_as_it_is_written_keeps_its_indent(page: Page) -> None:
    after = changed(page, PAGE, asked_as="- sack\n- posting: [x, z]")
    assert after == PAGE.replace("[x, y]", "[x, z]")
    assert "\nasked_as: [sack]\n---\n" in changed(page, PAGE, asked_as="[sack]")


def test_a_new_key_comes_where_pages_have_it(page: Page) -> None:
    after = changed(page, PAGE, review_every="3 months", hide=["toc"])
    assert "2026-10-14\nreview_every: 3 months\naudience:" in after
    assert "\nhide: [toc]\nasked_as:" in after


def test_an_emptied_value_takes_its_lines_along(page: Page) -> None:
    after = changed(page, PAGE, sources=[], owner="")
    start = PAGE.index("sources:")
    expected = PAGE[:start] + PAGE[PAGE.index("asked_as:") :]
    assert after == expected.replace('owner: "platform-lead"\n', "")


def test_text_that_grows_and_shrinks_keeps_the_end_of_the_file(page: Page) -> None:
    for end in ("", "\n", "\n\n  \n"):
        text = PAGE.rstrip("\n") + end
        assert changed(page, text, body="# Policy for work\n\nNew") == (
            text[: text.index("One.")] + "New" + end
        )
        longer = read(page, text)["body"] + "\n\nFour."
        assert changed(page, text, body=longer) == text[: len(text) - len(end)] + "\n\nFour." + end


def test_mixed_line_ends_stay_where_nothing_changed(page: Page) -> None:
    text = PAGE.replace("One.\n", "One.\r\n")
    assert changed(page, text, body=read(page, text)["body"].replace("Three", "3")) == text.replace(
        "Three", "3"
    )


def test_a_new_page_begins_with_its_keys_in_order(page: Page) -> None:
    text = write(page, {"body": "# New\n", "audience": ["work"], "title": "New: one", "sources": []})
    assert text == '---\ntitle: "New: one"\naudience: [work]\n---\n\n# New\n'


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("---\ntitle", "title", 1),
        ("\n---\n\n#", "\n\n#", 1),
        ("owner:", "title:", 4),
        ("owner:", '"owner":', 4),
        ("audience: [work, personal]", "audience: {work: 1}", 7),
        ("audience: [work, personal]", "audience: [work, [personal]]", 7),
        ("audience: [work, personal]", "audience: &a [work]", 7),
        ('  - "x-terms"', "  - {x: y}", 8),
        ("Three.", "\ufffd", 1),
    ],
)
def test_what_it_cannot_read_for_sure_it_refuses(page: Page, old: str, new: str, line: int) -> None:
    text = PAGE.replace(old, new, 1)
    with pytest.raises(Error, match=f"line {line} .*; edit the page on the platform"):
        read(page, text)


@pytest.mark.parametrize(
    "head",
    [
        "title: A\r\n" * 20_000,
        f"title: A{' ' * 30_000}x",
        "audience: [" + ',"' * 15_000 + "]",
        "title: " + "'" * 30_001,
        f"{' ' * 40_000}x",
    ],
)
@pytest.mark.timeout(20)
def test_no_page_keeps_the_browser_busy(page: Page, head: str) -> None:
    for text in (f"---\r\n{head}", f"---\r\n{head}\r\n---\r\n# A\r\n"):
        took: float = page.evaluate(
            """(text) => {
              const start = performance.now();
              try { lines.toFile(lines.fromFile(text)); } catch { /* It may refuse it. */ }
              return performance.now() - start;
            }""",
            text,
        )
        assert took < 2_000
