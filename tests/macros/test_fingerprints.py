"""A fingerprint covers what readers read: the text, and what its macros and variables show."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.content.pages import PageSource, parse_page
from handbook.model import Handbook
from scripts.site.publication import read_handbook
from tests.conftest import PAGE, ROOT

Write = Callable[[str, str | bytes], Path]
REGISTERS = ("scenarios.yml", "decisions/should-i-post.yml")
SHOWN = """{{ scenarios(topic="photos") }}

{{ decision("should-i-post") }}

{{ approvals("red") }} {{ removal_grounds() }} {{ shared_text("no-private-account") }}

{{ fact("facebook-two-step") }} {{ source("photo-location") }} {{ regulations() }} {{ policies() }}

We reply within {{ organization.reply_target }} and keep posts for {{ organization.retention }}.
Ask {{ contact("press") }} or {{ organization.contacts.press.email }}.
{% if applies("us") %}In the United States.{% endif %}
"""


@pytest.fixture
def showing(folder: Path, write: Write, long_registers: None) -> Path:
    """A handbook whose page `docs/other.md` shows records of many registers, and has a comment."""
    for name in REGISTERS:
        text = (ROOT / "registers" / name).read_text(encoding="utf-8")
        write(f"registers/{name}", text)
    for line in _pages_named_in(folder / "registers"):
        if not (folder / line).exists():
            write(line, PAGE)
    write("docs/other.md", PAGE + SHOWN)
    return folder


def _pages_named_in(registers: Path) -> set[str]:
    lines = [
        line.strip() for file in registers.rglob("*.yml") for line in file.read_text("utf-8").split("\n")
    ]
    return {line.removeprefix("page: ") for line in lines if line.startswith("page: docs/")}


def _fingerprint(root: Path, path: str = "docs/other.md") -> str:
    handbook, _ = read_handbook(root)
    page = handbook.page(path)
    assert page
    return handbook.fingerprint(page)


def test_another_spelling_of_a_word_that_readers_see_is_a_change(showing: Path, write: Write) -> None:
    organization = (showing / "organization.yml").read_text(encoding="utf-8")
    write("organization.yml", re.sub(r"(?m)^languages: .*$", "languages: [en-GB]", organization))
    fingerprints = []
    for word, spelled in [
        ("always", "always"),
        ("weekday", "workday"),
        ("reply", "answer"),
        ("lawsuits", "suits"),
    ]:
        listed = f"words:\n  - variants: [en-GB]\n    words:\n      {word}: {spelled}\n"
        write("registers/spelling.yml", listed)
        fingerprints.append(_fingerprint(showing))
    unchanged, elsewhere, read, shown = fingerprints
    assert unchanged == elsewhere
    assert len({unchanged, read, shown}) == 3


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("registers/scenarios.yml", "answer: ask", "answer: fine"),
        ("registers/decisions/should-i-post.yml", "Yes, for us", "No, for us"),
        ("registers/approvals.yml", "en: lawsuits", "en: weddings"),
        ("registers/approvals.yml", "en: figures", "en: weather"),
        ("registers/approvals.yml", "en: Legal and an executive agree", "en: The intern agrees"),
        ("registers/removals.yml", "en: threats", "en: jokes"),
        ("registers/shared_texts.yml", "You never have to use", "You have to use"),
        ("organization.yml", "one working day", "one year"),
        ("organization.yml", "three years", "a week"),
        ("organization.yml", "jurisdictions: [us", "jurisdictions: [uk"),
        ("registers/regulations.yml", "A rule that says", "A poster that says"),
        ("registers/policies.yml", "A first name", "A nickname"),
        (
            "registers/platform_facts.yml",
            "you can require two-step login",
            "nobody can require two-step login",
        ),
        ("docs/other.md", "title: A page", "title: Another page"),
        ("docs/other.md", "description: What", "description: Why"),
        ("docs/other.md", "owner: platform-lead", "owner: platform-lead\naudience: [work]"),
        ("docs/other.md", "owner: platform-lead", "owner: platform-lead\nsources: [photo-location]"),
        ("docs/other.md", "owner: platform-lead", "owner: platform-lead\napplies_to: {sectors: [charity]}"),
        ("docs/other.md", "Text.", "<!--\n\nText.\n\n-->"),
        ("docs/other.md", "Text.", '<div class="x" markdown>\n\nText.\n\n</div>'),
    ],
)
def test_a_change_of_what_readers_read_changes_it(showing: Path, file: str, before: str, after: str) -> None:
    first, text = _fingerprint(showing), (showing / file).read_text("utf-8")
    (showing / file).write_text(_changed(text, before, after), encoding="utf-8")
    assert _fingerprint(showing) != first


def _changed(text: str, before: str, after: str) -> str:
    changed = text.replace(before, after)
    assert changed != text
    return changed


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("organization.yml", "Press office", "Media desk"),
        ("organization.yml", "email: press@example.org", "email: media@example.org"),
        ("registers/sources.yml", "compared: 2026", "compared: 2025"),
        ("registers/platform_facts.yml", "checked: 2026", "checked: 2025"),
        ("docs/other.md", "owner: platform-lead", "owner: communications-lead"),
        ("docs/other.md", "last_reviewed: 2026-10-14", "last_reviewed: 2026-10-15"),
        ("docs/other.md", "Text.", "<!-- Ask the press office. -->\n\nText."),
        ("docs/other.md", "Text.", "Text. "),
    ],
)
def test_a_change_that_changes_no_rule_leaves_it(showing: Path, file: str, before: str, after: str) -> None:
    first, text = _fingerprint(showing), (showing / file).read_text("utf-8")
    (showing / file).write_text(_changed(text, before, after), encoding="utf-8")
    assert _fingerprint(showing) == first


@pytest.mark.parametrize(
    "comment",
    [
        "<!--> You may post anything. -->",
        "<!---> You may post anything. -->",
        "<!-- a --!> You may post anything. -->",
        "<!-- a -- > You may post anything. -->",
        "<!-- {{ organization.name }} -->",
        "    <!-- You may post anything. -->",
        "```\n<!-- You may post anything. -->\n```",
        "```\n  ```\n<!-- You may post anything. -->\n```",
        "```\n> ```\n<!-- You may post anything. -->\n```",
        "`<!--` You may post anything. `-->`",
        "Text <!-- a comment in a line -->",
        "<!-- never closed",
    ],
)
def test_what_a_browser_may_show_counts_as_text(comment: str, handbook: Handbook) -> None:
    plain, commented = (
        parse_page(PageSource("", "docs/a.md", "en"), text.encode()) for text in (PAGE, PAGE + comment)
    )
    assert handbook.fingerprint(plain) != handbook.fingerprint(commented)


def test_a_text_in_one_language_does_not_change_the_page_in_another(showing: Path) -> None:
    text = (showing / "organization.yml").read_text("utf-8")
    first = _fingerprint(showing)
    french = _changed(text, "fr: ", "fr: Toujours ")
    (showing / "organization.yml").write_text(french, encoding="utf-8")
    assert _fingerprint(showing) == first
