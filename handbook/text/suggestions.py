"""Suggests the name that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

MOST_SHOWN: Final = 30


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `name`, or None if none is close."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    closest = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[closest[0]] if closest else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return what to do about an unknown name: use the nearest known one, or choose one (30 are shown)."""
    choices = sorted(known)
    closest = nearest(name, choices)
    if closest:
        return f"did you mean '{closest}'?"
    more = f" and {len(choices) - MOST_SHOWN} more" if len(choices) > MOST_SHOWN else ""
    return f"choose from {', '.join(choices[:MOST_SHOWN])}{more}"
