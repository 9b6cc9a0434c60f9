"""Timestamps of editions: what an outside authority shows, and what nobody can know without one."""

import datetime
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import read_manifest
from handbook.editions.tags import tag_message
from handbook.editions.timestamps import new_request
from scripts.cli import main
from tests.conftest import PAGE
from tests.records import page_at, record, texts_of
from tests.scripts.conftest import Git
from tests.scripts.edition.authority import Authority, serving
from tests.scripts.edition.commands import change_site, data, edition

Write = Callable[[str, str | bytes], Path]
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("time") / "authority")


@pytest.fixture
def today(source: Git, write: Write, monkeypatch: pytest.MonkeyPatch) -> Git:
    """The two-page handbook as of now, because `openssl ts` knows no other time."""
    now = datetime.datetime.now(datetime.UTC)
    day = now.date() - datetime.timedelta(days=60)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(now.timestamp())))
    for path, title in (("docs/index.md", "A page"), ("docs/other.md", "Other")):
        write(path, PAGE.replace("A page", title).replace("2026-10-14", day.isoformat()))
    texts = texts_of(page_at(source.root, path) for path in ("docs/index.md", "docs/other.md"))
    for file in (source.root / "registers" / "reviews").iterdir():
        file.unlink()
    write(f"registers/reviews/{day}-handbook.yml", record(texts, day))
    source.commit(day.isoformat())
    return source


def _publish(git: Git, address: str, authority: Authority, *arguments: str) -> Result:
    return edition(git, "publish", "--timestamp", address, "--timestamp-ca", str(authority.root), *arguments)


@pytest.fixture
def stamped(today: Git, authority: Authority) -> Git:
    """The same with edition 2026.1, stamped; its name is that of the year."""
    with serving(authority.stamp) as address:
        result = _publish(today, address, authority)
    assert result.exit_code == 0, result.output
    assert "timestamp: the manifest existed on " in result.stdout
    return today


def _name(git: Git) -> str:
    return git("tag", "--list", "edition-*").split()[0].removeprefix("edition-")


def _rewrite(git: Git) -> None:
    """Publish another text under the same name: the page, the manifest, and the tag agree."""
    name = _name(git)
    change_site(git, f"{name}/other/index.html", lambda data: data.replace(b"Text.", b"Forged.", 1))
    page = git("show", f"gh-pages:{name}/other/index.html").encode()
    manifest = read_manifest(git("show", f"gh-pages:{name}/edition.json").encode())
    forged = manifest.model_copy(update={"files": {**manifest.files, "other/index.html": sha256(page)}})
    change_site(git, f"{name}/edition.json", lambda _: forged.as_bytes())
    git("tag", "--force", "--annotate", "--message", tag_message(forged), f"edition-{name}", forged.commit)


def _pack(git: Git, out: Path) -> tuple[int, str]:
    """Make the pack of the edition; return its exit status, and what was printed."""
    options = ["audit", "pack", "--root", str(git.root), "--edition", _name(git), "--without-pdf"]
    result = CliRunner().invoke(main, [*options, "--out", str(out)], catch_exceptions=False)
    return result.exit_code, result.output


def _verify_pack(pack: Path) -> tuple[int, str]:
    command = [sys.executable, "-I", "-S", "verify.py"]
    done = subprocess.run(command, cwd=pack, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_timestamp_is_kept_with_the_edition_and_verified_offline(
    stamped: Git, authority: Authority
) -> None:
    name = _name(stamped)
    files = stamped("ls-tree", "-r", "--name-only", "gh-pages", f"{name}/").splitlines()
    assert {f"{name}/edition.tsr", f"{name}/edition.tsa.pem"} <= set(files)
    for arguments in ((), ("--timestamp-ca", str(authority.root)), ("--rebuild",)):
        result = edition(stamped, "verify", *arguments)
        assert result.exit_code == 0, result.output
        assert f"{name}: the manifest existed on " in result.stdout
        assert "as CN=Example Time root attests" in result.stdout
        assert "cannot be known here" not in result.stdout


def test_what_was_rewritten_alike_is_found_with_a_timestamp(stamped: Git, tmp_path: Path) -> None:
    _rewrite(stamped)
    result = edition(stamped, "verify")
    assert (result.exit_code, f"{_name(stamped)}/edition.tsr: " in result.stdout) == (1, True)
    status, output = _pack(stamped, tmp_path)
    assert (status, "edition.tsr" in output) == (2, True)


def test_what_was_rewritten_alike_cannot_be_found_without_one_and_that_is_said(
    today: Git, tmp_path: Path
) -> None:
    assert edition(today, "publish").exit_code == 0
    _rewrite(today)
    result = edition(today, "verify")
    assert result.exit_code == 0
    assert f"no timestamp of {_name(today)}: whether manifest, tag, branch, and packs" in result.stdout
    assert _pack(today, tmp_path)[0] == 0
    status, said = _verify_pack(tmp_path / f"audit-pack-{_name(today)}")
    assert (status, "has no timestamp" in said) == (0, True)


def test_another_stamp_of_the_same_authority_is_later_than_the_edition(
    stamped: Git, authority: Authority
) -> None:
    """Somebody backdates an edition, and has it stamped by the same authority."""
    name = _name(stamped)
    manifest = read_manifest(stamped("show", f"gh-pages:{name}/edition.json").encode())
    past = manifest.published - datetime.timedelta(days=30)
    forged = manifest.model_copy(update={"published": past})
    change_site(stamped, f"{name}/edition.json", lambda _: forged.as_bytes())
    token = authority.stamp(new_request(forged.as_bytes()).as_bytes())
    change_site(stamped, f"{name}/edition.tsr", lambda _: token)
    stamped("tag", "--force", "--annotate", "--message", tag_message(forged), f"edition-{name}", "main")
    result = edition(stamped, "verify")
    told = f"and the edition says that it was published on {past}"
    assert (result.exit_code, told in result.stdout) == (1, True)


def test_a_removed_stamp_is_found(stamped: Git) -> None:
    stamped("switch", "--quiet", "gh-pages")
    (stamped.root / _name(stamped) / "edition.tsr").unlink()
    stamped.commit()
    stamped("switch", "--quiet", "main")
    result = edition(stamped, "verify")
    assert (result.exit_code, "edition.tsr: is missing, though" in result.stdout) == (1, True)


def test_a_stamp_of_an_authority_that_nobody_knows_is_found_with_the_known_root(
    stamped: Git, tmp_path: Path
) -> None:
    other = Authority(tmp_path / "other", "Other")
    result = edition(stamped, "verify", "--timestamp-ca", str(other.root))
    assert (result.exit_code, "no root in --timestamp-ca vouches for it" in result.stdout) == (1, True)
    assert "is not a timestamp" not in result.stdout
    assert "its root is CN=" in result.stdout


def test_a_file_that_is_not_a_root_certificate_says_nothing_about_a_stamp(
    stamped: Git, authority: Authority, tmp_path: Path
) -> None:
    for name, content, reason in (
        ("page.html", b"<!DOCTYPE html>", "page.html is not a certificate, PEM or DER"),
        ("empty.pem", b"", "empty.pem is not a certificate, PEM or DER"),
        (
            "tsa.pem",
            authority.root.with_name("tsa.pem").read_bytes(),
            "is not a root certificate, but one",
        ),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        result = edition(stamped, "verify", "--timestamp-ca", str(file))
        assert (result.exit_code, reason in result.stderr, result.stdout) == (2, True, "")
    authority.openssl("x509", "-in", "root.pem", "-outform", "DER", "-out", "root.cer")
    root = authority.root.with_name("root.cer")
    assert edition(stamped, "verify", "--timestamp-ca", str(root)).exit_code == 0


def test_who_an_authority_is_is_not_said_to_be_known_without_its_certificate(
    stamped: Git, authority: Authority
) -> None:
    note = "whether a timestamp is by the authority of that name is not known here"
    assert note in edition(stamped, "verify").stdout
    assert note not in edition(stamped, "verify", "--timestamp-ca", str(authority.root)).stdout
    notes = data(stamped, "verify")["notes"]
    assert any(" the manifest existed on " in line for line in notes)
    assert any(line.startswith(note) for line in notes)


def test_a_pack_holds_the_stamp_and_says_how_to_check_it(stamped: Git, tmp_path: Path) -> None:
    assert _pack(stamped, tmp_path)[0] == 0
    pack = tmp_path / f"audit-pack-{_name(stamped)}"
    status, said = _verify_pack(pack)
    command = next(line.strip() for line in said.splitlines() if line.strip().startswith("openssl ts"))
    assert status == 0
    done = subprocess.run(command.split(), cwd=pack, capture_output=True, text=True, check=False)
    assert (done.returncode, "Verification: OK" in done.stdout + done.stderr) == (0, True), done.stderr
    late = [*command.split(), "-attime", "4102444800"]  # 2100, when the certificates have expired
    assert subprocess.run(late, cwd=pack, capture_output=True, check=False).returncode != 0
    assert "expired since, add -attime and that moment, in seconds since 1970" in said
    late[-1] = str(int(time.time()))
    assert subprocess.run(late, cwd=pack, capture_output=True, check=False).returncode == 0
    file = pack / "editions" / _name(stamped) / "edition.json"
    file.write_bytes(file.read_bytes().replace(b"Other", b"Others", 1))
    done = subprocess.run(command.split(), cwd=pack, capture_output=True, text=True, check=False)
    assert done.returncode != 0


@pytest.mark.parametrize(
    ("spoil", "settings", "told"),
    [
        (lambda _: b"<html>Sign in</html>", {}, "did not send a timestamp"),
        (lambda _: b"", {}, "did not send a timestamp"),
        (lambda token: token[:-9], {}, "did not send a timestamp"),
        (lambda token: token * 2_000, {}, "too long for a timestamp"),
        (lambda token: token, {"status": 503}, "cannot be reached"),
        (lambda token: token, {"pause": 0.3}, "within 1 seconds"),
    ],
)
def test_an_authority_that_is_broken_or_slow_stops_the_publication(
    today: Git,
    authority: Authority,
    spoil: Callable[[bytes], bytes],
    settings: dict[str, Any],
    told: str,
) -> None:
    before = today("for-each-ref")
    with serving(lambda query: spoil(authority.stamp(query)), **settings) as address:
        result = _publish(today, address, authority, "--timestamp-seconds", "1")
    assert (result.exit_code, told in result.stderr) == (2, True), result.output
    assert today("for-each-ref") == before


def test_an_authority_that_answers_something_else_stops_the_publication(
    today: Git, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, text = Authority(tmp_path / "other", "Other"), new_request(b"Another text")
    before = today("for-each-ref")
    for answer, told in (
        (other.stamp, "it is not a timestamp of this manifest"),
        (lambda _: authority.stamp(text.as_bytes()), "it is not a timestamp of this manifest"),
        (lambda _: authority.stamp(b"nonsense"), "did not send a timestamp"),
    ):
        with serving(answer) as address:
            result = _publish(today, address, authority)
        assert (result.exit_code, told in result.stderr) == (2, True)
    with serving(authority.stamp) as address:
        result = edition(today, "publish", "--timestamp", address)
        assert (result.exit_code, "there is no root certificate" in result.stderr) == (2, True)
        past = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=30)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(past.timestamp())))
        result = _publish(today, address, authority)
    assert (result.exit_code, "correct the clock of this computer" in result.stderr) == (2, True)
    assert today("for-each-ref") == before


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "ftp://example.org/", "example.org", "http://a:b@example.org/", "http://["],
)
def test_what_is_not_the_address_of_an_authority_is_refused(today: Git, address: str) -> None:
    result = edition(today, "publish", "--timestamp", address)
    assert (result.exit_code, "is not the address of an authority" in result.stderr) == (2, True)


def test_an_authority_that_is_not_there_stops_the_publication(today: Git, authority: Authority) -> None:
    with serving(authority.stamp) as address:
        pass
    result = _publish(today, address, authority)
    assert (result.exit_code, "cannot be reached" in result.stderr) == (2, True)
