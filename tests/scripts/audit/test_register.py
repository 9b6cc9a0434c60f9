"""`handbook audit register`: who owns each page, and what its review rests on."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import PAGE

Write = Callable[[str, str | bytes], Path]


def _register(folder: Path, *arguments: str) -> Result:
    options = ["audit", "register", "--root", str(folder), "--today", "2026-11-20", *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def test_every_published_page_is_in_it_and_no_other(folder: Path, write: Write) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text() + "exclude_docs: |\n  left-out.md\n")
    write("docs/left-out.md", PAGE)
    write("docs/hidden.md", PAGE.replace("owner:", "applies_to: {sectors: [government]}\nowner:"))
    write("docs/other.fr.md", PAGE)
    write("docs/a b/README.md", PAGE)
    pages = json.loads(_register(folder, "--format", "json").stdout)["pages"]
    assert {page["path"]: page["address"] for page in pages} == {
        "docs/a b/README.md": "a%20b/",
        "docs/index.md": "./",
        "docs/other.fr.md": "fr/other/",
        "docs/other.md": "other/",
    }


def test_a_page_is_shown_with_its_section_and_its_record(folder: Path) -> None:
    config = folder / "mkdocs.yml"
    navigation = "nav:\n  - index.md\n  - Rules:\n      - Deep:\n          - other.md\n"
    config.write_text(config.read_text() + navigation)
    start, other = csv.DictReader(io.StringIO(_register(folder, "--format", "csv").stdout))
    assert (start["section"], other["section"]) == ("", "Rules")
    assert other["review_record"] == "registers/reviews/2026-10-14-handbook.yml"
    assert (other["day"], other["text_was_reviewed"]) == ("2026-11-20", "true")


def test_a_table_has_one_line_a_page(folder: Path) -> None:
    head, start, other = _register(folder).stdout.splitlines()
    assert head.split() == ["page", "title", "owner", "reviewed", "due", "state", "audience"]
    assert start.startswith("docs/index.md  A page  platform-lead  2026-10-14  2027-04-14  in order  -")
    assert other.startswith("docs/other.md")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--today", "soon"], "'soon' is not a day"),
        (["--format", "pdf"], "'pdf' is not one of"),
        (["docs/index.md"], "unexpected extra argument"),
    ],
)
def test_what_cannot_be_shown_is_a_sentence(folder: Path, arguments: list[str], told: str) -> None:
    result = _register(folder, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_register_that_cannot_be_read_is_named(folder: Path, write: Write) -> None:
    write("registers/owners.yml", "owners: 3\n")
    result = _register(folder)
    assert result.exit_code == 2
    assert "registers/owners.yml:1:" in result.stderr
