"""Finds which triggers are worth trying on each sentence of a page, by the words that they need."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from handbook.rules.wording.guidance import Place, PlacedTrigger
from handbook.rules.wording.needed_words import can_match, folded

_BETWEEN: Final = b"\n"  # No word that a trigger needs has it.


def triggers_to_try(sentences: Sequence[str], guidance: Iterable[Place]) -> Iterator[Sequence[PlacedTrigger]]:
    """Yield for each sentence the triggers that could match it, in the order of subjects and places.

    Each word is looked for once in all sentences, because most words are in few of them.
    """
    texts = [folded(sentence) for sentence in sentences]
    by_sentence: defaultdict[int, list[PlacedTrigger]] = defaultdict(list)
    for place in guidance:
        for number, triggers in _with_a_word(texts, place).items():
            by_sentence[number] += [place.triggers[index] for index in sorted(triggers)]
    for number, text in enumerate(texts):
        able = [each for each in by_sentence.get(number, ()) if can_match(each.needs, text)]
        yield sorted(able, key=lambda each: each.order)


def _with_a_word(texts: Sequence[str], place: Place) -> defaultdict[int, set[int]]:
    """Return the numbers of the triggers for which each text has one of the rare words."""
    encoded = [text.encode(errors="surrogatepass") for text in texts]
    starts = [0, *accumulate(len(text) + 1 for text in encoded)]
    whole = _BETWEEN.join(encoded)
    triggers: defaultdict[int, set[int]] = defaultdict(set)
    for word, numbers in place.by_word.items():
        position = whole.find(word)
        while position >= 0:
            index = bisect_right(starts, position) - 1
            triggers[index].update(numbers)
            position = whole.find(word, starts[index + 1])
    return triggers
