"""The script that a server runs: what was published is served at once, whole, and compressed."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

LONG = "The handbook says so. " * 50
# The script runs `handbook edition refresh` and `handbook edit build`, which have tests of their own, and
# `deploy compress`, which it needs.
HANDBOOK = f"""#!/bin/sh
[ "$1" != edit ] || {{ mkdir -p "$3/edit" && yes "$2 $3" | head -99 > "$3/edit/index.html"; exit; }}
[ "$1" = edition ] || exec {shlex.quote(sys.executable)} -m scripts.cli "$@"
"""

if shutil.which("mv") is None or os.name == "nt":
    pytest.skip("a server has GNU tools", allow_module_level=True)


class _Server:
    """A clone of a repository on a server, and the folder that is served."""

    def __init__(self, folder: Path) -> None:
        self.author, self.clone, self.site = folder / "author", folder / "clone", folder / "site"
        origin = folder / "origin"
        _git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
        _git(folder, "clone", "--quiet", str(origin), str(self.author))
        (self.author / "Makefile").write_text("setup:\n")
        (self.author / "hosting").mkdir()
        shutil.copyfile(ROOT / "deploy" / "server" / "publish", self.author / "hosting" / "publish")
        _git(self.author, "add", ".")
        _git(self.author, "commit", "--quiet", "--message=The handbook")
        _git(self.author, "push", "--quiet", "origin", "HEAD:main")
        _git(self.author, "checkout", "--quiet", "--orphan", "gh-pages")
        _git(self.author, "rm", "-r", "--quiet", "--force", ".")
        self.publish("2026.1")
        _git(folder, "clone", "--quiet", "--branch=main", str(origin), str(self.clone))
        command = self.clone / ".venv" / "bin" / "handbook"
        command.parent.mkdir(parents=True)
        command.write_text(HANDBOOK)
        command.chmod(0o755)

    def publish(self, edition: str) -> None:
        """Publish an edition as the author does."""
        (self.author / edition).mkdir()
        for file in ("index.html", f"{edition}/index.html"):
            (self.author / file).write_text(f"{edition}: {LONG}")
        (self.author / "latest").unlink(missing_ok=True)
        (self.author / "latest").symlink_to(edition)
        _git(self.author, "add", ".")
        _git(self.author, "commit", "--quiet", f"--message={edition}")
        _git(self.author, "push", "--quiet", "origin", "gh-pages")

    def run(self) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["sh", "hosting/publish", self.site],
            cwd=self.clone,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    @property
    def folders(self) -> list[str]:
        return sorted(path.name for path in self.site.parent.glob("site*"))


def _git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *names, *arguments], check=True, capture_output=True)


@pytest.fixture
def server(tmp_path: Path) -> _Server:
    return _Server(tmp_path)


def test_what_was_published_is_served_compressed_with_its_link(server: _Server) -> None:
    done = server.run()
    assert done.returncode == 0, done.stderr
    assert (server.site / "latest" / "index.html").read_text().startswith("2026.1")
    assert (server.site / "latest" / "index.html.gz").is_file()
    assert not (server.site / ".git").exists()


def test_a_new_edition_replaces_the_site_and_the_one_before_stays_for_a_while(server: _Server) -> None:
    for edition in ("2026.2", "2026.3"):
        server.run()
        server.publish(edition)
        assert server.run().returncode == 0
        assert (server.site / "index.html").read_text().startswith(edition)
        assert len(server.folders) == 3


def test_a_second_run_changes_nothing(server: _Server) -> None:
    server.run()
    before = server.folders, (server.site / "index.html.gz").stat().st_mtime_ns
    assert server.run().returncode == 0
    assert (server.folders, (server.site / "index.html.gz").stat().st_mtime_ns) == before


def test_an_editor_comes_only_after_somebody_set_it_up(server: _Server) -> None:
    assert server.run().returncode == 0
    assert not (server.site / "edit").exists()
    (server.clone / "build" / "editor").mkdir(parents=True)
    done = server.run()
    assert done.returncode == 0, done.stderr
    assert (server.site / "edit" / "index.html").read_text().startswith(f"build {server.site}")
    assert (server.site / "edit" / "index.html.gz").is_file()
    assert not list(server.author.rglob("edit"))


def test_what_a_stopped_run_left_is_done_again(server: _Server) -> None:
    part = Path(f"{server.site}.part")
    part.mkdir()
    (part / "index.html").write_text("half")
    assert server.run().returncode == 0
    assert (server.site / "index.html").read_text().startswith("2026.1")
    assert not part.exists()


def test_a_site_that_cannot_be_compressed_does_not_replace_the_one_before(server: _Server) -> None:
    server.run()
    served = server.site.resolve()
    _git(server.author, "rm", "--quiet", "index.html")
    _git(server.author, "commit", "--quiet", "--message=Broken")
    _git(server.author, "push", "--quiet", "origin", "gh-pages")
    assert server.run().returncode == 2
    assert server.site.resolve() == served
