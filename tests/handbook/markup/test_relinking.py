"""Links are written anew when a page moves, or what they lead to, and nothing else of the page changes."""

import time

import pytest

from handbook.markup.link_targets import LinkTargets
from handbook.markup.relinking import Relinking

NAMES = {"policy/work.md": "rules/duty.md", "policy/plan.png": "rules/plan.png"}
FILES = ["index.md", "policy/work.md", "policy/plan.png", "policy/personal.md", "practice/crisis.md"]

CASES = [
    ("index.md", "[a](policy/work.md)", "[a](rules/duty.md)"),
    ("index.md", "[a](./policy/work.md#who)", "[a](rules/duty.md#who)"),
    ("index.md", '[a](policy/work.md "Work")', '[a](rules/duty.md "Work")'),
    ("index.md", "[a]( <policy/work.md> )", "[a]( <rules/duty.md> )"),
    ("index.md", "[a][w]\n\n[w]: policy/work.md#who\n", "[a][w]\n\n[w]: rules/duty.md#who\n"),
    ("index.md", '<a href="policy/work/#who">a</a>', '<a href="rules/duty/#who">a</a>'),
    ("index.md", "![a](policy/plan.png)", "![a](rules/plan.png)"),
    ("practice/crisis.md", "[a](../policy/work.md)", "[a](../rules/duty.md)"),
    ("practice/crisis.md", '<a href="../../policy/work/">a</a>', '<a href="../../rules/duty/">a</a>'),
    ("policy/personal.md", "[a](work.md), [b](#x)", "[a](../rules/duty.md), [b](#x)"),
    # What the page that moves links to.
    ("policy/work.md", "[a](personal.md#x)", "[a](../policy/personal.md#x)"),
    ("policy/work.md", "[a](work.md#x)", "[a](duty.md#x)"),
    ("policy/work.md", "![a](plan.png)", "![a](plan.png)"),
    ("policy/work.md", "[a](../practice/crisis.md)", "[a](../practice/crisis.md)"),
    ("policy/work.md", '<a href="../personal/">a</a>', '<a href="../../policy/personal/">a</a>'),
]


def _relinking() -> Relinking:
    return Relinking(NAMES, LinkTargets(FILES, ["en", "fr"]))


@pytest.mark.parametrize(("name", "before", "after"), CASES)
def test_a_link_leads_to_the_same_file_as_before(name: str, before: str, after: str) -> None:
    lines = [0] if "[w]:" not in before else [2]
    text, changed = _relinking().relinked(before, name)
    assert (text, changed) == (after, lines if before != after else [])


@pytest.mark.parametrize(
    "text",
    [
        "`[a](policy/work.md)`",
        "```\n[a](policy/work.md)\n```\n",
        "[a](https://example.org/policy/work.md)",
        "[a](/policy/work.md)",
        "[a](mailto:work@example.org)",
        "[a]({{ page }}policy/work.md)",
        "[a](policy/works.md), policy/work.md",
        "[a](http://[broken)",
    ],
)
def test_what_is_no_link_to_the_page_stays(text: str) -> None:
    assert _relinking().relinked(text, "index.md") == (text, [])


def test_a_link_to_another_page_loses_an_anchor_that_is_not_there() -> None:
    relinking = Relinking(
        NAMES, LinkTargets(FILES, ["en"]), lambda _target, anchor: anchor if anchor == "x" else ""
    )
    text = "[a](policy/work.md#x) [b](policy/work.md#y)"
    assert relinking.relinked(text, "index.md")[0] == "[a](rules/duty.md#x) [b](rules/duty.md)"


def test_links_to_the_page_are_found_with_their_lines() -> None:
    text = "[a](personal.md)\n\n[b](work.md#x)\n"
    assert list(_relinking().links(text, "policy/personal.md")) == [(2, "policy/work.md")]


@pytest.mark.parametrize(
    "part", ["[a](policy/work.md ", "[a]: policy/work.md\n", '<a href="policy/work/">', "[a]("]
)
def test_a_flood_of_links_is_read_in_bounded_time(part: str) -> None:
    text = part * (100_000 // len(part))
    begin = time.process_time()
    changed, _ = _relinking().relinked(text, "index.md")
    assert time.process_time() - begin < 2
    assert changed.count("\n") == text.count("\n")
