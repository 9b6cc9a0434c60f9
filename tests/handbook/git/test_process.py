"""Whatever a reader's git is set to, a repository gives the same answers."""

import datetime
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.compliance.read_compliance import read_compliance
from handbook.errors import HandbookError
from handbook.git.commit_time import seconds_of
from handbook.git.process import refusal
from handbook.git.repository import Repository
from handbook.git.source_repository import SourceRepository, Unavailable
from macros.plugin import expressions_of
from scripts.cli import main
from tests.conftest import PAGE, made_once, make_folder
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]

# Each changes what one of git's commands prints, or stops it, if nobody prevents that.
SETTINGS: Mapping[str, str] = {
    "blame.coloring": "repeatedLines",
    "blame.date": "relative",
    "blame.ignoreRevsFile": "{home}/revisions",
    "blame.markIgnoredLines": "true",
    "blame.showEmail": "true",
    "color.diff": "always",
    "color.status": "always",
    "color.ui": "always",
    "core.abbrev": "5",
    "core.attributesFile": "{home}/attributes",
    "core.excludesFile": "{home}/ignored",
    "core.fsmonitor": "{home}/no-such-program",
    "core.notesRef": "refs/notes/other",
    "core.pager": "false",
    "core.quotePath": "true",
    "diff.algorithm": "patience",
    "diff.external": "false",
    "diff.ignoreSubmodules": "all",
    "diff.mnemonicPrefix": "true",
    "diff.noprefix": "true",
    "diff.orderFile": "no-such-file",
    "diff.relative": "true",
    "diff.renameLimit": "1",
    "diff.renames": "false",
    "diff.submodule": "log",
    "diff.wordRegex": ".",
    "format.pretty": "fuller",
    "gpg.minTrustLevel": "ultimate",
    "gpg.ssh.allowedSignersFile": "no-such-file",
    "gpg.ssh.program": "no-such-program",
    "gpg.ssh.revocationFile": "{home}/no-such-file",
    "i18n.logOutputEncoding": "UTF-16",
    "log.abbrevCommit": "true",
    "log.date": "relative",
    "log.decorate": "full",
    "log.diffMerges": "off",
    "log.follow": "true",
    "log.mailmap": "true",
    "log.showRoot": "false",
    "log.showSignature": "true",
    "mailmap.blob": "HEAD:names",
    "mailmap.file": "{home}/mailmap",
    "notes.displayRef": "refs/notes/*",
    "pager.log": "true",
    "status.branch": "true",
    "status.relativePaths": "false",
    "status.short": "true",
    "trailer.separators": "=",
}
OTHER_NAME = "Somebody else <else@example.org> <social@example.org>\n"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed commit, a merge, a page that moved, an accent, a trailer, and a new page on disk."""
    return made_once(tmp_path_factory, "history-for-settings", _make_history)


def _make_history(root: Path) -> None:
    git, key = Git(make_folder(root)), root.with_suffix(".key")
    git.commit()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
    (root / "names").write_text(OTHER_NAME)
    git.commit(message="Write names\n\nChange: editorial")
    git("switch", "--quiet", "--create", "work")
    for number in range(3):
        git("mv", "docs/other.md" if not number else f"docs/été {number - 1}.md", f"docs/été {number}.md")
        (root / "docs" / f"été {number}.md").write_text(f"{PAGE}More {number}.\n")
        git.commit(message="Déplacer")
    git("switch", "--quiet", "main")
    git("merge", "--quiet", "--no-ff", "--no-edit", "work")
    options = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}")
    git(*options, "commit", "--quiet", "--amend", "--no-edit", "--gpg-sign")
    (root / "docs" / "new.md").write_text(PAGE)


@pytest.fixture(scope="module")
def expected(history: Path) -> list[object]:
    """What the repository answers whoever has set up nothing."""
    answers = _answers(history)
    assert not any("else@example.org" in str(answer) for answer in answers)
    return answers


@pytest.fixture
def own_history(history: Path, tmp_path: Path) -> Git:
    """A copy of the repository, to be changed."""
    shutil.copytree(history, tmp_path / "own")
    return Git(tmp_path / "own", begin=False)


def _answers(root: Path) -> list[object]:
    with Repository(root) as repository:
        main_branch = repository.main_branch()
        tip = repository.commit(main_branch)
        return [
            main_branch,
            tip,
            repository.first_parents(main_branch),
            list(repository.tree_changes(main_branch)),
            repository.blame("docs/index.md"),
            repository.author(tip),
            list(repository.log(tip)),
            repository.tree(tip).entries,
            repository.changes_since(f"{tip}~1"),
            seconds_of(repository, tip),
            repository.ask("status", "--porcelain", "--untracked-files=normal", "--", ":/"),
        ]


def _set_up(home: Path, patch: pytest.MonkeyPatch, settings: Mapping[str, str]) -> None:
    """Let a person whose home is this folder have set up git like this."""
    home.mkdir()
    (home / "ignored").write_text("*.md\n")
    (home / "attributes").write_text("*.md binary -diff\n")
    (home / "revisions").write_text("")
    (home / "mailmap").write_text(OTHER_NAME)
    patch.setenv("HOME", str(home))
    patch.delenv("XDG_CONFIG_HOME", raising=False)
    with (home / ".gitconfig").open("w", encoding="utf-8") as file:
        for key, value in settings.items():
            section, _, name = key.rpartition(".")
            group, _, member = section.partition(".")
            heading = f'{group} "{member}"' if member else group
            file.write(f'[{heading}]\n{name} = "{value.format(home=home)}"\n')


@pytest.mark.parametrize("key", SETTINGS)
def test_a_setting_changes_no_answer(
    history: Path, expected: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    _set_up(tmp_path / "home", monkeypatch, {key: SETTINGS[key]})
    process = subprocess.run(["git", "config", "--global", key], capture_output=True, text=True, check=True)
    assert process.stdout.strip() == SETTINGS[key].format(home=tmp_path / "home")
    assert _answers(history) == expected


def test_a_mailmap_changes_no_answer(own_history: Git, expected: list[object]) -> None:
    (own_history.root / ".git" / "info" / "exclude").write_text(".mailmap\n")
    (own_history.root / ".mailmap").write_text(OTHER_NAME)
    assert _answers(own_history.root)[:-1] == expected[:-1]


def test_a_graft_and_a_replacement_change_no_answer(own_history: Git, expected: list[object]) -> None:
    tip = own_history("rev-parse", "HEAD").strip()
    own_history("replace", "HEAD~1", "HEAD~2")
    (own_history.root / ".git" / "info" / "grafts").write_text(f"{tip}\n")
    assert _answers(own_history.root) == expected


def test_a_forged_commit_graph_changes_no_answer(own_history: Git, expected: list[object]) -> None:
    """It says without the commits which parents and files they have, and comes along with a copied folder."""
    own_history("commit-graph", "write", "--reachable")
    file = own_history.root / ".git" / "objects" / "info" / "commit-graph"
    tip, parent = (
        bytes.fromhex(own_history("rev-parse", f"{commit}^{{tree}}")) for commit in ("HEAD", "HEAD~1")
    )
    data = file.read_bytes()
    assert tip in data
    assert parent in data
    file.chmod(0o600)
    file.write_bytes(data.replace(tip, parent))
    assert _answers(own_history.root) == expected


def test_attributes_of_a_reader_change_nobody_who_wrote_a_line(
    own_history: Git, expected: list[object]
) -> None:
    own_history("config", "diff.shorter.textconv", "sed 1d")
    (own_history.root / ".git" / "info" / "attributes").write_text("*.md diff=shorter\n")
    assert _answers(own_history.root) == expected


COMMANDS = (
    ("check", "--today", "2026-11-20", "--changed-since", "HEAD~1"),
    ("check", "--as-of", "2026-11-20"),
    ("check", "--today", "2026-11-20", "--verify-authors"),
    ("audit", "history", "--format", "json"),
    ("audit", "compliance", "--from", "2026-10-31"),
    ("edition", "list"),
    ("edition", "plan"),
    ("edition", "verify"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_all_settings_at_once_change_nothing_that_a_command_says(
    published: Git, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    write("docs/other.md", PAGE.replace("owner: platform-lead\n", ""))
    published.commit("2026-11-05")
    expected = _run(published.root, command)
    assert expected[1]
    shutil.rmtree(published.root / ".git" / ".handbook", ignore_errors=True)  # Let it be read again.
    _set_up(tmp_path / "home", monkeypatch, SETTINGS)
    assert _run(published.root, command) == expected


def _run(root: Path, command: tuple[str, ...]) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*command, "--root", str(root)], catch_exceptions=False)
    return done.exit_code, done.output


def test_without_git_a_sentence_says_so(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HandbookError, match="git is not installed"):
        Repository(git.root)


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        (b"fatal: detected dubious ownership in repository at '/a'\n", "safe.directory"),
        (b"fatal: not a git repository\n", "clone"),
        (b"fatal: could not fetch 1234 from promisor remote\n", "network"),
    ],
)
def test_a_refusal_says_what_to_do(reason: bytes, advice: str) -> None:
    assert advice in refusal(reason)


@pytest.mark.parametrize("lacks", ["blob:none", "tree:0"])
def test_a_partial_clone_without_its_origin_is_a_sentence(
    git: Git, clone: Callable[..., Git], lacks: str
) -> None:
    _move_a_page(git)
    git("config", "uploadpack.allowFilter", "true")
    partial = clone(f"--filter={lacks}", "--no-checkout").root
    shutil.copytree(git.root, partial, ignore=shutil.ignore_patterns(".git"), dirs_exist_ok=True)
    git.root.rename(git.root.with_name("gone"))
    for command in (
        ("check", "--as-of", "2026-11-20"),
        ("check", "--verify-authors"),
        ("audit", "compliance", "--from", "2026-10-31", "--to", "2026-11-20"),
        ("audit", "history"),
    ):
        status, output = _run(partial, command)
        assert status == 2, command
        assert output.startswith("handbook: "), output
        assert "clone the whole repository" in output


def test_a_partial_clone_with_its_origin_is_completed_as_the_sentence_says(
    git: Git, clone: Callable[..., Git]
) -> None:
    _move_a_page(git)
    git("config", "uploadpack.allowFilter", "true")
    partial = clone("--filter=blob:none")
    assert _run(partial.root, ("check", "--changed-since", "HEAD"))[0] == 0
    status, output = _run(partial.root, ("audit", "history"))
    assert (status, "`git fetch --refetch --no-filter`" in output) == (2, True)
    partial("fetch", "--quiet", "--refetch", "--no-filter")
    assert _run(partial.root, ("audit", "history"))[0] == 0


def _move_a_page(git: Git) -> None:
    """Change a page and move it, which git can only tell by reading both texts."""
    git("mv", "docs/other.md", "docs/moved.md")
    (git.root / "docs" / "moved.md").write_text(PAGE + "More.\n")
    git.commit()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_a_sentence_and_not_a_copy_without_history(git: Git) -> None:
    for path in (git.root, git.root / ".git"):
        os.chown(path, 12345, 12345)
    status, output = _run(git.root, ("audit", "history"))
    assert (status, "safe.directory" in output) == (2, True)
    past = read_compliance(SourceRepository(git.root), "UTC", datetime.date(2026, 11, 20), expressions_of)
    assert past.unavailable is Unavailable.UNREADABLE


def test_a_sparse_checkout_is_a_sentence(git: Git) -> None:
    git("sparse-checkout", "set", "docs")
    with Repository(git.root) as repository, pytest.raises(HandbookError, match="sparse-checkout disable"):
        repository.changes_since(repository.commit("HEAD"))


def test_a_file_whose_changes_git_overlooks_is_a_sentence(git: Git) -> None:
    git("update-index", "--assume-unchanged", "docs/index.md")
    with Repository(git.root) as repository, pytest.raises(HandbookError, match="no-assume-unchanged docs"):
        repository.changes_since(repository.commit("HEAD"))


def test_a_submodule_that_git_is_told_to_ignore_is_part_of_a_change(git: Git, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Git(tmp_path / "other")
    other.commit()
    git("submodule", "--quiet", "add", other.root.as_uri(), "docs/other")
    git("config", "--file", ".gitmodules", "submodule.docs/other.ignore", "all")
    before = git.commit()
    other.commit()
    git("-C", "docs/other", "pull", "--quiet")
    git("add", "--force", "docs/other")
    git("commit", "--quiet", "--message", "Go on", "--", "docs/other")
    with Repository(git.root) as repository:
        assert repository.changes_since(before).touched == {"docs/other"}


def test_an_ignore_list_that_is_not_there_is_a_sentence(git: Git) -> None:
    git("config", "blame.ignoreRevsFile", "no-such-file")
    with Repository(git.root) as repository, pytest.raises(HandbookError, match=r"blame\.ignoreRevsFile"):
        repository.blame("docs/index.md")
