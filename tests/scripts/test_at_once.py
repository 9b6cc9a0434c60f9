"""Commands that change the same handbook at once, and disks that take no more."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.scripts.review.rounds import answers_file, check, review, written

pytestmark = pytest.mark.usefixtures("on_20_november")

PAGES = ("docs/index.md", "docs/other.md")
ROLES = ("platform-lead", "communications-lead")
# Runs a command in a process whose files cannot grow, as on a full disk.
FULL = """
import resource, sys
from scripts.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.argv[:2] = ["handbook"]
main()
"""


@pytest.fixture
def started(folder: Path) -> Path:
    written(review(folder, "start", "docs"))
    return folder


def _signing(root: Path, role: str) -> list[str]:
    return ["review", "sign", "--as", role, "--answers", answers_file(root, PAGES), "--root", str(root)]


def _start(command: Sequence[str]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, *command], stdout=pipe, stderr=pipe, text=True)


def test_two_who_sign_at_once_have_both_signed(started: Path) -> None:
    runs = [_start(["-m", "scripts.cli", *_signing(started, role)]) for role in ROLES]
    shown = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], shown
    records = "".join(file.read_text() for file in (started / "registers" / "reviews").rglob("*.yml"))
    assert records.count("date: 2026-11-20") == len(ROLES)
    assert check(started, "--select", "REV007").stdout == ""


def _files(root: Path) -> dict[str, bytes]:
    files = (file for folder in ("docs", "registers") for file in (root / folder).rglob("*"))
    return {str(file): file.read_bytes() for file in files if file.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
@pytest.mark.parametrize("most_bytes", [0, 100, 300])
def test_a_full_disk_is_an_error_that_says_what_to_do(started: Path, most_bytes: int) -> None:
    before = _files(started)
    for command in (
        _signing(started, ROLES[0]),
        ["new", "page", "gifts", "--title", "Gifts", "--description", "Gifts.", "--owner", ROLES[0]],
    ):
        run = _start(["-c", FULL, str(most_bytes), *command, "--root", str(started)])
        _, told = run.communicate()
        assert (run.returncode, "free space on the disk" in told) == (2, True), told
        assert "Traceback" not in told
        assert _files(started) == before


def test_a_folder_in_the_place_of_the_lock_is_an_error(started: Path) -> None:
    (started / ".cache" / "lock").unlink()
    (started / ".cache" / "lock").mkdir()
    run = _start(["-m", "scripts.cli", *_signing(started, ROLES[0])])
    _, told = run.communicate()
    assert (run.returncode, "Traceback" in told) == (2, False)
    assert "lock" in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_an_output_that_takes_no_more_is_an_error(folder: Path) -> None:
    command = [sys.executable, "-m", "scripts.cli", "check", "--format", "json", "--root", str(folder)]
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (run.returncode, "the output cannot be written" in run.stderr) == (2, True)
    assert len(run.stderr.splitlines()) == 1
