"""`handbook review editorial` and `handbook review source`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.registers.review_records import EDITORIAL_FILE
from tests.conftest import PAGE
from tests.scripts.conftest import Git
from tests.scripts.rounds import NOON_OF_20_NOVEMBER, check, refused, review, written

Write = Callable[[str, str | bytes], Path]
WHO = ("--as", "platform-lead", "--why", "A word was: misspelled.")


@pytest.fixture(autouse=True)
def _one_more_source(folder: Path) -> None:
    """Add a source that the pages of a test may rest on."""
    with (folder / "registers" / "sources.yml").open("a", encoding="utf-8") as file:
        file.write(
            "  nlra:\n    title: National Labor Relations Act\n    publisher: Labor Relations Board\n"
            "    address: https://www.example.org/act\n    checked: 2026-11-20\n"
        )


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON_OF_20_NOVEMBER)


@pytest.fixture
def changed(folder: Path) -> str:
    page = folder / "docs" / "other.md"
    page.write_text(page.read_text().replace("Text.", "Texts."))
    assert "REV006" in check(folder).stdout
    return str(page)


def test_an_editorial_change_is_recorded_below_what_stands_there(folder: Path, changed: str) -> None:
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
    ("arguments", "told"),
    [
        (("docs/index.md", *WHO), "the text of docs/index.md is known already; there is nothing to record"),
        (("docs/other.md", *WHO[:1], "platfrm-lead", *WHO[2:]), "did you mean 'platform-lead'?"),
        (("docs/other.md", *WHO, "--on", "2026-10-13"), "is not between the review of 2026-10-14 and today"),
        (("docs/other.md", *WHO, "--on", "2026-11-21"), "is not between the review of 2026-10-14 and today"),
        (("docs", *WHO), "docs has 2 pages; name one of them"),
        (("docs/nowhere.md", *WHO), "no published page"),
        (("docs/other.md", *WHO[:3], "a\nb"), "write it on one line"),
        (("docs/other.md", *WHO, "--moved-from", "docs/index.md"), "docs/index.md is still a page"),
        (("docs/other.md", *WHO, "--moved-from", "docs/indx.md"), "did you mean 'docs/index.md'?"),
    ],
)
def test_what_is_no_editorial_change_is_refused(
    folder: Path, changed: str, arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert told in refused(review(folder, "editorial", *arguments))
    assert not (folder / EDITORIAL_FILE).exists()


def test_a_source_that_changed_makes_its_pages_due(git: Git, write: Write) -> None:
    write(
        "docs/other.md",
        (git.root / "docs/other.md").read_text().replace("\n---\n", "\nsources: [nlra]\n---\n", 1),
    )
    assert check(git.root).stdout == ""
    file = git.root / "registers" / "sources.yml"
    before = file.read_bytes()
    said = written(
        review(git.root, "source", "nlra", "--changed", "2026-11-02", "--note", "Section 7: widened")
    )
    assert said.splitlines()[1:] == ["docs/other.md: due now", "Next: handbook review start docs/other.md"]
    added = b"    changed: 2026-11-02\n    note: 'Section 7: widened'\n"
    assert file.read_bytes().replace(added, b"", 1) == before
    assert added in file.read_bytes()
    told = check(git.root).stdout
    assert "docs/other.md:6:10: error REV008 the source 'nlra' changed on 2026-11-02" in told
    assert "docs/other.md: due since 2026-11-02, as 'nlra' changed" in written(review(git.root, "status"))
    assert "1 page, read by" in written(review(git.root, "start"))
    written(review(git.root, "source", "nlra", "--changed", "2026-11-03", "--note", "Again"))
    again = added.replace(b"11-02", b"11-03").replace(b"'Section 7: widened'", b"Again")
    assert file.read_bytes().replace(again, b"", 1) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nlre", "2026-11-02"), "there is no source 'nlre' in registers/sources.yml; did you mean 'nlra'?"),
        (("nlra", "2026-11-21"), "2026-11-21 is in the future"),
        (("nlra", "2026-10-01"), "is known to have changed on 2026-10-02, after 2026-10-01"),
        (("nlra", "soon"), "'soon' is not a day"),
    ],
)
def test_a_change_of_a_source_that_cannot_be_is_refused(
    folder: Path, arguments: tuple[str, str], told: str
) -> None:
    written(review(folder, "source", "nlra", "--changed", "2026-10-02", "--note", "Once"))
    file = folder / "registers" / "sources.yml"
    before = file.read_bytes()
    name, day = arguments
    assert told in refused(review(folder, "source", name, "--changed", day, "--note", "Twice"))
    assert file.read_bytes() == before


def test_a_page_that_was_never_reviewed_has_no_editorial_changes(folder: Path, write: Write) -> None:
    new = write("docs/new.md", PAGE)
    assert "no review of 2026-10-14 names docs/new.md" in refused(review(folder, "editorial", str(new), *WHO))
