"""Prose is what a reader reads, as Python-Markdown shows it."""

import re
import time

import pytest
from markdown import markdown  # type: ignore[import-untyped]

from handbook.text.prose import prose, without_code

EXTENSIONS = (  # As in mkdocs.yml.
    "admonition",
    "attr_list",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.superfences",
)
TEXTS = (
    "one ` SECRET two\n\nthree ` four",
    "one ` two\n\nSECRET ` three",
    "one ` two\n  \nSECRET ` three",
    "one `two\nSECRET` three",
    "one `two` SECRET `three`",
    "- one ` two\n- SECRET ` three",
    "- one ` two\n\n- SECRET ` three",
    "1. one ` two\n2. three ` SECRET ` four",
    "one ` two\n- three ` SECRET ` four",
    "# one ` two\nSECRET ` three",
    "one ` two\n## three\nSECRET ` four",
    "one ` two\n> SECRET ` three",
    "> one ` two\n> SECRET ` three",
    "> one ` two\n>\n> SECRET ` three",
    "| one ` | two |\n|---|---|\n| SECRET | ` |",
    "one | two `\n--|--\nSECRET | three `",
    "!!! note\n    one ` two\n\n    SECRET ` three",
    '!!! note "one `"\n    SECRET ` two',
    "one \\` SECRET ` two ` three",
    "one \\`SECRET` two",
    "one \\\\`SECRET` two",
    "one ``two ` SECRET`` three",
    "one ``two` SECRET ` three",
    "one ```SECRET``` two",
    "```\nSECRET\n```\n\none",
    "```\none\n\nSECRET",
    "~~~\none\n\nSECRET",
    "````\none\n```\nSECRET\n````",
    "```\none\n`````\nSECRET",
    "```\none\n``` two\nSECRET\n```",
    "```\none\n  ```\nSECRET\n```",
    "```\n> ```\nSECRET\n```",
    "- one\n\n\t```\n    SECRET\n    ```\n\ntwo",
    "```text\nSECRET\n```",
    '```yaml title="one"\nSECRET\n```',
    "```{.yaml}\nSECRET\n```",
    "```text one\n\nSECRET\n```",
    "- one\n\n    ```\n    SECRET\n    ```",
    "- one\n\n    ```\n    two\nSECRET\n    ```",
    "> ```\n> SECRET\n> ```",
    "<!-- SECRET -->\n\none",
    "<!-- one\n\nSECRET -->\n\ntwo",
    "one <!-- two\n\nSECRET",
    "`<!--` SECRET `-->`",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_prose_if_a_reader_reads_it_as_text(text: str) -> None:
    html = markdown(text, extensions=list(EXTENSIONS))
    without_html = re.sub(r"<!--.*?-->|<code.*?</code>", "", html, flags=re.DOTALL)
    assert ("SECRET" in prose(text)) == ("SECRET" in without_html), html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one {{ two('`') }} SECRET ` three", True),
        ("one {# ` #} SECRET ` three", True),
        ("one ` {{ two() }}\n{{ SECRET() }} ` three", False),
        ("{% raw %}{{{% endraw %} SECRET", True),
        ("`{% raw %}{{ SECRET }}{% endraw %}`", False),
        ("{% raw %}SECRET{% endraw %}", True),
        ("{% if one %}\n`two\n{% endif %}\nSECRET`", True),
        ("{{ one('SECRET') }}", False),
    ],
)
def test_expressions_are_not_prose_and_hide_none(text: str, shown: bool) -> None:
    assert ("SECRET" in prose(text)) is shown


def test_every_offset_stays_the_same() -> None:
    text = "a `b`\n```\nc\n```\n{{ d('e') }} <!-- f\n--> g\n"
    for blank in (prose, without_code):
        kept = blank(text)
        assert [len(line) for line in kept.split("\n")] == [len(line) for line in text.split("\n")]
        assert kept.index("g") == text.index("g")


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 60_000,
        "`\\" * 120_000,
        "\\" * 240_000 + "`",
        " ".join("`" * number for number in range(1, 690)),
        "\n".join("`" * number for number in range(3, 690)),
        "- ` \n" * 50_000,
        " " * 120_000 + "-" * 120_000,
        "|\n" + " " * 240_000 + "-",
        "> " * 120_000,
        "``` " + 'a="' * 80_000,
        "{{ '" * 60_000,
        '{{ "\\' + "\\" * 240_000,
        "{% raw %}" * 25_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_the_longest_page_is_read_at_once(text: str) -> None:
    start = time.process_time()
    for blank in (prose, without_code):
        assert len(blank(text)) == len(text)
    assert time.process_time() - start < 3
