"""Points out what a page should not say of persons: names, mail addresses, and telephone numbers.

These are guesses by the form of words. They miss names, and take other words for names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.text.counting import counted

_NAME: Final = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)?"
_KINDS: Final = (
    ("mail address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("telephone number", re.compile(r"(?<![\w.])(?:\+|\(?0)?\d[\d ()./-]{6,}\d(?!\w)")),
    (
        "name",
        re.compile(
            rf"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sir|Mme|M|Mlle|Herr|Frau)\.? {_NAME}(?: {_NAME})?"
            rf"|(?<=[(:;,] ){_NAME} {_NAME}(?=[),;]| at\b| on\b)|(?<=\*\*){_NAME} {_NAME}(?=\*\*)"
            rf"|\b(?i:contact|call|ask|email|write to|report to) {_NAME} {_NAME}\b"
        ),
    ),
)
_DAY: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{4}[ -–]\d{4}")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something that looks like a name, an address, or a number, and its line."""

    line: int
    kind: str
    words: str


def pointers(text: str) -> Iterator[Pointer]:
    """Yield what looks as if it were about a person, line by line."""
    for number, line in enumerate(text.split("\n"), 1):
        plain = re.sub(r"\\(.)", r"\1", line)
        for kind, form in _KINDS:
            for match in form.finditer(plain):
                if kind != "telephone number" or _is_number(match[0]):
                    yield Pointer(number, kind, match[0].strip())


def _is_number(words: str) -> bool:
    digits = sum(character.isdigit() for character in words)
    return 7 <= digits <= 15 and not _DAY.fullmatch(words.strip())


def summary(listed: list[Pointer]) -> str:
    """Say how many of each kind there are."""
    kinds = dict.fromkeys(pointer.kind for pointer in listed)
    numbers = (counted(sum(pointer.kind == kind for pointer in listed), kind) for kind in kinds)
    return ", ".join(numbers).replace("addresss", "addresses")
