"""Builds handbooks as `make build` does, on 20 November 2026."""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

from mkdocs.__main__ import cli

from scripts.site.build import run_builder

_ROOT: Final = Path(__file__).resolve().parent.parent
NOON: Final = "1795176000"  # 2026-11-20 12:00 UTC
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_SECONDS: Final = 120
# A small build spends most of its time on loading libraries, and on what it computes once; a copy of a
# process that has built one spends none on it.
_COPIES: Final = multiprocessing.get_context("forkserver")
_COPIES.set_forkserver_preload(["mkdocs.__main__", "tests.warm_build"])


def no_facts() -> Mapping[str, object]:
    """Tell nothing of a repository: the macros plugin runs git 24 times for facts that no page can show."""
    return {}


def build(folder: Path, site: Path, settings: Mapping[str, str] = _NONE) -> subprocess.CompletedProcess[str]:
    """Build the handbook of a folder strictly; `settings` are further variables of the environment."""
    return _built_in_copy(_command(folder, site), 1, folder, _environment(settings))


def run_builder_in_copy(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a builder as `scripts.site.build.run_builder` does.

    A process that has loaded the libraries is copied for it, if nothing differs in what would be loaded.
    """
    if [*command[:3]] == [sys.executable, "-m", "mkdocs"] and _has_our_code(folder):
        return _built_in_copy(command, 3, folder, environment)
    return run_builder(command, folder, environment)


def _has_our_code(folder: Path) -> bool:
    """Tell whether all code in a folder is that of this repository."""
    if any((folder / name).exists() for name in ("handbook", "scripts")):
        return False
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _code_in(folder / "macros")}
    return files == _our_code()


@cache
def _our_code() -> Mapping[str, bytes]:
    return {path.relative_to(_ROOT).as_posix(): path.read_bytes() for path in _code_in(_ROOT / "macros")}


def _code_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__")


def _built_in_copy(
    command: Sequence[str], words: int, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a command, of which so many words name the program, in a copy of a process with the libraries."""
    with TemporaryDirectory() as name:
        streams = Path(name, "output"), Path(name, "errors")
        process = _COPIES.Process(target=_run_mkdocs, args=(command[words:], folder, environment, streams))
        process.start()
        process.join(_SECONDS)
        assert process.exitcode is not None, f"the build took more than {_SECONDS} seconds"
        output, errors = (file.read_text(encoding="utf-8") for file in streams)
    return subprocess.CompletedProcess(command, process.exitcode, output, errors)


def build_site(folder: Path, site: Path, settings: Mapping[str, str] = _NONE) -> Path:
    """Build a handbook that must build, and return its site."""
    done = build(folder, site, settings)
    assert done.returncode == 0, done.stderr
    return site


def build_site_afresh(folder: Path, site: Path, settings: Mapping[str, str] = _NONE) -> Path:
    """Build the same in a process of its own, which shares nothing with other builds."""
    subprocess.run(
        _command(folder, site), cwd=folder, env=_environment(settings), capture_output=True, check=True
    )
    return site


def _command(folder: Path, site: Path) -> list[str]:
    options = ["--strict", "--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(site)]
    return [str(Path(sys.executable).with_name("mkdocs")), "build", *options]


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**inherited, "SOURCE_DATE_EPOCH": NOON, "NO_MKDOCS_2_WARNING": "1", **settings}


def _run_mkdocs(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], streams: tuple[Path, Path]
) -> None:
    """Be the program `mkdocs`, with its output and its errors in two files."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in environment
    os.chdir(folder)
    for stream, file in zip((sys.stdout, sys.stderr), streams, strict=True):
        with file.open("wb") as target:
            os.dup2(target.fileno(), stream.fileno())
    cli([*arguments])


def contents(site: Path) -> dict[str, bytes]:
    """Return what is in the files of a site, by path."""
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}
