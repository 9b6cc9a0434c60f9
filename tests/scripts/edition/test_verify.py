"""`handbook edition verify` against somebody who may write to the branch of editions and to the tags."""

import datetime
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import Manifest, read_manifest
from handbook.editions.tags import tag_message
from tests.builds import NOON
from tests.scripts.conftest import Git
from tests.scripts.edition.commands import change_site, data, edition


def _manifest(git: Git, name: str) -> Manifest:
    return read_manifest(git("show", f"gh-pages:{name}/edition.json").encode())


def _forge(git: Git, name: str, **facts: object) -> None:
    """Let the manifest of an edition say something else, and let its tag vouch for it."""
    forged = _manifest(git, name).model_copy(update=facts)
    change_site(git, f"{name}/edition.json", lambda _: forged.as_bytes())
    git("tag", "--force", "--annotate", "--message", tag_message(forged), f"edition-{name}", forged.commit)


def _drop(git: Git, name: str) -> None:
    """Remove an edition and its tag, as if it had never been there."""
    git("branch", "--force", "gh-pages", "gh-pages^")
    git("tag", "--delete", f"edition-{name}")


def _kept_line(output: str) -> str:
    return next(line for line in output.splitlines() if "SHA-256" in line)


def test_each_manifest_names_the_one_before_it(later: Git) -> None:
    first, second = _manifest(later, "2026.1"), _manifest(later, "2026.2")
    assert first.former is None
    assert second.former == sha256(first.as_bytes())
    assert edition(later, "verify").exit_code == 0


def test_the_line_that_publishing_prints_is_what_verifying_takes(published: Git) -> None:
    line = _kept_line(edition(published, "publish").stdout)
    assert "edition 2026.2, in force from 2026-11-20" in line
    digest = line.rpartition(" ")[2]
    assert digest == sha256(_manifest(published, "2026.2").as_bytes())
    result = edition(published, "verify", "--against", digest.upper())
    assert (result.exit_code, f"{digest} vouches for 2026.2, 2026.1\n" in result.stdout) == (0, True)


def test_a_dropped_newest_edition_is_found_by_the_number_that_somebody_kept(later: Git) -> None:
    digest = sha256(_manifest(later, "2026.2").as_bytes())
    _drop(later, "2026.2")
    assert edition(later, "verify").exit_code == 0
    result = edition(later, "verify", "--against", digest)
    assert (result.exit_code, digest in result.stdout) == (1, True)
    assert [row["edition"] for row in data(later, "verify", "--against", digest)["differences"]] == [None]


def test_a_former_edition_that_was_rewritten_with_its_tag_is_found_by_the_chain(later: Git) -> None:
    page = _manifest(later, "2026.1").pages[0].model_copy(update={"title": "Forged"})
    _forge(later, "2026.1", pages=(page, *_manifest(later, "2026.1").pages[1:]))
    result = edition(later, "verify")
    assert result.exit_code == 1
    assert re.findall(r"^(\S+): names another manifest", result.stdout, re.MULTILINE) == [
        "2026.2/edition.json"
    ]


def test_a_former_edition_that_was_removed_is_found_by_the_chain(later: Git) -> None:
    later("switch", "--quiet", "--orphan", "site")
    later("read-tree", "gh-pages")
    later("rm", "-r", "--quiet", "--cached", "2026.1")
    tree = later("write-tree").strip()
    later("switch", "--quiet", "--force", "main")
    later("branch", "--force", "gh-pages", later("commit-tree", "-m", "Begin", tree).strip())
    later("tag", "--delete", "edition-2026.1")
    result = edition(later, "verify", "2026.2")
    assert (result.exit_code, "2026.2/edition.json: names an edition before it" in result.stdout) == (1, True)


def test_a_link_that_is_left_out_of_the_chain_is_found(later: Git) -> None:
    assert edition(later, "publish", "--effective", "2027-01-02").exit_code == 0
    _forge(later, "2026.3", former=None)
    result = edition(later, "verify")
    assert (result.exit_code, "2026.3/edition.json: does not name" in result.stdout) == (1, True)


def test_editions_from_before_the_chain_verify_and_are_built_again(later: Git) -> None:
    _forge(later, "2026.2", former=None)
    result = edition(later, "verify", "--rebuild")
    assert result.exit_code == 0, result.output
    digest = sha256(_manifest(later, "2026.2").as_bytes())
    assert f"{digest} vouches for 2026.2\n" in edition(later, "verify", "--against", digest).stdout


@pytest.mark.parametrize("kept", ["", "2026.1", "a" * 63, "g" * 64])
def test_what_is_not_a_sum_is_refused_in_a_sentence(published: Git, kept: str) -> None:
    result = edition(published, "verify", "--against", kept)
    assert (result.exit_code, "is not a SHA-256" in result.stderr) == (2, True)


def test_a_name_that_is_taken_says_nothing_about_the_clock(published: Git) -> None:
    assert edition(published, "publish").exit_code == 0
    result = edition(published, "publish", "2026.1")
    assert (result.exit_code, "2026.1 is published" in result.stderr) == (2, True)
    assert "clock" not in result.stderr


def test_an_edition_of_a_year_that_is_over_is_not_published(
    published: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763640000")  # 2025-11-20
    result = edition(published, "publish")
    assert (result.exit_code, "correct its clock" in result.stderr) == (2, True)


def _add_to_branch(git: Git, *paths: str) -> None:
    git("switch", "--quiet", "gh-pages")
    for path in paths:
        (git.root / path).parent.mkdir(parents=True, exist_ok=True)
        (git.root / path).write_text("<p>Ours</p>", encoding="utf-8")
    git.commit(message="Improve")
    git("switch", "--quiet", "main")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("press.html", "press.html: was put on gh-pages"),
        ("policy/work/index.html", "policy: was put on gh-pages"),
        ("2026.7/index.html", "2026.7: looks like an edition"),
        ("2026.1-final/edition.json", "2026.1-final: looks like an edition"),
        ("2026.01/edition.json", "2026.01: looks like an edition"),
        ("\x1b[2J.html", "\\x1b[2J.html: was put on gh-pages"),
    ],
)
def test_a_stranger_on_the_branch_is_named(published: Git, path: str, told: str) -> None:
    _add_to_branch(published, path)
    result = edition(published, "verify")
    assert (result.exit_code, told in result.stdout) == (1, True), result.output
    assert edition(published, "verify", "2026.1").exit_code == 0


def test_the_address_that_github_pages_keeps_there_is_not_a_stranger(published: Git) -> None:
    _add_to_branch(published, "CNAME")
    assert edition(published, "verify").exit_code == 0


@pytest.mark.parametrize("name", ["CNAME", ".nojekyll", "reviews.ics", "index.html"])
def test_a_folder_with_the_name_of_a_file_hides_nothing(published: Git, name: str) -> None:
    published("switch", "--quiet", "gh-pages")
    (published.root / name).unlink(missing_ok=True)
    published.commit(message="Improve")
    published("switch", "--quiet", "main")
    _add_to_branch(published, f"{name}/press.html")
    result = edition(published, "verify")
    assert (result.exit_code, f"{name}/press.html: was put on gh-pages" in result.stdout) == (1, True)


@pytest.mark.parametrize("name", ["CNAME", "reviews.ics", "reviews/platform-lead.ics"])
def test_a_link_with_the_name_of_a_file_leads_nobody_elsewhere(published: Git, name: str) -> None:
    published("switch", "--quiet", "gh-pages")
    (published.root / name).unlink(missing_ok=True)
    (published.root / name).symlink_to("/etc/passwd")
    published.commit(message="Improve")
    published("switch", "--quiet", "main")
    result = edition(published, "verify")
    assert (result.exit_code, f"{name}: is a link" in result.stdout) == (1, True), result.output


def test_an_edition_of_another_source_than_the_main_branch_is_named(published: Git) -> None:
    """As long as its tag agrees with it, nothing else tells it from one whose changes people accepted."""
    tree = published("rev-parse", "HEAD^{tree}").strip()
    other = published("commit-tree", tree, "-m", "Something else").strip()
    published("update-ref", "refs/heads/main", other)
    result = edition(published, "verify")
    assert (result.exit_code, "is not in the history of the branch main" in result.stdout) == (1, True)


Rows = list[dict[str, object]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: [{**rows[0], "title": "2026.2 (do not use)"}, rows[1]], "calls 2026.2 '2026.2 (do"),
        (lambda rows: [{"version": "2026.9", "title": "2026.9"}, *rows], "lists 2026.9, which is not"),
        (lambda rows: [rows[0], {**rows[1], "aliases": ["latest", "stable"]}], "says more of 2026.1"),
        (lambda rows: [rows[0], {**rows[1], "properties": {"hidden": True}}], "says more of 2026.1"),
        (lambda rows: rows[::-1], "lists the editions in another order"),
        (lambda rows: [rows[0], *rows], "lists 2026.2 twice"),
    ],
)
def test_what_the_list_of_the_theme_says_otherwise_is_named(
    later: Git, change: Callable[[Rows], Rows], told: str
) -> None:
    change_site(later, "versions.json", lambda data: json.dumps(change(json.loads(data))).encode())
    result = edition(later, "verify")
    assert (result.exit_code, f"versions.json: {told}" in result.stdout) == (1, True), result.output


def test_a_day_of_effect_before_publication_is_found(published: Git) -> None:
    _forge(published, "2026.1", effective=datetime.date(2026, 3, 1))
    result = edition(published, "verify")
    assert result.exit_code == 1
    assert "2026.1/edition.json: says that it took effect on 2026-03-01, before" in result.stdout


def test_an_edition_that_says_it_was_published_before_the_former_is_found(later: Git) -> None:
    day = datetime.date(2026, 3, 1)
    _forge(later, "2026.2", published=day, effective=day)
    assert "2026.2/edition.json: says that it was published on 2026-03-01" in edition(later, "verify").stdout


def test_a_day_of_effect_other_than_the_list_says_is_found_and_not_completed(later: Git) -> None:
    """Somebody who may write everything lets a later edition take effect today; its list knows better."""
    _forge(later, "2026.2", effective=datetime.date(2026, 11, 20))
    result = edition(later, "verify")
    assert result.exit_code == 1
    assert "effective 2026-11-20, and editions/editions.json says 2027-01-01" in result.stdout
    assert "refresh" not in result.output


def test_a_day_of_effect_other_than_the_tag_says_is_found(later: Git) -> None:
    manifest = _manifest(later, "2026.2")
    message = tag_message(manifest).replace("2027-01-01", "2026-12-01")
    later("tag", "--force", "--annotate", "--message", message, "edition-2026.2", manifest.commit)
    assert "the tag edition-2026.2 says 2026-12-01" in edition(later, "verify").stdout
    digest = tag_message(manifest).splitlines()[-1]
    later("tag", "--force", "--annotate", "--message", digest, "edition-2026.2", manifest.commit)
    assert "the tag edition-2026.2 names no day" in edition(later, "verify").stdout


def _key(folder: Path, name: str, git: Git) -> str:
    """Make an SSH key, let git sign with it, and return its fingerprint."""
    file = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)], check=True)
    told = subprocess.run(["ssh-keygen", "-l", "-f", str(file)], check=True, capture_output=True, text=True)
    git("config", "gpg.format", "ssh")
    git("config", "user.signingKey", str(file))
    return told.stdout.split()[1]


def _register(git: Git, *publishers: str) -> None:
    file = git.root / "registers" / "owners.yml"
    rows = "".join(f"  - {publisher}\n" for publisher in publishers)
    file.write_text(f"{file.read_text(encoding='utf-8')}publishers:\n{rows}", encoding="utf-8")
    git.commit("2026-11-19")


ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


@ssh
def test_an_edition_is_signed_by_a_registered_publisher(source: Git, tmp_path: Path) -> None:
    key = _key(tmp_path, "lead", source)
    _register(source, f"{{key: '{key}', since: 2026-11-20}}")
    assert edition(source, "publish").exit_code == 0
    result = edition(source, "verify")
    assert (result.exit_code, f"signed by a publisher, {key}" in result.stdout) == (0, True), result.output


@ssh
def test_an_edition_signed_by_another_key_or_unsigned_is_an_error(published: Git, tmp_path: Path) -> None:
    lead = _key(tmp_path, "lead", published)
    _register(published, f"{{key: '{lead}'}}")
    result = edition(published, "verify")
    assert (result.exit_code, "2026.1: the tag edition-2026.1 is not signed" in result.stdout) == (1, True)
    other = _key(tmp_path, "other", published)
    text = published("tag", "--list", "--format=%(contents)", "edition-2026.1")
    published("tag", "--force", "--sign", "--message", text, "edition-2026.1", "edition-2026.1^{commit}")
    result = edition(published, "verify")
    assert (result.exit_code, f"is signed by {other}, which is not" in result.stdout) == (1, True)
    assert "if that key was taken out, put it back, with its last day in `until`" in result.stdout
    published("config", "user.signingKey", str(tmp_path / "lead"))
    published("tag", "--force", "--sign", "--message", text, "edition-2026.1", "edition-2026.1^{commit}")
    assert edition(published, "verify").exit_code == 0


@ssh
def test_a_publisher_signs_only_in_his_time_and_older_editions_need_no_signature(
    published: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = _key(tmp_path, "lead", published)
    _register(published, f"{{key: '{key}', since: 2026-11-21, until: 2026-11-30}}")
    assert edition(published, "verify").exit_code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796126400")  # 2026-12-01
    before = published("for-each-ref")
    result = edition(published, "publish")
    assert (result.exit_code, "git here signs with no publisher's key" in result.stderr) == (2, True)
    assert published("for-each-ref") == before


@ssh
def test_an_edition_is_not_older_than_its_source(
    published: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise, it could pass for one from before publishers had keys, or before one of them left."""
    _register(published, f"{{key: '{_key(tmp_path, 'lead', published)}', since: 2026-11-24}}")
    published.commit("2026-11-24")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795521600")  # 2026-11-24
    assert edition(published, "publish").exit_code == 0
    assert edition(published, "verify").exit_code == 0
    day = datetime.date(2026, 11, 20)
    _forge(published, "2026.2", published=day, effective=day)
    result = edition(published, "verify", "2026.2")
    assert result.exit_code == 1
    assert "2026.2/edition.json: says that it was published on 2026-11-20, and its source" in result.stdout
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    assert "the last commit is of 2026-11-24" in edition(published, "publish").stderr


@ssh
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("Edition 2026.1", "Edition 2026.2"), "is bad; it was made for another"),
        (lambda text: f"{text}Reviewed by all.\n", "has text after its signature"),
    ],
)
def test_a_bad_signature_is_an_error_whether_or_not_publishers_are_known(
    source: Git, tmp_path: Path, change: Callable[[str], str], told: str
) -> None:
    _key(tmp_path, "lead", source)
    assert edition(source, "publish").exit_code == 0
    file = tmp_path / "tag"
    file.write_text(change(source("cat-file", "tag", "edition-2026.1")), encoding="utf-8")
    forged = source("hash-object", "-t", "tag", "-w", str(file)).strip()
    source("update-ref", "refs/tags/edition-2026.1", forged)
    result = edition(source, "verify")
    assert (result.exit_code, told in result.stdout) == (1, True), result.output


@ssh
def test_a_sum_behind_a_signature_vouches_for_nothing(source: Git, tmp_path: Path) -> None:
    """git calls the signature of any tag good, whatever somebody writes below it."""
    _key(tmp_path, "lead", source)
    assert edition(source, "publish").exit_code == 0
    source("tag", "--sign", "--message", "Thanks", "thanks", "main")
    file = tmp_path / "tag"
    behind = tag_message(_manifest(source, "2026.1"))
    file.write_text(source("cat-file", "tag", "thanks") + behind, encoding="utf-8")
    forged = source("hash-object", "-t", "tag", "-w", str(file)).strip()
    source("update-ref", "refs/tags/edition-2026.1", forged)
    assert "the tag edition-2026.1 names no manifest" in edition(source, "verify").stdout


@pytest.mark.parametrize("row", ["{key: lead@example.org}", "{key: 'SHA256:x'}", "{keys: []}", "lead"])
def test_a_publisher_that_is_not_a_key_is_told_with_its_line(published: Git, row: str) -> None:
    _register(published, row)
    result = edition(published, "verify")
    assert (result.exit_code, "registers/owners.yml:" in result.stderr) == (2, True)
