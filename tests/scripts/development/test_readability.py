"""`python scripts/development/readability.py` as its user runs it."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from scripts.development.readability import command
from tests.conftest import PAGE

Write = Callable[[str, str | bytes], Path]
HARD = (
    "Notwithstanding organizational considerations, participating individuals acknowledge responsibility"
    " for communicating information appropriately in accordance with applicable international regulations."
)


def _shown(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(command, ["--root", str(folder), *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_hardest_page_comes_first_and_is_marked(folder: Path, write: Write) -> None:
    write("docs/hard.md", PAGE + HARD)
    lines = _shown(folder).splitlines()
    assert lines[1].endswith("docs/hard.md  over 9")
    assert [line.split()[-1] for line in lines[2:-1]] == ["docs/index.md", "docs/other.md"]
    assert lines[-1] == "3 pages for all staff; 1 over grade 9"


def test_pages_for_all_staff_are_measured_in_their_language(folder: Path, write: Write) -> None:
    write("docs/managers.md", PAGE.replace("owner:", "audience: [managers]\nowner:"))
    write("docs/work.md", PAGE.replace("owner:", "audience: [managers, work]\nowner:"))
    write("docs/other.fr.md", PAGE)
    pages = json.loads(_shown(folder, "--format", "json"))["pages"]
    english, french = ([page["path"] for page in pages if measure in page] for measure in ("grade", "index"))
    assert (sorted(english), french) == (
        ["docs/index.md", "docs/other.md", "docs/work.md"],
        ["docs/other.fr.md"],
    )


def test_what_macros_say_is_read_with_the_page(folder: Path, write: Write) -> None:
    write("docs/page.md", PAGE.replace("Text.", 'Ask {{ contact("press") }} or {{ owner() }} today.'))
    write("docs/broken.md", PAGE.replace("Text.", "Ask {{ orgnization.name }} today."))
    words = {page["path"]: page["words"] for page in json.loads(_shown(folder, "--format", "json"))["pages"]}
    assert words["docs/page.md"] == 7  # A page. Ask Press office or today.
    assert words["docs/broken.md"] == 4  # A page. Ask today.
