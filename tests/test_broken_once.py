"""Input that once broke a promise of `tests/promises.py`."""

from time import process_time

import pytest

from handbook.content.pages import PageSource, parse_page
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from handbook.templating.expressions import ExpressionError
from handbook.text.prose import headings
from tests.conftest import PAGE, ROOT
from tests.promises import (
    REGISTERS,
    Replaced,
    configuration,
    expressions,
    platform_page,
    register,
    sample,
)
from tests.promises import page as judge_page

ORGANIZATION, OWNERS, PLATFORMS, _ = REGISTERS


@pytest.mark.parametrize(
    "front_matter",
    [
        '"a\\nb": 1',
        'audience: ["a\\nb"]',
        'applies_to: {"a\\nb": 1}',
        'x: !!int "a\\nb"',
        '"\\e[31m": 1',
    ],
)
def test_quoted_front_matter_forges_no_line(front_matter: str) -> None:
    judge_page(PAGE.replace("title:", f"{front_matter}\ntitle:").encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sector: charity", 'sector: "a\\nb"'),
        ("sector:", '"a\\nb": 1\nsector:'),
        ("[us, ca]", '["a\\nb"]'),
        ("America/New_York", '"a\\nb"'),
        ("[en, fr]", '["a\\nb"]'),
    ],
)
def test_a_quoted_register_forges_no_line(old: str, new: str) -> None:
    register(_sample(ORGANIZATION, old, new), ORGANIZATION)


def test_a_quoted_expression_forges_no_line() -> None:
    expressions(b'{{ organization["a\\nb"] }}')


@pytest.mark.parametrize(
    "value",
    [
        "!!bool perhaps",
        "!!int ''",
        "!!float ''",
        "!!timestamp x",
        "!!seq x",
        "!!map x",
    ],
)
def test_a_tag_that_does_not_fit_its_value_is_a_finding(value: str) -> None:
    data = PAGE.replace("title:", f"sources: {value}\ntitle:").encode()
    judge_page(data)
    assert not parse_page(PageSource("", "docs/a.md", "en"), data).front_matter.readable
    register(_sample(ORGANIZATION, "sector: charity", f"sector: {value}"), ORGANIZATION)


@pytest.mark.parametrize("line_end", ["\u2028", "\u2029", "\x85"])
def test_a_line_end_that_only_yaml_knows_moves_no_finding(line_end: str) -> None:
    data = PAGE.replace("A page", f"A{line_end} page", 1).replace("2026-10-14", "2026-02-30")
    judged = parse_page(PageSource("", "docs/a.md", "en"), data.encode())
    assert judged.problem_at("last_reviewed", "").line == 5


def test_a_character_that_yaml_does_not_allow_is_named_and_located() -> None:
    data = PAGE.replace("owner: platform", "owner: \u00e9\u20ac\x07")
    (problem,) = parse_page(PageSource("", "docs/a.md", "en"), data.encode()).front_matter.form_problems
    assert (problem.line, problem.column) == (4, 10)
    assert "U+0007" in problem.message


@pytest.mark.parametrize(
    "data",
    [
        b"name: caf\xe9\n",
        b"name: a\r\xff\n",
        b"name: a\rsector: b\r:\r",
        b"\xef\xbb\xbf\xef\xbb\xbfname: [",
    ],
)
def test_a_register_that_is_not_text_is_located(data: bytes) -> None:
    register(data, ORGANIZATION)


@pytest.mark.parametrize(
    "text",
    [
        "{{ {[]: 1} == 2 }}",
        "{{ owner({[]: 1}) }}",
        "{% for loop in [1] %}{{ loop }}{% endfor %}",
    ],
)
def test_an_expression_that_jinja_refuses_late_is_a_mistake(text: str) -> None:
    expressions(text.encode())
    with pytest.raises(ExpressionError):
        sample().expressions["en"].render(text)


@pytest.mark.parametrize(
    "text", ["{{ a" + ".b" * 300 + " }}", "{{ a" + "[0]" * 300 + " }}", "{{ a" + "()" * 300 + " }}"]
)
def test_a_deep_expression_is_judged_at_once(text: str) -> None:
    start = process_time()
    expressions(text.encode())
    assert process_time() - start < 2


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (ORGANIZATION, "fr: trois ans", "xx: trois ans"),
        (PLATFORMS, "{en: Live, fr: Direct}", "{}"),
    ],
)
def test_a_register_lacks_no_language_of_the_handbook(path: str, old: str, new: str) -> None:
    data = _sample(path, old, new)
    register(data, path)
    with pytest.raises(HandbookError, match=f"^{path}:"):
        read_registers(Replaced(Folder(ROOT), path, data))


@pytest.mark.parametrize(
    "data",
    [
        b"a: !!bool x",
        b"a: !!int ''",
        b"nav: &a [*a]",
        b'exclude_docs: "[z-a]"',
    ],
)
def test_settings_that_make_no_sense_break_no_promise(data: bytes) -> None:
    configuration(data)


@pytest.mark.parametrize(
    "piece",
    [
        "`",
        "{{ ",
        "{{ x }",
        "{# ",
        "![",
        "![](",
        "![a][",
        "![a](b){",
        "<img ",
        "## {",
        "# ",
    ],
)
def test_a_long_page_of_marks_that_never_end_is_judged_at_once(piece: str) -> None:
    data = f"{PAGE}## {piece * (60_000 // len(piece))}x".encode()
    start = process_time()
    platform_page(data)
    assert process_time() - start < 5


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## A", "A"),
        ("##\tA b ##", "A b"),
        ("## A {: #b }", "A"),
        ("## A # {.b} ", "A"),
        ("### A", None),
        ("##A", None),
        ("## ", None),
    ],
)
def test_a_heading_is_read_without_its_marks(line: str, heading: str | None) -> None:
    assert headings(f"{line}\n", 2) == ([(0, heading)] if heading else [])


def test_a_page_too_long_to_be_reviewed_is_not_read() -> None:
    data = PAGE.encode() + b"a line of text\n" * 100_000
    (problem,) = parse_page(PageSource("", "docs/a.md", "en"), data).front_matter.form_problems
    assert "1,500 kB" in problem.message
    assert "256 kB" in problem.message
    judge_page(data)


def _sample(path: str, old: str, new: str) -> bytes:
    """Return a register of the sample with something replaced."""
    text = (ROOT / path).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new).encode()
