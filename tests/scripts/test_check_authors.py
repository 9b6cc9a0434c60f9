"""`handbook check --verify-authors`: who signed a record is who committed each line of it."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REVIEWED
from tests.records import folder_of_record, page_at, texts_of
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import check

RECORD = f"registers/reviews/{REVIEWED}-handbook.yml"
FOLDER_OF_RECORD = RECORD.removesuffix(".yml")
FILED = "2026-10-15"
HOLDER = "social@example.org"
READER = "reader@example.org"
OTHER = "else@example.org"
FIRST, SECOND = ("platform-lead", "communications-lead")
ACCOUNT = "1234+dana@users.noreply.github.com"
PLATFORM = "noreply@github.com"
STRANGER = "not a holder"
SQUASH = "squash"


@pytest.fixture
def git(git: Git) -> Git:
    """Two people commit a reading each, on the day after it: HOLDER for FIRST, and READER for SECOND."""
    record = git.root / RECORD
    whole = record.read_text(encoding="utf-8")
    before, second, after = whole.partition(f"\n  {SECOND}:\n")
    assert second
    meeting = after[after.index("\nmeeting:") :]
    record.write_text(f"{before}{second}{meeting}", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--amend", "--no-edit", day=FILED)
    record.write_text(whole, encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "Sign")
    _make_again(git, READER)
    return git


def _make_again(git: Git, author: str, committer: str | None = None, key: Path | None = None) -> None:
    """Make the commit with the reading of SECOND again, by somebody else."""
    who = ("-c", f"user.email={committer or author}", "-c", f"user.signingKey={key}", "-c", "gpg.format=ssh")
    options = ("--amend", "--no-edit", "--date", f"{FILED}T12:00:00Z", f"--author=Somebody <{author}>")
    git(*who, "commit", "--quiet", *options, *(["--gpg-sign"] if key else []), day=FILED)


def _let_hold(root: Path, role: str, *holders: str) -> None:
    file = root / "registers" / "owners.yml"
    held = f"\n  {role}:\n    holders: [{', '.join(holders)}]\n"
    file.write_text(file.read_text(encoding="utf-8").replace(f"\n  {role}:\n", held), encoding="utf-8")


def _let_platform_sign_with(root: Path, key: str) -> None:
    file = root / "registers" / "owners.yml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\nplatform_keys: [{key}]\n", encoding="utf-8")


def _problems(root: Path, *arguments: str) -> tuple[int, list[str]]:
    result = check(root, "--verify-authors", "--select", "REV007", *arguments)
    assert "example.org" not in result.output
    assert "users.noreply" not in result.output
    return result.exit_code, [line.partition(" REV007 ")[2] for line in result.stdout.splitlines()]


def _only_problem(root: Path, status: int) -> str:
    exit_code, problems = _problems(root)
    assert (exit_code, len(problems)) == (status, 1), problems
    return problems[0]


@pytest.fixture
def held(git: Git) -> Git:
    """Both roles have their holder."""
    _let_hold(git.root, FIRST, HOLDER.upper(), OTHER)
    _let_hold(git.root, SECOND, READER)
    return git


def test_readings_by_their_holders_are_silent(held: Git) -> None:
    assert _problems(held.root) == (0, [])


def test_a_reading_by_somebody_else_is_an_error_on_its_first_line(git: Git) -> None:
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, OTHER)
    problem = _only_problem(git.root, 1)
    assert STRANGER in problem
    assert SECOND in problem
    path, line = check(git.root, "--verify-authors").stdout.split(":")[:2]
    lines = (git.root / RECORD).read_text().splitlines()
    assert (path, lines[int(line) - 2].strip()) == (RECORD, f"{SECOND}:")
    assert check(git.root).exit_code == 0


def test_a_name_in_mailmap_makes_nobody_a_holder(git: Git) -> None:
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, OTHER)
    (git.root / ".mailmap").write_text(f"Somebody <{OTHER}> <{READER}>\n")
    git.commit()
    assert _problems(git.root)[0] == 1


@pytest.mark.parametrize(
    ("before", "after", "act"),
    [
        ("    date: 2026-10-14", "    date: 2026-10-14 # a", f"signed as {FIRST}"),
        ("helps: Yes, it saves", "helps: No, it saves", f"signed as {FIRST}"),
        ("reason: The rules", "reason: All rules", "recorded the meeting"),
    ],
)
def test_each_line_that_changed_hands_is_found(held: Git, before: str, after: str, act: str) -> None:
    record = held.root / RECORD
    record.write_text(record.read_text().replace(before, after, 1))
    held("-c", "user.email=nobody@example.org", "commit", "--quiet", "--all", "--message", "Edit", day=FILED)
    problem = _only_problem(held.root, 1)
    assert act in problem
    assert STRANGER in problem


def test_what_cannot_be_verified_is_a_notice(git: Git) -> None:
    status, problems = _problems(git.root)
    assert status == 0
    assert [problem.split(" cannot")[0] for problem in problems if "no holders" in problem] == [
        f"who signed as {FIRST}",
        f"who signed as {SECOND}",
        f"who recorded the meeting of {FIRST}, {SECOND}",
    ]
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, READER)
    record = git.root / RECORD
    record.write_text(record.read_text().replace("helps: Yes", "helps: Now", 1))
    assert "not committed" in _only_problem(git.root, 0)
    record.rename(record.with_name("2026-10-14-new.yml"))
    assert len(_problems(git.root)[1]) == 3


def test_a_shallow_clone_cannot_tell(git: Git, clone: Callable[..., Git]) -> None:
    _let_hold(git.root, FIRST, OTHER)
    _let_hold(git.root, SECOND, OTHER)
    git.commit()
    git("commit", "--quiet", "--allow-empty", "--message", "Later")
    assert _problems(git.root)[0] == 1
    status, problems = _problems(clone("--depth=1").root)
    assert status == 0
    assert all("git fetch --unshallow" in problem for problem in problems)
    assert problems


def _key(folder: Path, name: str) -> tuple[Path, str]:
    """Make a key; return its file and its fingerprint."""
    file = folder / name
    make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file)]
    subprocess.run(make, check=True)
    shown = subprocess.run(["ssh-keygen", "-lf", str(file)], capture_output=True, text=True, check=True)
    return file, shown.stdout.split()[1]


@pytest.mark.parametrize("with_address", [False, True])
def test_a_listed_key_counts_and_nothing_else_does(git: Git, tmp_path: Path, with_address: bool) -> None:
    mine, fingerprint = _key(tmp_path, "mine")
    others, _ = _key(tmp_path, "others")
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, fingerprint, *([READER] if with_address else []))
    assert "not signed" in _only_problem(git.root, 1)
    _make_again(git, READER, key=mine)
    assert _problems(git.root) == (0, [])
    _make_again(git, READER, key=others)
    assert STRANGER in _only_problem(git.root, 1)


@pytest.mark.skipif(shutil.which("gpg") is None, reason="needs GnuPG")
def test_a_key_of_gnupg_counts_if_it_is_known_here(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, empty = Path(tempfile.mkdtemp()), tmp_path / "empty"
    empty.mkdir(0o700)
    monkeypatch.setenv("GNUPGHOME", str(known))
    try:
        make = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-gen-key", READER, "ed25519", "sign"]
        subprocess.run(make, check=True, capture_output=True)
        listed = subprocess.run(
            ["gpg", "--with-colons", "-K"], check=True, capture_output=True, text=True
        ).stdout
        fingerprint = next(row.split(":")[9] for row in listed.splitlines() if row.startswith("fpr:"))
        _let_hold(git.root, FIRST, HOLDER)
        _let_hold(git.root, SECOND, fingerprint)
        options = ("--amend", "--no-edit", f"--gpg-sign={fingerprint}")
        git("-c", f"user.email={READER}", "commit", "--quiet", *options, day=FILED)
        assert _problems(git.root) == (0, [])
        monkeypatch.setenv("GNUPGHOME", str(empty))
        assert "import the public keys" in _only_problem(git.root, 1)
    finally:
        monkeypatch.setenv("GNUPGHOME", str(known))
        subprocess.run(["gpgconf", "--kill", "all"], check=False)
        shutil.rmtree(known, ignore_errors=True)  # The agent removes its sockets at the same time.


@pytest.mark.parametrize("holds_key", [False, True])
def test_a_bad_signature_is_an_error(git: Git, tmp_path: Path, holds_key: bool) -> None:
    mine, fingerprint = _key(tmp_path, "mine")
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, fingerprint if holds_key else READER)
    _make_again(git, READER, key=mine)
    forged = git("cat-file", "commit", "HEAD").replace("\nSign\n", "\nSign twice\n")
    (tmp_path / "commit").write_text(forged)
    name = git("hash-object", "-t", "commit", "-w", str(tmp_path / "commit")).strip()
    git("update-ref", "HEAD", name)
    assert "signature of its commit is bad" in _only_problem(git.root, 1)


@pytest.mark.parametrize(
    ("holder", "author", "is_holder"),
    [
        ("github:dana", ACCOUNT, True),
        ("github:Dana", "dana@users.noreply.github.com", True),
        ("github:dana", "1234-dana@users.noreply.gitlab.com", False),
        ("gitlab:dana", "1234-dana@users.noreply.gitlab.com", True),
        ("github:dana", "1234+dana2@users.noreply.github.com", False),
        ("github:dana", "dana@users.noreply.github.com.example", False),
    ],
)
def test_an_account_is_known_by_its_address(git: Git, holder: str, author: str, is_holder: bool) -> None:
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, holder)
    _make_again(git, author)
    status, problems = _problems(git.root)
    assert (status, len(problems)) == ((0, 0) if is_holder else (1, 1))


@pytest.mark.parametrize(("holder", "status"), [("github:dana", 0), ("github:other", 1), ("KEY", 1)])
@pytest.mark.parametrize("is_known", [False, True])
def test_what_the_platform_commits_for_somebody_is_never_theirs(
    git: Git, tmp_path: Path, holder: str, status: int, is_known: bool
) -> None:
    """A squash as GitHub makes it: the author is the account, the committer and the signer the platform."""
    platform, platform_key = _key(tmp_path, "platform")
    _, own_key = _key(tmp_path, "own")
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, own_key if holder == "KEY" else holder)
    if is_known:
        _let_platform_sign_with(git.root, platform_key)
    _make_again(git, ACCOUNT, PLATFORM, platform)
    problem = _only_problem(git.root, status)
    assert SQUASH in problem
    assert ("the platform signed it" in problem) == (is_known and not status)


@pytest.mark.parametrize(("is_known", "count"), [(True, 0), (False, 1)])
def test_a_change_that_names_the_platform_as_its_committer_needs_its_key(
    git: Git, tmp_path: Path, is_known: bool, count: int
) -> None:
    """Anybody can make such a commit, and name a holder as its author."""
    platform, platform_key = _key(tmp_path, "platform")
    git("switch", "--quiet", "--create", "base", "HEAD~1")
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, READER)
    if is_known:
        _let_platform_sign_with(git.root, platform_key)
    git.commit(FILED)
    git("cherry-pick", "main")
    _make_again(git, READER, PLATFORM, platform if is_known else None)
    options = ("--changed-since", "HEAD~1", "--select", "REV007", "--fail-on", "warning")
    shown = check(git.root, *options)
    assert (shown.exit_code, shown.stdout.count(SQUASH)) == (count, count)


@pytest.mark.parametrize(("committer", "count"), [(READER, 0), (OTHER, 1)])
def test_whoever_makes_a_commit_in_the_name_of_a_holder_is_not_the_holder(
    held: Git, committer: str, count: int
) -> None:
    """As in a rebase, or with `git commit --author`."""
    _make_again(held, READER, committer)
    status, problems = _problems(held.root)
    assert (status, len(problems)) == (0, count)
    assert all("in the name of a holder" in problem for problem in problems)
    assert check(held.root, "--verify-authors", "--fail-on", "warning").exit_code == count


def test_a_platform_that_commits_in_other_names_is_known_by_its_key(git: Git, tmp_path: Path) -> None:
    platform, platform_key = _key(tmp_path, "platform")
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, READER)
    _let_platform_sign_with(git.root, platform_key)
    _make_again(git, READER, OTHER, platform)
    assert SQUASH in _only_problem(git.root, 0)


def test_a_key_of_the_platform_is_nobodys(git: Git) -> None:
    key = "SHA256:" + "a" * 43
    _let_hold(git.root, SECOND, key)
    _let_platform_sign_with(git.root, key)
    result = check(git.root)
    assert result.exit_code == 2
    assert "is a key of the platform" in result.stdout


@pytest.mark.parametrize(
    ("tenure", "status"),
    [
        (f"{{holder: {READER}, to: 2026-10-14}}", 0),
        (f"{{holder: {READER}, from: 2026-10-14}}", 0),
        (f"{{holder: {READER}, to: 2026-10-13}}", 1),
        (f"{{holder: {READER}, from: 2026-10-15, to: 2026-12-31}}", 1),
        (f"{{holder: {READER}, to: 2026-10-13}}, {OTHER}", 1),
        (f"{{holder: {OTHER}, to: 2026-10-13}}, {READER}", 0),
    ],
)
def test_a_holder_counts_from_the_first_to_the_last_day(git: Git, tenure: str, status: int) -> None:
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, tenure)
    exit_code, problems = _problems(git.root)
    assert (exit_code, len(problems)) == (status, status)


@pytest.mark.parametrize(
    ("filed", "later", "status"),
    [
        ("2026-10-20", None, 0),
        ("2026-10-28", None, 1),
        ("2026-10-15", "2026-10-28", 1),  # The day of the commit is that of a clock which was set back.
        ("2026-10-15", "2026-12-28", 0),  # That of its parent is of a clock which was wrong.
    ],
)
def test_whoever_has_left_signs_nothing_of_the_time_before(
    git: Git, filed: str, later: str | None, status: int
) -> None:
    _let_hold(git.root, SECOND, f"{{holder: {READER}, to: 2026-10-14}}")
    _let_hold(git.root, FIRST, HOLDER)
    if later:
        record = (git.root / RECORD).read_text()
        git("reset", "--quiet", "--soft", "HEAD~1")
        git("restore", "--staged", "--worktree", "--source", "HEAD", RECORD)
        git("commit", "--quiet", "--allow-empty", "--message", "Something else", day=later)
        (git.root / RECORD).write_text(record)
    else:
        git("reset", "--quiet", "--soft", "HEAD~1")
    git("-c", f"user.email={READER}", "commit", "--quiet", "--message", "Sign", "--", RECORD, day=filed)
    exit_code, problems = _problems(git.root)
    assert exit_code == status
    assert any("had left the role" in problem for problem in problems) == bool(status)


def test_a_tenure_ends_after_it_begins(git: Git) -> None:
    _let_hold(git.root, SECOND, f"{{holder: {READER}, from: 2026-10-15, to: 2026-10-14}}")
    result = check(git.root)
    assert result.exit_code == 2
    assert "ends before it begins" in result.stdout


def test_one_author_for_all_readings_of_a_page_is_a_finding(held: Git) -> None:
    _let_hold(held.root, SECOND, HOLDER)
    file = held.root / "registers" / "owners.yml"
    file.write_text(file.read_text().replace(f"    holders: [{READER}]\n", ""))
    _make_again(held, HOLDER)
    problem = _only_problem(held.root, 0)
    assert "one author" in problem
    assert check(held.root, "--verify-authors", "--fail-on", "warning").exit_code == 1


@pytest.mark.parametrize(
    ("day", "count"), [("2026-10-07", 0), ("2026-10-21", 0), ("2026-10-06", 1), ("2026-10-22", 1)]
)
def test_a_reading_far_from_its_commit_is_a_finding(held: Git, day: str, count: int) -> None:
    held("-c", f"user.email={READER}", "commit", "--quiet", "--amend", "--no-edit", day=day)
    status, problems = _problems(held.root)
    assert (status, len(problems)) == (0, count)
    assert all("8 days" in problem for problem in problems)


@pytest.mark.parametrize(("day", "count"), [("2026-10-21", 0), ("2026-10-22", 1)])
def test_a_meeting_far_from_its_commit_is_a_finding(in_folder: Git, day: str, count: int) -> None:
    plan = in_folder.root / FOLDER_OF_RECORD / "review.yml"
    plan.write_text(plan.read_text().replace("  date: 2026-10-14", "  date: 2026-10-14 # met"))
    in_folder("commit", "--quiet", "--all", "--message", "Meet", day=day)
    status, problems = _problems(in_folder.root)
    assert (status, len(problems)) == (0, count)
    assert all("the meeting" in problem and "8 days" in problem for problem in problems)


@pytest.mark.parametrize(("address", "count"), [(READER, 0), (OTHER, 1)])
def test_only_a_holder_takes_a_reading_back(in_folder: Git, address: str, count: int) -> None:
    _reopen(in_folder)
    (in_folder.root / FOLDER_OF_RECORD / f"{SECOND}.yml").unlink()
    who = ("-c", f"user.email={address}")
    in_folder(*who, "commit", "--quiet", "--all", "--message", "Take back", day=FILED)
    assert _taken_back(in_folder) == count


def test_a_clone_that_lacks_the_commits_of_a_change_does_not_let_it_pass(
    held: Git, clone: Callable[..., Git]
) -> None:
    held("switch", "--quiet", "--create", "change")
    held("switch", "--quiet", "main")
    held("reset", "--quiet", "--hard", "HEAD~1")
    _let_hold(held.root, FIRST, HOLDER)
    _let_hold(held.root, SECOND, READER)
    held.commit(FILED)
    held("merge", "--quiet", "--no-ff", "--message", "Merge", "change", day=FILED)
    options = ("--changed-since", "HEAD^1", "--select", "REV007")
    assert check(held.root, *options).exit_code == 0
    cut = check(clone("--depth=2").root, *options)
    assert cut.exit_code == 1
    assert "git fetch --unshallow" in cut.stdout


def test_a_merge_that_leaves_a_reading_out_takes_it_back_for_nobody(in_folder: Git) -> None:
    _reopen(in_folder)
    in_folder("switch", "--quiet", "--create", "before", "main~2")
    in_folder.commit(FILED)
    in_folder("switch", "--quiet", "main")
    in_folder("merge", "--quiet", "--no-commit", "--no-ff", "before")
    (in_folder.root / FOLDER_OF_RECORD / f"{SECOND}.yml").unlink()
    in_folder("-c", f"user.email={READER}", "commit", "--quiet", "--all", "--message", "Merge", day=FILED)
    assert _taken_back(in_folder) == 1


def test_a_merge_brings_no_reading_back(in_folder: Git) -> None:
    """Git says that each line is by the holder, who has taken it back since."""
    _reopen(in_folder)
    reading = in_folder.root / FOLDER_OF_RECORD / f"{SECOND}.yml"
    text = reading.read_text()
    reading.unlink()
    in_folder("-c", f"user.email={READER}", "commit", "--quiet", "--all", "--message", "Take back", day=FILED)
    in_folder("tag", "--force", "base")
    in_folder("switch", "--quiet", "--create", "before", "main~2")
    in_folder.commit(FILED)
    in_folder("switch", "--quiet", "main")
    in_folder("merge", "--quiet", "--no-commit", "--no-ff", "before")
    reading.write_text(text)
    in_folder.commit(FILED)
    shown = check(in_folder.root, "--changed-since", "base", "--select", "REV007").stdout
    assert shown.startswith(f"{FOLDER_OF_RECORD}/{SECOND}.yml:1:1: error")
    assert "was taken back" in shown


def _reopen(git: Git) -> None:
    """Let the review be open, at the tag `base`."""
    plan = git.root / FOLDER_OF_RECORD / "review.yml"
    plan.write_text(plan.read_text().partition("\nmeeting:")[0] + "\n")
    git.commit(FILED)
    git("tag", "base")


def _taken_back(git: Git) -> int:
    """Return how many readings a change since `base` takes back for others."""
    shown = check(git.root, "--changed-since", "base", "--select", "REV007").stdout
    assert shown.count("review.yml:") == shown.count(f"took back the reading of {SECOND}")
    return shown.count("took back")


def test_a_reading_before_its_review_began_is_an_error(git: Git) -> None:
    record = git.root / RECORD
    record.write_text(record.read_text().replace("started: 2026-10-14", "started: 2026-10-15"))
    result = check(git.root, "--select", "REV007")
    assert result.exit_code == 1
    assert result.stdout.count("before the review began") == 2


def test_who_met_has_signed_a_reading(held: Git) -> None:
    record = held.root / RECORD
    record.write_text(record.read_text().replace(f"  - {FIRST}\n", f"  - {FIRST}\n  - legal-lead\n"))
    held("commit", "--quiet", "--all", "--message", "Meet", day=FILED)
    assert "legal-lead" in _only_problem(held.root, 1)


@pytest.mark.parametrize(("role", "status"), [(FIRST, 0), (SECOND, 1)])
@pytest.mark.parametrize("form", ["file", "folder"])
def test_an_editorial_change_is_signed_by_its_role(held: Git, role: str, status: int, form: str) -> None:
    text, facts = f"'sha256:{'a' * 64}'", f"date: 2026-10-15, by: {role}, why: A slip."
    paths = {
        "file": (
            "editorial_changes.yml",
            f"changes:\n- {{page: docs/index.md, {facts}, fingerprint: {text}}}\n",
        ),
        "folder": ("editorial_changes/a.yml", f"# A slip\n{{{facts}, pages: {{docs/index.md: {text}}}}}\n"),
    }
    file = held.root / "registers" / paths[form][0]
    file.parent.mkdir(exist_ok=True)
    file.write_text(paths[form][1])
    held.commit(FILED)
    exit_code, problems = _problems(held.root)
    assert (exit_code, len(problems)) == (status, status)
    assert all(f"recorded an editorial change as {role}" in problem for problem in problems)


@pytest.fixture
def in_folder(held: Git) -> Git:
    """The review is in a folder: HOLDER commits it without the reading of SECOND, and READER that."""
    old = held.root / RECORD
    texts = texts_of(page_at(held.root, path) for path in ("docs/index.md", "docs/other.md"))
    files = folder_of_record(texts, REVIEWED, (FIRST, SECOND))
    last = files.pop(f"{SECOND}.yml")
    old.unlink()
    folder = held.root / FOLDER_OF_RECORD
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    held.commit(FILED)
    (folder / f"{SECOND}.yml").write_text(last)
    held.commit(FILED)
    _make_again(held, READER)
    return held


def test_readings_in_files_of_their_own_by_their_holders_are_silent(in_folder: Git) -> None:
    assert _problems(in_folder.root) == (0, [])


@pytest.mark.parametrize(
    ("name", "before", "after", "act"),
    [
        (f"{FIRST}.yml", "date: 2026-10-14", "date: 2026-10-14 # a", f"signed as {FIRST}"),
        (f"{SECOND}.yml", "helps: Yes, it saves", "helps: No, it saves", f"signed as {SECOND}"),
        ("review.yml", "reason: The rules", "reason: All rules", "recorded the meeting"),
    ],
)
def test_each_line_of_a_file_of_a_role_is_judged(
    in_folder: Git, name: str, before: str, after: str, act: str
) -> None:
    file = in_folder.root / FOLDER_OF_RECORD / name
    lines = file.read_text().splitlines()
    number = next(number for number, line in enumerate(lines, 1) if before in line)
    file.write_text(file.read_text().replace(before, after, 1))
    who = ("-c", "user.email=nobody@example.org")
    in_folder(*who, "commit", "--quiet", "--all", "--message", "Edit", day=FILED)
    assert act in _only_problem(in_folder.root, 1)
    shown = check(in_folder.root, "--verify-authors", "--select", "REV007").stdout
    assert shown.startswith(f"{FOLDER_OF_RECORD}/{name}:{number}:")


def test_a_reading_that_is_moved_to_another_review_is_by_whoever_moved_it(in_folder: Git) -> None:
    """Otherwise, one person could have others read what they never read, if git takes the file along."""
    other = "registers/reviews/2026-10-14-other"
    shutil.copytree(in_folder.root / FOLDER_OF_RECORD, in_folder.root / other)
    (in_folder.root / other / f"{SECOND}.yml").unlink()
    in_folder("mv", f"{FOLDER_OF_RECORD}/{SECOND}.yml", f"{other}/{SECOND}.yml")
    in_folder.commit(FILED)
    shown = check(in_folder.root, "--verify-authors", "--select", "REV007").stdout
    assert f"{other}/{SECOND}.yml:2:1: error" in shown


@pytest.mark.parametrize(("role", "status"), [(FIRST, 0), (SECOND, 1)])
def test_giving_a_review_up_is_signed_by_its_role(held: Git, role: str, status: int) -> None:
    folder = held.root / "registers" / "reviews" / "2026-10-15-docs"
    folder.mkdir()
    end = f"abandoned: {{date: 2026-10-15, by: {role}, reason: The pages merge.}}\n"
    (folder / "review.yml").write_text(f"started: 2026-10-15\n{end}")
    held.commit(FILED)
    exit_code, problems = _problems(held.root)
    assert (exit_code, len(problems)) == (status, status)
    assert all(f"gave the review up as {role}" in problem for problem in problems)


def test_a_role_without_holders_does_not_vouch_for_a_meeting(git: Git) -> None:
    _let_hold(git.root, FIRST, READER)
    status, problems = _problems(git.root)
    assert status == 1
    (meeting,) = [problem for problem in problems if "recorded the meeting" in problem]
    assert STRANGER in meeting


def test_a_role_that_does_not_exist_is_no_signature(held: Git) -> None:
    text = "sha256:" + "a" * 64
    change = f"page: docs/index.md, date: 2026-10-15, by: nobody, why: A slip., fingerprint: '{text}'"
    (held.root / "registers" / "editorial_changes.yml").write_text(f"changes:\n- {{{change}}}\n")
    held.commit(FILED)
    assert "no such role" in _only_problem(held.root, 0)


def test_the_name_of_a_key_as_an_address_is_no_key(git: Git) -> None:
    fingerprint = "SHA256:" + "a" * 43
    _let_hold(git.root, FIRST, HOLDER)
    _let_hold(git.root, SECOND, fingerprint)
    _make_again(git, fingerprint)
    assert _problems(git.root)[0] == 1


@pytest.mark.parametrize("holder", ["nobody", "SHA256:short", "a b@example.org", "12345", "bitbucket:dana"])
def test_a_holder_is_an_address_an_account_or_a_fingerprint(git: Git, holder: str) -> None:
    _let_hold(git.root, FIRST, f"'{holder}'")
    result = check(git.root)
    assert result.exit_code == 2
    assert "fingerprint of a signing key" in result.stdout


@pytest.mark.parametrize("more", [("docs/index.md",), ("--as-of", "2026-11-10")])
def test_it_judges_all_records_of_today_or_none(git: Git, more: tuple[str, ...]) -> None:
    result = check(git.root, "--verify-authors", *more)
    assert result.exit_code == 2
    assert "--verify-authors" in result.stderr


def test_the_holders_of_an_owner_reach_no_page(git: Git) -> None:
    page = git.root / "docs" / "other.md"
    page.write_text(page.read_text().replace("2026-10-14", "2026-01-14"))
    before = git.commit()
    _let_hold(git.root, FIRST, OTHER)
    result = check(git.root, "--changed-since", before, "--ignore", "REV005,REV006")
    assert result.exit_code == 0
    assert "info REV003" in result.stdout


FILER = "handbook-reviews@example.org"
COMMENT = "https://github.com/example/handbook/issues/7#issuecomment-9"


def _file_for(git: Git, account: str, comment: str | None = COMMENT) -> None:
    """Let FILER file the reading of SECOND, which names the account of who said it."""
    file = git.root / FOLDER_OF_RECORD / f"{SECOND}.yml"
    where = f", comment: '{comment}'" if comment else ""
    said = f"filed_for: {{account: {account}{where}}}\n"
    file.write_text(file.read_text().replace("pages:\n", f"{said}pages:\n", 1))
    git("add", "--all")
    _make_again(git, FILER)


def _let_file(root: Path, *addresses: str) -> None:
    file = root / "registers" / "owners.yml"
    listed = ", ".join(f"'{address}'" for address in addresses)
    file.write_text(f"{file.read_text(encoding='utf-8')}\nfiles_for_others: [{listed}]\n", encoding="utf-8")


@pytest.fixture
def filed(in_folder: Git) -> Git:
    """The account `github:dana` holds SECOND, and FILER files its reading."""
    _let_hold(in_folder.root, SECOND, "github:dana")
    file = in_folder.root / "registers" / "owners.yml"
    file.write_text(file.read_text().replace(f"    holders: [{READER}]\n", ""))
    return in_folder


@pytest.mark.parametrize("comment", [COMMENT, None])
def test_what_was_filed_for_a_holder_shows_no_more_than_who_filed_it(filed: Git, comment: str | None) -> None:
    _let_file(filed.root, FILER.upper())
    _file_for(filed, "github:Dana", comment)
    problem = _only_problem(filed.root, 0)
    assert f"who signed as {SECOND} cannot be verified" in problem
    assert "no known key signed the commit" in problem
    assert (COMMENT in problem) == bool(comment)


def test_nobody_files_for_others_unless_the_register_says_so(filed: Git) -> None:
    _file_for(filed, "github:dana")
    assert "files_for_others" in _only_problem(filed.root, 1)


@pytest.mark.parametrize("account", ["github:other", "gitlab:dana", OTHER])
def test_what_was_filed_for_somebody_else_is_an_error(filed: Git, account: str) -> None:
    _let_file(filed.root, FILER)
    _file_for(filed, account)
    assert "an account that is not a holder" in _only_problem(filed.root, 1)


def test_nothing_is_filed_for_a_role_with_a_key(filed: Git, tmp_path: Path) -> None:
    _, fingerprint = _key(tmp_path, "mine")
    file = filed.root / "registers" / "owners.yml"
    file.write_text(file.read_text().replace("[github:dana]", f"[github:dana, {fingerprint}]"))
    _let_file(filed.root, FILER)
    _file_for(filed, "github:dana")
    assert "not signed" in _only_problem(filed.root, 1)


def test_one_account_for_all_readings_of_a_page_is_a_finding(filed: Git) -> None:
    file = filed.root / "registers" / "owners.yml"
    file.write_text(file.read_text().replace("[github:dana]", f"[{HOLDER}]"))
    _let_file(filed.root, FILER)
    _file_for(filed, HOLDER)
    status, problems = _problems(filed.root)
    assert status == 0
    assert any("one author" in problem for problem in problems)


@pytest.mark.parametrize("account", ["SHA256:" + "a" * 43, "nobody"])
def test_a_key_says_nothing_in_a_comment(filed: Git, account: str) -> None:
    _file_for(filed, f"'{account}'")
    result = check(filed.root)
    assert result.exit_code == 2
    assert "filed_for.account" in result.stdout
