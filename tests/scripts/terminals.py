"""Runs `handbook` at a terminal."""

import os
import select
import signal
import sys
from collections.abc import Iterator

import pytest

RUN = "from scripts.cli import main; main()"


class Terminal:
    """A person at a terminal who runs `handbook` with arguments, reads its questions and types."""

    def __init__(self, *arguments: str) -> None:
        pty = pytest.importorskip("pty")  # Windows has none.
        self._process, self._ours = pty.fork()
        if self._process == 0:
            # Whoever runs the tests in the background may have them ignore Ctrl-C.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            command = [sys.executable, "-c", RUN, *arguments]
            os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted
        self.shown, self._read = "", 0

    def until(self, text: str) -> None:
        """Read until a text is shown, after the one that was waited for last."""
        while text not in self.shown[self._read :]:
            assert select.select([self._ours], [], [], 60)[0], self.shown
            try:
                part = os.read(self._ours, 65_536).decode()
            except OSError:
                part = ""
            assert part, f"{text!r} is not in {self.shown!r}"
            self.shown += part
        self._read = self.shown.index(text, self._read) + len(text)

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def stop(self) -> int:
        """Press Ctrl-C once the command waits for an answer; return the exit status."""
        while select.select([self._ours], [], [], 1)[0]:
            self.shown += os.read(self._ours, 65_536).decode()
        self.type("\x03")
        return self.end()

    def end(self) -> int:
        """Read what is left; return the exit status."""
        for part in self._rest():
            self.shown += part.decode()
        os.close(self._ours)
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _rest(self) -> Iterator[bytes]:
        try:
            while part := os.read(self._ours, 65_536):
                yield part
        except OSError:
            pass  # This is how Linux ends the output of a process that has exited.
