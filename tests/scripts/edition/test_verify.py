"""`handbook edition verify` against somebody who may write to the branch of editions and to the tags."""

import re
from collections.abc import Callable

import pytest

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import Manifest, read_manifest
from handbook.editions.tags import tag_message
from tests.scripts.conftest import Git
from tests.scripts.edition.commands import change_site, data, edition

Forge = Callable[[Manifest], Manifest]


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


def test_an_edition_of_a_year_that_is_over_is_not_published(
    published: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763640000")  # 2025-11-20
    result = edition(published, "publish")
    assert (result.exit_code, "correct its clock" in result.stderr) == (2, True)
