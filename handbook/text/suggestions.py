"""Suggests the name that somebody probably meant."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from typing import Final

MOST_SHOWN: Final = 30
# Of two names that differ in more, nobody wrote one for the other.
_LEAST_ALIKE: Final = 0.75


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `name`, or None if none is close."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    folded = name.casefold()
    closest = get_close_matches(folded, by_folded, n=5, cutoff=0.6)
    return next((by_folded[candidate] for candidate in closest if _is_near(folded, candidate)), None)


def _is_near(name: str, candidate: str) -> bool:
    """Tell whether one name is a slip of the pen for the other, or has a word of it.

    Files are compared by their names: the folder and the ending are those of many.
    """
    if "/" in candidate:
        name, candidate = _stem(name), _stem(candidate)
    if _words(name) & _words(candidate):
        return True
    if len(name) == len(candidate) and sum(map(str.__ne__, name, candidate)) == 1:
        return True
    is_as_long = abs(len(name) - len(candidate)) <= max(2, len(name) // 4)
    return is_as_long and SequenceMatcher(None, name, candidate).ratio() >= _LEAST_ALIKE


def _stem(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].partition(".")[0]


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]{3,}", name))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return what to do about an unknown name: use the nearest known one, or choose one (30 are shown)."""
    choices = sorted(known)
    if not choices:
        return "there is none to choose from yet; remove it"
    closest = nearest(name, choices)
    if closest:
        return f"did you mean '{closest}'?"
    more = f" and {len(choices) - MOST_SHOWN} more" if len(choices) > MOST_SHOWN else ""
    return f"choose from {', '.join(choices[:MOST_SHOWN])}{more}"
