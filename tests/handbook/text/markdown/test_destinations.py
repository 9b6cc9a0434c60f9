"""The addresses of a page are those of its links, as the site's Markdown makes them."""

import time
from html.parser import HTMLParser
from typing import Final
from urllib.parse import quote

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown  # type: ignore[import-untyped]

from handbook.text.markdown.destinations import destinations, without_indented_code
from handbook.text.prose import without_code
from tests.conftest import ROOT

_LINKING: Final = {"href", "src", "poster", "cite", "data", "action"}
LINKS = [
    "> [a](\n> https://a.org/x_(y_(z)))",
    "[a](https://a.org/x_(y_(z)))",
    r"[a](https://a.org/x\_y)",
    r"[a](https://a.org/\(x)",
    r"[a](https://a.org/x\))",
    r"[a](https://a.org/x\\y)",
    "[a](https://a.org/x y)",
    "[a](https://a.org/x\u200b)",
    "[a](https://a.org/x&shy;y)",
    "[a](<https://a.org/x y>)",
    "[a](<https://a.org/(x>)",
    "[a](<https://a.org/ x >)",
    '[a](https://a.org/x "t")',
    "[a](https://a.org/x 't')",
    "[a](https://a.org/x (t))",
    '[a](https://a.org/x "t (u) v")',
    "[a](https://a.org/x 't \"u\" v')",
    '[a](https://a.org/x\n"t")',
    '[a](https://a.org/x  "t"  )',
    '[a](https://a.org/x"t")',
    '[a](<https://a.org/x> "t")',
    "[a](<https://a.org/x>'t')",
    '[a](https://a.org/"x)',
    "[a](https://a.org/it's)",
    "[a]( https://a.org/x )",
    "[a](\nhttps://a.org/x\n)",
    "[a\nb](https://a.org/x)",
    "[a [b] c](https://a.org/x)",
    "[**a**](https://a.org/x)",
    "**[a](https://a.org/_x_)**",
    "[a](https://a.org/?a=1&amp;b=2)",
    "[a](https://a.org/?a=1&b=2)",
    "[a](https://a.org/?a=1&copy=2)",
    "[a](https://a.org/x&#95;y)",
    "[a](https://a.org/x&nbsp;y)",
    "[a](https://a.org/%20x%2Fy)",
    "[a](https://a.org/é)",
    "[a](https://a.org/x#y)",
    "[a](https://a.org/x?)",
    "[a](https://a.org/x.)",
    "[a](https://a.org/[x])",
    "[a](https://[::1]/)",
    "[a](https://[x)",
    "[a](HTTPS://a.org/)",
    "[a](https://a.org/x){ .button }",
    "[a](https://a.org/x)[b](https://b.org/)",
    "([a](https://a.org/x))",
    "![a](https://a.org/x.png)",
    "[![a](https://a.org/x.png)](https://b.org/)",
    "[a][r]\n\n[r]: https://a.org/x_(y)",
    '[r][]\n\n[r]: <https://a.org/x> "T"',
    "[r]\n\n[r]: https://a.org/x\n    'T'",
    "[r]\n\n[r]:\n  https://a.org/x",
    "[r]\n\n[r]: https://a.org/x\\_y",
    "![r]\n\n[r]: https://a.org/x.png",
    "a[^1]\n\n[^1]: https://a.org/x",
    "<https://a.org/x>",
    "<https://a.org/x_(y)>",
    r"<https://a.org/x\_y>",
    "<HTTPS://a.org/x>",
    '<a href="https://a.org/x">a</a>',
    "<a href='https://a.org/x'>a</a>",
    "a <a href=https://a.org/x>a</a>",
    '<a href="https://a.org/?a=1&amp;b=2">a</a>',
    '<a title="a>b" href="https://a.org/x">a</a>',
    '<a data-x=\'"\' href="https://a.org/x">a</a>',
    r'a <a href="https://a.org/x\_y">a</a>',
    '<div><a href="https://a.org/x y">a</a></div>',
    '<p>\n<a\nhref="https://a.org/x">a</a></p>',
    '<img src="https://a.org/x.png" alt="a">',
    '<video poster="https://a.org/x.png"></video>',
    "| a | b |\n|---|---|\n| [a](https://a.org/x) | [b](https://b.org/(y)) |",
    "| a | b |\n|---|---|\n| [a](https://a.org/x\\|y) | <https://b.org/> |",
    "- [a](https://a.org/x)\n- [b](https://b.org/)",
    "> [a](https://a.org/x)",
    "!!! note\n    [a](https://a.org/x)",
    "??? note\n    <https://a.org/>",
    "# [a](https://a.org/x)",
    "`[a](https://a.org/x)` and [b](https://b.org/)",
    "```\n[a](https://a.org/x)\n```",
    "<!-- [a](https://a.org/x) -->",
    "One.\n\n    [a](https://a.org/x)\n\n    <https://b.org/>\n\nTwo.",
    "One.\n    [a](https://a.org/x)",
    "\t[a](https://a.org/x)",
    "- One.\n\n    [a](https://a.org/x)\n\nTwo.\n\n    [b](https://b.org/)",
    "1. One\n   two.\n\n    [a](https://a.org/x)",
    "!!! note\n    One.\n\n    [a](https://a.org/x)",
    '<div>\n\n    <a href="https://a.org/x">a</a>\n\n</div>',
]
PARTS = [
    "(",
    ")",
    "<",
    ">",
    "\\",
    "x",
    " ",
    "\n",
    "[",
    "]",
    "_",
    "*",
    "&amp;",
    "?a=b",
    "#f",
    "\\(",
    "\\)",
    "\\_",
    "|",
]
FORMS = [
    "[a](%s)",
    "[a](<%s>)",
    '[a](%s "t") b',
    "![a](%s)",
    "<%s>",
    "[a][r]\n\n[r]: %s",
    "> [a](%s)",
    "- [a](%s)\n- b",
]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = [value for name, value in attributes if name in _LINKING and value]
        self.addresses |= {_asked(value) for value in values if value.lower().startswith("http")}


def _asked(address: str) -> str:
    """Return what a browser asks for: no line ends, no fragment, blanks and brackets as escapes."""
    bare = address.strip().replace("\n", "").replace("\\", "/").partition("#")[0]
    return "".join(quote(c) if c in ' "<>`{}' or not c.isprintable() else c for c in bare)


@pytest.fixture(scope="module")
def site_markdown() -> Markdown:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    named = [extension if isinstance(extension, str) else next(iter(extension)) for extension in settings]
    return Markdown(extensions=named)


def _linked(markdown: Markdown, text: str) -> set[str]:
    links = _Links()
    links.feed(markdown.reset().convert(text))
    return links.addresses


def _found(text: str) -> set[str]:
    return {address for address, _ in destinations(without_code(without_indented_code(text)))}


@pytest.mark.parametrize("text", LINKS)
def test_the_addresses_are_those_that_the_built_page_links_to(site_markdown: Markdown, text: str) -> None:
    assert _found(text) == _linked(site_markdown, text) - {"https://[x"}


@settings(max_examples=400, deadline=None)
@example("[a](<%s>)", ["(", "\\", ">", ">"])
@given(st.sampled_from(FORMS), st.lists(st.sampled_from(PARTS), min_size=1, max_size=6))
def test_no_link_of_the_built_page_is_missed(site_markdown: Markdown, form: str, parts: list[str]) -> None:
    text = form % f"https://a.org/{''.join(parts)}"
    assert _linked(site_markdown, text) <= _found(text)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("See https://a.org/x_(y), and https://b.org.", {"https://a.org/x_(y)", "https://b.org"}),
        (r"See https://a.org/x\_y!", {"https://a.org/x_y"}),
        ("[unused]: https://a.org/", {"https://a.org/"}),
        ("{# https://a.org/ #} {{ note('https://b.org/') }}", {"https://b.org/"}),
        ('{{ list(["[a](https://a.org/x)"], b=["c"]) }}', {"https://a.org/x"}),
        ("mailto:a@a.org ftp://a.org/ https:// http://", set()),
    ],
)
def test_what_readers_type_is_an_address_although_it_is_not_a_link(text: str, addresses: set[str]) -> None:
    assert _found(text) == addresses


def test_an_address_is_located_where_it_begins() -> None:
    text = "One.\n\n[a](\n  https://a.org/x\n) <https://b.org/>"
    lines = {address: text.count("\n", 0, start) for address, start in destinations(text)}
    assert lines == {"https://a.org/x": 2, "https://b.org/": 4}


@pytest.mark.parametrize(
    "flood", ["[a](", "](https://", "(", "<a ", "<https://", "[a]: ", "![", '[a](b "', "https://a.org/("]
)
def test_no_page_takes_long(flood: str) -> None:
    began = time.process_time()
    list(destinations(flood * (100_000 // len(flood))))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("text", ["[^1]: A note.", '=== "A tab"', "A term\n\n:   What it means."])
def test_the_address_in_what_an_extension_indents_is_found(text: str) -> None:
    assert _found(f"{text}\n\n    [a](https://a.org)") == {"https://a.org"}


def test_nothing_unseen_ends_an_address_in_running_text() -> None:
    assert _found("See https://a.org/x\u200b, or https://b.org/y\u00ad\u2060.") == {
        "https://a.org/x",
        "https://b.org/y",
    }


@pytest.mark.parametrize(
    "form", ["[a](%s)", '[a](%s "t")', "[a](<%s>)", "<%s>", '<a href="%s">a</a>', "[a]: %s", "See %s."]
)
@pytest.mark.parametrize(
    "address", ["https://a.org/{{ name }}", "https://{{ name }}.a.org/", 'https://a.org/{{ f("x") }}/y']
)
def test_an_address_that_an_expression_completes_is_not_known(form: str, address: str) -> None:
    assert _found(f"{form % address}\n\n[b](https://b.org/)") == {"https://b.org/"}
