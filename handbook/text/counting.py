"""Numbers with their nouns."""


def counted(number: int, noun: str) -> str:
    """Return a number and its noun, such as `1 page` or `1,200 pages`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def people(number: int) -> str:
    """Return a number of people, such as `1 person` or `1,200 people`."""
    return "1 person" if number == 1 else f"{number:,} people"
