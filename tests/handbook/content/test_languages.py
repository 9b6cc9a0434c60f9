"""The language of a page follows from its file name."""

import pytest

from handbook.content.languages import language_of, main_path, named_language

LANGUAGES = ("en", "fr", "zh-Hant")


@pytest.mark.parametrize(
    ("path", "language", "main"),
    [
        ("docs/work.md", "en", "docs/work.md"),
        ("docs/work.en.md", "en", "docs/work.md"),
        ("docs/work.fr.md", "fr", "docs/work.md"),
        ("docs/v1.2/work.zh-Hant.md", "zh-Hant", "docs/v1.2/work.md"),
        ("docs/work.de.md", None, "docs/work.de.md"),
        ("docs/work.pt_BR.md", None, "docs/work.pt_BR.md"),
        ("docs/work.en-abc.md", "en", "docs/work.en-abc.md"),
        ("docs/v1.fr/work.md", "en", "docs/v1.fr/work.md"),
        ("docs/work.fr.markdown", "fr", "docs/work.fr.markdown"),
    ],
)
def test_a_suffix_is_a_language_or_a_part_of_the_name(path: str, language: str | None, main: str) -> None:
    assert language_of(path, LANGUAGES) == language
    assert main_path(path, LANGUAGES) == main


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("docs/work.md", None),
        ("docs/work.fr.md", "fr"),
        ("docs/work.de.md", "de"),
        ("docs/work.zh-Hant.md", "zh-Hant"),
        ("docs/work.en-abc.md", None),
    ],
)
def test_a_suffix_names_a_language_whatever_the_handbook_is_written_in(
    path: str, language: str | None
) -> None:
    assert named_language(path) == language
