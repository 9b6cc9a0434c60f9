"""`handbook check --verify-authors`: who signed a review is who committed the signature."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REVIEWED
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import check

RECORD = f"registers/reviews/{REVIEWED}-handbook.yml"
HOLDER = "social@example.org"
OTHER = "else@example.org"
ROLES = ("platform-lead", "communications-lead")
STRANGER = "not a holder"


def _let_hold(root: Path, *holders: str, roles: tuple[str, ...] = ROLES) -> None:
    file = root / "registers" / "owners.yml"
    text = file.read_text(encoding="utf-8")
    for role in roles:
        text = text.replace(f"\n  {role}:\n", f"\n  {role}:\n    holders: [{', '.join(holders)}]\n")
    file.write_text(text, encoding="utf-8")


def _problems(root: Path, *arguments: str) -> tuple[int, list[str]]:
    result = check(root, "--verify-authors", "--select", "REV007", *arguments)
    assert "example.org" not in result.output
    return result.exit_code, [line.partition(" REV007 ")[2] for line in result.stdout.splitlines()]


def test_a_reading_by_its_holder_is_silent(git: Git) -> None:
    _let_hold(git.root, HOLDER.upper(), OTHER)
    assert _problems(git.root) == (0, [])


def test_a_reading_by_somebody_else_is_an_error_on_its_date(git: Git) -> None:
    _let_hold(git.root, OTHER, roles=ROLES[:1])
    _let_hold(git.root, HOLDER, roles=ROLES[1:])
    status, problems = _problems(git.root)
    assert (status, len(problems)) == (1, 1)
    assert STRANGER in problems[0]
    assert "platform-lead" in problems[0]
    path, line = check(git.root, "--verify-authors").stdout.split(":")[:2]
    assert path == RECORD
    assert (git.root / RECORD).read_text().splitlines()[int(line) - 1] == f"    date: {REVIEWED}"
    assert check(git.root).exit_code == 0


def test_a_name_in_mailmap_makes_nobody_a_holder(git: Git) -> None:
    _let_hold(git.root, OTHER)
    (git.root / ".mailmap").write_text(f"Somebody <{OTHER}> <{HOLDER}>\n")
    git.commit()
    assert _problems(git.root)[0] == 1


def test_a_signature_that_changed_hands_is_found(git: Git) -> None:
    _let_hold(git.root, HOLDER)
    record = git.root / RECORD
    text = record.read_text()
    record.write_text(text.replace(f"date: {REVIEWED}", "date: 2026-10-13", 1))
    git("-c", f"user.email={OTHER}", "commit", "--quiet", "--all", "--message", "Sign for another")
    (problem,) = _problems(git.root)[1]
    assert "signed as platform-lead" in problem


def test_what_cannot_be_verified_is_a_notice(git: Git) -> None:
    status, problems = _problems(git.root)
    assert (status, len(problems)) == (0, 2)
    assert "no holders" in problems[0]
    _let_hold(git.root, HOLDER)
    record = git.root / RECORD
    record.write_text(record.read_text().replace(f"    date: {REVIEWED}", "    date: 2026-10-13", 1))
    status, problems = _problems(git.root)
    assert (status, len(problems)) == (0, 1)
    assert "platform-lead" in problems[0]
    assert "not committed" in problems[0]
    record.rename(record.with_name("2026-10-14-new.yml"))
    assert len(_problems(git.root)[1]) == 2


def test_a_shallow_clone_cannot_tell(git: Git, clone: Callable[..., Git]) -> None:
    _let_hold(git.root, OTHER)
    git.commit()
    git("commit", "--quiet", "--allow-empty", "--message", "Later")
    assert _problems(git.root)[0] == 1
    status, problems = _problems(clone("--depth=1").root)
    assert status == 0
    assert len([problem for problem in problems if "git fetch --unshallow" in problem]) == 2


def _key(folder: Path, name: str) -> tuple[Path, str]:
    """Make a key; return its file and its fingerprint."""
    file = folder / name
    make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file)]
    subprocess.run(make, check=True)
    shown = subprocess.run(["ssh-keygen", "-lf", str(file)], capture_output=True, text=True, check=True)
    return file, shown.stdout.split()[1]


def _sign_with(git: Git, key: Path) -> None:
    options = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}")
    git(*options, "commit", "--quiet", "--amend", "--no-edit", "--gpg-sign")


def test_a_listed_key_counts_and_another_does_not(git: Git, tmp_path: Path) -> None:
    mine, fingerprint = _key(tmp_path, "mine")
    others, _ = _key(tmp_path, "others")
    _let_hold(git.root, fingerprint)
    git.commit()
    status, problems = _problems(git.root)
    assert status == 0
    assert "not signed" in problems[0]
    git("update-ref", "-d", "HEAD")
    git.commit()
    _sign_with(git, mine)
    assert _problems(git.root) == (0, [])
    _sign_with(git, others)
    status, problems = _problems(git.root)
    assert status == 1
    assert all(STRANGER in problem for problem in problems)


def test_the_name_of_a_key_as_an_address_is_no_key(git: Git) -> None:
    fingerprint = "SHA256:" + "a" * 43
    _let_hold(git.root, fingerprint, OTHER)
    git("commit", "--quiet", "--amend", "--no-edit", f"--author=Somebody <{fingerprint}>")
    assert _problems(git.root)[0] == 1


@pytest.mark.parametrize("holder", ["nobody", "SHA256:short", "a b@example.org", "12345"])
def test_a_holder_is_an_address_or_a_fingerprint(git: Git, holder: str) -> None:
    _let_hold(git.root, f"'{holder}'")
    result = check(git.root)
    assert result.exit_code == 2
    assert "fingerprint of a signing key" in result.stderr


@pytest.mark.parametrize("more", [("docs/index.md",), ("--as-of", "2026-11-10")])
def test_it_judges_all_records_of_today_or_none(git: Git, more: tuple[str, ...]) -> None:
    result = check(git.root, "--verify-authors", *more)
    assert result.exit_code == 2
    assert "--verify-authors" in result.stderr


def test_the_holders_of_an_owner_reach_no_page(git: Git) -> None:
    page = git.root / "docs" / "other.md"
    page.write_text(page.read_text().replace("2026-10-14", "2026-01-14"))
    before = git.commit()
    _let_hold(git.root, OTHER)
    result = check(git.root, "--changed-since", before, "--ignore", "REV005,REV006")
    assert result.exit_code == 0
    assert "info REV003" in result.stdout
