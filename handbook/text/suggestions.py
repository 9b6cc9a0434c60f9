"""Suggests the name that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

MOST_SHOWN: Final = 30


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `name`, or None when none is close."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the mend for an unknown name: the nearest known one, or the choice, as far as it is read."""
    choices = sorted(known)
    closest = nearest(name, choices)
    if closest:
        return f"did you mean '{closest}'?"
    more = f" and {len(choices) - MOST_SHOWN} more" if len(choices) > MOST_SHOWN else ""
    return f"choose from {', '.join(choices[:MOST_SHOWN])}{more}"
