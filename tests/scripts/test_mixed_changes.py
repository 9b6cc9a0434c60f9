"""`handbook check --changed-since` and changes that bring their own judge."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.conftest import PAGE, REVIEWED, ROOT
from tests.records import record
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]
ALONE = "develops_the_tool: true\n"
CHANGED = PAGE.replace("Text.", "Another text.")
RULE = "handbook/rules/ownership.py"


@pytest.fixture
def adopted(git: Git, write: Write) -> Git:
    """A handbook whose repository is not that of the tool, with a weakened copy of one rule."""
    organization = (git.root / "organization.yml").read_text(encoding="utf-8")
    write("organization.yml", organization.replace(ALONE, ""))
    write(RULE, "# An older release.\n")
    git.commit("2026-11-02")
    git("tag", "base")
    return git


def _found(git: Git, *arguments: str) -> list[tuple[str, str, str]]:
    """Return where CHG001 is found, how severe it is, and what it says."""
    day = ("--today", "2026-11-20", "--select", "CHG001", "--format", "json")
    options = ["check", "--root", str(git.root), *day, *(arguments or ("--changed-since", "base"))]
    result = CliRunner().invoke(main, options, catch_exceptions=False)
    findings = json.loads(result.stdout)["findings"]
    assert result.exit_code == any(finding["severity"] == "error" for finding in findings)
    return [(finding["path"], finding["severity"], finding["message"]) for finding in findings]


def _severities(git: Git) -> list[tuple[str, str]]:
    return [(path, severity) for path, severity, _ in _found(git)]


def test_a_page_with_a_weakened_rule_is_an_error_that_names_both(adopted: Git, write: Write) -> None:
    write("docs/other.md", CHANGED)
    write(RULE, "# Weakened.\n")
    ((path, severity, message),) = _found(adopted)
    assert (path, severity) == (RULE, "error")
    assert "docs/other.md" in message
    assert _found(adopted, "--fail-on", "error") == []  # Without a revision, there is no change.


def test_a_rule_alone_is_a_notice(adopted: Git, write: Write) -> None:
    write(RULE, "# Weakened.\n")
    assert _severities(adopted) == [(RULE, "info")]


def test_a_rule_that_is_deleted_or_moved_is_told(adopted: Git, write: Write) -> None:
    write("docs/other.md", CHANGED)
    adopted("mv", RULE, "docs/ownership.txt")
    assert _severities(adopted) == [(RULE, "error")]


def test_pages_and_registers_and_the_navigation_are_no_mixture(adopted: Git, write: Write) -> None:
    write("docs/other.md", CHANGED)
    write("registers/waivers.yml", "waivers: []\n")
    config = (adopted.root / "mkdocs.yml").read_text(encoding="utf-8")
    write("mkdocs.yml", f"# A comment.\n{config}nav: [other.md, index.md]\n")
    assert _found(adopted) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("permalink: false", "permalink: true"),
        ("strict: true", "strict: true\nnot_in_nav: other.md"),
        ("font: false", "font: !ENV HIDDEN"),
        ("custom_dir: overrides", "custom_dir: docs"),
    ],
)
def test_a_page_with_a_setting_of_the_build_is_an_error(
    adopted: Git, write: Write, before: str, after: str
) -> None:
    write("docs/other.md", CHANGED)
    config = (adopted.root / "mkdocs.yml").read_text(encoding="utf-8")
    assert before in config
    write("mkdocs.yml", config.replace(before, after))
    assert _severities(adopted) == [("mkdocs.yml", "error")]


def test_pages_that_only_a_setting_hides_are_named(adopted: Git, write: Write) -> None:
    config = (adopted.root / "mkdocs.yml").read_text(encoding="utf-8")
    write("mkdocs.yml", config + "exclude_docs: other.md\n")
    (_, hides, message), (_, notice, _) = sorted(_found(adopted), key=lambda row: row[1], reverse=True)
    assert (hides, notice) == ("warning", "info")
    assert "docs/other.md" in message


def test_the_setting_that_turns_the_rule_off_counts_as_it_was_before_the_change(
    adopted: Git, write: Write
) -> None:
    organization = (adopted.root / "organization.yml").read_text(encoding="utf-8")
    write("organization.yml", ALONE + organization)
    write(RULE, "# Weakened.\n")
    assert _severities(adopted) == [(RULE, "error")]
    adopted.commit("2026-11-03")
    adopted("tag", "--force", "base")
    write("docs/other.md", CHANGED)
    write(RULE, "# Weakened again.\n")
    assert _found(adopted) == []


def test_an_update_to_the_release_that_checks_is_no_mixture(adopted: Git, write: Write) -> None:
    write("docs/other.md", CHANGED)
    write(RULE, (ROOT / RULE).read_bytes())
    assert _severities(adopted) == [(RULE, "info")]
    write("macros/more.py", "# Not of the release.\n")
    assert _severities(adopted) == [(RULE, "error")]


def test_an_update_to_a_tagged_release_is_no_mixture(adopted: Git, write: Write) -> None:
    adopted("switch", "--quiet", "--create", "upstream")
    write(RULE, "# The next release.\n")
    adopted.commit("2026-11-03")
    adopted("tag", "v1.2")
    adopted("switch", "--quiet", "main")
    write("docs/other.md", CHANGED)
    write(RULE, "# The next release.\n")
    assert _severities(adopted) == [(RULE, "info")]
    write(RULE, "# The next release, weakened.\n")
    assert _severities(adopted) == [(RULE, "error")]


def test_a_release_brings_its_records_of_pages_about_the_tool_and_nothing_else_does(
    adopted: Git, write: Write
) -> None:
    path, audit = "registers/shipped/reviews/tool.yml", "docs/audit/a.md"
    filed, later = (record({audit: f"v2:sha256:{digit * 64}"}, REVIEWED) for digit in "01")
    write(audit, PAGE)
    write(path, filed)
    adopted.commit("2026-11-02")
    adopted("tag", "--force", "base")
    adopted("switch", "--quiet", "--create", "upstream")
    write(RULE, "# The next release.\n")
    write(path, later)
    adopted.commit("2026-11-03")
    adopted("tag", "v1.2")
    adopted("switch", "--quiet", "main")
    write("docs/other.md", CHANGED)
    write(RULE, "# The next release.\n")
    write(path, later)
    both = ("--changed-since", "base", "--select", "CHG001,REV010")
    assert [severity for _, severity, _ in _found(adopted, *both)] == ["info"]
    write(path, later.replace("No", "Not"))
    assert {severity for _, severity, _ in _found(adopted, *both)} == {"error"}
    adopted("checkout", "--quiet", "--", RULE)
    write(path, later)
    assert {place for place, _, _ in _found(adopted, *both)} == {path}


def test_a_workflow_above_a_handbook_in_a_folder_is_part_of_the_change(adopted: Git, write: Write) -> None:
    kept = adopted.root / "kept"
    kept.mkdir()
    for name in ("docs", "registers", "organization.yml", "mkdocs.yml", "macros", "overrides"):
        adopted("mv", name, f"kept/{name}")
    write("other/code.py", "# Of another project.\n")
    adopted.commit("2026-11-03")
    adopted("tag", "--force", "base")
    write("kept/docs/other.md", CHANGED)
    write("other/code.py", "# Changed.\n")
    options = ("check", "--root", str(kept), "--today", "2026-11-20", "--select", "CHG001")
    given = [*options, "--changed-since", "base"]
    result = CliRunner().invoke(main, given, catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    write(".github/workflows/check.yml", "on: push\n")
    adopted("add", ".github")
    result = CliRunner().invoke(main, given, catch_exceptions=False)
    assert (result.exit_code, "../.github/workflows/check.yml" in result.stdout) == (1, True)


def test_a_base_that_cannot_be_checked_does_not_turn_the_rule_off(adopted: Git, write: Write) -> None:
    kept = (adopted.root / "organization.yml").read_bytes()
    write("organization.yml", ALONE + "name: 1\n")
    adopted.commit("2026-11-03")
    adopted("tag", "--force", "base")
    write("organization.yml", kept)
    write(RULE, "# Weakened.\n")
    assert _severities(adopted) == [(RULE, "error")]
