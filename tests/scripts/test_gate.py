"""`handbook check --changed-since`: a change answers for what it touches, reaches or breaks."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import PAGE
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]
OVERDUE = PAGE.replace("2026-10-14", "2026-01-14")
# The pages that these tests write have had no review, and that is not what they are about.
UNREVIEWED = ("--format", "json", "--ignore", "REV005,REV006")


def _check(folder: Path, *arguments: str) -> Result:
    options = ["check", "--root", str(folder), "--today", "2026-11-20", *UNREVIEWED, *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def _found(result: Result) -> set[tuple[str, str, str]]:
    findings = json.loads(result.stdout)["findings"]
    return {
        (finding["path"].removeprefix("docs/"), finding["code"], finding["severity"]) for finding in findings
    }


@pytest.fixture
def overdue(git: Git, write: Write) -> str:
    """Ten pages are overdue on the main branch; returns its commit."""
    for number in range(10):
        write(f"docs/old-{number}.md", OVERDUE)
    return git.commit()


def test_ten_pages_overdue_elsewhere_are_notices(git: Git, write: Write, overdue: str) -> None:
    write("docs/other.md", PAGE.replace("Text.", "Another text."))
    git.commit()
    result = _check(git.root, "--changed-since", overdue)
    assert result.exit_code == 0
    assert {severity for _, _, severity in _found(result)} == {"info"}
    assert len(_found(result)) == 10
    assert _check(git.root).exit_code == 1


def test_a_page_that_the_change_touches_answers_for_its_age(git: Git, write: Write, overdue: str) -> None:
    write("docs/old-3.md", OVERDUE.replace("Text.", "Another text."))
    result = _check(git.root, "--changed-since", overdue)
    assert result.exit_code == 1
    assert ("old-3.md", "REV003", "error") in _found(result)
    assert len([finding for finding in _found(result) if finding[2] == "error"]) == 1


def test_other_ends_of_lines_are_no_change(git: Git, write: Write, overdue: str) -> None:
    write("docs/old-3.md", b"\xef\xbb\xbf" + OVERDUE.replace("\n", "\r\n").encode())
    git.commit()
    write("docs/old-4.md", OVERDUE.replace("\n", "\r\n"))
    result = _check(git.root, "--changed-since", overdue)
    assert result.exit_code == 0
    assert {severity for _, _, severity in _found(result)} == {"info"}


def test_an_untracked_page_is_part_of_the_change_and_an_ignored_one_is_not_known(
    git: Git, write: Write, overdue: str
) -> None:
    write("docs/new.md", OVERDUE)
    assert ("new.md", "REV003", "error") in _found(_check(git.root, "--changed-since", overdue))


def _wording(result: Result, path: str) -> set[bool]:
    """Return whether the findings on what a page, or a register, says of pay are notices only."""
    return {
        severity == "info" for place, code, severity in _found(result) if (place, code) == (path, "WRD002")
    }


def test_wording_on_a_page_that_the_change_touches_is_its_own(git: Git, write: Write) -> None:
    faulted = PAGE.replace("Text.", "Do not discuss your salary.")
    write("docs/one.md", faulted)
    write("docs/two.md", faulted)
    before = git.commit()
    write("docs/one.md", faulted + "More.\n")
    result = _check(git.root, "--changed-since", before)
    assert (_wording(result, "one.md"), _wording(result, "two.md")) == ({False}, {True})


def test_wording_in_a_register_that_the_change_touches_is_its_own(git: Git, write: Write) -> None:
    texts = "texts:\n  pay:\n    text: {en: Do not discuss your salary., fr: Rien.}\n"
    write("registers/shared_texts.yml", texts)
    before = git.commit()
    write("docs/one.md", PAGE)
    assert _wording(_check(git.root, "--changed-since", before), "registers/shared_texts.yml") == {True}
    write("registers/shared_texts.yml", f"# Said by every page.\n{texts}")
    assert _wording(_check(git.root, "--changed-since", before), "registers/shared_texts.yml") == {False}


def test_a_page_that_only_moves_answers_for_nothing_old(git: Git, overdue: str) -> None:
    git("mv", "docs/old-1.md", "docs/moved.md")
    git.commit()
    result = _check(git.root, "--changed-since", overdue)
    assert ("moved.md", "REV003", "info") in _found(result)
    assert result.exit_code == 0


def test_a_page_that_moves_and_changes_answers(git: Git, write: Write, overdue: str) -> None:
    git("mv", "docs/old-1.md", "docs/moved.md")
    write("docs/moved.md", OVERDUE + "More.\n")
    assert ("moved.md", "REV003", "error") in _found(_check(git.root, "--changed-since", overdue))


def test_a_deleted_page_answers_for_the_waiver_it_leaves_behind(git: Git, write: Write) -> None:
    waiver = "waivers:\n  - page: docs/other.md\n    rule: REV003\n    reason: It rests.\n"
    write("registers/waivers.yml", waiver + "    approver: platform-lead\n    end: 2027-01-31\n")
    write("docs/other.md", OVERDUE)
    before = git.commit()
    (git.root / "docs" / "other.md").unlink()
    result = _check(git.root, "--changed-since", before)
    assert _found(result) == {
        ("registers/waivers.yml", "WVR001", "error"),
        ("other.md", "REG004", "warning"),
        ("other.md", "REV011", "warning"),
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "reached"),
    [
        ("organization.yml", "press@example.org", "media@example.org", {"asks.md", "asks-too.md"}),
        ("organization.yml", "retention: {en: three", "retention: {en: four", {"keeps.md"}),
        ("organization.yml", "fr: trois ans", "fr: quatre ans", {"keeps.fr.md"}),
        (
            "registers/owners.yml",
            "title: {en: Legal lead,",
            "title: {en: Counsel,",
            {"owned.md"},
        ),
        ("registers/owners.yml", "fr: Ce que le droit exige", "fr: Ce que demande", {"owned.md"}),
        ("macros/templates/contact.html", "<span", "<span ", {"asks.md", "asks-too.md"}),
        (
            "macros/definitions/contacts.py",
            "Whom to ask, with",
            "Whom to ask with",
            {"asks.md", "asks-too.md"},
        ),
        (
            "macros/context/registry.py",
            "The registry of macros",
            "A registry of macros",
            {"asks.md", "asks-too.md"},
        ),
        ("overrides/main.html", "The frame", "A frame", set()),
    ],
)
def test_what_a_change_reaches_answers_for_its_age(
    git: Git, write: Write, overdue: str, file: str, old: str, new: str, reached: set[str]
) -> None:
    write("docs/asks.md", OVERDUE + '{{ contact("press") }}\n')
    write("docs/asks-too.md", OVERDUE + '{% if organization %}{{ contact("press") }}{% endif %}\n')
    write("docs/keeps.md", OVERDUE + "{{ organization.retention }}\n")
    write("docs/keeps.fr.md", OVERDUE + "{{ organization.retention }}\n")
    write("docs/owned.md", OVERDUE.replace("platform-lead", "legal-lead"))
    before = git.commit()
    text = (git.root / file).read_text(encoding="utf-8")
    if old in text:
        write(file, text.replace(old, new, 1))
    else:
        write(file, text + "\n")
    result = _check(git.root, "--changed-since", before)
    assert {path for path, _, severity in _found(result) if severity == "error"} == reached


def test_a_register_that_breaks_other_pages_answers_for_them(git: Git, write: Write, overdue: str) -> None:
    platforms = (git.root / "registers" / "platforms.yml").read_text(encoding="utf-8")
    write("registers/platforms.yml", platforms.replace("aliases: [FB,", "aliases: [Text, FB,"))
    findings = _found(_check(git.root, "--changed-since", overdue))
    assert ("other.md", "STR001", "error") in findings
    assert ("old-1.md", "REV003", "info") in findings


def test_a_page_that_leaves_the_menu_answers(git: Git) -> None:
    config = git.root / "mkdocs.yml"
    config.write_text(config.read_text() + "nav: [index.md, other.md]\n")
    before = git.commit()
    config.write_text(config.read_text().replace("nav: [index.md, other.md]", "nav: [index.md]"))
    result = _check(git.root, "--changed-since", before, "--fail-on", "warning")
    assert ("other.md", "STR003", "error") in _found(result)
    assert result.exit_code == 1


def test_a_merge_of_the_main_branch_answers_only_for_the_branch(git: Git, write: Write, overdue: str) -> None:
    git("switch", "--quiet", "--create", "work")
    write("docs/other.md", PAGE.replace("Text.", "Another text."))
    git.commit()
    git("switch", "--quiet", "main")
    write("docs/elsewhere.md", OVERDUE)
    git.commit()
    git("switch", "--quiet", "work")
    git("merge", "--quiet", "--no-edit", "main")
    result = _check(git.root, "--changed-since", "main")
    assert ("elsewhere.md", "REV003", "info") in _found(result)
    assert result.exit_code == 0


def test_a_handbook_in_a_folder_of_a_repository_is_compared_there(git: Git, write: Write) -> None:
    (git.root / "handbook").mkdir()
    for name in ("docs", "macros", "overrides", "registers", "mkdocs.yml", "organization.yml"):
        git("mv", name, f"handbook/{name}")
    write("handbook/docs/old.md", OVERDUE)
    before = git.commit()
    write("handbook/docs/other.md", OVERDUE)
    findings = _found(_check(git.root / "handbook", "--changed-since", before))
    assert findings == {("old.md", "REV003", "info"), ("other.md", "REV003", "error")}


def test_what_cannot_be_judged_makes_every_finding_count(git: Git, write: Write, overdue: str) -> None:
    organization = (git.root / "organization.yml").read_text(encoding="utf-8")
    write("organization.yml", organization.replace("sector:", "sectr:"))
    before = git.commit()
    write("organization.yml", organization)
    result = _check(git.root, "--changed-since", before)
    assert result.exit_code == 1
    assert "Every finding counts" in result.stderr
    assert "'sectr'" in result.stderr


@pytest.mark.parametrize("revision", ["nowhere", "", "--help", "HEAD:docs", "-1"])
def test_an_unknown_revision_is_a_sentence(git: Git, revision: str) -> None:
    result = _check(git.root, f"--changed-since={revision}")
    assert result.exit_code == 2
    assert f"'{revision}'" in result.stderr


def test_a_shallow_clone_says_how_to_mend_it(git: Git, clone: Callable[..., Git], overdue: str) -> None:
    shallow = clone("--depth=1")
    result = _check(shallow.root, "--changed-since", f"{overdue}~1")
    assert result.exit_code == 2
    assert "git fetch --unshallow" in result.stderr


def test_branches_without_a_common_history_are_a_sentence(git: Git) -> None:
    git("switch", "--quiet", "--orphan", "other")
    git("commit", "--quiet", "--allow-empty", "--message", "Begin again")
    git("checkout", "--quiet", "main", "--", ".")
    result = _check(git.root, "--changed-since", "main")
    assert result.exit_code == 2
    assert "no history in common" in result.stderr


def test_a_folder_without_git_is_a_sentence(folder: Path) -> None:
    result = _check(folder, "--changed-since", "main")
    assert result.exit_code == 2
    assert "not a git repository" in result.stderr


TARGET = PAGE.replace("# A page", "# A page\n\n## Gifts\n\n## Prizes")
LINKS = PAGE.replace("Text.", "See [gifts](target.md#gifts) and [the line](line.png).")


def _linked(git: Git) -> str:
    """Commit a page that links to a heading of another page and to a picture."""
    (git.root / "docs" / "target.md").write_text(TARGET, encoding="utf-8")
    (git.root / "docs" / "links.md").write_text(LINKS, encoding="utf-8")
    (git.root / "docs" / "line.png").write_bytes(b"a picture")
    return git.commit()


def _broken_links(git: Git, before: str) -> set[tuple[str, str, str]]:
    return {
        row for row in _found(_check(git.root, "--changed-since", before)) if row[1] in ("LNK001", "HTM001")
    }


def test_a_change_answers_for_the_links_that_it_breaks_in_pages_it_does_not_touch(git: Git) -> None:
    before = _linked(git)
    (git.root / "docs" / "target.md").write_text(TARGET.replace("## Gifts", "## Presents"), encoding="utf-8")
    assert _broken_links(git, before) == {("links.md", "LNK001", "error")}


@pytest.mark.parametrize("name", ["target.md", "line.png"])
def test_a_change_answers_for_links_to_a_file_that_it_removes(git: Git, name: str) -> None:
    before = _linked(git)
    (git.root / "docs" / name).unlink()
    assert _broken_links(git, before) == {("links.md", "LNK001", "error")}


def test_a_change_answers_for_an_anchor_that_its_translation_lacks(git: Git) -> None:
    before = _linked(git)
    french = PAGE.replace("# A page", "# Une page\n\n## Cadeaux")
    (git.root / "docs" / "target.fr.md").write_text(french, encoding="utf-8")
    assert ("links.md", "LNK001", "error") in _broken_links(git, before)


def test_a_link_that_was_dead_before_is_a_notice(git: Git) -> None:
    _linked(git)
    (git.root / "docs" / "target.md").unlink()
    before = git.commit()
    (git.root / "docs" / "other.md").write_text(PAGE.replace("Text.", "More text."), encoding="utf-8")
    assert _broken_links(git, before) == {("links.md", "LNK001", "info")}
