"""The history of pages on the built site, from real repositories."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.git.source_hosts import SourceHost
from macros.presentation.catalog import load_catalog
from scripts.site.publication import read_handbook
from tests.builds import build_site, build_site_afresh, contents
from tests.conftest import PAGE, make_folder
from tests.scripts.conftest import Git

OVERVIEW = """---
title: History
description: What changed.
owner: platform-lead
last_reviewed: 2026-10-14
---

# History

{{ page_histories() }}
"""
HOSTILE = "<script>alert(1)</script> {{ organization.name }} \u202egnp.exe &amp; [a](javascript:x)"
UNKNOWN = load_catalog("en")["history.unknown"]


def _told(file: Path) -> str:
    """Return the history at the end of a page."""
    text = file.read_text("utf-8")
    match = re.search(r'<(?:details|p) class="history">.*(?=</aside>)', text, re.DOTALL)
    assert match, text[-3000:]
    return match[0]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Git:
    """A handbook of two languages with a past, and with work that is not committed."""
    root = make_folder(tmp_path_factory.mktemp("past") / "handbook")
    (root / "docs" / "audit").mkdir()
    (root / "docs" / "audit" / "history.md").write_text(OVERVIEW)
    (root / "docs" / "index.fr.md").write_text(PAGE.replace("Text.", "Texte."))
    organization = root / "organization.yml"
    text = organization.read_text("utf-8")
    text = text.replace("https://git.example.org/", "https://github.com/example/")
    text = text.replace("repository_service: gitlab\n", "")
    organization.write_text(text.replace("history_names: none", "history_names: roles"), "utf-8")
    owners = root / "registers" / "owners.yml"
    text = owners.read_text("utf-8")
    held = "\n  platform-lead:\n    holders: [social@example.org]\n"
    owners.write_text(text.replace("\n  platform-lead:\n", held), "utf-8")
    git = Git(root)
    git.commit("2026-11-01", "Begin the handbook")
    other = root / "docs" / "other.md"
    other.write_text(PAGE.replace("A page", "Other") + "\nAsk `<us>` first.\n")
    git.commit("2026-11-02", f"{HOSTILE}\n\nPull-request: #12\nChange: substantive")
    git("mv", "docs/other.md", "docs/moved.md")
    git("-c", "user.email=else@example.org", "commit", "--quiet", "--message", "Move it", day="2026-11-03")
    (root / "docs" / "moved.md").write_text(PAGE.replace("A page", "Moved") + "\nAsk `<us>`.\n")
    ignored = git.commit("2026-11-04", "Format it")
    (root / ".git-blame-ignore-revs").write_text(ignored)
    git.commit("2026-11-05", "Leave out the format")
    git("commit", "--quiet", "--allow-empty", "--message", "Push the past", day="2026-10-20")
    (root / "docs" / "new.md").write_text(PAGE.replace("A page", "New"))
    (root / "docs" / "index.fr.md").write_text(PAGE.replace("Text.", "Autre texte."))
    return git


@pytest.fixture(scope="module")
def site(past: Git, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(past.root, tmp_path_factory.mktemp("site"))


def test_a_page_ends_with_its_last_changes(site: Path) -> None:
    told = _told(site / "moved" / "index.html")
    assert '<summary>Last changed <time datetime="2026-11-03">Nov 3, 2026</time></summary>' in told
    assert re.findall(r'<li><time datetime="([^"]+)"', told) == ["2026-11-03", "2026-11-02", "2026-11-01"]
    assert re.findall(r'history__facts">(.*?)</span>', told) == [
        "moved from docs/other.md · by unknown role",
        'substantive · <a href="https://github.com/example/communications/social-media-handbook/pull/12">'
        "pull request 12</a>"
        " · by Platform lead",
        "new page · by Platform lead",
    ]
    assert '<a href="../audit/history/moved.md.html">' in told
    assert "<h" not in told


def test_a_hostile_subject_is_text_on_the_page_and_in_the_document(site: Path) -> None:
    for file in (site / "moved" / "index.html", site / "audit" / "history" / "moved.md.html"):
        text = file.read_text("utf-8")
        assert (
            "&lt;script&gt;alert(1)&lt;/script&gt; {{ organization.name }} \\u202egnp.exe &amp;amp; [a]("
            in text
        )
        assert "\u202e" not in text
        assert "example.org>" not in text


def test_no_page_and_no_document_tells_an_address_of_somebody_who_wrote(site: Path) -> None:
    assert not [name for name, data in contents(site).items() if b"else@example.org" in data]


def test_a_document_has_every_change_word_by_word_in_the_language_of_its_page(site: Path) -> None:
    english = (site / "audit" / "history" / "moved.md.html").read_text("utf-8")
    assert '<html lang="en" ' in english
    assert re.search(r'<link rel="stylesheet" href="../../assets/[0-9a-f]{12}/handbook.css">', english)
    assert '<a href="../../moved/">Back to the page</a>' in english
    inserted = r'<ins><span class="visually-hidden">\[inserted: </span>\s*Ask &lt;us&gt; first'
    assert re.search(inserted, english)
    assert len(re.findall("<section>\n<h2><time", english)) == 3
    assert not re.search(r"<script(?! (type=\"module\" )?src=)|<style| style=| on\w+=", english)
    assert "last_reviewed" not in english
    assert 'class="emergency"' in english
    assert 'role="search"' in english
    french = (site / "audit" / "history" / "index.fr.md.html").read_text("utf-8")
    assert '<html lang="fr" ' in french
    assert '<a href="../../fr/">Retour à la page</a>' in french
    assert "[ajout\u00a0: " in french
    assert "pas encore enregistrées" in french


def test_every_link_of_a_document_and_of_the_overview_leads_somewhere(site: Path) -> None:
    documents = sorted((site / "audit" / "history").rglob("*.html"))
    assert [file.name for file in documents] == [
        "history.md.html",
        "index.fr.md.html",
        "index.html",
        "index.md.html",
        "moved.md.html",
    ]
    for file in (*documents, site / "fr" / "audit" / "history" / "index.html"):
        main = file.read_text("utf-8").partition("<article")[2] or file.read_text("utf-8")
        for link in re.findall(r'href="(\.[^"#]+)', main.partition("</article")[0]):
            target = (file.parent / link).resolve()
            assert (target / "index.html" if target.is_dir() else target).is_file(), (file, link)


def test_what_is_not_committed_says_so_and_has_no_day(site: Path) -> None:
    new = _told(site / "new" / "index.html")
    assert new.strip() == '<p class="history">This page is not committed yet.</p>'
    assert not (site / "audit" / "history" / "new.md.html").exists()
    french = _told(site / "fr" / "index.html")
    assert "pas encore enregistrées dans l’historique" in french
    assert 'datetime="2026-11-01"' in french


def test_a_page_that_is_not_translated_has_its_history_in_the_words_of_the_reader(site: Path) -> None:
    told = _told(site / "fr" / "moved" / "index.html")
    assert "Dernière modification le" in told
    assert "fonction inconnue" in told
    assert 'href="../../audit/history/moved.md.html"' in told


def test_the_overview_has_every_page_with_its_last_change_and_their_number(site: Path, past: Git) -> None:
    text = (site / "audit" / "history" / "index.html").read_text("utf-8")
    rows = re.findall(r'<tr><th scope="row"><a href="([^"]+)".*?</th><td>(.*?)</td><td>(.*?)</td>', text)
    entries = {
        link: (re.sub("<[^>]+>", "", last), re.sub("<[^>]+>", "", count)) for link, last, count in rows
    }
    assert entries == {
        "./": ("Nov 1, 2026", "1"),
        "../../": ("Nov 1, 2026", "1"),
        "../../fr/": ("Nov 1, 2026 This page has changes that are not committed yet.", "1"),
        "../../moved/": ("Nov 3, 2026", "3"),
        "../../new/": ("This page is not committed yet.", "0"),
    }
    assert past("rev-parse", "HEAD~2").strip()[:10] in text


def test_the_overview_names_a_commit_whose_date_cannot_be_true(site: Path, past: Git) -> None:
    text = (site / "audit" / "history" / "index.html").read_text("utf-8")
    (line,) = re.findall("<li><code>.*</li>", text)
    assert past("rev-parse", "--short=10", "HEAD").strip() in line
    assert line.index("20, 2026") < line.index("5, 2026", line.index("counts on"))


def test_two_builds_of_a_commit_are_the_same_and_know_nothing_of_later_ones(
    past: Git, tmp_path: Path
) -> None:
    early = past("rev-parse", "HEAD~3").strip()
    for name in ("first", "second"):
        past("worktree", "add", "--quiet", "--detach", str(tmp_path / name), early)
    site = build_site(tmp_path / "first", tmp_path / "site")
    again = build_site_afresh(tmp_path / "second", tmp_path / "again")
    past("worktree", "prune")
    assert contents(site) == contents(again)
    document = (site / "audit" / "history" / "moved.md.html").read_text("utf-8")
    assert re.findall(r'<h2><time datetime="([^"]+)"', document) == ["2026-11-03", "2026-11-02", "2026-11-01"]
    assert not any(b"2026-11-05" in data for name, data in contents(site).items() if name.endswith(".html"))


@pytest.fixture
def unknown(past: Git, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, str]]:
    """A copy that knows no history, and what it is to say."""
    root = tmp_path / "copy"
    if request.param == "shallow":
        past("clone", "--quiet", "--depth=1", past.root.as_uri(), str(root))
        yield root, "Run git fetch --unshallow in it"
    else:
        shutil.copytree(past.root, root, ignore=shutil.ignore_patterns(".git"))
        yield root, "a copy without the history of the repository"


@pytest.mark.parametrize("unknown", ["shallow", "no git"], indirect=True)
def test_a_copy_without_a_history_is_built_and_says_that_it_knows_none(
    unknown: tuple[Path, str], tmp_path: Path
) -> None:
    root, remedy = unknown
    site = build_site(root, tmp_path / "site")
    told = _told(site / "moved" / "index.html")
    assert told.strip() == f'<p class="history">{UNKNOWN} <a href="../audit/history/">What to do</a></p>'
    assert 'href="../audit/history/"' in _told(site / "fr" / "moved" / "index.html")
    overview = (site / "audit" / "history" / "index.html").read_text("utf-8")
    assert remedy in overview
    assert "<time" not in overview.partition("<article")[2].partition("<h1")[2].partition("<ul")[0]
    assert [file.name for file in (site / "audit" / "history").iterdir()] == ["index.html"]


def test_a_machine_without_git_builds(past: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert UNKNOWN in _told(build_site(past.root, tmp_path / "site") / "moved" / "index.html")


def test_a_handbook_without_a_commit_says_so_on_every_page(folder: Path, tmp_path: Path) -> None:
    Git(folder)
    site = build_site(folder, tmp_path / "site")
    assert "This page is not committed yet." in _told(site / "index.html")


def test_a_check_reads_no_history(past: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a check asked git")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert read_handbook(past.root)[0].pages


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/example/handbook", "https://github.com/example/handbook/pull/7"),
        ("https://github.com/example/handbook.git/", "https://github.com/example/handbook/pull/7"),
        ("https://gitlab.com/a/b/c", "https://gitlab.com/a/b/c/-/merge_requests/7"),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/pulls/7"),
        ("https://git.example.org/handbook", None),
        ("https://github.com.example.org/a/b", None),
    ],
)
def test_a_pull_request_is_linked_only_where_its_address_is_known(
    repository: str, address: str | None
) -> None:
    assert SourceHost(repository).pull_request(7) == address
