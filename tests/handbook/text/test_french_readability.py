"""The index of a French text, by hand-counted examples."""

import math

import pytest

from handbook.text.french_readability import index, syllables
from handbook.text.readability import reading_ease

SYLLABLES = {
    1: ["le", "page", "compte", "règle", "longue", "vie", "voix", "crise"],
    2: ["photo", "musique", "équipe", "l’équipe", "payer", "naïf", "relire"],
    3: ["réunion", "publier", "relecture", "travailler", "ouvrier"],
    4: ["publication", "création"][:1],
    5: ["organisation", "communication", "administration"],
    6: ["responsabilité"],
}


@pytest.mark.parametrize(("count", "words"), SYLLABLES.items())
def test_syllables_are_counted_as_they_are_spoken(count: int, words: list[str]) -> None:
    assert {word: syllables(word) for word in words} == dict.fromkeys(words, count)


def test_the_index_is_the_published_formula() -> None:
    ease = reading_ease("Demandez d’abord. Publiez ensuite la photo.", count=syllables)
    assert (ease.words, ease.sentences) == (6, 2)
    score = index(ease)
    assert score is not None
    assert math.isclose(score, 207 - 1.015 * 3 - 73.6 * ease.syllables / 6)


def test_a_text_without_words_has_no_index() -> None:
    assert index(reading_ease("## 2026\n", count=syllables)) is None
