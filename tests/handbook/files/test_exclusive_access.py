"""One command at a time changes a handbook, and a dead one keeps nobody away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.exclusive_access import exclusive_access

HOLDER = """
import sys, time
from pathlib import Path
from handbook.files.exclusive_access import exclusive_access
with exclusive_access(Path(sys.argv[1]), "handbook review sign"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock; it is ended by the test."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_second_command_is_told_who_is_at_work(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(HandbookError) as told, exclusive_access(tmp_path, "ours", patience=0.1):
        pytest.fail("two at once")
    assert f"handbook review sign (process {holder.pid})" in str(told.value)
    _end(holder)


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    _end(holder)
    assert "handbook review sign" in (tmp_path / ".cache" / "lock").read_text()
    with exclusive_access(tmp_path, "ours", patience=0):
        assert (tmp_path / ".cache" / "lock").read_text() == f"ours (process {os.getpid()})"
    assert (tmp_path / ".cache" / "lock").read_text() == ""


def test_a_lock_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "precious"
    elsewhere.write_text("kept")
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "lock").symlink_to(elsewhere)
    with pytest.raises(HandbookError, match="link"), exclusive_access(tmp_path, "ours"):
        pytest.fail("the lock was taken")
    assert elsewhere.read_text() == "kept"


def test_a_folder_that_cannot_be_written_to_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file")
    with pytest.raises(HandbookError, match="check the permissions"), exclusive_access(tmp_path, "ours"):
        pytest.fail("the lock was taken")
