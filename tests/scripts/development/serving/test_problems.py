"""Messages of MkDocs and of ours become problems with a file and a line."""

from pathlib import Path

import pytest

from scripts.development.serving.problems import BuildProblem, problems_in, problems_of

LINK = "Doc file 'a b.md' contains a link 'x.md', but the target is not found among documentation files."


@pytest.mark.parametrize(
    ("message", "problems"),
    [
        (
            "fix these pages first:\ndocs/a.md:2:9: error FMT001 no\ndocs/b.md:3:1: error FMT002 no: yes\n",
            [
                BuildProblem("error FMT001 no", "docs/a.md", 2, 9),
                BuildProblem("error FMT002 no: yes", "docs/b.md", 3, 1),
            ],
        ),
        ("registers/owners.yml:3: no owner", [BuildProblem("no owner", "registers/owners.yml", 3)]),
        ("docs/a.md: there is no such page", [BuildProblem("there is no such page", "docs/a.md")]),
        (LINK, [BuildProblem(LINK.replace("Doc file 'a b.md'", "the page"), "docs/a b.md", 3)]),
        ("Something: is wrong", [BuildProblem("Something: is wrong")]),
        ("", []),
    ],
)
def test_a_message_names_its_files_and_lines(
    tmp_path: Path, message: str, problems: list[BuildProblem]
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a b.md").write_text("---\n---\n[Gone](x.md)\n")
    assert problems_in(message, tmp_path) == problems


def test_a_link_that_the_page_does_not_have_in_these_words_has_no_line(tmp_path: Path) -> None:
    assert [problem.line for problem in problems_in(LINK, tmp_path)] == [None]


def test_an_error_that_nobody_expected_has_its_name(tmp_path: Path) -> None:
    assert [problem.message for problem in problems_of(KeyError("x"), tmp_path)] == ["KeyError: 'x'"]
