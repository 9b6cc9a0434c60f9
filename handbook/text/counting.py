"""Numbers with their nouns."""


def counted(number: int, noun: str) -> str:
    """Return a number and its noun, such as `1 page` or `1,200 pages`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
