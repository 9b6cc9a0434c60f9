"""`handbook edition`: what is published is whole, stays, and is shown to have stayed."""

import datetime
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handbook.editions import read_manifest, sha256
from handbook.fingerprints import fingerprint
from scripts.cli import main
from tests.conftest import PAGE, ROOT
from tests.records import record
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]
NOON = "1795176000"  # 2026-11-20

REVIEWED = datetime.date(2026, 10, 14)


@pytest.fixture(autouse=True)
def _on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


@pytest.fixture
def source(git: Git) -> Git:
    """The two-page handbook, by somebody whom git knows."""
    git("config", "user.name", "Communications lead")
    git("config", "user.email", "social@example.org")
    return git


@pytest.fixture
def published(source: Git) -> Git:
    """The same with edition 2026.1."""
    assert _edition(source, "publish").exit_code == 0
    return source


def _edition(git: Git, command: str, *arguments: str) -> Result:
    options = ["edition", command, "--root", str(git.root), *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def _data(git: Git, command: str, *arguments: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_edition(git, command, "--format", "json", *arguments).stdout)
    return data


def _change_site(git: Git, path: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file on the branch of editions, as somebody could who may write there."""
    git("switch", "--quiet", "gh-pages")
    file = git.root / path
    file.write_bytes(change(file.read_bytes()))
    git.commit(message="Improve")
    git("switch", "--quiet", "main")


def test_an_edition_is_one_commit_and_one_tag_in_the_layout_of_mike(published: Git) -> None:
    git = published
    assert git("rev-list", "--count", "gh-pages") == "1\n"
    assert git("rev-parse", "edition-2026.1^{commit}") == git("rev-parse", "main")
    assert git("cat-file", "-t", "edition-2026.1") == "tag\n"
    assert git("status", "--porcelain") == ""
    assert git("for-each-ref", "refs/handbook") == ""
    assert json.loads(git("show", "gh-pages:versions.json")) == [
        {"version": "2026.1", "title": "2026.1", "aliases": ["latest"]}
    ]
    assert git("ls-tree", "gh-pages", "latest").startswith("120000 blob")
    assert git("show", "gh-pages:latest") == "2026.1"
    assert '"provider": "mike"' in git("show", "gh-pages:2026.1/index.html")
    manifest = git("show", "gh-pages:2026.1/edition.json").encode()
    assert f"Manifest-SHA256: {sha256(manifest)}\n" in git("cat-file", "tag", "edition-2026.1")
    read = read_manifest(manifest)
    assert [(page.path, page.owner) for page in read.pages] == [
        ("docs/index.md", "platform-lead"),
        ("docs/other.md", "platform-lead"),
    ]
    names = git("ls-tree", "-r", "--name-only", "gh-pages", "2026.1/").splitlines()
    assert {name.removeprefix("2026.1/") for name in names} == {*read.files, "edition.json"}


def test_a_second_edition_stands_beside_the_first(published: Git, write: Write) -> None:
    first = published("rev-parse", "gh-pages:2026.1")
    write("docs/index.md", PAGE + "More.\n")
    write("docs/new.md", PAGE.replace("owner:", "audience: [managers]\nowner:"))
    text = fingerprint(PAGE.rpartition("---\n")[2])
    readers = ("platform-lead", "communications-lead")
    write("registers/reviews/2026-10-14-new.yml", record({"docs/new.md": text}, REVIEWED, readers))
    published.commit("2026-11-19")
    changes = _data(published, "plan")["changes"]
    assert [(one["path"], one["kind"], one["audience"]) for one in changes] == [
        ("docs/index.md", "text", []),
        ("docs/new.md", "new", ["managers"]),
    ]
    assert _edition(published, "publish", "2026.2").exit_code == 0
    assert published("rev-parse", "gh-pages:2026.1") == first
    assert published("show", "gh-pages:latest") == "2026.2"
    rows = json.loads(published("show", "gh-pages:versions.json"))
    assert [(row["version"], row["aliases"]) for row in rows] == [("2026.2", ["latest"]), ("2026.1", [])]
    assert [one["edition"] for one in _data(published, "list")["editions"]] == ["2026.2", "2026.1"]
    assert _edition(published, "verify").exit_code == 0


def test_a_published_edition_is_not_published_again(published: Git) -> None:
    before = published("for-each-ref")
    result = _edition(published, "publish", "2026.1")
    assert result.exit_code == 2
    assert "2026.1 is published, and a published edition stays as it is; publish 2026.2" in result.stderr
    assert published("for-each-ref") == before


def test_a_name_stays_taken_when_its_edition_and_its_tag_are_removed(published: Git) -> None:
    published("switch", "--quiet", "gh-pages")
    published("rm", "-r", "--quiet", "2026.1")
    published.commit()
    published("switch", "--quiet", "main")
    result = _edition(published, "verify")
    assert (result.exit_code, "2026.1: is not on the branch gh-pages" in result.stdout) == (1, True)
    published("tag", "--delete", "edition-2026.1")
    assert "publish 2026.2" in _edition(published, "publish", "2026.1").stderr
    assert _data(published, "plan")["edition"] == "2026.2"


def _dirty(git: Git) -> None:
    (git.root / "docs" / "index.md").write_text(PAGE + "Draft.\n", encoding="utf-8")


def _untracked(git: Git) -> None:
    (git.root / "docs" / "new.md").write_text(PAGE, encoding="utf-8")


def _on_a_branch(git: Git) -> None:
    git("switch", "--quiet", "--create", "work")
    git.commit()


def _overdue(git: Git) -> None:
    (git.root / "docs" / "other.md").write_text(PAGE.replace("2026-10-14", "2026-01-14"), encoding="utf-8")
    git.commit()


def _broken(git: Git) -> None:
    (git.root / "docs" / "other.md").write_text(PAGE + "[gone](gone.md)\n", encoding="utf-8")
    git.commit()


def _unknown_person(git: Git) -> None:
    git("config", "--unset", "user.email")
    git("config", "user.useConfigOnly", "true")


def _tag_without_edition(git: Git) -> None:
    git("tag", "edition-2026.1")


@pytest.mark.parametrize(
    ("prepare", "arguments", "told"),
    [
        (_dirty, [], "there are changes that are not committed; commit them"),
        (_untracked, [], "there are changes that are not committed; commit them"),
        (_on_a_branch, [], "published from main, and this is another commit; run `git switch main`"),
        (_overdue, [], "docs/other.md:5:16: error REV003"),
        (_broken, [], "the site of 2026.1 cannot be built; mend this first:\n"),
        (_unknown_person, [], "git does not know who you are; set user.name and user.email"),
        (_tag_without_edition, ["2026.1"], "2026.1 is published"),
        (None, ["2026.2"], "2026.2 is not the next edition of 2026; publish 2026.1"),
        (None, ["2025.1"], "2025.1 is not the next edition of 2026; publish 2026.1"),
        (None, ["next"], "'next' is no edition; write its year and number"),
        (None, ["--effective", "2026-11-19"], "2026-11-19 is past"),
    ],
)
def test_what_may_not_be_published_is_refused_in_a_sentence(
    source: Git, prepare: Callable[[Git], None] | None, arguments: list[str], told: str
) -> None:
    if prepare:
        prepare(source)
    before = source("for-each-ref")
    result = _edition(source, "publish", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert source("for-each-ref") == before


def test_a_plan_names_what_blocks_and_writes_nothing(source: Git) -> None:
    _dirty(source)
    result = _edition(source, "plan")
    assert result.exit_code == 1
    assert "blocked: there are changes that are not committed" in result.stdout
    assert source("for-each-ref", "refs/tags", "refs/heads/gh-pages") == ""


def test_an_edition_is_built_from_the_commit_and_not_from_what_git_ignores(source: Git, write: Write) -> None:
    write(".gitignore", "secret.md\n")
    source.commit()
    write("docs/secret.md", PAGE)
    assert _edition(source, "publish").exit_code == 0
    assert "secret" not in source("ls-tree", "-r", "--name-only", "gh-pages")


def test_a_changed_byte_is_found_and_named(published: Git) -> None:
    _change_site(published, "2026.1/other/index.html", lambda data: data.replace(b"Text.", b"text.", 1))
    result = _edition(published, "verify", "2026.1")
    assert result.exit_code == 1
    assert result.stdout == "2026.1/other/index.html: was changed since the edition was published\n"


def test_a_file_that_was_added_or_removed_is_found_and_named(published: Git) -> None:
    published("switch", "--quiet", "gh-pages")
    (published.root / "2026.1" / "404.html").rename(published.root / "2026.1" / "405.html")
    published.commit()
    published("switch", "--quiet", "main")
    found = _data(published, "verify")["differences"]
    assert [(one["path"], one["message"].split(" since")[0]) for one in found] == [
        ("404.html", "is missing"),
        ("405.html", "was added"),
    ]


def test_a_changed_manifest_is_found(published: Git) -> None:
    _change_site(published, "2026.1/edition.json", lambda data: data.replace(b"2026-11-20", b"2026-11-10"))
    result = _edition(published, "verify")
    assert result.exit_code == 1
    assert "2026.1/edition.json: is not the manifest that the tag edition-2026.1 vouches for" in result.stdout


def test_a_manifest_that_is_none_stops_nothing_but_is_told(published: Git) -> None:
    _change_site(published, "2026.1/edition.json", lambda data: data[:-9])
    assert "the manifest cannot be read" in _edition(published, "verify").stdout
    result = _edition(published, "list")
    assert (result.exit_code, "handbook edition verify" in result.stderr) == (2, True)


def test_a_moved_or_missing_tag_is_found(published: Git) -> None:
    text = published("tag", "--list", "--format=%(contents)", "edition-2026.1")
    published.commit()
    published("tag", "--force", "--annotate", "--message", text, "edition-2026.1")
    assert "one of them was changed" in _edition(published, "verify").stdout
    published("tag", "--force", "edition-2026.1")
    assert "the tag edition-2026.1 names no manifest" in _edition(published, "verify").stdout
    published("tag", "--delete", "edition-2026.1")
    result = _edition(published, "verify")
    assert (result.exit_code, "nothing vouches for it" in result.stdout) == (1, True)


def test_it_is_built_again_byte_for_byte_in_another_clone(published: Git, clone: Callable[..., Git]) -> None:
    elsewhere = clone()
    here, there = _edition(published, "verify", "--rebuild"), _edition(elsewhere, "verify", "--rebuild")
    assert here.exit_code == 0, here.output
    assert "manifest and tag agree (not signed); built again, every byte is the same" in here.stdout
    assert there.stdout == here.stdout


def test_an_edition_that_agrees_with_itself_and_not_with_its_source_is_found(source: Git) -> None:
    """Somebody who may write everything publishes another text under the commit that was approved."""
    approved = source("rev-parse", "HEAD").strip()
    (source.root / "docs" / "other.md").write_text(PAGE + "Not approved.\n", encoding="utf-8")
    forged = source.commit()
    assert _edition(source, "publish").exit_code == 0
    _change_site(source, "2026.1/edition.json", lambda data: data.replace(forged.encode(), approved.encode()))
    digest = sha256(source("show", "gh-pages:2026.1/edition.json").encode())
    message = f"Edition 2026.1\n\nManifest-SHA256: {digest}\n"
    source("tag", "--force", "--annotate", "--message", message, "edition-2026.1", approved)
    assert _edition(source, "verify").exit_code == 0
    result = _edition(source, "verify", "--rebuild")
    assert result.exit_code == 1
    assert "2026.1/other/index.html: was changed: the commit of the tag builds another" in result.stdout
    assert "does not say of docs/other.md what the commit of the tag does" in result.stdout


def test_other_libraries_are_not_taken_for_another_hand(source: Git, write: Write) -> None:
    write("requirements.txt", "mkdocs==1.0.1 \\\n    --hash=sha256:0\n")
    source.commit()
    result = _edition(source, "publish")
    assert result.exit_code == 2
    assert "asks for mkdocs 1.0.1, and 1.6.1 is installed; run `make setup`" in result.stderr


def test_the_day_of_effect_decides_what_was_in_force(published: Git, write: Write) -> None:
    write("docs/index.md", PAGE.replace("title: A page", "title: Changed"))
    published.commit("2026-11-19")
    assert _edition(published, "publish", "--effective", "2027-01-01").exit_code == 0
    early = _edition(published, "in-force", "2026-11-19")
    assert (early.exit_code, early.stdout) == (1, "")
    assert "no edition was in force on 2026-11-19; the first takes effect on 2026-11-20" in early.stderr
    assert _data(published, "in-force", "2026-12-31")["edition"] == "2026.1"
    found = _data(published, "in-force", "2027-01-01", "docs/index.md")
    assert (found["edition"], found["published"]) == ("2026.2", "2026-11-20")
    assert (found["page"]["title"], found["page"]["last_reviewed"]) == ("Changed", "2026-10-14")
    text = _edition(published, "in-force", "2026-12-31", "docs/index.md").stdout
    assert "docs/index.md: A page\nowner: platform-lead; last review: 2026-10-14\n" in text
    assert _edition(published, "in-force", "2026-12-31", "docs/none.md").exit_code == 1
    assert "2026.2 takes effect on 2027-01-01" in _edition(published, "publish").stderr


def test_without_an_edition_every_answer_is_a_sentence(source: Git) -> None:
    assert "none is published yet" in _edition(source, "in-force", "2026-11-19").stderr
    assert "no edition is published yet" in _edition(source, "list").stderr
    assert "no edition is published here" in _edition(source, "verify").stderr
    assert "there is no branch gh-pages here" in _edition(source, "verify", "2026.1").stdout


def test_a_clone_goes_on_from_what_it_came_from(published: Git, clone: Callable[..., Git]) -> None:
    elsewhere = clone()
    elsewhere("config", "user.name", "Deputy")
    elsewhere("config", "user.email", "deputy@example.org")
    assert _edition(elsewhere, "publish").exit_code == 0
    assert elsewhere("rev-parse", "gh-pages^") == published("rev-parse", "gh-pages")
    elsewhere("push", "--quiet", "--atomic", "origin", "gh-pages", "edition-2026.2")
    assert _edition(published, "verify").exit_code == 0
    published("branch", "--force", "gh-pages", "gh-pages^")
    published("tag", "--delete", "edition-2026.2")


def test_a_branch_behind_its_origin_is_brought_up_to_date_first(
    published: Git, clone: Callable[..., Git]
) -> None:
    elsewhere = clone()
    elsewhere("branch", "gh-pages", "origin/gh-pages")
    assert _edition(published, "publish").exit_code == 0
    elsewhere("fetch", "--quiet")
    result = _edition(elsewhere, "publish", "2026.2")
    assert "run `git fetch origin gh-pages:gh-pages`" in result.stderr


def test_a_tag_is_signed_where_a_key_is_configured(source: Git, tmp_path: Path) -> None:
    key = tmp_path / "key"
    made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lead", "-f", str(key)]
    try:
        subprocess.run(made, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("ssh-keygen is not installed")
    source("config", "gpg.format", "ssh")
    source("config", "user.signingKey", str(key))
    assert _edition(source, "publish").exit_code == 0
    assert "-----BEGIN SSH SIGNATURE-----" in source("cat-file", "tag", "edition-2026.1")
    assert "signature not known here" in _edition(source, "verify").stdout
    public = key.with_suffix(".pub").read_text(encoding="utf-8")
    signers = tmp_path / "signers"
    signers.write_text(f"social@example.org {public}", encoding="utf-8")
    source("config", "gpg.ssh.allowedSignersFile", str(signers))
    assert "signature good" in _edition(source, "verify").stdout
    source("config", "user.signingKey", str(tmp_path / "gone"))
    assert "git cannot sign with the key that is configured" in _edition(source, "publish").stderr
    assert source("tag") == "edition-2026.1\n"


def test_a_tag_that_a_killed_publication_left_is_no_edition(source: Git) -> None:
    source("tag", "--annotate", "--message", "Edition 2026.1", "edition-2026.1")
    source("update-ref", "refs/handbook/publishing", "refs/tags/edition-2026.1")
    assert _data(source, "list") == {"editions": []}
    assert "no edition is published here" in _edition(source, "verify").stderr
    assert _edition(source, "publish", "2026.1").exit_code == 0
    assert _edition(source, "verify").exit_code == 0
    assert source("for-each-ref", "refs/handbook") == ""


def _killed_after(git: Git, seconds: float) -> float:
    """Publish, and kill it with all that it started; return how long it ran."""
    command = [sys.executable, str(ROOT / "scripts" / "edition.py"), "publish", "--root", str(git.root)]
    begin = time.monotonic()
    with subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    return time.monotonic() - begin


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_what_is_killed_is_there_whole_or_not_at_all(
    source: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    whole = _killed_after(source, 120)
    chance = random.Random(2026)  # noqa: S311 - only a moment is chosen
    for kill in range(20):
        before = len(_data(source, "list")["editions"])
        _killed_after(source, whole * (chance.random() if kill % 2 else chance.uniform(0.85, 1.02)))
        for lock in (source.root / ".git").rglob("*.lock"):
            lock.unlink()  # As the message of the next command asks.
        after = len(_data(source, "list")["editions"])
        assert after in (before, before + 1)
        checked = _edition(source, "verify")
        assert checked.exit_code == 0, checked.output
    before = len(_data(source, "list")["editions"])
    _killed_after(source, 120)
    assert len(_data(source, "list")["editions"]) == before + 1
