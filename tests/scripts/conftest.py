"""A handbook under git, with commits of chosen days."""

import datetime
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.builds import NOON
from tests.conftest import ROOT, made_once, make_folder, read_tree, write_tree


class Git:
    """A real repository; each commit is made at noon UTC of a day, or at a given moment."""

    def __init__(self, root: Path, *, begin: bool = True) -> None:
        self.root = root
        if begin:
            self("init", "--quiet", "--initial-branch", "main")

    def __call__(self, *arguments: str, day: str = "2026-11-01") -> str:
        done = self.attempt(*arguments, day=day)
        done.check_returncode()
        return done.stdout

    def attempt(self, *arguments: str, day: str = "2026-11-01") -> subprocess.CompletedProcess[str]:
        """Run git, which may refuse."""
        moment = day if "T" in day else f"{day}T12:00:00+00:00"
        seconds = int(datetime.datetime.fromisoformat(moment).timestamp())
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment |= {
            "GIT_AUTHOR_DATE": f"{seconds} +0000",
            "GIT_COMMITTER_DATE": f"{seconds} +0000",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }
        who = ("-c", "user.name=Communications lead", "-c", "user.email=social@example.org")
        settings = ("-c", "protocol.file.allow=always", "-c", "gc.auto=0", "-c", "maintenance.auto=false")
        command = ["git", *who, *settings, *arguments]
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    def commit(self, day: str = "2026-11-01", message: str = "Change the handbook") -> str:
        """Commit everything as it lies there; return the commit's name."""
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", "--message", message, day=day)
        return self.head()

    def head(self) -> str:
        """Return the name of the last commit, from the file that holds it: git itself takes 5 ms."""
        branch = (self.root / ".git" / "HEAD").read_text(encoding="ascii").removeprefix("ref:").strip()
        return (self.root / ".git" / branch).read_text(encoding="ascii").strip()


@pytest.fixture
def git(folder: Path) -> Git:
    """The two-page handbook of `folder`, committed on 1 November 2026."""
    (folder / ".git").mkdir()
    write_tree(folder / ".git", *_history())
    repository = Git(folder, begin=False)
    repository("update-index", "-q", "--refresh")
    return repository


@cache
def _history() -> tuple[list[str], dict[str, bytes]]:
    """Return what git keeps of that commit; it is the same for every copy of the handbook."""
    with TemporaryDirectory() as name:
        repository = Git(make_folder(Path(name, "handbook")))
        repository.commit()
        pack(repository)
        return read_tree(repository.root / ".git")


def pack(repository: Git) -> None:
    """Have git keep its objects in one file, which is copied at once."""
    repository("repack", "-a", "-d", "--quiet")


@pytest.fixture
def clone(git: Git, tmp_path: Path) -> Callable[..., Git]:
    """Clone the repository, with options such as `--depth=1`."""

    def make(*options: str) -> Git:
        target = tmp_path / "clone"
        git("clone", "--quiet", *options, git.root.as_uri(), str(target))
        return Git(target)

    return make


def published_repository(factory: pytest.TempPathFactory) -> Path:
    """Return the two-page handbook with edition 2026.1; it is made once, and may only be copied."""

    def make(root: Path) -> None:
        git = Git(make_folder(root))
        git.commit()
        _publish(git)
        pack(git)

    return made_once(factory, "published", make)


def later_repository(factory: pytest.TempPathFactory) -> Path:
    """Return the same with edition 2026.2, which takes effect on 1 January 2027."""

    def make(root: Path) -> None:
        shutil.copytree(published_repository(factory), root)
        git = Git(root)
        _publish(git, "--effective", "2027-01-01")
        pack(git)

    return made_once(factory, "later", make)


def _publish(git: Git, *arguments: str) -> None:
    options = ["edition", "publish", "--root", str(git.root), *arguments]
    with pytest.MonkeyPatch.context() as patch:
        _on_one_day(git, patch)
        done = CliRunner().invoke(main, options, catch_exceptions=False)
    assert done.exit_code == 0, done.output


def _on_one_day(git: Git, patch: pytest.MonkeyPatch) -> None:
    """Let it be 20 November 2026, and let git know somebody."""
    patch.setenv("SOURCE_DATE_EPOCH", NOON)
    patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("config", "user.name", "Communications lead")
    git("config", "user.email", "social@example.org")


def _like(source: Git, root: Path) -> Git:
    """Give a repository the history of another whose files are the same."""
    shutil.rmtree(source.root / ".git")
    shutil.copytree(root / ".git", source.root / ".git")
    return source


@pytest.fixture
def source(git: Git, monkeypatch: pytest.MonkeyPatch) -> Git:
    """The two-page handbook on 20 November 2026, by somebody whom git knows."""
    _on_one_day(git, monkeypatch)
    return git


@pytest.fixture
def published(source: Git, tmp_path_factory: pytest.TempPathFactory) -> Git:
    """The same with edition 2026.1."""
    return _like(source, published_repository(tmp_path_factory))


@pytest.fixture
def later(source: Git, tmp_path_factory: pytest.TempPathFactory) -> Git:
    """The same with editions 2026.1 and 2026.2; the second takes effect on 1 January 2027."""
    return _like(source, later_repository(tmp_path_factory))


def killed_after(command: Sequence[str], seconds: float) -> float:
    """Run a command, and kill it with all that it started; return how long it ran, in seconds."""
    begin = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    return time.monotonic() - begin
