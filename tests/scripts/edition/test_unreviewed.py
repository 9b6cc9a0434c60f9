"""Editions whose pages say something else than what people reviewed."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import PAGE, REVIEWED
from tests.records import page_at, record, texts_of
from tests.scripts.conftest import Git
from tests.scripts.edition.commands import data, edition

Write = Callable[[str, str | bytes], Path]
POLICY = PAGE.replace("last_reviewed", "legal_review: 2026-10-14\nlast_reviewed")


def _review(git: Git, write: Write, *paths: str) -> None:
    texts = texts_of(page_at(git.root, path) for path in paths)
    readers = ("platform-lead", "legal-lead")
    write(f"registers/reviews/{REVIEWED}-more.yml", record(texts, REVIEWED, readers))
    git.commit("2026-11-02")


def test_what_changed_since_its_review_is_named_by_every_command(source: Git, write: Write) -> None:
    write("docs/other.md", PAGE + "Said later.\n")
    source.commit("2026-11-02")
    told = "docs/other.md (text changed since its review of 2026-10-14)"
    assert told in edition(source, "plan", "--no-build").stdout
    assert [row["path"] for row in data(source, "plan", "--no-build")["unreviewed"]] == ["docs/other.md"]
    assert told in edition(source, "publish").stdout
    verified = edition(source, "verify")
    assert (verified.exit_code, f"2026.1: not as reviewed: {told}" in verified.stdout) == (0, True)
    changed = edition(source, "in-force", "2026-11-20", "docs/other.md").stdout
    assert "not as reviewed: text changed since its review of 2026-10-14" in changed
    same = edition(source, "in-force", "2026-11-20", "docs/index.md").stdout
    assert "this is the text that was reviewed" in same
    standing = data(source, "in-force", "2026-11-20", "docs/other.md")["page"]["standing"]
    assert standing.startswith("not as reviewed: ")


def test_a_review_after_an_edition_does_not_change_what_the_edition_was(source: Git, write: Write) -> None:
    write("docs/other.md", PAGE + "Said later.\n")
    source.commit("2026-11-02")
    assert edition(source, "publish").exit_code == 0
    _review(source, write, "docs/other.md")
    assert "not as reviewed" not in edition(source, "plan", "--no-build").stdout
    assert "text changed since" in edition(source, "in-force", "2026-11-20", "docs/other.md").stdout


def test_policy_and_law_are_published_only_as_they_were_reviewed(source: Git, write: Write) -> None:
    for path in ("docs/policy/work.md", "docs/law/rights.md"):
        write(path, POLICY)
    _review(source, write, "docs/policy/work.md", "docs/law/rights.md")
    assert edition(source, "publish").exit_code == 0
    write("docs/law/rights.md", POLICY + "A new duty.\n")
    source.commit("2026-11-03")
    before = source("for-each-ref")
    result = edition(source, "publish")
    assert result.exit_code == 2
    assert "docs/law/rights.md: text changed since its review of 2026-10-14" in result.stderr
    assert "docs/policy/work.md" not in result.stderr
    assert source("for-each-ref") == before
    assert "blocked: docs/law/rights.md: text changed" in edition(source, "plan", "--no-build").stdout


def test_many_pages_with_the_same_reason_are_named_by_folder(source: Git, write: Write) -> None:
    for number in range(11):
        write(f"docs/law/rights-{number}.md", POLICY)
    _review(source, write, *(f"docs/law/rights-{number}.md" for number in range(11)))
    for number in range(11):
        write(f"docs/law/rights-{number}.md", POLICY + "A new duty.\n")
    source.commit("2026-11-03")
    (blocker,) = (each for each in data(source, "plan", "--no-build")["blockers"] if "text changed" in each)
    assert blocker.startswith("11 pages (docs/law: 11): text changed since its review of 2026-10-14")
    assert "run `handbook review start docs/law`" in blocker
