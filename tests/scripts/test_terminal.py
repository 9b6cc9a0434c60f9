"""Color is for people at a terminal who did not refuse it, and so is progress."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.check.painting import unpainted
from scripts.cli import main
from scripts.terminal import painter
from tests.conftest import PAGE
from tests.scripts.terminals import Terminal

COLOR = re.compile(r"\x1b\[[0-9;]*m")
LINE = re.compile(r"docs/bad\.md:1:1: error OWN001 .+\n")


@pytest.fixture
def bad(folder: Path, write: Callable[[str, str | bytes], Path]) -> Path:
    write("docs/bad.md", PAGE.replace("owner: platform-lead\n", ""))
    return folder


def _at_a_terminal(arguments: list[str], **environment: str) -> str:
    """Run the command with a terminal for its output; return what it shows."""
    pty = pytest.importorskip("pty")  # Windows has none.
    ours, theirs = pty.openpty()
    code = f"import sys; sys.argv[1:] = {arguments!r}; from scripts.cli import main; main()"
    plain = {key: text for key, text in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**plain, "TERM": "xterm", **environment},
    ):
        os.close(theirs)
        shown = b"".join(_read(ours))
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> Iterator[bytes]:
    try:
        while part := os.read(terminal, 65_536):
            yield part
    except OSError:
        pass  # This is how Linux ends the output of a process that has exited.


def _check(root: Path) -> list[str]:
    return ["check", "--root", str(root), "--today", "2026-11-20", "--ignore", "REV005"]


def test_a_terminal_shows_the_same_line_in_color(bad: Path) -> None:
    shown = _at_a_terminal(_check(bad))
    assert "\x1b[31merror\x1b[0m" in shown
    assert LINE.fullmatch(COLOR.sub("", shown))


def test_a_pipe_gets_no_color_and_no_summary(bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert painter() is unpainted
    assert LINE.fullmatch(CliRunner().invoke(main, _check(bad)).stdout)


@pytest.mark.parametrize("refusal", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_color_can_be_refused(refusal: dict[str, str]) -> None:
    assert COLOR.search(_at_a_terminal(["rules"]))
    assert not COLOR.search(_at_a_terminal(["rules"], **refusal))


def test_a_report_for_programs_has_no_color_at_a_terminal() -> None:
    assert not COLOR.search(_at_a_terminal(["rules", "--format", "json"]))


def test_long_work_is_shown_at_a_terminal_until_it_is_done_and_never_in_a_pipe(bad: Path) -> None:
    terminal = Terminal(*_check(bad))
    terminal.until("checking the pages ...\r\x1b[K")
    assert terminal.end() == 1
    assert "checking" not in CliRunner().invoke(main, _check(bad)).stderr


def test_every_severity_has_a_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    paint = painter()
    shown = {paint("x", severity) for severity in ("error", "warning", "info", "code")}
    assert len(shown) == 4
