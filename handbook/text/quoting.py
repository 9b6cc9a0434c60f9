"""Quotes in a sentence what somebody else wrote."""


def one_line(text: str) -> str:
    """Return a text with its control characters shown as escapes, so that no quoted text forges a line."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
