"""What counts as a word, and which words are one."""

import pytest

from macros.search.words import folded, words_of


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "salary", "salaries"),
        ("en", "posting", "posts"),
        ("en", "complaint", "Complaints"),
        ("fr", "hélicoptère", "l’hélicoptère"),
        ("fr", "éclairer", "s'éclairer"),
        ("fr", "alto", "l\u02bcalto"),
        ("fr", "saxophone", "saxo\u00adphone"),
        ("fr", "clarinette", "d’\u200bcla\u200brinette"),
        ("fr", "publication", "publications"),
    ],
)
def test_words_of_one_stem_are_one(language: str, word: str, other: str) -> None:
    assert [stem for _, stem in words_of(word, language)] == [stem for _, stem in words_of(other, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Hélicoptère", "helicoptere"), ("Œuvre", "oeuvre"), ("ＦＵＬＬ", "full"), ("naïve", "naive")],
)
def test_accents_and_forms_are_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_words_that_say_nothing_are_left_out_by_language() -> None:
    assert [word for word, _ in words_of("May I post about AI?", "en")] == ["post", "ai"]
    assert [word for word, _ in words_of("J’ai publié l’IA", "fr")] == ["publie", "ia"]


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert list(words_of("Häuser", "de")) == [("hauser", "hauser")]
