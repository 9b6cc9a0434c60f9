"""`handbook serve`, as somebody who edits uses it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import PAGE, ROOT
from tests.scripts.conftest import Git

DEADLINE = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: its process, its address, and the file with its output."""

    process: subprocess.Popen[bytes]
    address: str
    output: Path

    def page(self, path: str = "") -> str:
        """Return a page, or nothing if the server does not answer."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=5) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, OSError):
            return ""

    def wait(self, seen: Callable[[], bool], wanted: str) -> None:
        """Wait until something is seen; fail with the output of the server."""
        end = time.monotonic() + DEADLINE
        while not seen():
            output = self.output.read_text(encoding="utf-8")
            assert self.process.poll() is None, f"the server ended:\n{output}"
            assert time.monotonic() < end, f"{wanted} was not seen in {DEADLINE:.0f} seconds:\n{output}"
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(folder: Path, address: str) -> list[str]:
    script = str(ROOT / "scripts" / "development" / "serve.py")
    return [sys.executable, script, "--root", str(folder), "--address", address]


@contextmanager
def _serving(folder: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve a handbook, and end the server with all that it started, whatever happens."""
    address = f"127.0.0.1:{_free_port()}"
    log = tmp_path / "output.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(folder, address),
            cwd=tmp_path,
            env={**os.environ, "TMPDIR": str(tmp_path)},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield Served(process, address, log)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def served(folder: Path, tmp_path: Path) -> Iterator[Served]:
    with _serving(folder, tmp_path) as server:
        server.wait(lambda: "Text." in server.page(), "the first page")
        yield server


def test_the_server_follows_edits_and_survives_a_mistake(folder: Path, served: Served) -> None:
    file = folder / "docs" / "index.md"
    file.write_text(PAGE.replace("Text.", "First edit."))
    served.wait(lambda: "First edit." in served.page(), "the first edit")

    file.write_text(PAGE.replace("Text.", "{{ orgnization.name }}"))
    place = "<code>docs/index.md</code>, line 10, column 4"
    served.wait(lambda: place in served.page(), "the mistake")
    served.wait(lambda: "docs/index.md:10:4: " in served.output.read_text("utf-8"), "the mistake")
    assert "Text." in served.page("other/")

    file.write_text(PAGE.replace("title: A page", "title: A: page"))
    served.wait(lambda: "FMT001" in served.page("fr/"), "the mistake in the front matter")

    file.write_text(PAGE.replace("Text.", "Second edit."))
    served.wait(lambda: "Second edit." in served.page(), "the second edit")
    assert "Traceback" not in served.output.read_text("utf-8")


def test_new_and_deleted_pages_are_followed(folder: Path, served: Served) -> None:
    file = folder / "docs" / "new.md"
    file.write_text("Not yet.")
    served.wait(lambda: "FMT001" in served.page("new/"), "the mistake in the new page")
    file.write_text(PAGE.replace("Text.", "New page."))
    served.wait(lambda: "New page." in served.page("new/"), "the new page")
    file.unlink()
    served.wait(lambda: not served.page("new/"), "the end of the page")


def test_a_changed_organization_is_followed(folder: Path, served: Served) -> None:
    file = folder / "organization.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Example Reading Network", "Riverside Library"), encoding="utf-8")
    served.wait(lambda: "Riverside Library" in served.page(), "the new name")


@pytest.mark.parametrize(
    ("broken", "words"),
    [("address", "{address} is in use"), ("organization.yml", "handbook serve` again")],
)
def test_what_keeps_it_from_serving_is_a_sentence(folder: Path, broken: str, words: str) -> None:
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
    assert words.format(address=address) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_that_is_broken_from_the_start_is_reported_until_it_is_not(
    folder: Path, tmp_path: Path
) -> None:
    file = folder / "docs" / "index.md"
    file.write_text(PAGE.replace("Text.", "{{ nobody }}"))
    with _serving(folder, tmp_path) as server:
        server.wait(lambda: "docs/index.md" in server.page(), "the mistake")
        file.write_text(PAGE)
        server.wait(lambda: "Text." in server.page(), "the page")


def test_a_commit_is_followed(folder: Path, tmp_path: Path) -> None:
    git = Git(folder)
    git.commit()
    words = "has changes that are not committed"
    with _serving(folder, tmp_path) as server:
        server.wait(lambda: "Text." in server.page(), "the first page")
        (folder / "docs" / "index.md").write_text(PAGE.replace("Text.", "First edit."))
        server.wait(lambda: words in server.page(), "the edit")
        git.commit()
        server.wait(lambda: words not in server.page(), "the commit")
