"""The addresses of pages that were renamed or removed: each mistake has its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.moved_pages import MovedPages, load_moved_pages
from handbook.registers.organization import load_organization

Write = Callable[[str, str | bytes], Path]


def _load(folder: Path) -> MovedPages:
    return load_moved_pages(Folder(folder), load_organization(Folder(folder)))


def test_a_handbook_may_have_no_moved_pages(folder: Path) -> None:
    (folder / "registers" / "moved_pages.yml").unlink()
    assert _load(folder).pages == {}


@pytest.mark.parametrize("address", ["policy/gifts/", "gifts.html", "a/b c/été/", "v1.2/", "fr.html", "fr/"])
def test_an_address_leads_to_a_page_whatever_its_case(folder: Path, write: Write, address: str) -> None:
    write("registers/moved_pages.yml", f"moved:\n  {address}: docs/other.md\n")
    moved = _load(folder)
    assert moved.page_for(address.upper()) == "docs/other.md"
    assert moved.page_for(f"{address}x") is None
    assert (moved.location(address).line, moved.location_of_page(address).column > 3) == (2, True)


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("policy/gifts", "slash"),
        ("policy/gifts.pdf", "slash"),
        ("docs/policy/gifts.md", "is a file"),
        ("policy/gifts.md", "is a file"),
        ("https://handbook.example.org/policy/gifts/", "below the handbook"),
        ("/policy/gifts/", "below the handbook"),
        ("//example.org/", "below the handbook"),
        ("/", "below the handbook"),
        ("../gifts/", "below the handbook"),
        ("policy/../../gifts/", "below the handbook"),
        ("./gifts/", "below the handbook"),
        (".git/gifts/", "below the handbook"),
        ("policy//gifts/", "below the handbook"),
        ("policy\\\\gifts/", "below the handbook"),
        ("policy/gifts/?from=mail/", "below the handbook"),
        ("policy/gifts/#money/", "below the handbook"),
        ("gifts.html/more/", "below the handbook"),
        ("<b>/", "below the handbook"),
        ("policy/%C3%A9t%C3%A9/", "'policy/été/'"),
        ("%2e%2e/gifts/", "'../gifts/'"),
        ("%", "is not an address"),
        ("%FF/", "is not an address"),
        ("gifts%00/", "is not an address"),
        ("policy/index.html", "each folder"),
        ("404.html", "each folder"),
        ("gi\\u202Efts/", "is not an address"),
        (f"{'a' * 250}/", "is not an address"),
        ("fr/policy/gifts/", "'policy/gifts/'"),
        ("en/gifts.html", "'gifts.html'"),
    ],
)
def test_what_is_not_an_address_of_the_handbook_is_refused(
    folder: Path, write: Write, address: str, word: str
) -> None:
    write("registers/moved_pages.yml", f'moved:\n  "{address}": docs/other.md\n')
    with pytest.raises(HandbookError, match=r"^registers/moved_pages\.yml:2:") as raised:
        _load(folder)
    assert word in str(raised.value)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("moved:\n  a/: docs/other.md\n  a/: docs/index.md\n", 3, "second time"),
        ("moved:\n  a/: docs/other.md\n  A/: docs/index.md\n", 3, "'a/'"),
        ("moved:\n  a/: policy/other/\n", 2, "docs/"),
        ("moved:\n  a/: https://example.org/\n", 2, "docs/"),
        ("moved:\n  a/: docs/other.md#part\n", 2, "docs/"),
        ("moved:\n  - a/\n", 2, "group of keys"),
        ("moves: {}\n", 1, "'moved'"),
    ],
)
def test_a_mistake_has_its_line(folder: Path, write: Write, text: str, line: int, word: str) -> None:
    write("registers/moved_pages.yml", text)
    with pytest.raises(HandbookError, match=rf"^registers/moved_pages\.yml:{line}:") as raised:
        _load(folder)
    assert word in str(raised.value)
