"""Words without which a pattern matches nothing, so that most patterns need not be tried on a sentence.

They are derived from the pattern: a sequence needs all of its words, and alternatives need one of them.
Optional parts, character classes, and lookarounds need none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

# Of each set of words, a text that a pattern matches has at least one, as part of a longer word or not.
Needs: TypeAlias = tuple[frozenset[str], ...]

_TOKEN: Final = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?:-?[a-z]+:|<?[:=!])|[?*+]\??|\{\d*,?\d*\}\??|.", re.DOTALL
)
_QUANTIFIER: Final = re.compile(r"[?*+]\??|\{\d*,?\d*\}\??")
_MAY_BE_ABSENT: Final = re.compile(r"[?*]|\{0?,|\{0\}")
_LETTER: Final = re.compile(r"\w")


@cache
def needed_words(regular_expression: str) -> Needs:
    """Return what a text needs for a pattern to match it; the words are folded like a text."""
    return _Reader(_TOKEN.findall(regular_expression)).alternatives()


def folded(text: str) -> str:
    """Return a text as words are looked up in it, in which letters that match in any case are equal."""
    return text.casefold().replace("ı", "i")


def rarest(needs: Needs) -> frozenset[str]:
    """Return the set with the longest words, which texts have most seldom; an empty one if none is needed."""
    return max(needs, key=_shortest, default=frozenset())


def can_match(needs: Needs, text: str) -> bool:
    """Tell whether a folded text has what a pattern needs."""
    for words in needs:
        for word in words:
            if word in text:
                break
        else:
            return False
    return True


@dataclass
class _Reader:
    """Reads the tokens of a pattern from left to right."""

    tokens: Sequence[str]
    position: int = 0

    def alternatives(self) -> Needs:
        """Return what is needed up to the end of a group; of several alternatives, the longest words."""
        branches = [self._row()]
        while self._next() == "|":
            self.position += 1
            branches.append(self._row())
        if len(branches) == 1:
            return branches[0]
        if not all(branches):
            return ()
        return (frozenset().union(*(rarest(branch) for branch in branches)),)

    def _row(self) -> Needs:
        needs: list[frozenset[str]] = []
        word = ""
        while (token := self._next()) not in ("", "|", ")"):
            self.position += 1
            inner = self._group(token) if token.startswith("(") else ()
            quantifier = self._quantifier()
            if _LETTER.fullmatch(token) and not _MAY_BE_ABSENT.match(quantifier):
                word += token
            if not _LETTER.fullmatch(token) or quantifier:
                needs += [frozenset({folded(word)})] if word else []
                word = ""
            if not _MAY_BE_ABSENT.match(quantifier):
                needs += inner
        return (*needs, frozenset({folded(word)})) if word else tuple(needs)

    def _group(self, opening: str) -> Needs:
        inner = self.alternatives()
        self.position += 1
        return () if opening.endswith(("=", "!")) else inner

    def _quantifier(self) -> str:
        if not _QUANTIFIER.fullmatch(self._next()):
            return ""
        self.position += 1
        return self.tokens[self.position - 1]

    def _next(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""


def _shortest(words: frozenset[str]) -> int:
    return min(len(word) for word in words)
