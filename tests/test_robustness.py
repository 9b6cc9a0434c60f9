"""No input makes a traceback: arbitrary bytes, and real files with something broken in them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.promises import (
    CORPUS,
    PROMISES,
    configuration,
    expressions,
    keep,
    organization,
    owners,
    page,
    platform_page,
    platforms,
    waivers,
)

Promise = Callable[[bytes], None]
# Each takes up to a fifth of a second. `make fuzz` tries as many as there is time for, and what it reached
# is in the corpus.
TRIES: Final = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
WAIVERS: Final = """# Exceptions.
waivers:
  - page: docs/people/birds.md
    rule: STR001
    reason: The page is about birds, which twitter.
    approver: communications-lead
    end: 2027-03-31
"""
EXPRESSIONS: Final = """{{ organization.name }} and {{ contact("press") }}
{% if applies("us", "ca") %}{{ organization.words.people | title }}{% else %}-{% endif %}
{% for account in organization.accounts %}{{ loop.index }} {{ account.name | upper }}{% endfor %}
{{ at_a_glance(may=["Share"]) }} {{ [1, 2] | join(", ") }} {# why #} {% raw %}{{ x }}{% endraw %}
"""


def _real(*names: str) -> list[str]:
    return [(ROOT / name).read_text(encoding="utf-8") for name in names]


# Real input for each promise, to be broken in places.
REAL: Final[dict[Promise, list[str]]] = {
    page: _real("docs/policy/work.md", "docs/contributing/index.md", "docs/index.fr.md"),
    platform_page: _real("docs/platforms/x.md", "docs/platforms/index.md"),
    organization: _real("organization.yml"),
    owners: _real("registers/owners.yml"),
    platforms: _real("registers/platforms.yml"),
    waivers: [WAIVERS],
    configuration: _real("mkdocs.yml"),
    expressions: [EXPRESSIONS],
}
# fmt: off
YAML: Final = [
    "!!bool perhaps", "!!int ''", "!!float \"a\\nb\"", "!!timestamp x", "!!binary '!'", "!!seq x",
    "!!map x",
    "!!set {a}", "!!omap [a: b]", "!!python/name:os.system x", "!x", "!", "&a", "*a", "&a [*a]",
    "<<: {a: b}",
    "[" * 600, "{a: " * 600, "- " * 40, "[[], {}]", "{}", "[]", "? [a]\n: b", "? {a: b}\n", "{[a]: b}",
    "9" * 5000, "-9e999", ".nan", "0x" + "f" * 300, "1:2:3", "2026-02-30", "0000-00-00", "10000-01-01",
    "9999-12-31", "0001-01-01", "0001-01-01T00:00:00+23:59", "2026-10-14T25:61:61+99:99", "2026-1-1",
    "2027-03-31T10:00:00", "~", "null", "''", "yes", "\"\\ud800\"", "\"\\0\"", "\"a\\nb\"",
    "\"\\e[31m\"",
    "|\n x\n", ">-\n x\n\n y", "---", "--- !!str a", "...", "%YAML 9.9\n---", "%TAG ! a\n---",
    "a: b: c", "a:b",
    "\"a\nb", "'", "#", ": ", ":", "-", "? ", "@", "`", "{en: a}", "{fr: a}", "{xx: a}", "{en: 1}",
]
TEXT: Final = [
    "\ufeff", "\u2028", "\u2029", "\x85", "\r\n", "\r", "\t", "\0", "\x07", "\x1b[31m", "\u202e",
    "\u00a0", "\ud800",
    "é", "é", "ﬁ", "İ", "ß", "🙂", "\U0010ffff", "٣", "\n\n\n", " " * 90, "x" * 3000,
]
MARKUP: Final = [
    "```\n", "~~~~\n", "`", "``", "<!--", "-->", "<img alt=", "<img src='a'>", "![", "![](a)",
    "![a](b){", "](", "[a]: b\n",
    "# ", "## Posting {", "## Direct\n", "#######", "\n---\n", "\n...\n", "--- ", "<", ">",
    "{ role=none }", "X",
    "Facebook", "on X", "sur X", "+1 (555) 01-00", "press@example.org", "@example_reading",
    "x.example.org",
]
JINJA: Final = [
    "{{", "}}", "{%", "%}", "{#", "#}", "{{ x }", "{% raw %}", "{% endraw %}", "{% for a in b %}",
    "{% endfor %}",
    "{% if %}", "{% set a = 1 %}", "{% include 'a' %}", "{% for loop in [1] %}{{ loop }}{% endfor %}",
    "{{ {[]: 1} == 2 }}", "{{ owner({[]: 1}) }}", "{{ contact([]) }}", "{{ contact('a\\nb') }}",
    "{{ contact(*[1], **{}) }}", "{{ applies([[]]) }}", "{{ accounts(contact) }}", "{{ 9 ** 9 }}",
    "{{ 'a' * 9 }}",
    "{{ 1 / 0 }}", "{{ [1][::0] }}", "{{ '\\ud800' }}", "{{ organization.__class__ }}",
    "{{ organization['a\\nb'] }}",
    "{{ a | nothing }}", "{{ a is nothing }}", "{{ [] is filter }}", "{{ 1 is in 5 }}",
    "{{ " + "(" * 300,
    "{{ " + "-" * 300 + "1 }}", "{{ a" + ".b" * 300 + " }}", "{{ " + "9" * 5000 + " }}",
    "{{ contact(class=1) }}",
    "{{ contact(__debug__=1) }}", "{{ self }}", "{{ super() }}", "{{ '' | join | upper }}",
    "{{ 5 | length }}",
    "{{ {} | first }}", "{{ [2, 'a'] | sort }}", "{{ '%s' | format }}", "{{ 'a'.format() }}", "{{-",
    "-}}", "{%-", "+%}",
]
# fmt: on
FRAGMENTS: Final = st.one_of(
    *(st.sampled_from(pieces) for pieces in (YAML, TEXT, MARKUP, JINJA)),
    st.text(max_size=8),
)
DAMAGE: Final = st.tuples(st.sampled_from("-=~+>:"), st.integers(0, 10_000), FRAGMENTS)


def _damaged(text: str, damage: list[tuple[str, int, str]]) -> bytes:
    """Break a text: remove a line, repeat it, swap it, or put something before it or into it."""
    lines = text.split("\n")
    for kind, number, fragment in damage:
        index, other = number % len(lines), (number * 7 + 1) % len(lines)
        line = lines[index]
        if kind == "~":
            lines[index], lines[other] = lines[other], line
        elif kind == ":":
            lines[index] = f"{line.partition(':')[0]}: {fragment}"
        else:
            cut = number % (len(line) + 1)
            lines[index : index + 1] = {
                "-": [""],
                "=": [line, line],
                "+": [f"{line[:cut]}{fragment}{line[cut:]}"],
                ">": [f"{' ' * (number % 5)}{fragment}", line],
            }[kind]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@TRIES
@given(st.data())
def test_a_real_file_with_something_broken_breaks_no_promise(promise: Promise, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(REAL[promise]))
    promise(_damaged(text, data.draw(st.lists(DAMAGE, min_size=1, max_size=4))))


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@TRIES
@given(
    st.one_of(st.binary(), st.lists(FRAGMENTS).map("".join).map(lambda text: text.encode(errors="replace")))
)
def test_arbitrary_bytes_break_no_promise(promise: Promise, data: bytes) -> None:
    promise(data)


@pytest.mark.parametrize("promise", [page, platform_page])
@TRIES
@given(st.lists(FRAGMENTS), st.lists(FRAGMENTS))
def test_arbitrary_front_matter_above_arbitrary_text_breaks_no_promise(
    promise: Promise, head: list[str], body: list[str]
) -> None:
    block = "".join(f"{key}: {value}\n" for key, value in zip(KEYS, head, strict=False))
    promise(f"---\n{block}---\n{''.join(body)}\n".encode("utf-8", "surrogatepass"))


KEYS: Final = (
    "title",
    "owner",
    "last_reviewed",
    "review_every",
    "audience",
    "applies_to",
    "hide",
    "sources",
    "x",
)


@pytest.mark.parametrize("file", sorted(CORPUS.iterdir()), ids=lambda file: file.name)
def test_the_corpus_of_the_fuzzer_breaks_no_promise(file: Path) -> None:
    keep(file.read_bytes())


def test_the_corpus_is_small_and_tries_every_promise() -> None:
    files = [file.read_bytes() for file in CORPUS.iterdir()]
    assert len(files) < 100
    assert sum(map(len, files)) < 200_000
    assert {file[0] % len(PROMISES) for file in files} == set(range(len(PROMISES)))
