"""The front matter is read as MkDocs reads it."""

from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from handbook.front_matter import read_front_matter
from handbook.pages import PageSource, parse_page

LINES = st.sampled_from(
    [
        "---",
        "---  ",
        "...",
        "title: A",
        "owner: b",
        "a: [1, 2]",
        "day: 2026-10-14",
        "",
        "# A",
        "x: 'y'",
        " ---",
        "- a",
    ]
)


@given(st.lists(LINES, max_size=8), st.booleans())
def test_what_can_be_read_has_the_values_and_the_body_that_mkdocs_sees(lines: list[str], ends: bool) -> None:
    text = "\n".join(lines) + ("\n" if ends else "")
    read = read_front_matter(text)
    if not read.readable:
        return
    body, values = get_data(text)
    assert dict(read.source.data) == values
    assert text[read.end :].lstrip("\n") == body


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    page = parse_page(PageSource("a.md", "docs/a.md", "en"), data)
    assert page.front_matter.readable or page.front_matter.flaws


@given(st.text(max_size=200))
def test_no_yaml_makes_the_reader_fail(text: str) -> None:
    page = parse_page(
        PageSource("a.md", "docs/a.md", "en"), f"---\n{text}\n---\n# A\n".encode("utf-8", "ignore")
    )
    assert page.front_matter.readable or page.front_matter.flaws
