"""No name of a file or address in a page is a command in the log of a build."""

import io
import logging

import pytest

from macros.presentation.log_lines import guard_log


@pytest.mark.parametrize("text", ["##vso[task.complete]", "see ##[error]x", "a\n::error::x", " ::warning::x"])
def test_a_message_is_no_command(text: str) -> None:
    stream = io.StringIO()
    logger = logging.Logger("test")
    logger.addHandler(logging.StreamHandler(stream))
    guard_log(logger)
    guard_log(logger)
    logger.warning("%s", text)
    printed = stream.getvalue()
    assert not any(mark in printed for mark in ("##vso[", "##[", "\n::", " ::"))
    assert len(logger.handlers[0].filters) == 1
