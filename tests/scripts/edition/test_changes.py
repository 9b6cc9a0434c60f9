"""`handbook changes` and `handbook edition diff`: what readers see other than before, on real editions."""

import datetime
import json
import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.builds import NOON
from tests.conftest import PAGE, REVIEWED, ROOT, make_folder
from tests.records import page_at, record, texts_of
from tests.scripts.conftest import Git

ATOM = "{http://www.w3.org/2005/Atom}"
KEPT = "\n\nWe keep records for {{ organization.retention }}.\n"
HOSTILE = "`<script>alert(1)</script>` and @everyone"
PAGES = {
    "docs/index.md": PAGE.replace("owner:", "audience: [everyone]\nowner:") + KEPT,
    "docs/other.md": PAGE.replace("A page", "Other").replace("owner:", "audience: [managers]\nowner:"),
    "docs/records.md": PAGE.replace("A page", "Records").replace("owner:", "audience: [work]\nowner:") + KEPT,
    "docs/audit/changes.md": (ROOT / "docs/audit/changes.md")
    .read_text(encoding="utf-8")
    .replace("[reviews](reviews.md)", "reviews")
    .replace("2026-11-20", "2026-10-14"),
}


@pytest.fixture(scope="module", autouse=True)
def _on_one_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOON)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        yield


@pytest.fixture(scope="module")
def git(tmp_path_factory: pytest.TempPathFactory) -> Git:
    """Two editions: between them a variable changed, then the words of a page."""
    root = make_folder(tmp_path_factory.mktemp("changes") / "handbook")
    for path, text in PAGES.items():
        _write(root, path, text)
    _review(root)
    git = Git(root)
    git("config", "user.name", "Communications lead")
    git("config", "user.email", "social@example.org")
    git.commit()
    _publish(git)
    organization = (root / "organization.yml").read_text(encoding="utf-8")
    _write(root, "organization.yml", organization.replace("three years", "five years"))
    git.commit("2026-11-02", "Keep </title><script> longer (#7)\n\nChange: substantive")
    _write(root, "docs/other.md", PAGES["docs/other.md"] + f"\n{HOSTILE}\n")
    _review(root)
    git.commit("2026-11-03", "Write it out\n\nChange: editorial")
    _publish(git)
    return git


def _write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def _review(root: Path) -> None:
    texts = texts_of(page_at(root, path) for path in PAGES)
    readers = ("platform-lead", "communications-lead")
    _write(root, f"registers/reviews/{REVIEWED}-handbook.yml", record(texts, REVIEWED, readers))


def _run(git: Git, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(git.root)], catch_exceptions=False)


def _publish(git: Git) -> None:
    done = _run(git, "edition", "publish")
    assert done.exit_code == 0, done.output


def _diff(git: Git, *arguments: str) -> dict[str, Any]:
    done = _run(git, "edition", "diff", "2026.1", "2026.2", "--format", "json", *arguments)
    assert done.exit_code == 0, done.output
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def _words(page: dict[str, Any], mark: str) -> list[str]:
    return [part["text"].strip() for part in page["redline"] if part["mark"] == mark]


def test_a_changed_variable_shows_on_every_page_that_it_reaches(git: Git) -> None:
    pages = {page["path"]: page for page in _diff(git)["pages"]}
    assert sorted(pages) == ["docs/index.md", "docs/other.md", "docs/records.md"]
    for path in ("docs/index.md", "docs/records.md"):
        assert (_words(pages[path], "deleted"), _words(pages[path], "inserted")) == (["three"], ["five"])


def test_each_change_is_what_the_commits_of_its_files_say(git: Git) -> None:
    pages = {page["path"]: page for page in _diff(git)["pages"]}
    assert {path: page["weight"] for path, page in pages.items()} == {
        "docs/index.md": "substantive",
        "docs/other.md": "editorial",
        "docs/records.md": "substantive",
    }
    cause = pages["docs/index.md"]["causes"][0]
    assert (cause["path"], cause["day"], cause["pull_request"]) == ("organization.yml", "2026-11-02", 7)


def test_readers_get_what_is_for_them(git: Git) -> None:
    paths = [
        [page["path"] for page in _diff(git, "--audience", name)["pages"]] for name in ("work", "managers")
    ]
    assert paths == [["docs/index.md", "docs/records.md"], ["docs/index.md", "docs/other.md"]]


def test_an_edition_keeps_what_it_changed_and_vouches_for_it(git: Git) -> None:
    kept = json.loads(git("show", "gh-pages:2026.2/changes.json"))
    assert kept["pages"] == _diff(git)["pages"]
    assert (kept["before"], kept["published"]) == ("2026.1", "2026-11-20")
    assert "changes.json" in json.loads(git("show", "gh-pages:2026.2/edition.json"))["files"]


def test_no_format_lets_a_page_or_a_commit_speak_for_it(git: Git) -> None:
    html = _run(git, "edition", "diff", "2026.1", "2026.2", "--format", "html").stdout
    text = _run(git, "edition", "diff", "2026.1", "2026.2").stdout
    page = git("show", "gh-pages:2026.2/audit/changes/index.html").partition('class="what-changed"')[2]
    for shown in (html, text, page.partition("</article>")[0]):
        assert "<script" not in shown.replace("\\<", "")
        assert "alert(1)" in shown
    assert "Keep </title><script> longer (#7)" in unescape(html)
    assert "@everyone" not in text


def test_the_page_of_an_edition_shows_its_words_and_leads_to_the_pages(git: Git) -> None:
    page = git("show", "gh-pages:2026.2/audit/changes/index.html")
    assert page.index('<h2 id="edition-2026-2">') < page.index('<h3 id="edition-2026-1">')
    assert re.search(r"<del>.*three.*</del><ins>.*five.*</ins>", page)
    assert '<a href="../../records/">Records</a>' in page
    assert 'href="../../../2026.1/audit/changes/"' in page
    assert 'rel="alternate" type="application/atom+xml"' in page
    first = git("show", "gh-pages:2026.1/audit/changes/index.html")
    assert "It is the first edition. Number of pages: 4." in first
    french = git("show", "gh-pages:2026.2/fr/audit/changes/index.html")
    assert '<a href="../../../records/">Records</a>' in french or '<a href="../../records/">' in french


def test_the_feed_is_atom_with_addresses_that_stay(git: Git) -> None:
    feeds = [
        ElementTree.fromstring(git("show", f"gh-pages:{name}/changes.xml"))  # noqa: S314 - it is ours
        for name in ("2026.1", "2026.2")
    ]
    for feed in feeds:
        for element in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert (element.findtext(f"{ATOM}{name}") or "").strip()
            moment = datetime.datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
            assert (moment.date().isoformat(), moment.tzinfo is not None) == ("2026-11-20", True)
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Example Reading Network"
        links = [link.get("href") or "" for link in feed.iter(f"{ATOM}link")]
        assert links
        assert all(link.startswith("https://handbook.example.org/") for link in links)
    ids = [[identifier.text for identifier in feed.iter(f"{ATOM}id")] for feed in feeds]
    assert len(set(ids[1])) == 3
    assert ids[1][0] == ids[0][0]
    assert ids[1][2] == ids[0][1]
    told = "".join(feeds[1].itertext())
    assert "Records (people who post for us): text changed; substantive" in told
    assert "Keep </title><script> longer (#7)" in told
    assert git("show", "gh-pages:editions/changes.xml") == git("show", "gh-pages:2026.2/changes.xml")


def test_an_edition_is_built_again_alike_though_later_ones_follow(git: Git) -> None:
    done = _run(git, "edition", "verify", "--rebuild", "2026.1")
    assert done.exit_code == 0, done.output
    done = _run(git, "edition", "verify", "--rebuild", "2026.2")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("edition", "diff", "2026.1", "2026.3"), "no edition 2026.3 is published here; did you mean '2026."),
        (("edition", "diff", "first", "2026.2"), "'first' is not an edition"),
        (("changes", "--since", "2027.1"), "no edition 2027.1 is published here"),
        (("changes", "--since", "mian"), "git knows no revision 'mian' here"),
        (("changes", "--since", "--help=x"), "git knows no revision '--help=x' here"),
        (("edition", "diff", "2026.1", "2026.2", "--site-branch", "none"), "there is none on none"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(git: Git, arguments: tuple[str, ...], told: str) -> None:
    done = _run(git, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_the_folder_is_compared_as_it_is(git: Git) -> None:
    """The same comparison with an edition, and with the commit that it was published from."""
    _write(
        git.root, "docs/new.md", PAGE.replace("A page", "New").replace("owner:", "audience: [work]\nowner:")
    )
    _write(git.root, "docs/records.md", PAGES["docs/records.md"].replace("Text.", "Other text."))
    try:
        entries = [
            json.loads(_run(git, "changes", "--format", "json", "--since", since).stdout)
            for since in ("2026.2", "main")
        ]
    finally:
        git("checkout", "--quiet", "docs/records.md")
        (git.root / "docs/new.md").unlink()
    assert entries[0]["before"] == "edition 2026.2"
    assert entries[1]["before"].startswith("main (")
    assert entries[0]["pages"] == entries[1]["pages"]
    new, changed = entries[0]["pages"]
    assert (new["path"], new["what"]) == ("docs/new.md", "new")
    assert (changed["path"], changed["weight"]) == ("docs/records.md", None)
    assert [(cause["path"], cause["commit"]) for cause in changed["causes"]] == [("docs/records.md", None)]


def test_a_plan_shows_what_readers_would_see(git: Git) -> None:
    organization = (git.root / "organization.yml").read_text(encoding="utf-8")
    before = git("rev-parse", "HEAD").strip()
    _write(git.root, "organization.yml", organization.replace("five years", "six years"))
    git.commit("2026-11-04", "Keep even longer\n\nChange: substantive")
    try:
        built = _run(git, "edition", "plan").stdout
        sources = _run(git, "edition", "plan", "--no-build").stdout
    finally:
        git("reset", "--quiet", "--hard", before)
    assert "2 pages changed for readers" in built
    assert "  for people who post for us:\n    docs/records.md: text changed; substantive" in built
    assert "0 changed pages since 2026.2" in sources
