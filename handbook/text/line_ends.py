"""Ends of lines, which differ between systems and mean the same."""


def with_line_feeds(data: bytes) -> bytes:
    """Return a text in which each line ends as on Unix, and without a byte order mark."""
    text = data.removeprefix(b"\xef\xbb\xbf")
    # Hardly any text has one, and to look for it takes a tenth of the time of replacing it.
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def as_read(data: bytes) -> str:
    """Return what a person reads in the bytes of a text: bytes that are not UTF-8 are replaced."""
    return with_line_feeds(data).decode("utf-8", "replace")
