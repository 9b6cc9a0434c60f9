"""Ends of lines, which differ between systems and mean the same."""


def with_line_feeds(data: bytes) -> bytes:
    """Return a text in which each line ends as on Unix, and without a byte order mark."""
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def as_read(data: bytes) -> str:
    """Return what a person reads in the bytes of a text: bytes that are not UTF-8 are replaced."""
    return with_line_feeds(data).decode("utf-8", "replace")
