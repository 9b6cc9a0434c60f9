"""What cannot be rendered in bounded time is found on its line; what people write is not."""

import pytest

from handbook.text.markdown.cost import MOST_LEVELS, costly_markdown
from tests.conftest import ROOT

# Python-Markdown takes minutes for most of these, or more levels of calls than Python has.
FLOODS = {
    "brackets": "[" * 16_000,
    "pictures": "![" * 8_000,
    "links": "[a](" * 4_000,
    "references": "[a][" * 4_000,
    "brackets in a box": "!!! note\n    " + "[" * 16_000,
    "brackets on the lines of a paragraph": "- a\n\ntext\n" + "- [ a\n" * 4_000,
    "brackets below what is no table": "a | b\n---\n" + "[ a\n" * 4_000,
    "brackets too far to the right to be items": "- a\n" + "            - [\n" * 2_000,
    "brackets in a paragraph with blank lines": "<p class='a' markdown>\n" + "[\n\n" * 8_000 + "</p>",
    "brackets between lines that only look blank": "[\n\u00a0\n[\n\f\n[\n\u2028\n" * 2_000,
    "brackets behind a fence that a control character hides": "``\x02`\n```\n" + "[" * 16_000 + "\n```\n",
    "brackets after an escaped backslash": r"\\[" * 6_000,
    "brackets around a block of code": "[\n```\na\n```\n" * 2_100,
    "brackets in a fence that is not closed": "```\n" + "[" * 16_000,
    "brackets in a quoted fence that ends": "> ```\n" + "[" * 16_000 + "\n> ```\n",
    "nested links": "[" * 3_000 + "a" + "](b)" * 3_000,
    "character data": "<![CDATA[" * 2_000,
    "tags": "<img " * 5_000,
    "tags in paragraphs": "x <a \n\n" * 5_000,
    "addresses": "<a@" * 5_000,
    "attributes": "<a b='" * 5_000,
    "headings in a paragraph": "# a\n" * 6_000,
    "headings that are none": "#a\n" * 6_000,
    "lines in a paragraph": "---\n" * 6_000,
    "underlines in a paragraph": "a\n-\n" * 6_000,
    "references in a paragraph": "x\n[a]: b\n" * 3_000,
    "boxes in a paragraph": "??? note\na\n" * 4_000,
    "many headings": "# a\n\n" * 3_000,
    "cells that are filled up": "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + "|a|\n" * 1_000,
    "backticks in a row": "|a|b|\n|-|-|\n|" + "`|" * 8_000 + "|",
    "escaped backticks": "\\```\n" * 4_000,
    "backticks of all sizes": "a".join("`" * size for size in range(1, 600)),
    "braces in a heading": "# " + "a {" * 8_000,
    "gaps in a heading": "# a" + " " * 20_000 + "b",
    "tabs": "# a" + "\t" * 20_000 + "b",
    "marks in a paragraph": r"\a" * 60_000,
    "blocks of code": "```\n```\n" * 3_000,
    "long code in color": "```php\n<?php " + "/* " * 8_000 + "\n```\n",
    "much code in color": ("```make\n" + "{{" * 4_000 + "\n```\n\n") * 10,
    "spaces in color": "```autoit\n" + "  " * 2_500 + "\n```\n",
    "blank lines in color": "```autohotkey\n" + " \n" * 2_500 + "\n```\n",
    "paragraphs": "a\n\n" * 30_000,
    "items": "- a\n" * 30_000,
    "lists on a line": "- " * 1_000 + "a",
    "lists in lists": "\n".join("    " * level + "- a" for level in range(100)),
    "quoted lists": "> - " * 100 + "a",
    "boxes in boxes": "\n\n".join("    " * level + "!!! note" for level in range(100)),
    "details in details": "\n\n".join("    " * level + "??? note" for level in range(100)),
    "elements in elements": "<div markdown>\n\n" * 300 + "a",
    "emphasis in emphasis": "*a _b " * 300 + "_ *" * 300,
}
ORDINARY = {
    "a table of 500 rows": "| A | B |\n|---|---|\n" + "| [0, 1) and x < 3 | `a`, *b*, [c](d.md) |\n" * 500,
    "300 headings without blank lines": "## A heading\nText that follows it, and some more.\n" * 300,
    "a list of 1,000 links": "".join(f"- [Page {n}](folder/page-{n}.md) & more\n" for n in range(1_000)),
    "1,000 links in a paragraph": "".join(f"[Page {n}](folder/page-{n}.md) " for n in range(1_000)),
    "1,000 references": "".join(f"[{n}]: https://example.org/page-{n}\n" for n in range(1_000)),
    "a list of intervals": "- From [0, 1) to [1, 2).\n" * 1_000,
    "a list of tasks": "- [ ] Read it.\n- [x] Sign it.\n" * 500,
    "brackets in code": "```\n" + "[" * 100_000 + "\n```\n",
    "brackets in code of a list": "- a\n\n    ```\n    " + "[" * 100_000 + "\n    ```\n",
    "code in a paragraph": "Write `a`, ``b ` c``, or `d`.\n" * 500,
    "escaped brackets": r"\[" * 5_000,
    "code in color": "```python\n" + "x = a[b](c) < d\n" * 1_000 + "```\n",
    "100 blocks of code": "Text.\n\n```yaml\na: [b]\n```\n\n" * 100,
    "lists in lists": "\n".join("    " * level + "- a" for level in range(MOST_LEVELS // 2)),
    "emphasis": "Some **bold** and *other* words_with_lines. " * 500,
    "cards": "<div class='grid' markdown>\n\n- [0, 1) is **open**.\n\n</div>\n\n" * 100,
    "the word": "Write markdown, in Markdown, as markdown. " * 300,
    "long lines": ("word " * 2_000 + "\n\n") * 20,
    "a row of dashes": "-" * 5_000,
}


@pytest.mark.parametrize("kind", FLOODS)
def test_a_flood_is_found(kind: str) -> None:
    assert list(costly_markdown(f"# A page\n\n{FLOODS[kind]}\n"))


@pytest.mark.parametrize("kind", ORDINARY)
def test_what_people_write_is_not(kind: str) -> None:
    assert list(costly_markdown(f"# A page\n\n{ORDINARY[kind]}\n")) == []


def test_a_flood_is_found_on_its_line() -> None:
    text = "# A page\n\nText [a](b).\n\n" * 10 + "```\n[\n```\n\n" + "[" * 3_000
    assert [line for line, _ in costly_markdown(text)] == [44]


def test_each_reason_is_given_once() -> None:
    assert len(list(costly_markdown(("[" * 3_000 + "\n\n") * 10))) == 1


def test_no_page_of_the_handbook_is_costly() -> None:
    pages = list((ROOT / "docs").rglob("*.md"))
    assert pages
    assert [page for page in pages if list(costly_markdown(page.read_text(encoding="utf-8")))] == []
