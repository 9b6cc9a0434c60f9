"""Texts that differ by the ends of their lines alone are the same text."""

import pytest

from handbook.text.line_ends import as_read, with_line_feeds


@pytest.mark.parametrize("data", [b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\nb\r\n", b"a\nb\n"])
def test_every_end_of_a_line_is_the_same(data: bytes) -> None:
    assert with_line_feeds(data) == b"a\nb\n"
    assert as_read(data) == "a\nb\n"


def test_an_empty_line_stays() -> None:
    assert with_line_feeds(b"a\r\n\r\nb\r\r") == b"a\n\nb\n\n"
