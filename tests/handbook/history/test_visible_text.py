"""The words that readers see of Markdown."""

import time

import pytest

from handbook.history.visible_text import visible_text


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("# Title { #anchor }", "Title"),
        ("Title\n=====", "Title"),
        ("**Bold**, _slanted_, and `code *x*`", "Bold, slanted, and code *x*"),
        ("A [link](a.md 'title') and [another][one]\n\n[one]: https://example.org", "A link and another"),
        ("![A park](park.jpg)", "[image: A park]"),
        ('<img alt="A park" src="park.jpg">', "[image: A park]"),
        ("2 * 3 and snake_case \\* &amp; &lt;b&gt;", "2 * 3 and snake_case * & <b>"),
        ("A paragraph\nof two lines", "A paragraph of two lines"),
        ("- One\n    - Two\n\n1. Three", "• One\n• Two\n1. Three"),
        ("| A | B |\n|---|:-:|\n| 1 | **2** \\| 3 |", "A | B\n1 | 2 | 3"),
        ("A | B\n--|--\n1 | 2", "A | B\n1 | 2"),
        ('!!! note "Mind"\n    The step.', "Mind\nThe step."),
        ("??? warning\n    The step.", "Warning\nThe step."),
        ("> A quotation\n> goes on", "A quotation goes on"),
        ("```yaml\ntitle: '*'\n  - a\n```", "title: '*'\n  - a"),
        ("<!-- Nobody reads this. -->Read", "Read"),
        ('<div class="doors" markdown="1">\nIn <b>bold</b>\n</div>', "In bold"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 | 2"),
        ("<ul><li>One</li><li>Two</li></ul>", "• One\n• Two"),
        ("Ask.[^1]\n\n[^1]: At night, too.", "Ask.\nAt night, too."),
        ("Text\n{: .small }", "Text"),
        ("<https://example.org/a_b>", "https://example.org/a_b"),
        ("Before\n\n---\n\nAfter", "Before\nAfter"),
        ("\ue000 `code`", "code"),
        ("", ""),
    ],
)
def test_marks_are_left_out_and_words_are_kept(markdown: str, seen: str) -> None:
    assert visible_text(markdown) == f"{seen}\n".removeprefix("\n")


@pytest.mark.parametrize("flood", ["[", "*", "`", "<a ", "{: .a", "| ", "&#", "- ", "![", "```\n", "<!--"])
def test_no_flood_of_marks_is_slow(flood: str) -> None:
    begin = time.process_time()
    visible_text(flood * (200_000 // len(flood)))
    assert time.process_time() - begin < 2
