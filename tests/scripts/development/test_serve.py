"""`make serve`, as somebody who edits uses it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import PAGE, ROOT

DEADLINE = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: its process, where it answers, and the file that holds what it says."""

    process: subprocess.Popen[bytes]
    address: str
    said: Path

    def page(self, path: str = "") -> str:
        """Return a page, or nothing where the server does not answer."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=5) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, OSError):
            return ""

    def wait(self, seen: Callable[[], bool], wanted: str) -> None:
        """Wait until something is seen; fail with what the server said."""
        end = time.monotonic() + DEADLINE
        while not seen():
            said = self.said.read_text(encoding="utf-8")
            assert self.process.poll() is None, f"the server ended:\n{said}"
            assert time.monotonic() < end, f"{wanted} was not seen in {DEADLINE:.0f} seconds:\n{said}"
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(folder: Path, address: str) -> list[str]:
    script = str(ROOT / "scripts" / "development" / "serve.py")
    return [sys.executable, script, "--root", str(folder), "--address", address]


@pytest.fixture
def served(folder: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve a handbook, and end the server with all that it started, whatever happens."""
    address = f"127.0.0.1:{_free_port()}"
    said = tmp_path / "said.txt"
    with said.open("wb") as output:
        process = subprocess.Popen(
            _command(folder, address), cwd=tmp_path, stdout=output, stderr=output, start_new_session=True
        )
    try:
        server = Served(process, address, said)
        server.wait(lambda: "Text." in server.page(), "the first page")
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_the_server_follows_edits_and_survives_a_mistake(folder: Path, served: Served) -> None:
    file = folder / "docs" / "index.md"
    file.write_text(PAGE.replace("Text.", "First edit."))
    served.wait(lambda: "First edit." in served.page(), "the first edit")

    file.write_text(PAGE.replace("Text.", "{{ orgnization.name }}"))
    told = "docs/index.md:10:4: 'orgnization' does not exist; did you mean 'organization'?"
    served.wait(lambda: told in served.said.read_text(encoding="utf-8"), "the mistake")

    file.write_text(PAGE.replace("title: A page", "title: A: page"))
    told = "docs/index.md:2:9: error FMT001 a second colon on the line"
    served.wait(lambda: told in served.said.read_text(encoding="utf-8"), "the mistake in the front matter")

    file.write_text(PAGE.replace("Text.", "Second edit."))
    served.wait(lambda: "Second edit." in served.page(), "the second edit")
    assert "Traceback" not in served.said.read_text(encoding="utf-8")


def test_a_changed_organization_is_followed(folder: Path, served: Served) -> None:
    file = folder / "organization.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Example Reading Network", "Riverside Library"), encoding="utf-8")
    served.wait(lambda: "Riverside Library" in served.page(), "the new name")


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("address", "handbook: {address} is in use; stop what runs there, or choose another: make serve"),
        ("organization.yml", "handbook: mend what stands above, then run make serve again\n"),
    ],
)
def test_what_keeps_it_from_serving_is_told_in_a_sentence(folder: Path, broken: str, told: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        if broken == "organization.yml":
            (folder / broken).write_text("name: X\n")
            address = f"127.0.0.1:{_free_port()}"
        done = subprocess.run(
            _command(folder, address), capture_output=True, text=True, check=False, timeout=DEADLINE
        )
    assert done.returncode == 2
    assert told.format(address=address) in done.stderr
    assert "Traceback" not in done.stderr
