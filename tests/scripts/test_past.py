"""`handbook check --as-of`: the handbook as it stood at the end of a day."""

import datetime
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from handbook.git.repository import Repository
from handbook.history.past_handbook import read_past
from scripts.cli import main
from scripts.site.publication import read_handbook
from tests.conftest import PAGE, ROOT, TODAY
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]


def _check(folder: Path, *arguments: str) -> Result:
    options = ["check", "--root", str(folder), *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


@pytest.fixture
def history(git: Git, write: Write) -> Git:
    """A page breaks on 5 November, is mended on the 10th, and another is left uncommitted."""
    write("docs/other.md", PAGE.replace("owner: platform-lead\n", ""))
    git.commit("2026-11-05")
    write("docs/other.md", PAGE)
    git.commit("2026-11-10")
    write("docs/index.md", "not committed")
    return git


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-11-01", 0), ("2026-11-04", 0), ("2026-11-05", 1), ("2026-11-09", 1), ("2026-11-10", 0)],
)
def test_it_judges_the_text_of_the_day(history: Git, day: str, status: int) -> None:
    result = _check(history.root, "--as-of", day)
    assert result.exit_code == status
    assert ("OWN001" in result.stdout) == bool(status)
    assert (history.root / "docs" / "index.md").read_text() == "not committed"


def test_it_judges_as_of_the_day_or_of_another(history: Git) -> None:
    result = _check(history.root, "--as-of", "2026-11-10", "--today", "2027-11-10")
    assert "REV003" in result.stdout
    assert "future" in _check(history.root, "--as-of", "2026-11-10", "--today", "2026-10-13").stdout


def test_a_day_ends_at_midnight_where_the_organization_is(history: Git, write: Write) -> None:
    write("docs/index.md", PAGE)
    write("docs/other.md", "broken")
    history.commit("2026-11-15T04:59:59+00:00")
    write("docs/other.md", PAGE)
    history.commit("2026-11-15T05:00:00+00:00")
    assert _check(history.root, "--as-of", "2026-11-13").exit_code == 0
    assert _check(history.root, "--as-of", "2026-11-14").exit_code == 1
    assert _check(history.root, "--as-of", "2026-11-15").exit_code == 0


def test_work_on_a_branch_is_not_what_was_in_force(history: Git, write: Write) -> None:
    write("docs/index.md", PAGE)
    history("switch", "--quiet", "--create", "work")
    write("docs/other.md", "broken")
    history.commit("2026-11-12")
    assert _check(history.root, "--as-of", "2026-11-15").exit_code == 0
    assert _check(history.root, "--as-of", "2026-11-15", "--branch", "work").exit_code == 1
    history("switch", "--quiet", "main")
    history("merge", "--quiet", "--no-ff", "--no-edit", "work", day="2026-11-14")
    assert _check(history.root, "--as-of", "2026-11-13").exit_code == 0
    assert _check(history.root, "--as-of", "2026-11-15").exit_code == 1


def test_a_commit_with_an_older_date_changes_no_past_day(history: Git, write: Write) -> None:
    write("docs/index.md", PAGE)
    write("docs/other.md", PAGE.replace("owner: platform-lead\n", ""))
    history.commit("2026-11-02")
    assert _check(history.root, "--as-of", "2026-11-04").exit_code == 0
    assert _check(history.root, "--as-of", "2026-11-09").exit_code == 1  # That day was broken in its time.
    write("docs/other.md", PAGE)
    history.commit("2026-11-02")
    assert _check(history.root, "--as-of", "2026-11-09").exit_code == 1
    assert _check(history.root, "--as-of", "2026-11-10").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--as-of", "2026-10-31"],
            "the history here begins on 2026-11-01, after 2026-10-31; name 2026-11-01",
        ),
        (["--as-of", "2026-11-10", "--changed-since", "main"], "--changed-since"),
        (["--as-of", "2026-11-10", "--branch", "--help"], "git knows no revision '--help' here"),
        (["--as-of", "yesterday"], "'yesterday' is not a day"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(history: Git, arguments: list[str], told: str) -> None:
    result = _check(history.root, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_shallow_clone_answers_for_what_it_has(history: Git, clone: Callable[..., Git]) -> None:
    shallow = clone("--depth=1").root
    assert _check(shallow, "--as-of", "2026-11-12").exit_code == 0
    result = _check(shallow, "--as-of", "2026-11-05")
    assert result.exit_code == 2
    assert "git fetch --unshallow" in result.stderr


def test_a_missing_register_of_that_day_is_a_sentence(git: Git, write: Write) -> None:
    owners = (git.root / "registers" / "owners.yml").read_text(encoding="utf-8")
    (git.root / "registers" / "owners.yml").unlink()
    git.commit("2026-11-05")
    write("registers/owners.yml", owners)
    result = _check(git.root, "--as-of", "2026-11-06")
    assert result.exit_code == 2
    assert "registers/owners.yml is missing" in result.stderr


def test_it_publishes_what_mkdocs_would_publish(git: Git, write: Write) -> None:
    config = git.root / "mkdocs.yml"
    patterns = "exclude_docs: |\n  left-out.md\n  *.tmp\n  !kept.tmp\ndraft_docs: |\n  drafts/\n"
    config.write_text(config.read_text() + patterns + "not_in_nav: |\n  quiet.md\n")
    for name in (
        "left-out",
        "quiet",
        "drafts/a",
        "one/README",
        "two/README",
        "two/index",
        "other.fr",
        "other.de",
    ):
        write(f"docs/{name}.md", "# Broken\n")
    for name in ("a.tmp", "kept.tmp", ".hidden", "templates/a.html", "picture.png"):
        write(f"docs/{name}", b"x")
    (git.root / "docs" / "linked.md").symlink_to("quiet.md")
    (git.root / "docs" / "dangling.md").symlink_to("nowhere.md")
    commit = git.commit()
    on_disk, context = read_handbook(git.root, TODAY)
    with Repository(git.root) as repository:
        in_git = read_past(repository.tree(commit), TODAY, context.expressions_of)
    assert sorted(page.path for page in in_git.pages) == sorted(page.path for page in on_disk.pages)
    assert sorted(asset.path for asset in in_git.assets) == sorted(asset.path for asset in on_disk.assets)
    assert in_git.off_navigation == on_disk.off_navigation
    texts = [{page.path: page.text for page in pages} for pages in (in_git.pages, on_disk.pages)]
    for text in texts:  # A link is refused on disk. Of the past, it is what readers saw.
        del text["docs/linked.md"]
    assert texts[0] == texts[1]


def _days_of_this_repository() -> list[str]:
    log = subprocess.run(
        ["git", "log", "--first-parent", "--format=%ct"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    zone = ZoneInfo("America/New_York")
    days = {datetime.datetime.fromtimestamp(int(seconds), zone).date() for seconds in log.stdout.split()}
    chosen = sorted(days)
    return [day.isoformat() for day in {*chosen[:: max(1, len(chosen) // 5)], *chosen[-1:]}]


@pytest.mark.sample
@pytest.mark.parametrize("day", sorted(_days_of_this_repository()))
def test_every_day_of_this_repository_agrees_with_a_checkout(day: str, tmp_path: Path) -> None:
    """The text is that day's; what judges it, the macros included, is today's."""
    midnight = datetime.datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=ZoneInfo("America/New_York"))
    options = ["--first-parent", f"--before={midnight.isoformat()}", "-1", "HEAD"]
    process = subprocess.run(
        ["git", "rev-list", *options], cwd=ROOT, capture_output=True, text=True, check=True
    )
    checkout = tmp_path / "checkout"
    archive = tmp_path / "day.zip"
    subprocess.run(["git", "archive", "-o", str(archive), process.stdout.strip()], cwd=ROOT, check=True)
    shutil.unpack_archive(archive, checkout)
    shutil.rmtree(checkout / "macros")
    shutil.copytree(ROOT / "macros", checkout / "macros")
    # How old a text is that nobody has translated, only a history says, and the checkout has none.
    told = ("--format", "json", "--ignore", "TRN001")
    for moment in (day, "2027-06-30"):
        there = _check(checkout, "--today", moment, *told)
        here = _check(ROOT, "--as-of", day, "--today", moment, "--branch", "HEAD", *told)
        assert (here.exit_code, here.stdout, here.stderr) == (there.exit_code, there.stdout, there.stderr)


def test_a_page_for_others_or_for_a_platform_without_an_account_of_the_day_is_left_out(
    git: Git, write: Write
) -> None:
    write("docs/care.md", PAGE.replace("---\n\n", "applies_to: {sectors: [healthcare]}\n---\n\n"))
    write("docs/platforms/vimeo.md", PAGE)
    commit = git.commit()
    _, context = read_handbook(git.root, TODAY)
    with Repository(git.root) as repository:
        past = read_past(repository.tree(commit), TODAY, context.expressions_of)
    assert [page.path for page in past.pages] == ["docs/index.md", "docs/other.md"]
