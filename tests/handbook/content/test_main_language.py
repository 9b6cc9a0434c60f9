"""What a choice of languages means for a handbook."""

from pathlib import Path

from handbook.content.main_language import problems_of_languages, untranslated_pages
from tests.conftest import ROOT


def test_a_language_without_texts_is_refused_with_those_that_have_some() -> None:
    assert problems_of_languages(ROOT, ["fr-CA", "en-CA"]) == []
    (problem,) = problems_of_languages(ROOT, ["de", "de-AT", "en"])
    for words in ("'de'", " en, fr;", "copy macros/catalog/en.yml to macros/catalog/de.yml"):
        assert words in problem


def test_a_language_that_an_adopter_adds_has_texts(tmp_path: Path) -> None:
    (tmp_path / "macros" / "catalog").mkdir(parents=True)
    (tmp_path / "macros" / "catalog" / "de.yml").touch()
    assert problems_of_languages(tmp_path, ["de"]) == []


def test_pages_that_lack_a_language_are_listed_by_it() -> None:
    paths = ["docs/index.md", "docs/index.fr.md", "docs/work.md", "docs/seul.fr.md"]
    assert untranslated_pages(paths, ["fr", "en"]) == {"fr": ["docs/work.md"], "en": ["docs/seul.md"]}
