"""The English that people read, as `make lint` judges it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.development.prose_lint import command, english_of
from tests.conftest import PAGE, ROOT

Write = Callable[[str, str | bytes], Path]


@pytest.fixture(autouse=True)
def settings(folder: Path) -> None:
    for name in ("pyproject.toml", ".proselintrc.json"):
        shutil.copy(ROOT / name, folder)


def _wording(folder: Path) -> Result:
    return CliRunner().invoke(command, ["--root", str(folder)], catch_exceptions=False)


def test_the_texts_of_this_repository_are_in_order() -> None:
    result = _wording(ROOT)
    assert (result.exit_code, result.stdout) == (0, "")


def test_each_mistake_is_found_on_its_line_and_column(folder: Path, write: Write) -> None:
    write("docs/bad.md", PAGE + "\nWe recieve it in our favourite color.\n\nSo the the most unique.\n")
    write("registers/more.yml", "texts:\n  - {fr: abord, en: Teh text}\n")
    result = _wording(folder)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "docs/bad.md:12:4: error: `recieve` should be `receive`",
        "docs/bad.md:12:22: error: `favourite` should be `favorite`",
        "registers/more.yml:2:21: error: `Teh` should be `The`",
        "docs/bad.md:14:4: lexical_illusions: There's a lexical illusion in 'the the'"
        " - a phrase is repeated.",
        "docs/bad.md:14:12: uncomparables: Comparison of an uncomparable: 'most unique' is not comparable.",
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/other.fr.md", "Appelez d’abord les ressources humaines, sur nous nous comptons."),
        ("docs/code.md", "Write `teh` in code, or <!-- recieve -->"),
        ("docs/heading.md", "## What this is not\n\nWhat this is not is hard to say."),
        ("docs/axe.md", "Judged with axe-core."),
    ],
)
def test_what_is_not_english_prose_is_left_alone(folder: Path, write: Write, path: str, text: str) -> None:
    write(path, f"{PAGE}\n{text}\n")
    result = _wording(folder)
    assert (result.exit_code, result.stdout) == (0, "")


def test_other_languages_are_blank_however_they_are_written() -> None:
    text = "a:\n  en: One\n  fr: >-\n    Deux\n    mots\nb: [{en: É, fr: [x, y]}]\nc: fr\n"
    blank = "a:\n  en: One\n  fr:   \n        \n        \nb: [{en: É, fr:       }]\nc: fr\n"
    assert english_of(text, ["fr"]) == blank


def test_a_program_that_does_not_run_is_an_error(folder: Path, write: Write) -> None:
    write("pyproject.toml", "[tool.typos\n")
    result = _wording(folder)
    assert result.exit_code == 2
    assert "typos" in result.stderr
