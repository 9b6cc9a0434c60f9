"""The history of pages, read from real repositories in one run of git."""

import datetime
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from handbook.errors import HandbookError
from handbook.git.commit_messages import Significance
from handbook.git.repository import Repository
from handbook.history.changes import Change, History, Names, PageHistory
from handbook.history.page_history import HistoryQuery, read_history, redline_of
from handbook.text.redline import Mark
from scripts.development.sample_history import write_history
from tests.conftest import PAGE
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]
PULL_REQUEST = "Merge pull request #12 from someone/work\n\nSay what a gift is"


def _history(git: Git, names: Names = "none", zone: str = "UTC", branch: str = "main") -> History:
    with Repository(git.root) as repository:
        return read_history(repository, branch, HistoryQuery(zone, names=names))


def _page(git: Git, path: str = "docs/other.md", names: Names = "none") -> PageHistory:
    return _history(git, names).pages[path]


def _last(git: Git, path: str = "docs/other.md", names: Names = "none") -> Change:
    return _page(git, path, names).changes[0]


def _branch(git: Git, write: Write, *messages: str) -> None:
    """Change docs/other.md once for each message on a branch `work`, from day 2; go back to main."""
    git("switch", "--quiet", "--create", "work")
    for number, message in enumerate(messages, 2):
        write("docs/other.md", f"{PAGE}\nChange {number}.\n")
        git.commit(f"2026-11-0{number}", message)
    git("switch", "--quiet", "main")


def _merge(git: Git, message: str = PULL_REQUEST) -> None:
    git("merge", "--quiet", "--no-ff", "--message", message, "work", day="2026-11-09")


def test_each_change_has_its_day_reason_and_texts(git: Git, write: Write) -> None:
    write("docs/other.md", PAGE)
    name = git.commit("2026-11-03", "Call the page a page")
    newest, first = _page(git).changes
    assert (newest.commit, newest.day, newest.reason) == (
        name,
        datetime.date(2026, 11, 3),
        "Call the page a page",
    )
    assert (newest.pull_request, newest.significance, newest.authors) == (None, None, ())
    assert newest.before == first.after
    assert newest.after == git("rev-parse", "HEAD:docs/other.md").strip()
    assert (first.day, first.before) == (datetime.date(2026, 11, 1), None)


def test_other_ends_of_lines_change_no_word(git: Git, write: Write) -> None:
    text = (git.root / "docs" / "other.md").read_text("utf-8")
    write(".gitattributes", "* -text\n")
    write("docs/other.md", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    git.commit()
    with Repository(git.root) as repository:
        assert {piece.mark for piece in redline_of(repository, _last(git))} == {Mark.KEPT}


def test_a_day_is_the_one_where_the_organization_is(git: Git, write: Write) -> None:
    write("docs/other.md", PAGE)
    git.commit("2026-11-03T02:00:00+00:00")
    days = [
        _history(git, zone=zone).pages["docs/other.md"].changes[0].day.day
        for zone in ("UTC", "America/New_York")
    ]
    assert days == [3, 2]


def test_a_page_keeps_its_history_where_it_moves(git: Git, write: Write) -> None:
    (git.root / "docs" / "work").mkdir()
    git("mv", "docs/other.md", "docs/work/first.md")
    git.commit("2026-11-02", "Give work its folder")
    git("mv", "docs/work/first.md", "docs/work/last.md")
    write("docs/work/last.md", PAGE.replace("A page", "Other") + "\nMore.\n")
    git.commit("2026-11-03", "Call it the last, and say more")
    pages = _history(git).pages
    paths = [(change.path_before, change.path) for change in pages["docs/work/last.md"].changes]
    assert paths == [
        ("docs/work/first.md", "docs/work/last.md"),
        ("docs/other.md", "docs/work/first.md"),
        ("docs/other.md", "docs/other.md"),
    ]
    assert [change.is_move_alone for change in pages["docs/work/last.md"].changes] == [False, True, False]
    assert not {"docs/other.md", "docs/work/first.md"} & set(pages)


def test_a_page_that_comes_back_keeps_what_it_was(git: Git, write: Write) -> None:
    (git.root / "docs" / "other.md").unlink()
    git.commit("2026-11-02", "Retire it")
    assert not _page(git).exists
    write("docs/other.md", PAGE)
    git.commit("2026-11-03", "Bring it back")
    page = _page(git)
    assert page.exists
    assert [change.reason for change in page.changes] == ["Bring it back", "Retire it", "Change the handbook"]


def test_a_page_that_moves_to_the_address_of_a_retired_one_has_both_histories(git: Git, write: Write) -> None:
    (git.root / "docs" / "other.md").unlink()
    write("docs/new.md", f"{PAGE}\nNew.\n" * 3)
    git.commit("2026-11-02", "Begin again")
    git("mv", "docs/new.md", "docs/other.md")
    git.commit("2026-11-03", "Take its place")
    assert len(_page(git).changes) >= 3
    assert _last(git).reason == "Take its place"
    assert _page(git).changes[-1].reason == "Change the handbook"


def test_a_merge_is_one_change_on_the_day_it_was_made(git: Git, write: Write) -> None:
    _branch(git, write, "Begin", "End")
    write("docs/index.md", PAGE + "\nMeanwhile.\n")
    git.commit("2026-11-05")
    _merge(git)
    change, first = _page(git).changes
    assert (change.day, change.before) == (datetime.date(2026, 11, 9), first.after)
    assert (change.reason, change.pull_request) == ("Say what a gift is", 12)
    assert len(_page(git, "docs/index.md").changes) == 2


def test_a_merge_without_a_title_gives_the_reasons_of_its_commits(git: Git, write: Write) -> None:
    _branch(git, write, "Begin", "End (#7)")
    _merge(git, "Merge branch 'work' of git@example.org:someone")
    assert (_last(git).reason, _last(git).pull_request) == ("Begin; End (#7)", 7)


def test_what_a_branch_took_over_from_the_main_one_is_no_change(git: Git, write: Write) -> None:
    _branch(git, write, "Begin\n\nChange: editorial")
    write("docs/index.md", PAGE + "\nMeanwhile.\n")
    write("docs/other.md", PAGE.replace("A page", "Other").replace("owner: ", "# Who\nowner: "))
    git.commit("2026-11-05", "Meanwhile")
    git("switch", "--quiet", "work")
    git("merge", "--quiet", "--no-edit", "main", day="2026-11-06")
    git("switch", "--quiet", "main")
    _merge(git)
    assert [change.reason for change in _page(git, "docs/index.md").changes] == [
        "Meanwhile",
        "Change the handbook",
    ]
    assert (_last(git).reason, _last(git).significance) == ("Say what a gift is", Significance.EDITORIAL)


@pytest.mark.parametrize(
    ("before", "after", "is_own"),
    [
        ("", "", False),
        ("Meanwhile.\n", "Meanwhile, nothing is allowed.\n", True),
        ("Between.\n", "", True),
        ("Change 0.\n", "Everything is allowed.\n", True),
    ],
)
@pytest.mark.parametrize("on_branch", [False, True])
def test_what_a_merge_writes_itself_is_by_whoever_merged(
    git: Git, write: Write, before: str, after: str, is_own: bool, on_branch: bool
) -> None:
    text = PAGE.replace("Text.\n", "Text.\n\nOne.\n\nBetween.\n\nTwo.\n\nThree.\n\nLast.\n")
    write("docs/other.md", text)
    git.commit()
    git("switch", "--quiet", "--create", "work")
    write("docs/other.md", text.replace("Last.\n", "Change 0.\n"))
    git("add", "--all")
    git("commit", "--quiet", "--message", "Begin\n\nChange: editorial", "--author", "Reader <r@example.org>")
    git("switch", "--quiet", "main")
    write("docs/other.md", text.replace("Text.\n", "Meanwhile.\n"))
    git.commit("2026-11-05", "Meanwhile")
    if on_branch:
        git("switch", "--quiet", "work")
    git("merge", "--quiet", "--no-commit", "--no-ff", "main" if on_branch else "work", day="2026-11-06")
    merged = (git.root / "docs" / "other.md").read_text("utf-8")
    assert before in merged
    write("docs/other.md", merged.replace(before, after))
    git("commit", "--quiet", "--all", "--message", "Merge branch 'work'", day="2026-11-06")
    if on_branch:
        git("switch", "--quiet", "main")
        git("merge", "--quiet", "--no-ff", "--no-edit", "work", day="2026-11-06")
    change = _history(git, names="names").pages["docs/other.md"].changes[0]
    own = ("Reader", "Communications lead"), None
    assert (change.authors, change.significance) == (own if is_own else (("Reader",), Significance.EDITORIAL))


def test_a_page_that_moved_on_the_branch_has_the_authors_before_the_move(git: Git, write: Write) -> None:
    _branch(git, write, "Begin")
    git("switch", "--quiet", "work")
    git("mv", "docs/other.md", "docs/between.md")
    git.commit("2026-11-03", "Move it")
    write("docs/between.md", f"{PAGE}\nChange 2.\n\nMore.\n")
    git.commit("2026-11-04", "Say more")
    git("mv", "docs/between.md", "docs/moved.md")
    git.commit("2026-11-05", "Move it again")
    git("switch", "--quiet", "main")
    _merge(git, "Merge branch 'work'")
    assert _last(git, "docs/moved.md").reason == "Begin; Move it; Say more; Move it again"


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("Say more (#31)", 31),
        ('Revert "Say more (#31)" (#32)', 32),
        ("Merged PR 33: Say more", 33),
        ("Merged in work (pull request #34)", 34),
        ("Say more\n\nWhy.\n\nPull-request: #35", 35),
        ("Say more\n\nPull-request: https://git.example.org/handbook/pulls/36", 36),
        ("Merge branch 'work' into 'main'\n\nSay more\n\nSee merge request people/handbook!37", 37),
        ("Merge pull request 'Say more' (#39) from people/work into main", 39),
        ("Answer (#38) at once", None),
        ("Say more\n\nPull-request: soon", None),
    ],
)
def test_the_pull_request_is_the_one_that_the_message_names(
    git: Git, write: Write, message: str, number: int | None
) -> None:
    write("docs/other.md", PAGE)
    git.commit("2026-11-02", message)
    assert _last(git).pull_request == number


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Merge branch 'someone/work'", "Begin"),
        ("Merge branches 'someone/work' and 'more'", "Begin"),
        (f"Merge commit '{'a' * 40}' into HEAD", "Begin"),
        (f"Merge {'a' * 40} into {'b' * 40}", "Begin"),
        ("Merge pull request 'Say more' (#39) from someone/work into main", "Say more"),
        (
            "Merge pull request 'Say (a) bit' (#39) from a/b into main\n\nReviewed-on: https://git.example/1",
            "Say (a) bit",
        ),
        ("Merged in someone/work (pull request #34)", "Begin"),
        ("Merged in someone/work (pull request #34)\n\nSay more\n\nApproved-by: Someone", "Say more"),
        ("Merged in someone/work (pull request #34)\n\nApproved-by: Someone", "Begin"),
        ("Merge commitments of the board into the policy", "Merge commitments of the board into the policy"),
    ],
)
def test_a_merge_without_a_title_has_the_reasons_of_its_commits_and_never_the_name_of_a_branch(
    git: Git, write: Write, message: str, expected: str
) -> None:
    _branch(git, write, "Begin")
    _merge(git, message)
    assert _last(git).reason == expected


@pytest.mark.parametrize(
    ("trailers", "kind"),
    [
        ("Change: editorial", Significance.EDITORIAL),
        ("change: Substantive", Significance.SUBSTANTIVE),
        ("Change: large", None),
        ("Change: editorial\nChange: substantive", None),
        ("", None),
    ],
)
def test_the_kind_is_what_a_trailer_says_or_unknown(
    git: Git, write: Write, trailers: str, kind: Significance | None
) -> None:
    write("docs/other.md", PAGE)
    git.commit("2026-11-02", f"Mend a word\n\n{trailers}")
    assert _last(git).significance is kind


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        (["One\n\nChange: editorial", "Two\n\nChange: editorial"], Significance.EDITORIAL),
        (["One\n\nChange: editorial", "Two\n\nChange: substantive"], Significance.SUBSTANTIVE),
        (["One\n\nChange: editorial", "Two"], None),
    ],
)
def test_a_merge_is_editorial_only_if_every_commit_is(
    git: Git, write: Write, messages: list[str], kind: Significance | None
) -> None:
    _branch(git, write, *messages)
    _merge(git)
    assert _last(git).significance is kind


def test_what_the_list_of_ignored_revisions_names_is_left_out_and_counted(git: Git, write: Write) -> None:
    write("docs/other.md", PAGE.replace("\n\n", "\n\n\n"))
    ignored = git.commit("2026-11-02", "Format every page anew")
    write("docs/other.md", PAGE)
    write(".git-blame-ignore-revs", f"# Formatting\n{ignored} # every page\n\n")
    git.commit("2026-11-03", "Say more")
    assert [change.reason for change in _page(git).changes] == ["Say more", "Change the handbook"]
    assert _history(git).left_out == (ignored,)


def test_a_merge_that_brought_only_ignored_revisions_is_left_out(git: Git, write: Write) -> None:
    _branch(git, write, "Format")
    _merge(git)
    write(".git-blame-ignore-revs", git("rev-parse", "work"))
    git.commit("2026-11-10")
    assert [change.reason for change in _page(git).changes] == ["Change the handbook"]


def test_a_list_of_ignored_revisions_with_something_else_is_refused_with_its_line(
    git: Git, write: Write
) -> None:
    write(".git-blame-ignore-revs", "# Formatting\nabc1234\n")
    git.commit("2026-11-02")
    with pytest.raises(HandbookError, match=r"^.git-blame-ignore-revs:2: .*abc1234"):
        _history(git)


def test_a_shallow_clone_is_refused_with_what_to_do(git: Git, clone: Callable[..., Git]) -> None:
    git.commit("2026-11-02")
    with pytest.raises(HandbookError, match="git fetch --unshallow"):
        _history(clone("--depth=1"))


@pytest.mark.parametrize(
    ("names", "authors"), [("names", ("Communications lead",)), ("roles", (None,)), ("none", ())]
)
def test_names_are_shown_as_the_organization_chooses(
    git: Git, names: Names, authors: tuple[str, ...]
) -> None:
    assert _last(git, names=names).authors == authors


def test_a_role_is_found_by_the_address_of_its_holder_and_is_otherwise_unknown(
    git: Git, write: Write
) -> None:
    git("switch", "--quiet", "--create", "work")
    for number, address in enumerate(("SOCIAL@example.org", "else@example.org", "social@example.org")):
        write("docs/other.md", f"{PAGE}\nChange {number}.\n")
        git("-c", f"user.email={address}", "commit", "--quiet", "--all", "--message", "Say more")
    git("switch", "--quiet", "main")
    _merge(git)
    holders = {"social@example.org": ("platform-lead", "communications-lead")}
    with Repository(git.root) as repository:
        roles = HistoryQuery("UTC", names="roles", roles_of=lambda address: holders.get(address.lower(), ()))
        history = read_history(repository, "main", roles)
    merge, first = history.pages["docs/other.md"].changes
    assert merge.authors == ("platform-lead", "communications-lead", None)
    assert first.authors == ("platform-lead", "communications-lead")


def test_an_address_is_never_shown(git: Git, write: Write) -> None:
    write("docs/other.md", PAGE)
    git("add", "--all")
    who = ("-c", "user.name=person@example.org")
    git(*who, "commit", "--quiet", "--message", "Ask <person@example.org>, not me@example.org")
    change = _last(git, names="names")
    assert (change.authors, change.reason) == ((), "Ask (address), not (address)")


def test_a_message_cannot_forge_a_change(git: Git, write: Write) -> None:
    forged = f":100644 100644 {'1' * 40} {'2' * 40} M docs/index.md"
    write("docs/other.md", PAGE)
    git.commit("2026-11-02", f"{forged}\n\n{forged}\n\x01commit {'3' * 40} 1")
    assert _last(git).reason == forged
    assert len(_page(git, "docs/index.md").changes) == 1


def test_a_handbook_in_a_folder_of_the_repository_has_its_paths(git: Git, write: Write) -> None:
    write("docs/docs/inner.md", PAGE)
    git.commit("2026-11-02", "Begin")
    with Repository(git.root / "docs") as repository:
        pages = read_history(repository, "main", HistoryQuery("UTC")).pages
    assert {"index.md", "other.md", "docs/inner.md"} <= set(pages)


def test_the_settings_of_a_person_change_nothing(git: Git, write: Write) -> None:
    write("docs/other.md", PAGE)
    git.commit("2026-11-02", "Réécrire")
    before = _history(git)
    for key, value in {"i18n.logOutputEncoding": "latin1", "diff.renames": "copies"}.items():
        git("config", key, value)
    assert _history(git) == before
    assert _last(git).reason == "Réécrire"


def test_the_changes_of_all_pages_are_sorted_newest_first(git: Git, write: Write) -> None:
    for day, name in (("2026-11-05", "b"), ("2026-11-02", "a")):
        write(f"docs/{name}.md", PAGE)
        git.commit(day, f"Write {name}")
    paths = [change.path for change in _history(git).all_changes()]
    assert paths[:2] == ["docs/a.md", "docs/b.md"]  # As they landed, though a clock ran ahead.


def test_blobs_agree_with_git_in_every_commit_of_a_long_history(git: Git, write: Write) -> None:
    """Replay the changes: each begins where one ended, and the last one ends with what git has."""
    _branch(git, write, "Begin", "End")
    git("mv", "docs/index.md", "docs/start.md")
    git.commit("2026-11-05")
    _merge(git)
    for page in _history(git).pages.values():
        assert all(later.before == earlier.after for later, earlier in pairwise(page.changes))
        assert page.changes[0].after == git("rev-parse", f"HEAD:{page.path}").strip()


def test_one_run_of_git_log_is_enough(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, arguments: list[str], **options: Any) -> None:
            runs.extend(arguments)
            super().__init__(arguments, **options)

    with Repository(git.root) as repository, monkeypatch.context() as patched:
        patched.setattr(subprocess, "Popen", Counted)
        read_history(repository, "main", HistoryQuery("UTC"))
    assert runs.count("log") == 1
    assert "diff" not in runs


def test_a_long_history_is_as_git_has_it(tmp_path: Path) -> None:
    """The history of the benchmark in a smaller size, with its moves and merges."""
    write_history(tmp_path / "history", 50, 400)
    with Repository(tmp_path / "history") as repository:
        history = read_history(repository, "main", HistoryQuery("UTC"))
        tree = repository.tree(repository.commit("main"))
    assert {path: page.changes[0].after for path, page in history.pages.items()} == {
        path: name for path, (_, name) in tree.entries.items() if path.endswith(".md")
    }
    changes = history.all_changes()
    assert all(
        later.before == earlier.after
        for page in history.pages.values()
        for later, earlier in pairwise(page.changes)
    )
    assert {change.significance for change in changes} == {None, Significance.EDITORIAL}
    assert sum(change.path != change.path_before for change in changes) > 15
    assert all(change.pull_request for change in changes)
    assert all(page.changes[-1].before is None for page in history.pages.values())


def test_a_log_that_was_started_early_is_the_same(git: Git, write: Write) -> None:
    write("docs/other.md", PAGE)
    tip = git.commit("2026-11-02", "Say more")
    with Repository(git.root) as repository:
        repository.start_log(tip)
        assert read_history(repository, "main", HistoryQuery("UTC")) == _history(git)


def test_a_log_that_nobody_reads_ends_with_its_repository(git: Git) -> None:
    """A process that goes on would be a ResourceWarning, which is an error here."""
    with Repository(git.root) as repository:
        repository.start_log(repository.commit("main"))


def test_a_log_that_git_refuses_is_a_sentence(git: Git) -> None:
    with Repository(git.root) as repository, pytest.raises(HandbookError, match="0000"):
        list(repository.log("0" * 40))


def _since(git: Git, since: datetime.date | str) -> History:
    with Repository(git.root) as repository:
        return read_history(repository, "main", HistoryQuery("UTC", since=since))


def test_what_others_committed_before_is_not_shown(git: Git, write: Write) -> None:
    write("docs/other.md", PAGE)
    foreign = git.commit("2026-11-03", "By others")
    write("docs/other.md", f"{PAGE}\nOurs.\n")
    own = git.commit("2026-11-04", "By us")
    for beginning in (foreign, foreign[:7], datetime.date(2026, 11, 4)):
        history = _since(git, beginning)
        assert [change.commit for change in history.pages["docs/other.md"].changes] == [own]
        assert history.pages["docs/index.md"].changes == ()
        assert history.pages["docs/index.md"].exists


def test_a_page_that_others_deleted_before_has_no_history(git: Git) -> None:
    (git.root / "docs" / "other.md").unlink()
    foreign = git.commit("2026-11-03", "By others")
    assert "docs/other.md" not in _since(git, foreign).pages


def test_a_merge_of_what_began_before_is_our_own_change(git: Git, write: Write) -> None:
    foreign = git("rev-parse", "HEAD").strip()
    _branch(git, write, "Say what a gift is")
    _merge(git)
    changes = _since(git, foreign).pages["docs/other.md"].changes
    assert [change.reason for change in changes] == ["Say what a gift is"]


def test_a_branch_without_a_commit_of_its_own_shows_no_change_yet(git: Git, write: Write) -> None:
    git("switch", "--quiet", "--create", "adopt")
    write("docs/other.md", f"{PAGE}\nOurs.\n")
    adopted = git.commit("2026-11-04", "By us, and not on the main branch yet")
    pages = _since(git, adopted).pages
    assert "docs/other.md" in pages
    assert all(not page.changes for page in pages.values())


def test_a_history_cannot_begin_after_a_commit_that_it_does_not_have(git: Git) -> None:
    with pytest.raises(
        HandbookError, match=r"`history_since` in organization\.yml.*; if you began .* the day"
    ):
        _since(git, "0123456789")
