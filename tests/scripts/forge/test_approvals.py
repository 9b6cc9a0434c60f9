"""`handbook approvals` names what a change reaches and who has to agree, by the owners before the change."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.conftest import PAGE, TODAY
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]
HOLDERS = "\n    holders: [github:ann, gitlab:ann-l]"


@pytest.fixture
def base(git: Git, write: Write) -> Git:
    """A handbook whose platform lead has an account, with a policy page, at the tag `base`."""
    owners = git.root / "registers" / "owners.yml"
    text = owners.read_text("utf-8").replace("  platform-lead:", f"  platform-lead:{HOLDERS}")
    owners.write_text(f"maintainers: [github:mia]\n{text}", encoding="utf-8")
    write("docs/policy/work.md", PAGE.replace("A page", "Work"))
    asking = 'Ask {{ contact("press") }}, within {{ organization.reply_target }}.'
    write("docs/contact.md", PAGE.replace("Text.", asking))
    write("docs/gone.md", PAGE)
    git.commit()
    git("tag", "base")
    return git


def _approvals(git: Git, *options: str) -> str:
    arguments = ["--root", str(git.root), "--today", TODAY.isoformat(), "--changed-since", "base", *options]
    done = CliRunner().invoke(main, ["approvals", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def _replace(git: Git, path: str, before: str, after: str) -> None:
    file = git.root / path
    assert before in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(before, after), encoding="utf-8")


def test_each_page_is_named_with_how_it_is_reached_and_who_has_to_agree(base: Git, write: Write) -> None:
    _replace(base, "docs/policy/work.md", "Text.", "Another text.")
    _replace(base, "organization.yml", "press@example.org", "media@example.org")
    _replace(base, "registers/owners.yml", "github:ann", "github:mallory")
    write("docs/new.md", PAGE.replace("Text.", "Words that no page has had. " * 40))
    (base.root / "docs" / "gone.md").unlink()
    (base.root / "docs" / "other.md").rename(base.root / "docs" / "moved.md")
    write(".github/workflows/change.yml", "on: push\n")
    base.commit()
    told = json.loads(_approvals(base, "--on", "github", "--format", "json"))
    readers = ["platform-lead", "communications-lead"]
    assert {page["path"]: (page["how"], page["roles"]) for page in told["pages"]} == {
        "docs/contact.md": ("it shows other facts, such as a contact or a day", ["platform-lead"]),
        "docs/gone.md": ("no longer published", readers),
        "docs/moved.md": ("moves from docs/other.md", ["platform-lead"]),
        "docs/new.md": ("new page", readers),
        "docs/policy/work.md": ("its text changes", [*readers, "legal-lead"]),
    }
    assert told["files"] == [
        {"kind": "registers and settings", "paths": ["organization.yml"], "roles": ["communications-lead"]},
        {"kind": "who owns what", "paths": ["registers/owners.yml"], "roles": ["executive-sponsor"]},
        {"kind": "what runs", "paths": [".github/workflows/change.yml"], "roles": []},
    ]
    assert told["roles"]["platform-lead"] == {"title": "Platform lead", "accounts": ["@ann"]}
    assert told["maintainers"] == ["@mia"]


def test_a_variable_reaches_the_pages_that_show_it(base: Git) -> None:
    _replace(base, "organization.yml", "one working day", "one year")
    shown = _approvals(base, "--format", "markdown", "--on", "gitlab")
    assert "| Platform lead @ann-l | docs/contact.md |" in shown
    assert "| A page | docs/contact.md | it shows other values or records |" in shown


def test_without_a_change_nobody_has_to_agree(base: Git) -> None:
    assert _approvals(base) == "This change reaches no page and no register, so no role has to agree.\n"


def test_what_a_page_says_is_shown_as_it_is(base: Git) -> None:
    title = "'| @all *x*'"
    _replace(base, "docs/other.md", "title: Other", f"title: {title}")
    shown = _approvals(base, "--format", "markdown")
    assert "\\| @\N{WORD JOINER}all \\*x\\*" in shown
    assert "docs/other.md: its text changes" in _approvals(base)
