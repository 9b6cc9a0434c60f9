"""Tells whether a sentence says to call someone, from the words before the name of that person."""

import re
from collections.abc import Mapping
from typing import Final

# A verb where an order or an infinitive begins: "your phone" and "on call" are none, nor is "call it off".
_ENGLISH_START: Final = (
    r"(?:^|[,;:—–(]\s*|\b(?:to|and|or|then|please|now|can|must|should|will|may|always|first|also|just|so|you|we)"
    r"\s+)"
)
_ENGLISH_CALL: Final = r"(?:call|phone|ring|telephone|dial)\b(?!\s+(?:it|this|that|off|back)\b)"
_ENGLISH_OTHER: Final = (
    r"\b(?:tell|write|ask|e-?mail|inform|message|pass|send|give|report|let|reach|hand|notify|text|contact|say|"
    r"see|read|questions?|decides?|decided)\b"
)
_FRENCH_CALL: Final = (
    r"(?<![\w’'])(?:appel(?:ez|er|le)|téléphone[rz]|composez|joignez)\b(?![\s-]+(?:cela|ça|ceci)\b)"
)
_FRENCH_OTHER: Final = (
    r"\b(?:dites|écrivez|écrire|demandez|demander|informez|informer|prévenez|prévenir|transmettez|transmettre|"
    r"adressez|envoyez|signalez|confiez|questions?)\b"
)
_PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "en": re.compile(
        rf"(?P<call>{_ENGLISH_START}{_ENGLISH_CALL}(?:\s+or\s+\w+)?)|(?P<other>{_ENGLISH_OTHER}(?:\s+or\s+(?P<also>"
        rf"{_ENGLISH_CALL}))?)",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        rf"(?P<call>{_FRENCH_CALL}(?:\s+ou\s+\w+)?)|(?P<other>{_FRENCH_OTHER}(?:\s+ou\s+(?P<also>{_FRENCH_CALL}))?)",
        re.IGNORECASE,
    ),
}
# A sentence, a cell, an item, or a paragraph ends here. A dot inside of a name or a number ends nothing.
_SENTENCE_END: Final = re.compile(r"[.!?…]['\"”’»*_)]*\s|\n\s*\n|\n\s*(?:[-*+>#]|\d+\.)\s|\||\n\s*\{%")
_LONGEST_SENTENCE: Final = 600
_MARKS: Final = re.compile(r"<[^<>]*>|[*_>#`~]|^\s*(?:[-+]|\d+\.)\s+", re.MULTILINE)


def told_to_call(before: str, language: str) -> bool:
    """Tell whether the sentence that ends with `before` says to call whoever is named next.

    The last verb of telling decides: "call 911 and tell" says to tell, and "call or write to" says to call.
    Languages other than English and French are not understood; for them, the answer is no.
    """
    pattern = _PATTERNS.get(language.partition("-")[0])
    if pattern is None:
        return False
    near = before[-_LONGEST_SENTENCE:]
    ends = [end.end() for end in _SENTENCE_END.finditer(near)]
    sentence = _MARKS.sub("", near[ends[-1] if ends else 0 :]).strip()
    verbs = list(pattern.finditer(sentence))
    return bool(verbs) and bool(verbs[-1]["call"] or verbs[-1]["also"])
