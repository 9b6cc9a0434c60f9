"""`handbook review editorial`: changes of wording, and pages that moved."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.registers.review_records import EDITORIAL_FILE
from tests.conftest import PAGE
from tests.scripts.review.rounds import NOON_OF_20_NOVEMBER, check, refused, review, written

Write = Callable[[str, str | bytes], Path]
WHO = ("--as", "platform-lead", "--why", "A word was: misspelled.")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON_OF_20_NOVEMBER)


@pytest.fixture
def changed(folder: Path) -> str:
    page = folder / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Texts."))
    assert "REV006" in check(folder).stdout
    return str(page)


def test_an_editorial_change_is_recorded_below_the_others(folder: Path, changed: str) -> None:
    written(review(folder, "editorial", changed, *WHO))
    assert check(folder).stdout == ""
    file = folder / EDITORIAL_FILE
    file.write_text(file.read_text() + "# The end.\n")
    before = file.read_text().removesuffix("# The end.\n")
    Path(changed).write_text(Path(changed).read_text().replace("Texts.", "Texts!"))
    written(review(folder, "editorial", changed, *WHO, "--on", "2026-11-03"))
    assert check(folder).stdout == ""
    assert file.read_text().startswith(before + "- page: docs/other.md\n  date: 2026-11-03\n")
    assert file.read_text().endswith("\n# The end.\n")


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
    assert not (folder / EDITORIAL_FILE).exists()


def test_a_page_that_was_never_reviewed_has_no_editorial_changes(folder: Path, write: Write) -> None:
    new = write("docs/new.md", PAGE)
    assert "handbook review start docs/new.md" in refused(review(folder, "editorial", str(new), *WHO))
