"""`handbook edition`: what is published is whole, stays, and is shown to have stayed."""

import datetime
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.content.fingerprints import body_fingerprint, sha256
from handbook.editions.manifest import read_manifest
from handbook.editions.tags import tag_message
from handbook.files.cache_file import KeptRows
from handbook.git.repository import Repository
from scripts.setup.bootstrap import setup_command
from tests.builds import build_site
from tests.conftest import PAGE
from tests.records import record
from tests.scripts.conftest import Git
from tests.scripts.edition.commands import change_site, data, edition

Write = Callable[[str, str | bytes], Path]
REVIEWED = datetime.date(2026, 10, 14)


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
    assert 'href="../editions/"' in git("show", "gh-pages:2026.1/index.html")
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
    text = body_fingerprint(PAGE.rpartition("---\n")[2])
    readers = ("platform-lead", "communications-lead")
    write("registers/reviews/2026-10-14-new.yml", record({"docs/new.md": text}, REVIEWED, readers))
    published.commit("2026-11-19")
    changes = data(published, "plan")["changes"]
    assert [(change["path"], change["kind"], change["audience"]) for change in changes] == [
        ("docs/index.md", "text", []),
        ("docs/new.md", "new", ["managers"]),
    ]
    assert edition(published, "publish", "2026.2").exit_code == 0
    assert published("rev-parse", "gh-pages:2026.1") == first
    assert published("show", "gh-pages:latest") == "2026.2"
    rows = json.loads(published("show", "gh-pages:versions.json"))
    assert [(row["version"], row["aliases"]) for row in rows] == [("2026.2", ["latest"]), ("2026.1", [])]
    assert [row["edition"] for row in data(published, "list")["editions"]] == ["2026.2", "2026.1"]
    assert edition(published, "verify").exit_code == 0


def test_a_published_edition_is_not_published_again(published: Git) -> None:
    before = published("for-each-ref")
    result = edition(published, "publish", "2026.1")
    assert result.exit_code == 2
    assert "2026.1 is published, and a published edition stays as it is; publish 2026.2" in result.stderr
    assert published("for-each-ref") == before


def test_a_name_stays_taken_when_its_edition_and_its_tag_are_removed(published: Git) -> None:
    published("switch", "--quiet", "gh-pages")
    published("rm", "-r", "--quiet", "2026.1")
    published.commit()
    published("switch", "--quiet", "main")
    result = edition(published, "verify")
    assert (result.exit_code, "2026.1: is not on the branch gh-pages" in result.stdout) == (1, True)
    published("tag", "--delete", "edition-2026.1")
    assert "publish 2026.2" in edition(published, "publish", "2026.1").stderr
    assert data(published, "plan")["edition"] == "2026.2"


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
        (_broken, [], "LNK001"),
        (_unknown_person, [], "git does not know who you are; set user.name and user.email"),
        (_tag_without_edition, ["2026.1"], "2026.1 is published"),
        (None, ["2026.2"], "2026.2 is not the next edition of 2026; publish 2026.1"),
        (None, ["2025.1"], "2025.1 is not the next edition of 2026; publish 2026.1"),
        (None, ["next"], "'next' is not an edition"),
        (None, ["--effective", "2026-11-19"], "2026-11-19 is in the past"),
    ],
)
def test_what_may_not_be_published_is_refused_in_a_sentence(
    source: Git, prepare: Callable[[Git], None] | None, arguments: list[str], told: str
) -> None:
    if prepare:
        prepare(source)
    before = source("for-each-ref")
    result = edition(source, "publish", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert source("for-each-ref") == before


def test_a_plan_names_what_blocks_and_writes_nothing(source: Git) -> None:
    _dirty(source)
    result = edition(source, "plan")
    assert result.exit_code == 1
    assert "blocked: there are changes that are not committed" in result.stdout
    assert source("for-each-ref", "refs/tags", "refs/heads/gh-pages") == ""


def test_an_edition_is_built_from_the_commit_and_not_from_what_git_ignores(source: Git, write: Write) -> None:
    write(".gitignore", "secret.md\n")
    source.commit()
    write("docs/secret.md", PAGE)
    assert edition(source, "publish").exit_code == 0
    assert "secret" not in source("ls-tree", "-r", "--name-only", "gh-pages")


def test_a_changed_byte_is_found_and_named(published: Git) -> None:
    change_site(published, "2026.1/other/index.html", lambda data: data.replace(b"Text.", b"text.", 1))
    result = edition(published, "verify", "2026.1")
    assert result.exit_code == 1
    assert result.stdout == "2026.1/other/index.html: was changed since the edition was published\n"


def test_a_file_that_was_added_or_removed_is_found_and_named(published: Git) -> None:
    published("switch", "--quiet", "gh-pages")
    (published.root / "2026.1" / "404.html").rename(published.root / "2026.1" / "405.html")
    published.commit()
    published("switch", "--quiet", "main")
    differences = data(published, "verify")["differences"]
    assert [(difference["path"], difference["message"].split(" since")[0]) for difference in differences] == [
        ("404.html", "is missing"),
        ("405.html", "was added"),
    ]


def test_a_changed_manifest_is_found(published: Git) -> None:
    change_site(published, "2026.1/edition.json", lambda data: data.replace(b"2026-11-20", b"2026-11-10"))
    result = edition(published, "verify")
    assert result.exit_code == 1
    assert "2026.1/edition.json: is not the manifest that the tag edition-2026.1 vouches for" in result.stdout


def test_a_manifest_that_is_none_stops_nothing_but_is_told(published: Git) -> None:
    change_site(published, "2026.1/edition.json", lambda data: data[:-9])
    assert "the manifest cannot be read" in edition(published, "verify").stdout
    result = edition(published, "list")
    assert (result.exit_code, "handbook edition verify" in result.stderr) == (2, True)


def test_a_moved_or_missing_tag_is_found(published: Git) -> None:
    text = published("tag", "--list", "--format=%(contents)", "edition-2026.1")
    published.commit()
    published("tag", "--force", "--annotate", "--message", text, "edition-2026.1")
    assert "one of them was changed" in edition(published, "verify").stdout
    published("tag", "--force", "edition-2026.1")
    assert "the tag edition-2026.1 names no manifest" in edition(published, "verify").stdout
    published("tag", "--delete", "edition-2026.1")
    result = edition(published, "verify")
    assert (result.exit_code, "nothing vouches for it" in result.stdout) == (1, True)


def test_it_is_built_again_byte_for_byte_in_another_clone(published: Git, clone: Callable[..., Git]) -> None:
    elsewhere = clone()
    here, there = edition(published, "verify", "--rebuild"), edition(elsewhere, "verify", "--rebuild")
    assert here.exit_code == 0, here.output
    assert "manifest and tag agree (not signed); built again, every byte is the same" in here.stdout
    assert there.stdout == here.stdout


def test_an_edition_shows_nothing_that_an_earlier_build_kept(
    source: Git, write: Write, tmp_path: Path
) -> None:
    """Whoever can write to the folder that git has for itself could have kept other words there."""
    write("docs/other.md", f"{PAGE}Ask first.\n")
    source.commit()
    document = Path("audit", "history", "other.md.html")
    with Repository(source.root) as repository:
        kept = KeptRows(repository.kept_folder, "rendered-redlines")
    assert "Ask first" in (build_site(source.root, tmp_path / "one") / document).read_text("utf-8")
    kept.write(dict.fromkeys(kept.read(), b"[]"))
    assert "Ask first" not in (build_site(source.root, tmp_path / "two") / document).read_text("utf-8")
    assert edition(source, "publish").exit_code == 0
    assert "Ask first" in source("show", f"gh-pages:2026.1/{document.as_posix()}")


def test_an_edition_that_agrees_with_itself_and_not_with_its_source_is_found(source: Git) -> None:
    """Somebody who may write everything publishes another text under the commit that was approved."""
    approved = source("rev-parse", "HEAD").strip()
    (source.root / "docs" / "other.md").write_text(PAGE + "Not approved.\n", encoding="utf-8")
    forged = source.commit()
    assert edition(source, "publish").exit_code == 0
    manifest = read_manifest(source("show", "gh-pages:2026.1/edition.json").encode())
    listed = source("show", "gh-pages:editions/editions.json").replace(forged, approved).encode()
    top = {**manifest.top, "editions/editions.json": sha256(listed)}
    manifest = manifest.model_copy(update={"commit": approved, "top": top})
    change_site(source, "editions/editions.json", lambda _: listed)
    change_site(source, "2026.1/edition.json", lambda _: manifest.as_bytes())
    source("tag", "--force", "--annotate", "--message", tag_message(manifest), "edition-2026.1", approved)
    assert edition(source, "verify").exit_code == 0
    result = edition(source, "verify", "--rebuild")
    assert result.exit_code == 1
    assert "2026.1/other/index.html: was changed, compared with a new build from the tag" in result.stdout
    assert "records docs/other.md differently" in result.stdout


def test_other_libraries_are_not_taken_for_another_hand(source: Git, write: Write) -> None:
    write("requirements.txt", "mkdocs==1.0.1 \\\n    --hash=sha256:0\n")
    source.commit()
    result = edition(source, "publish")
    assert result.exit_code == 2
    assert f"asks for mkdocs 1.0.1, and 1.6.1 is installed; run `{setup_command()}`" in result.stderr


def test_the_day_of_effect_decides_what_was_in_force(published: Git, write: Write) -> None:
    write("docs/index.md", PAGE.replace("title: A page", "title: Changed"))
    published.commit("2026-11-19")
    assert edition(published, "publish", "--effective", "2027-01-01").exit_code == 0
    early = edition(published, "in-force", "2026-11-19")
    assert (early.exit_code, early.stdout) == (1, "")
    assert "no edition was in force on 2026-11-19; the first takes effect on 2026-11-20" in early.stderr
    assert data(published, "in-force", "2026-12-31")["edition"] == "2026.1"
    answer = data(published, "in-force", "2027-01-01", "docs/index.md")
    assert (answer["edition"], answer["published"]) == ("2026.2", "2026-11-20")
    assert (answer["page"]["title"], answer["page"]["last_reviewed"]) == ("Changed", "2026-10-14")
    text = edition(published, "in-force", "2026-12-31", "docs/index.md").stdout
    assert "docs/index.md: A page\nowner: platform-lead; last review: 2026-10-14\n" in text
    assert edition(published, "in-force", "2026-12-31", "docs/none.md").exit_code == 1
    assert "2026.2 takes effect on 2027-01-01" in edition(published, "publish").stderr


def test_without_an_edition_every_answer_is_a_sentence(source: Git) -> None:
    assert "none is published yet" in edition(source, "in-force", "2026-11-19").stderr
    assert "no edition is published yet" in edition(source, "list").stderr
    assert "no edition is published here" in edition(source, "verify").stderr
    assert "there is no branch gh-pages here" in edition(source, "verify", "2026.1").stdout


def test_a_clone_goes_on_from_what_it_came_from(published: Git, clone: Callable[..., Git]) -> None:
    elsewhere = clone()
    elsewhere("config", "user.name", "Deputy")
    elsewhere("config", "user.email", "deputy@example.org")
    assert edition(elsewhere, "publish").exit_code == 0
    assert elsewhere("rev-parse", "gh-pages^") == published("rev-parse", "gh-pages")
    elsewhere("push", "--quiet", "--atomic", "origin", "gh-pages", "edition-2026.2")
    assert edition(published, "verify").exit_code == 0
    published("branch", "--force", "gh-pages", "gh-pages^")
    published("tag", "--delete", "edition-2026.2")


def test_a_branch_behind_its_origin_is_brought_up_to_date_first(
    published: Git, clone: Callable[..., Git]
) -> None:
    elsewhere = clone()
    elsewhere("branch", "gh-pages", "origin/gh-pages")
    assert edition(published, "publish").exit_code == 0
    elsewhere("fetch", "--quiet")
    result = edition(elsewhere, "publish", "2026.2")
    assert "run `git fetch origin gh-pages:gh-pages`" in result.stderr


def test_an_edition_is_neither_published_nor_built_again_without_its_history(
    published: Git, clone: Callable[..., Git]
) -> None:
    shallow = clone("--depth=1", "--no-single-branch")
    shallow("fetch", "--quiet", "--tags")
    for command in (["publish"], ["verify", "--rebuild"]):
        result = edition(shallow, *command)
        assert result.exit_code == 2
        assert "git fetch --unshallow" in result.stderr
    assert shallow("for-each-ref", "refs/heads/gh-pages") == ""


def test_a_tag_is_signed_where_a_key_is_configured(source: Git, tmp_path: Path) -> None:
    key = tmp_path / "key"
    made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lead", "-f", str(key)]
    try:
        subprocess.run(made, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("ssh-keygen is not installed")
    source("config", "gpg.format", "ssh")
    source("config", "user.signingKey", str(key))
    assert edition(source, "publish").exit_code == 0
    assert "-----BEGIN SSH SIGNATURE-----" in source("cat-file", "tag", "edition-2026.1")
    assert "signature not known here" in edition(source, "verify").stdout
    public = key.with_suffix(".pub").read_text(encoding="utf-8")
    signers = tmp_path / "signers"
    signers.write_text(f"social@example.org {public}", encoding="utf-8")
    source("config", "gpg.ssh.allowedSignersFile", str(signers))
    assert "signature good" in edition(source, "verify").stdout
    source("config", "user.signingKey", str(tmp_path / "gone"))
    assert "git cannot sign with the key that is configured" in edition(source, "publish").stderr
    assert source("tag") == "edition-2026.1\n"


def test_a_tag_that_a_killed_publication_left_is_noedition(source: Git) -> None:
    source("tag", "--annotate", "--message", "Edition 2026.1", "edition-2026.1")
    source("update-ref", "refs/handbook/publishing", "refs/tags/edition-2026.1")
    assert data(source, "list") == {"editions": []}
    assert "no edition is published here" in edition(source, "verify").stderr
    assert edition(source, "publish", "2026.1").exit_code == 0
    assert edition(source, "verify").exit_code == 0
    assert source("for-each-ref", "refs/handbook") == ""
