"""The front matter is read as MkDocs reads it."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from handbook.content.front_matter import FrontMatter
from handbook.content.page_keys.all_keys import KEYS
from handbook.content.pages import PageSource, parse_page

# fmt: off
PLAIN = st.sampled_from([
    "A", "yes", "No", "on", "OFF", "true", "~", "null", "Null", "12", "0o14", "014", "0x1F", "1_000",
    "1:30", "12e3", ".inf", "-.INF", ".nan", "1.5", "2026-10-14", "2026-02-30", "2026-10-14 10:00:00",
    "2026-10-14T10:00:00Z", "2026-10-14 10:00:00 +02:00", "Who: all", "a #b", "a#b", "- a", "é à ü",
    "日本 語", "🙂", "a\tb", "a\u00a0b", "a\u2028b", "a\u0085b", "\ufeff", "@a", "`a`", "%a", "*a", "&a b",
    "!!str 12", "!!int '3'", "!x y", "!!binary aGk=", "!!set {a, b}", "!!omap [a: b]", "? a",
    "'it''s'", "'a: b'", "\"a\\nb\"", "\"\\u00e9\"", "\"a: #b\"", "'", "\"", "'a\n b'", "\"a\n\n  b\"",
    "a\n b", "a\n   b\n c", "[a, b]", "[a, [b, {c: d}]]", "{a: b}", "{a: 1, b: [yes, 2026-10-14]}",
    "[a,\n b]", "{a: b", "[a", "]", "<<", "=",
])
BLOCKS = st.sampled_from([
    "|", ">", "|-", ">-", "|+", ">+", "|2", ">1-", "| # why", ">\n", "|\n", "|-\n", "- a", "-\n",
    "# why", "",
])
INNER = st.sampled_from([
    "  text", "  text: more", "   deeper", "\ttab", "  \ttab", " one", "", "  ", "  - item", "  # why",
    "  ---",
])
KNOWN = st.sampled_from([*KEYS, "title", "owner"])
STRANGE = st.sampled_from([
    "a", "Yes", "on", "12", "2026-10-14", "~", "'title'", "\"owner\"", "é", "a b", "<<", "? a", "-",
    "=", "[a]", "{a: b}", "!!str a", "&a a", "1.0", " title", "", "title ",
])
# fmt: on
NAMES = st.one_of(KNOWN, KNOWN, KNOWN, STRANGE)
ENTRIES = st.one_of(
    st.builds("{}: {}".format, NAMES, PLAIN),
    st.builds("{}: {}".format, NAMES, PLAIN),
    st.builds("{}:\t{}  ".format, NAMES, PLAIN),
    st.builds("{}: {} # why".format, NAMES, PLAIN),
    st.builds(lambda key, mark, lines: "\n".join([f"{key}: {mark}", *lines]), NAMES, BLOCKS, st.lists(INNER)),
    st.builds(lambda key, items: "\n- ".join([f"{key}:", *items]), NAMES, st.lists(PLAIN)),
    st.sampled_from(["", "# why", "  # why", "%YAML 1.1", "...x", "--- a", "---x", " ---", "- a", "\t", " "]),
)
FENCES = st.sampled_from(["---"] * 8 + ["--- ", "---\t", "... ", "...", "--- # why", "----", " ---", "\n---"])
# fmt: off
BODIES = st.sampled_from([
    "", "# A\n", "\n\n# A\n", "# A\n---\nb: c\n---\n", "---\n", "...\n", "text", "# A\r\n", "\n \n",
    "title: b\n",
])
# fmt: on
PAGES = st.builds(
    lambda opening, entries, closing, body, line_break: "\n".join(
        [opening, *entries, f"{closing}{body}"]
    ).replace("\n", line_break),
    FENCES,
    st.lists(ENTRIES, max_size=4),
    FENCES,
    st.builds("{}{}".format, st.sampled_from(["\n"] * 8 + [""]), BODIES),
    st.sampled_from(["\n"] * 6 + ["\r\n", "\r"]),
)


def _read(text: str) -> tuple[str, FrontMatter]:
    """Return a page's text with its lines ending as MkDocs sees them, and its front matter."""
    page = parse_page(PageSource("a.md", "docs/a.md", "en"), text.encode("utf-8"))
    return page.text, page.front_matter


def _stops_the_build(read: FrontMatter) -> bool:
    """Tell whether FMT001, FMT002 or REV002 finds something."""
    return bool(read.form_problems or read.content_problems) or (
        "last_reviewed" in read.values and read.day("last_reviewed") is None
    )


@settings(max_examples=800, deadline=None)
@given(PAGES)
def test_what_can_be_read_has_the_values_and_the_body_that_mkdocs_sees(text: str) -> None:
    text, read = _read(text)
    if not read.readable or _mkdocs_sees_nothing(text):
        return
    body, values = get_data(text)
    # With repr: it tells 1 from True and 1.0, and finds that .nan is .nan.
    assert repr({key: read.source.data[key] for key in read.source.data if key in KEYS}) == repr(
        {key: values[key] for key in values if key in KEYS}
    )
    assert len(read.source.data) >= len(values)
    assert text[read.end :].lstrip("\n") == body


@settings(max_examples=800, deadline=None)
@given(PAGES)
@example("---\nreview_every: 2026-02-30\n---\n# A\n")
@example("---\nlast_reviewed: [2026-02-30]\n---\n# A\n")
def test_what_mkdocs_would_show_as_text_of_the_page_stops_the_build(text: str) -> None:
    text, read = _read(text)
    if _mkdocs_sees_nothing(text):
        assert _stops_the_build(read)


def _mkdocs_sees_nothing(text: str) -> bool:
    return get_data(text) == (text, {})


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    page = parse_page(PageSource("a.md", "docs/a.md", "en"), data)
    assert page.front_matter.readable or page.front_matter.form_problems


@given(st.text(max_size=200))
def test_no_yaml_makes_the_reader_fail(text: str) -> None:
    page = parse_page(
        PageSource("a.md", "docs/a.md", "en"), f"---\n{text}\n---\n# A\n".encode("utf-8", "ignore")
    )
    assert page.front_matter.readable or page.front_matter.form_problems
