"""The words of the variants of English."""

from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.spelling import FILE, Spelling, load_spellings
from tests.conftest import ROOT

pytestmark = pytest.mark.sample

LANGUAGES = "languages: [en, fr]"
WORDS = "words:\n  - variants: [en-GB]\n    words: {color: colour}\n"


def _load(root: Path, languages: str, words: str = WORDS) -> Spelling:
    text = (ROOT / "organization.yml").read_text("utf-8")
    assert LANGUAGES in text
    root.mkdir(exist_ok=True)
    (root / "organization.yml").write_text(text.replace(LANGUAGES, languages), encoding="utf-8")
    (root / FILE).parent.mkdir()
    (root / FILE).write_text(words, encoding="utf-8")
    return load_spellings(Folder(root)).get("en", Spelling())


@pytest.mark.parametrize("languages", [LANGUAGES, "languages: [en-US, fr]", "languages: [fr]"])
def test_what_is_spelled_as_pages_are_written_has_no_words(tmp_path: Path, languages: str) -> None:
    assert _load(tmp_path, languages) == Spelling()


def test_a_variant_has_its_words_and_endings(tmp_path: Path) -> None:
    endings = "endings:\n  - {variants: [en-GB], endings: {ize: ise}, except: [size]}\n"
    spelling = _load(tmp_path, "languages: [en-GB, fr]", f"{WORDS}{endings}")
    assert [spelling.of(word) for word in ("color", "organize", "size", "labor")] == [
        "colour",
        "organise",
        "size",
        "labor",
    ]


def test_an_unknown_variant_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(HandbookError) as error:
        _load(tmp_path, "languages: [fr, en-NZ]")
    assert str(error.value) == (
        "organization.yml:10:17: 'languages' names en-NZ, of which registers/spelling.yml knows no word;"
        " write one of en, en-GB, en-US"
    )


def test_a_capital_letter_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match=r"3:\d+: .* has a capital letter; write `color`"):
        _load(tmp_path, "languages: [en-GB, fr]", WORDS.replace("color:", "Color:"))


def test_a_variant_of_french_may_be_without_words_until_there_are_some(tmp_path: Path) -> None:
    assert _load(tmp_path, "languages: [en, fr-CA]") == Spelling()
    french = "  - variants: [fr-CA]\n    words: {week-end: fin de semaine}\n"
    with pytest.raises(HandbookError, match=r"names fr-BE, .* write one of fr, fr-CA, fr-FR"):
        _load(tmp_path / "other", "languages: [en, fr-BE]", f"{WORDS}{french}")


def test_a_review_answers_for_words_with_a_hyphen_too() -> None:
    spelling = Spelling(words={"mot-dièse": "mot-clic", "un selfie": "un égoportrait", "blog": "blogue"})
    assert list(spelling.met_in("Un selfie, un Mot-dièse, un blog, un blogueur.")) == [
        "blog=blogue",
        "mot-dièse=mot-clic",
        "un selfie=un égoportrait",
    ]
