"""`handbook review editorial`: changes of wording, and pages that moved."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.content.fingerprints import body_fingerprint
from handbook.registers.editorial_changes import EDITORIAL_FILE, EDITORIAL_FOLDER
from tests.conftest import PAGE
from tests.records import page_at, texts_of
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import check, refused, review, written

pytestmark = pytest.mark.usefixtures("on_20_november")

Write = Callable[[str, str | bytes], Path]
WHO = ("--as", "platform-lead", "--why", "A word was: misspelled.")


@pytest.fixture
def changed(git: Git, folder: Path) -> str:
    page = folder / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Texts."))
    assert "REV006" in check(folder).stdout
    return str(page)


def _records(root: Path) -> list[Path]:
    return sorted((root / EDITORIAL_FOLDER).iterdir()) if (root / EDITORIAL_FOLDER).exists() else []


def test_each_editorial_change_is_a_file(folder: Path, changed: str) -> None:
    written(review(folder, "editorial", changed, *WHO))
    assert check(folder).stdout == ""
    (first,) = _records(folder)
    before = first.read_bytes()
    Path(changed).write_text(Path(changed).read_text().replace("Texts.", "Texts!"))
    shown = written(review(folder, "editorial", changed, *WHO, "--on", "2026-11-03"))
    assert check(folder).stdout == ""
    second, _ = _records(folder)
    assert f"{EDITORIAL_FOLDER}/{second.name}: docs/other.md" in shown
    assert second.name.startswith("2026-11-03-other-")
    assert first.read_bytes() == before


def test_older_changes_in_one_file_still_count(folder: Path, changed: str, write: Write) -> None:
    text = body_fingerprint(page_at(folder, "docs/other.md").body)
    facts = "date: 2026-11-03\n  by: platform-lead\n  why: A word was misspelled."
    write(EDITORIAL_FILE, f"changes:\n- page: docs/other.md\n  {facts}\n  fingerprint: {text}\n")
    assert check(folder).stdout == ""


def test_one_record_can_be_about_several_pages(folder: Path, changed: str, write: Write) -> None:
    write("docs/index.md", PAGE.replace("Text.", "Texts."))
    pages = texts_of(page_at(folder, path) for path in ("docs/index.md", "docs/other.md"))
    head = "date: 2026-11-03\nby: platform-lead\nwhy: A word was misspelled.\npages:\n"
    lines = "".join(f"  {path}: {text}\n" for path, text in pages.items())
    file = write(f"{EDITORIAL_FOLDER}/words.yml", head + lines)
    assert check(folder).stdout == ""
    file.write_text(f"moved_from: docs/old.md\n{head}{lines}")
    assert f"{EDITORIAL_FOLDER}/words.yml:1:13: " in refused(review(folder, "status"))


def test_a_change_after_an_editorial_one_is_found_again(folder: Path, changed: str) -> None:
    written(review(folder, "editorial", changed, *WHO))
    Path(changed).write_text(Path(changed).read_text().replace("Texts.", "Another rule."))
    assert "REV006" in check(folder).stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("docs/index.md", *WHO), "docs/index.md"),
        (("docs/other.md", *WHO[:1], "platfrm-lead", *WHO[2:]), "did you mean 'platform-lead'?"),
        (("docs/other.md", *WHO, "--on", "2026-10-13"), "review of 2026-10-14"),
        (("docs/other.md", *WHO, "--on", "2026-11-21"), "review of 2026-10-14"),
        (("docs", *WHO), "docs has 2 pages"),
        (("docs/nowhere.md", *WHO), "docs/nowhere.md"),
        (("docs/other.md", *WHO[:3], "a\nb"), "one line"),
        (("docs/other.md", *WHO, "--moved-from", "docs/index.md"), "docs/index.md"),
        (("docs/other.md", *WHO, "--moved-from", "docs/indx.md"), "did you mean 'docs/index.md'?"),
    ],
)
def test_what_is_no_editorial_change_is_refused(
    folder: Path, changed: str, arguments: tuple[str, ...], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert named in refused(review(folder, "editorial", *arguments))
    assert not _records(folder)


def test_a_page_that_was_never_reviewed_has_no_editorial_changes(folder: Path, write: Write) -> None:
    new = write("docs/new.md", PAGE)
    assert "handbook review start docs/new.md" in refused(review(folder, "editorial", str(new), *WHO))


def test_one_command_records_all_pages_that_a_change_reaches(git: Git, write: Write) -> None:
    for path in ("docs/index.md", "docs/other.md"):
        file = git.root / path
        file.write_text(file.read_text().replace("Text.", "Texts."))
    written(review(git.root, "editorial", "docs/index.md", "docs/other.md", *WHO))
    assert check(git.root).stdout == ""
    (record,) = _records(git.root)
    assert record.read_text().count("v2:sha256:") == 2
    moved = review(git.root, "editorial", "docs/index.md", "docs/other.md", *WHO, "--moved-from", "docs/a.md")
    assert "--moved-from" in refused(moved)
