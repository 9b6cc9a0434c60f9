"""An image is what Python-Markdown and a browser make one of, with the alternative text that they give it."""

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown  # type: ignore[import-untyped]

from handbook.text.markdown.images import images_in
from tests.handbook.text.test_prose import EXTENSIONS

HEARD, SILENT, DECORATION = "heard", "silent", "decoration"
TEXTS: tuple[tuple[str, list[str]], ...] = (
    ("![A tree](x)", [HEARD]),
    ("A tree:\n\n    ![](x)", []),
    ("- A tree:\n\n    ![](x)", [SILENT]),
    ("![](x)", [SILENT]),
    ("![ ](x)", [SILENT]),
    ("![-](x)", [SILENT]),
    ("![…](x)", [SILENT]),
    ("![*](x)", [SILENT]),
    ("![\\-](x)", [SILENT]),
    ("![|](x)", [SILENT]),
    ("![&nbsp;](x)", [SILENT]),
    ("![&#8203;](x)", [SILENT]),
    ("![\u200b\ufeff\u00ad](x)", [SILENT]),
    ("![\u2800](x)", [SILENT]),
    ("![\ufffc](x)", [SILENT]),
    ("![•](x)", [SILENT]),
    ("![■](x)", [SILENT]),
    ("![[]](x)", [SILENT]),
    ("![🎉](x)", [HEARD]),
    ("![❤️](x)", [HEARD]),
    ("![5](x)", [HEARD]),
    ("![木](x)", [HEARD]),
    ("![&eacute;](x)", [HEARD]),
    ("![a [b] c](x)", [HEARD]),
    ("![a](x 'b')", [HEARD]),
    ("![](x 'A tree')", [SILENT]),
    ("![](x_(1).png)", [SILENT]),
    ("![](<x y.png>)", [SILENT]),
    ('![](x "a) b"){ role="presentation" }', [DECORATION]),
    ('![](x){ role="presentation" }', [DECORATION]),
    ("![](x){: role=none }", [DECORATION]),
    ("![](x){ .a role='presentation' }", [DECORATION]),
    ('![](x){ title="}" role="presentation" }', [DECORATION]),
    ('![](x) { role="presentation" }', [SILENT]),
    ('![](x){ data-role="presentation" }', [SILENT]),
    ("![](x){ title=\"role='none'\" }", [SILENT]),
    ('![](x)\n{: role="presentation" }', [SILENT]),
    ('[![](x)](y){ role="presentation" }', [SILENT]),
    ('![](x){ .a } and ![](y){ role="presentation" }', [SILENT, DECORATION]),
    ('![](x){ alt="A tree" }', [HEARD]),
    ("[![A tree](x)](y)", [HEARD]),
    ("[![](x) text](y)", [SILENT]),
    ("\\![](x)", []),
    ("!\\[](x)", []),
    ("\\\\![](x)", [SILENT]),
    ("! [](x)", []),
    ("![](x", []),
    ("![a\n\nb](x)", []),
    ("![][r]\n\n[r]: x", [SILENT]),
    ("![A tree][r]\n\n[r]: x", [HEARD]),
    ("![A tree][]\n\n[a tree]: x", [HEARD]),
    ("![A tree]\n\n[A Tree]: x", [HEARD]),
    ("![-]\n\n[-]: x", [SILENT]),
    ("![][r]", []),
    ("![A tree]", []),
    ("`![](x)`", []),
    ("```\n![](x)\n```", []),
    ("<!-- ![](x) <img src=x> -->", []),
    ("| ![](x) | ![a](x) |\n|---|---|", [SILENT, HEARD]),
    ('<img src="x">', [SILENT]),
    ("<IMG SRC=x>", [SILENT]),
    ("<img src=x alt>", [SILENT]),
    ('<img src="x" alt="">', [SILENT]),
    ('<img src="x" alt=" ">', [SILENT]),
    ('<img src="x" alt="&nbsp;">', [SILENT]),
    ("<img src='x' alt='-'>", [SILENT]),
    ('<img src="x" alt="A tree">', [HEARD]),
    ("<img src='x' alt='A tree'/>", [HEARD]),
    ("<img src=x alt=tree>", [HEARD]),
    ('<img src="x" ALT = "A tree">', [HEARD]),
    ('<img src="x"\n  alt="A\n  tree">', [HEARD]),
    ('<img src="x" title="a > b" alt="A tree">', [HEARD]),
    ('<img src="x" title="a > b">', [SILENT]),
    ('<img src="x" data-alt="A tree">', [SILENT]),
    ('<img src="x" title="alt=\'A tree\'">', [SILENT]),
    ('<img src="x" alt="" alt="A tree">', [SILENT]),
    ('<img src="x" role="presentation">', [DECORATION]),
    ('<img src="x" alt="" ROLE=none>', [DECORATION]),
    ('<img src="x" data-role="none">', [SILENT]),
    ('<img src="x" title="role=\'none\'">', [SILENT]),
    ('<img src="x" alt="" aria-hidden="true">', [DECORATION]),
    ('![](x){ aria-hidden="true" }', [DECORATION]),
    ('<img src="x" aria-hidden="false">', [SILENT]),
    ('<img title="<img>" src="x" alt="A tree">', [HEARD]),
    ('<b title="<img>">A tree</b>', []),
    ("<pre>\n![](x)\n</pre>\n\n![](y)", [SILENT]),
    ("A <code>![](x)</code>", [SILENT]),
    ('<figure><img src="x"><figcaption>A tree</figcaption></figure>', [SILENT]),
    ('<picture><source srcset="y"><img src="x" alt="A tree"></picture>', [HEARD]),
    ('<a href="y"><img src="x"></a>', [SILENT]),
    ('<imgs src="x">', []),
)


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.states: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            first = dict(reversed(attrs))
            role = first.get("role") in ("presentation", "none") or first.get("aria-hidden") == "true"
            heard = any(map(str.isalnum, first.get("alt") or "")) or any(
                pictogram in (first.get("alt") or "") for pictogram in "🎉❤"
            )
            self.states.append(DECORATION if role else HEARD if heard else SILENT)


def _rendered(text: str) -> list[str]:
    parser = _Images()
    parser.feed(markdown(text, extensions=list(EXTENSIONS)))
    return parser.states


def _states(text: str) -> list[str]:
    images = sorted(images_in(text), key=lambda image: image.offset)
    return [DECORATION if image.is_decoration else HEARD if image.is_heard else SILENT for image in images]


@pytest.mark.parametrize(("text", "states"), TEXTS)
def test_an_image_is_what_is_built(text: str, states: list[str]) -> None:
    assert _states(text) == states
    assert _rendered(text) == states


def test_an_image_is_found_where_it_begins() -> None:
    assert [image.offset for image in images_in("a &nbsp;\n\n> ![](x) <img src=x>")] == [12, 19]


def test_what_an_expression_or_code_shows_may_be_heard() -> None:
    assert _states("![{{ organization.name }}](x) ![`a`](x) <img alt='{{ a }}'>") == [HEARD] * 3


def test_an_image_that_is_passed_to_a_macro_counts() -> None:
    assert [image.offset for image in images_in("{{ f('![](x) a ') }}")] == [6]


@given(
    st.lists(st.sampled_from([text for text, _ in TEXTS if "\n" not in text and "`" not in text]), max_size=4)
)
def test_images_after_each_other_are_found_one_by_one(texts: list[str]) -> None:
    text = "\n\n".join(texts)
    assert len(_states(text)) == len(_rendered(text))


FLOODS = (
    *("![", "![](", "![](x)", "![]", '![]("', "![](' \"", "![][", "[![", "]", "](", "!", "\\", "\\!"),
    *("<img ", "<img alt='", '<img a="', "![](x){", "![](x){ a='", "![a]\n\n[a]: b\n\n"),
)


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_images_is_read_at_once(flood: str) -> None:
    text = flood * (250_000 // len(flood))
    start = time.process_time()
    list(images_in(text))
    assert time.process_time() - start < 6
