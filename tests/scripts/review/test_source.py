"""`handbook review source`: a source that changed makes its pages due."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scripts.conftest import Git
from tests.scripts.review.rounds import check, refused, review, written

pytestmark = pytest.mark.usefixtures("on_20_november")

Write = Callable[[str, str | bytes], Path]


@pytest.fixture(autouse=True)
def _one_more_source(folder: Path) -> None:
    """Add a source that the pages of a test may rest on."""
    with (folder / "registers" / "sources.yml").open("a", encoding="utf-8") as file:
        file.write(
            "  nlra:\n    title: National Labor Relations Act\n    publisher: Labor Relations Board\n"
            "    address: https://www.example.org/act\n    checked: 2026-11-20\n"
        )


def test_a_source_that_changed_makes_its_pages_due(git: Git, write: Write) -> None:
    write(
        "docs/other.md",
        (git.root / "docs/other.md").read_text().replace("\n---\n", "\nsources: [nlra]\n---\n", 1),
    )
    assert check(git.root).stdout == ""
    file = git.root / "registers" / "sources.yml"
    before = file.read_bytes()
    shown = written(
        review(git.root, "source", "nlra", "--changed", "2026-11-02", "--note", "Section 7: widened")
    )
    assert shown.splitlines()[1].startswith("docs/other.md: ")
    assert shown.endswith("handbook review start docs/other.md\n")
    added = b"    changed: 2026-11-02\n    note: 'Section 7: widened'\n"
    assert file.read_bytes().replace(added, b"", 1) == before
    assert added in file.read_bytes()
    (finding,) = check(git.root).stdout.splitlines()
    assert finding.startswith("docs/other.md:6:10: error REV008 ")
    assert "'nlra' changed on 2026-11-02" in finding
    status = written(review(git.root, "status"))
    assert status.startswith("docs/other.md: due since 2026-11-02")
    assert "'nlra'" in status
    assert "1 page, read by" in written(review(git.root, "start"))
    written(review(git.root, "source", "nlra", "--changed", "2026-11-03", "--note", "Again"))
    again = added.replace(b"11-02", b"11-03").replace(b"'Section 7: widened'", b"Again")
    assert file.read_bytes().replace(again, b"", 1) == before


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("nlre", "2026-11-02"), "did you mean 'nlra'?"),
        (("nlra", "2026-11-21"), "2026-11-21"),
        (("nlra", "2026-10-01"), "2026-10-02, after 2026-10-01"),
        (("nlra", "soon"), "'soon'"),
    ],
)
def test_a_change_of_a_source_that_cannot_be_is_refused(
    folder: Path, arguments: tuple[str, str], named: str
) -> None:
    written(review(folder, "source", "nlra", "--changed", "2026-10-02", "--note", "Once"))
    file = folder / "registers" / "sources.yml"
    before = file.read_bytes()
    name, day = arguments
    assert named in refused(review(folder, "source", name, "--changed", day, "--note", "Twice"))
    assert file.read_bytes() == before
