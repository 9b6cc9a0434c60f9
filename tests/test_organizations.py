"""One source, many organizations: each builds strictly, and differs where it should."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from handbook.content.pages import Page
from handbook.model import Handbook
from handbook.reviews.readers import readers_of
from scripts.cli import main
from scripts.site.publication import read_handbook
from tests.builds import build_site
from tests.conftest import ROOT, TODAY, made_once
from tests.page_lengths import MOST_WORDS, too_long
from tests.records import folder_of_record

pytestmark = pytest.mark.sample

ORGANIZATIONS = ROOT / "tests" / "organizations"
CODE_AND_DATA = ("docs", "macros", "overrides", "registers", "sample")
FILE = "expected.yml"
FINGERPRINT = re.compile(r"v2:sha256:[0-9a-f]{64}")


def _handbook_of(name: str, root: Path) -> Path:
    """Make the sample handbook that of another organization, by its facts and its register of accounts."""
    for folder in CODE_AND_DATA:
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copy(ORGANIZATIONS / name / "organization.yml", root)
    shutil.copy(ORGANIZATIONS / name / "accounts.yml", root / "sample" / "registers")
    _review_as_it_is(root)
    return root


def _review_as_it_is(root: Path) -> None:
    """Let the records of the sample be about what this organization's readers read on the same pages."""
    sample, _ = read_handbook(ROOT)
    handbook, _ = read_handbook(root)
    texts = {
        sample.fingerprint(page): handbook.fingerprint(own)
        for page in sample.pages
        if (own := handbook.page(page.path))
    }
    for file in (root / "sample" / "registers").rglob("*.yml"):
        record = FINGERPRINT.sub(lambda text: texts.get(text[0], text[0]), file.read_text("utf-8"))
        file.write_text(record, encoding="utf-8")
    known = {page.path for page in sample.pages}
    _review(root, handbook, [page for page in handbook.pages if page.path not in known])


def _review(root: Path, handbook: Handbook, pages: Sequence[Page]) -> None:
    """Let the pages that the sample does not publish, such as those of another field, be reviewed today."""
    for page in pages:
        files = folder_of_record(
            {page.path: handbook.fingerprint(page)}, TODAY, readers_of(page, (), handbook)
        )
        folder = root / "sample" / "registers" / "reviews" / f"{TODAY}-{Path(page.path).stem}"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")


def test_another_organization_has_not_reviewed_what_its_readers_read(tmp_path: Path) -> None:
    root = _handbook_of("us-hospital", tmp_path / "handbook")
    shutil.copytree(ROOT / "sample", root / "sample", dirs_exist_ok=True)
    shutil.copy(ORGANIZATIONS / "us-hospital" / "accounts.yml", root / "sample" / "registers")
    result = CliRunner().invoke(main, ["check", "--root", str(root), "--today", TODAY.isoformat()])
    changed = {line.partition(":")[0] for line in result.stdout.splitlines() if " REV006 " in line}
    assert "docs/law/regulations.md" in changed
    assert "docs/contributing/index.md" not in changed  # Its record came with the release.


def _text(html: str) -> str:
    """Return what a reader reads of a page, without the navigation's markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture(scope="module", params=sorted(folder.name for folder in ORGANIZATIONS.iterdir()))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """The name of an organization, its handbook, and the site of it."""

    def make(folder: Path) -> None:
        build_site(_handbook_of(request.param, folder / "handbook"), folder / "site")

    folder = made_once(tmp_path_factory, request.param, make)
    return request.param, folder / "handbook", folder / "site"


# A translation into a language that the organization lacks, and what nobody has translated yet.
EXPECTED = re.compile(r"\.fr\.md:1:1: info FMT004 |: warning TRN001 |^  the same in \d+ other places: ")


def test_it_is_in_order_without_a_waiver(built: tuple[str, Path, Path]) -> None:
    _, root, _ = built
    result = CliRunner().invoke(main, ["check", "--root", str(root), "--today", TODAY.isoformat()])
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if not EXPECTED.search(line)] == []


def test_it_says_what_it_must_and_nothing_that_is_for_others(built: tuple[str, Path, Path]) -> None:
    name, _, site = built
    expected = yaml.safe_load((ORGANIZATIONS / name / FILE).read_text(encoding="utf-8"))
    pages = {page: _text(page.read_text(encoding="utf-8")) for page in site.rglob("index.html")}
    texts = [file.read_text(encoding="utf-8") for file in (site / "search").glob("*/*.json")]
    whole = " ".join([*pages.values(), *texts])
    for text in expected["must"]:
        assert text in whole, text
    for text in expected["must_not"]:
        assert text not in whole, text


def test_every_page_names_the_variant_of_its_language(built: tuple[str, Path, Path]) -> None:
    name, _, site = built
    organization = yaml.safe_load((ORGANIZATIONS / name / "organization.yml").read_text(encoding="utf-8"))
    languages = {language[:2]: language for language in organization["languages"]}
    for page in site.rglob("*.html"):
        named = re.findall(r'\slang="([^"]+)"', page.read_text(encoding="utf-8"))
        assert named, page
        assert [language for language in named if languages.get(language[:2], language) != language] == [], (
            page
        )


def test_no_page_is_too_long(built: tuple[str, Path, Path]) -> None:
    assert too_long(built[2]) == {}


def test_no_link_leads_to_a_page_it_does_not_have(built: tuple[str, Path, Path]) -> None:
    _, _, site = built
    for page in site.rglob("index.html"):
        for target in re.findall(r'href="([^"#:?]+)(?:[#?][^"]*)?"', page.read_text(encoding="utf-8")):
            file = site / target.lstrip("/") if target.startswith("/") else page.parent / target
            assert file.exists(), f"{page.relative_to(site)} links to {target}"


def test_its_search_knows_only_its_own_pages(built: tuple[str, Path, Path]) -> None:
    _, _, site = built
    for file in (site / "search").glob("*.json"):
        for address, *_ in json.loads(file.read_text(encoding="utf-8"))["pages"]:
            assert (site / address / "index.html").is_file()


def test_nobody_reads_more_words_on_a_page_of_law_than_on_any_other(built: tuple[str, Path, Path]) -> None:
    _, _, site = built
    pages = [
        *site.glob("law/regulations*"),
        *site.glob("law/internal-policies*"),
        site / "law" / "labor-rights",
    ]
    for page in pages:
        html = (page / "index.html").read_text(encoding="utf-8")
        shown = re.search(r'<div class="text"(.*?)<aside class="card"', html, re.DOTALL)
        assert shown
        most = MOST_WORDS["fr" if 'lang="fr"' in shown[1] else "en"]
        assert len(_text(shown[1]).split()) <= most, page.name
    assert len(pages) == 10
