"""`mkdocs build`: what is published, and what stops it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.git.source_repository import SourceRepository
from macros.presentation.catalog import load_catalog
from scripts.cli import main
from scripts.site.publication import read_handbook, read_publication
from tests.builds import build, build_site, build_site_afresh, contents
from tests.conftest import PAGE, ROOT
from tests.records import record_review
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]


def test_the_sample_builds_in_both_languages(sample_site: Path) -> None:
    start = (sample_site / "index.html").read_text(encoding="utf-8")
    french = (sample_site / "fr" / "index.html").read_text(encoding="utf-8")
    fallback = (sample_site / "fr" / "contributing" / "index.html").read_text(encoding="utf-8")
    assert 'lang="en"' in start
    assert "Next review" in start
    assert "Guide des médias sociaux" in french
    assert 'class="fallback"' in fallback


def test_calendars_are_built_once_and_with_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    first, second = (
        {path: data for path, data in contents(site).items() if path.endswith(".ics")}
        for site in (build_site(folder, tmp_path / "first"), build_site_afresh(folder, tmp_path / "second"))
    )
    assert first == second
    assert first.keys() == {"reviews.ics", "reviews/platform-lead.ics"}
    assert first["reviews.ics"].count(b"\r\nDTSTAMP:20261120T120000Z\r\nUID:") == 2


AUDIT = PAGE + "{{ page_register() }}\n\n{{ compliance_over_time() }}\n\n{{ downloads() }}\n"


def test_without_git_the_audit_pages_are_built_and_say_what_is_not_known(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    write("docs/audit.md", AUDIT)
    site = build_site(folder, tmp_path / "site")
    for address in ("audit", "fr/audit"):
        page = (site / address / "index.html").read_text(encoding="utf-8")
        assert load_catalog("en")["past.no_history"] in page
        assert "register.csv" in page
    names = sorted(file.name for file in (site / "audit" / "data").iterdir())
    assert names == [
        f"{name}.{ending}"
        for name in ("register", "reviews", "waivers")
        for ending in ("csv", "json", "schema.json")
    ]


def test_the_audit_pages_of_a_commit_are_the_same_bytes_whatever_comes_after(
    git: Git, write: Write, tmp_path: Path
) -> None:
    write("docs/audit.md", AUDIT)
    commit = git.commit("2026-11-02")
    first = contents(build_site(git.root, tmp_path / "first"))
    checkout = tmp_path / "checkout"
    shutil.copytree(git.root, checkout, ignore=shutil.ignore_patterns(".git"))
    write("docs/late.md", PAGE)
    git.commit("2026-11-03")
    environment = SourceRepository.of_checkout(git.root, commit).to_environment()
    assert contents(build_site_afresh(checkout, tmp_path / "second", environment)) == first
    assert b"Pages in order from 2026-11-20 to 2026-11-20" in first["audit/data/compliance.svg"]


def test_a_record_of_a_review_that_cannot_be_read_stops_the_build_and_the_check(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    write("registers/reviews/2026-11-02-x.yml", "started: yesterday\n")
    done = build(folder, tmp_path / "site")
    assert done.returncode == 1
    assert "registers/reviews/2026-11-02-x.yml:1:10: " in done.stderr
    assert "Traceback" not in done.stderr
    check = ["check", "--root", str(folder), "--today", "2026-11-20"]
    result = CliRunner().invoke(main, check)
    assert (result.exit_code, "registers/reviews/2026-11-02-x.yml:1:10: " in result.stdout) == (2, True)
    assert CliRunner().invoke(main, [*check, "--select", "FMT001"]).exit_code == 0


def test_a_clock_that_cannot_be_read_stops_the_build_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    done = build(folder, tmp_path / "site", {"SOURCE_DATE_EPOCH": "soon"})
    assert done.returncode == 1
    assert "SOURCE_DATE_EPOCH is 'soon'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_check_judges_what_the_build_publishes(folder: Path, write: Write, tmp_path: Path) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text() + "exclude_docs: |\n  left-out.md\ndraft_docs: |\n  draft.md\n")
    for name in ("left-out", "draft", "quiet", "one/README", "two/index", "other.fr"):
        write(f"docs/{name}.md", PAGE)
    site = build_site(folder, tmp_path / "site")
    published = {
        str(file.parent.relative_to(site)).removeprefix("fr").removeprefix("/")
        for file in site.rglob("index.html")
    }
    judged = set()
    for source in read_publication(folder).sources:
        name = source.path.removeprefix("docs/").removesuffix(".md").removesuffix(".fr")
        judged.add(name.removesuffix("README").removesuffix("index").rstrip("/"))
    assert {"" if name == "." else name for name in published} == judged


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("# A page\n", "docs/broken.md:1:1: error FMT001"),
        (PAGE.replace("title: A page", "title: A: page"), "docs/broken.md:2:9: error FMT001"),
        (PAGE.replace("owner:", "title: B\nowner:"), "docs/broken.md:4:1: error FMT002"),
        (PAGE.replace("2026-10-14", "2026-12-24"), "docs/broken.md:5:16: error REV002"),
        (PAGE + "{{ orgnization.name }}\n", "docs/broken.md:11:4: 'orgnization' does not exist"),
        (PAGE + '{{ contact("pres") }}\n', "docs/broken.md:11:4: there is no contact 'pres'"),
        (PAGE + "<script>alert(1)</script>\n", "docs/broken.md: <script> is not allowed"),
        (PAGE + "[gone](gone.md)\n", "gone.md"),
    ],
)
def test_a_page_that_cannot_be_shown_truthfully_stops_the_build(
    folder: Path, write: Write, tmp_path: Path, content: str, expected: str
) -> None:
    write("docs/broken.md", content)
    done = build(folder, tmp_path / "site")
    assert done.returncode != 0
    assert expected in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_an_overdue_page_is_published_with_its_banner(folder: Path, write: Write, tmp_path: Path) -> None:
    write("docs/old.md", PAGE.replace("2026-10-14", "2026-01-14"))
    record_review(folder, "docs/old.md", "2026-01-14")
    site = build_site(folder, tmp_path / "site")
    html = (site / "old" / "index.html").read_text(encoding="utf-8")
    assert 'data-due="2026-07-14"' in html
    assert "This page is overdue for review" in html
    assert 'data-time-zone="America/New_York">' in html


def test_the_card_says_when_a_lawyer_read_a_page_only_where_a_record_backs_it(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    page = PAGE.replace("last_reviewed: 2026-10-14", "last_reviewed: 2026-10-14\nlegal_review: 2026-10-14")
    for name in ("read", "changed", "typed"):
        write(f"docs/{name}.md", page.replace("Text.", f"Text of {name}."))
    for name in ("read", "changed"):
        record_review(folder, f"docs/{name}.md", "2026-10-14", roles=("platform-lead", "legal-lead"))
    write("docs/changed.md", page.replace("Text.", "Another text."))
    site = build_site(folder, tmp_path / "site")
    pages = {name: (site / name / "index.html").read_text(encoding="utf-8") for name in ("read", "changed")}
    day = '<time datetime="2026-10-14">Oct 14, 2026</time>'
    assert f"<li>Read by a lawyer {day}</li>" in pages["read"]
    assert f"<li>Read by a lawyer {day}, before the text changed</li>" in pages["changed"]
    assert "Read by a lawyer" not in (site / "typed" / "index.html").read_text(encoding="utf-8")


def test_reviewed_is_said_only_where_a_record_backs_the_text(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    write("docs/typed.md", PAGE)
    write("docs/typed.fr.md", PAGE)
    write("docs/other.md", PAGE.replace("Text.", "Another text."))
    site = build_site(folder, tmp_path / "site")
    names = {"index.html", "typed/index.html", "fr/typed/index.html", "other/index.html"}
    pages = {name: (site / name).read_text(encoding="utf-8") for name in names}
    assert {name for name, html in pages.items() if "<li>Reviewed <time" in html} == {"index.html"}
    assert "<li>Not reviewed yet</li>" in pages["typed/index.html"]
    assert "It has not been reviewed yet." in pages["typed/index.html"]
    assert "<li>Pas encore relue</li>" in pages["fr/typed/index.html"]
    assert "<li>Changed since its review of <time" in pages["other/index.html"]


def test_a_changed_organization_changes_every_page(folder: Path, tmp_path: Path) -> None:
    file = folder / "organization.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("Example Reading Network", "Riverside Library"))
    site = build_site(folder, tmp_path / "site")
    pages = [page for page in site.glob("*/index.html") if page.parent.name != "fr"]
    assert pages
    for page in pages:
        assert "Riverside Library" in page.read_text(encoding="utf-8")


ELSEWHERE = PAGE.replace("---\n\n", "applies_to: {sectors: [healthcare]}\n---\n\n").replace("Text.", "Zebra.")


def _judged(folder: Path) -> set[str]:
    return {page.path for page in read_handbook(folder)[0].pages}


def test_a_page_for_other_organizations_is_not_published(folder: Path, write: Write, tmp_path: Path) -> None:
    config = folder / "mkdocs.yml"
    nav = "nav: [index.md, Else: [./care.md], Both: [other.md, There: deep/care.md]]\n"
    config.write_text(config.read_text(encoding="utf-8") + nav, encoding="utf-8")
    for path in ("care.md", "care.fr.md", "deep/care.md"):
        write(f"docs/{path}", PAGE if path.endswith(".fr.md") else ELSEWHERE)
    site = build_site(folder, tmp_path / "site")
    assert not list(site.rglob("care*"))
    assert "Zebra" not in (site / "search" / "en.json").read_text(encoding="utf-8")
    for page in ("index.html", "fr/index.html"):
        html = (site / page).read_text(encoding="utf-8")
        assert "care/" not in html
        assert "Else" not in html
        assert "Both" in html
    assert _judged(folder) == {"docs/index.md", "docs/other.md"}


def test_a_page_for_organizations_like_this_one_is_published(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    write("docs/care.md", ELSEWHERE.replace("healthcare", "charity"))
    site = build_site(folder, tmp_path / "site")
    assert (site / "care" / "index.html").is_file()
    assert "docs/care.md" in _judged(folder)


def test_a_link_to_a_page_for_other_organizations_is_told(folder: Path, write: Write, tmp_path: Path) -> None:
    write("docs/deep/care.md", ELSEWHERE)
    write("docs/deep/linking.md", PAGE + "[care](care.md#there)\n")
    done = build(folder, tmp_path / "site")
    assert done.returncode != 0
    assert "docs/deep/linking.md: the link to docs/deep/care.md leads nowhere" in done.stderr


def test_a_page_of_a_platform_is_published_only_with_an_account(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    config = folder / "mkdocs.yml"
    platforms = "[platforms/vimeo.md, platforms/youtube.md, platforms/everywhere.md]"
    nav = f"nav: [index.md, other.md, Platforms: {platforms}]\n"
    config.write_text(config.read_text(encoding="utf-8") + nav, encoding="utf-8")
    for name in ("vimeo", "vimeo.fr", "youtube", "everywhere"):
        write(f"docs/platforms/{name}.md", PAGE.replace("Text.", "{{ platform_addresses('vimeo') }} Zebra."))
    write("docs/other.md", PAGE + "{{ platform_pages() }}\n")
    site = build_site(folder, tmp_path / "site")
    folders = {path.parent.name for path in (site / "platforms").rglob("*.html")}
    assert folders == {"youtube", "everywhere"}
    assert 'href="../platforms/youtube/"' in (site / "other" / "index.html").read_text("utf-8")
    assert {path for path in _judged(folder) if "platforms" in path} == {
        "docs/platforms/youtube.md",
        "docs/platforms/everywhere.md",
    }


def test_a_link_to_the_page_of_a_platform_without_an_account_is_told(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    write("docs/platforms/vimeo.md", PAGE)
    write("docs/linking.md", PAGE + "[vimeo](platforms/vimeo.md)\n")
    done = build(folder, tmp_path / "site")
    assert done.returncode != 0
    told = "docs/linking.md: the link to docs/platforms/vimeo.md leads nowhere, because organization.yml has"
    assert told in done.stderr


def test_a_register_that_names_a_page_for_other_organizations_is_told_once(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    write("docs/care.md", ELSEWHERE)
    scenario = (ROOT / "tests" / "cases" / "REG001" / "good-published.yml").read_text(encoding="utf-8")
    write("registers/scenarios.yml", scenario.replace("policy/work", "care"))
    done = build(folder, tmp_path / "site")
    assert done.returncode != 0
    assert done.stderr.count("registers/scenarios.yml:6:11: 'docs/care.md' is not published") == 1
