"""How what somebody wrote is quoted in a sentence."""


def one_line(text: str) -> str:
    """Show line breaks and other control characters as such: nothing quoted can forge a line."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
