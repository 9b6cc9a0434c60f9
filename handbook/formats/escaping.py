"""Keeps what a page is called, and what is said of it, from being read as anything else."""

from handbook.text.quoting import one_line


def printable(text: str) -> str:
    """Show control characters as such, but keep lines: a page's text cannot steer a terminal."""
    return "\n".join(map(one_line, text.split("\n")))
