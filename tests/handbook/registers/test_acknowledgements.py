"""The register of who is asked to accept which pages: what is left out, and each mistake on its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.acknowledgements import FILE, Acknowledgements, load_acknowledgements
from handbook.registers.organization import load_organization
from handbook.registers.platforms import load_platforms

Write = Callable[[str, str], Path]
AUDIENCE = "audiences:\n  all:\n    title: All\n    pages: [docs/index.md]\n"


def _load(folder: Path, **changes: object) -> Acknowledgements:
    tree = Folder(folder)
    organization = load_organization(tree).model_copy(update=changes)
    return load_acknowledgements(tree, organization, load_platforms(tree, organization))


def test_without_a_file_nobody_is_asked(folder: Path) -> None:
    assert not _load(folder).audiences


def test_a_platform_without_an_account_asks_nobody(folder: Path, write: Write) -> None:
    of_tiktok = "  tiktok:\n    platform: tiktok\n    title: T\n    pages: [docs/index.md]\n"
    write(FILE, AUDIENCE + of_tiktok)
    assert list(_load(folder).audiences) == ["all", "tiktok"]
    assert list(_load(folder, accounts=[]).audiences) == ["all"]


def test_an_audience_for_others_is_left_out(folder: Path, write: Write) -> None:
    write(FILE, AUDIENCE + "    only_for: {sectors: [healthcare]}\n")
    assert not _load(folder).audiences


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("    platform: facebok\n", "5:15"),
        ("    questions: [one, two]\n", "5:16"),
        ("    questions: [one, two, one]\n", "5:27"),
        ("    within_days: 0\n", "5:18"),
        ("    within_days: two weeks\n", "5:18"),
        ("    renew_after: 400\n", "5:18"),
        ("    contact: boss\n", "5:14"),
        ("    page: docs/x.md\n", "5:5"),
    ],
)
def test_a_mistake_is_reported_on_its_line(folder: Path, write: Write, line: str, place: str) -> None:
    write(FILE, AUDIENCE + line)
    with pytest.raises(HandbookError) as refused:
        _load(folder)
    assert f"{FILE}:{place}: " in str(refused.value)
    assert "\n" not in str(refused.value)
