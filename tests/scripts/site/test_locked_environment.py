"""The libraries that an edition is built again with: those of its own lock file, without any network."""

import base64
import hashlib
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from handbook.content.fingerprints import sha256
from handbook.errors import HandbookError
from scripts.site import locked_environment
from scripts.site.locked_environment import python_for, refuse_other_libraries
from tests.conftest import ROOT
from tests.scripts.conftest import Git
from tests.scripts.edition.commands import edition

HASH = "0" * 64


@pytest.fixture(autouse=True)
def _without_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip find what lies in one folder, and nothing else."""
    (tmp_path / "wheels").mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")


def _checkout(tmp_path: Path, lock: str) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir(exist_ok=True)
    (folder / "requirements.txt").write_text(lock, encoding="utf-8")
    return folder


def _wheel(folder: Path) -> str:
    """Make a library of one module; return its SHA-256."""
    files = {
        "probe.py": "SAYS = 'probe'\n",
        "probe-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: probe\nVersion: 1.0\n",
        "probe-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {
        name: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        for name, text in files.items()
    }
    rows = [f"{name},sha256={digests[name]},{len(text)}\n" for name, text in files.items()]
    record = "probe-1.0.dist-info/RECORD"
    wheel = folder / "probe-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {**files, record: "".join(rows) + f"{record},,\n"}.items():
            archive.writestr(name, text)
    return sha256(wheel.read_bytes())


def test_the_environment_that_runs_is_used_where_the_lock_file_asks_for_it(tmp_path: Path) -> None:
    lock = (
        f"# Made by hand.\nmkdocs=={version('mkdocs')} \\\n    --hash=sha256:{HASH}\n"
        f"probe==1.0 ; python_version < '3' \\\n    --hash=sha256:{HASH}\n"
    )
    assert python_for(_checkout(tmp_path, lock), tmp_path) == sys.executable
    assert not (tmp_path / ".cache").exists()


def test_our_own_lock_file_is_what_is_installed() -> None:
    refuse_other_libraries(ROOT)


@pytest.mark.parametrize(
    ("lock", "told"),
    [
        ("mkdocs==1.0.1", f"asks for mkdocs 1.0.1, and {version('mkdocs')} is installed"),
        ("probe==1.0", "asks for probe 1.0, which is not installed"),
        ("--index-url nowhere", "has the line '--index-url nowhere', which names no library"),
    ],
)
def test_other_libraries_are_told(tmp_path: Path, lock: str, told: str) -> None:
    with pytest.raises(HandbookError, match=told):
        refuse_other_libraries(_checkout(tmp_path, lock))


def test_an_environment_is_made_once_for_each_lock_file(tmp_path: Path) -> None:
    lock = f"probe==1.0 --hash=sha256:{_wheel(tmp_path / 'wheels')}\n"
    folder = _checkout(tmp_path, lock)
    python = python_for(folder, tmp_path)
    assert python.startswith(str(tmp_path / ".cache" / "environments" / sha256(lock.encode())))
    said = subprocess.run([python, "-c", "import probe; print(probe.SAYS)"], capture_output=True, check=True)
    assert said.stdout == b"probe\n"
    (tmp_path / "wheels" / "probe-1.0-py3-none-any.whl").unlink()
    assert python_for(folder, tmp_path) == python
    assert (tmp_path / ".cache" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_library_with_another_hash_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    _wheel(tmp_path / "wheels")
    with pytest.raises(HandbookError, match=r"cannot be installed .*; run this again where"):
        python_for(_checkout(tmp_path, f"probe==1.0 --hash=sha256:{HASH}\n"), tmp_path)
    assert list((tmp_path / ".cache" / "environments").iterdir()) == []


def test_an_edition_whose_libraries_cannot_be_had_is_not_judged(
    source: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = f"mkdocs=={version('mkdocs')} --hash=sha256:{HASH}\n"
    (source.root / "requirements.txt").write_text(lock, encoding="utf-8")
    source.commit()
    assert edition(source, "publish").exit_code == 0
    assert edition(source, "verify", "--rebuild").exit_code == 0
    monkeypatch.setattr(locked_environment, "version", lambda _: "0.1")
    result = edition(source, "verify", "--rebuild")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "handbook: the libraries that the edition was built with cannot be installed ("
    )
    assert "without --rebuild" in result.stderr
    assert source("status", "--porcelain") == ""
