"""How easy a French text is to read: the index of Kandel and Moles, from 0 (very hard) to 100 (very easy).

Source: L. Kandel and A. Moles, Application de l'indice de Flesch à la langue française, Cahiers d'études de
radio-télévision 19, 1958: 207 - 1.015 words a sentence - 73.6 syllables a word.
"""

import re
from functools import cache
from typing import Final

from handbook.text.readability import ReadingEase

# Flesch calls 60 to 70 plain.
HARDEST: Final = 60.0
_VOWELS: Final = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")
# Two vowels that are spoken apart.
_ONE_MORE: Final = tuple(
    map(
        re.compile,
        (
            r"é(?=[aàâoôuiî])",
            r"(?<=[aou])é",
            r"(?<=[aeou])[ïüë]",
            r"(?<=[aeou])y(?=[aeiouéèê])",
            r"(?<=[bcdfgptv][rl])i(?=er|eu|on)",
        ),
    )
)
# An e that is silent at the end, and the u before it that only holds a g or a q hard.
_ONE_FEWER: Final = tuple(map(re.compile, (r"(?<=[^aeiouyàâäéèêëîïôöùûüœæ])es?$", r"(?<=[gq])ues?$")))


def index(ease: ReadingEase) -> float | None:
    """Return the index of a text whose syllables were counted as in French; None for one without words."""
    if not ease.words:
        return None
    return 207 - 1.015 * ease.words / ease.sentences - 73.6 * ease.syllables / ease.words


@cache
def syllables(word: str) -> int:
    """Return the number of syllables of a French word in lower case, judging by its letters.

    An `-ent` that is silent in a verb counts, because nothing tells it from that of a noun.
    """
    return sum(_syllables(part) for part in re.split(r"['’-]", word)) or 1


def _syllables(part: str) -> int:
    count = len(_VOWELS.findall(part))
    count += sum(len(pattern.findall(part)) for pattern in _ONE_MORE)
    fewer = sum(len(pattern.findall(part)) for pattern in _ONE_FEWER)
    return max(count - fewer, 1) if count else 0
