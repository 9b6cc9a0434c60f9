"""The pages at old addresses, as a build writes them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from handbook.content.pages import PageSource, parse_page
from handbook.errors import HandbookError
from handbook.registers.moved_pages import MovedPages
from macros.context.site import Site
from macros.outputs.moved_pages import moved_pages
from tests.builds import build, build_site
from tests.conftest import PAGE

Write = Callable[[str, str | bytes], Path]
PATHS = {"docs/policy/über.md": "en", "docs/policy/über.fr.md": "fr", "docs/index.md": "en"}


def _site(site: Site, pages: Mapping[str, str]) -> Site:
    """Return a site of a few pages with old addresses."""
    texts = {"en": PAGE.replace("A page", "Now"), "fr": PAGE.replace("A page", "D’ici là")}
    known = {
        path.removeprefix("docs/"): parse_page(PageSource(path, path, language), texts[language].encode())
        for path, language in PATHS.items()
    }
    registers = replace(site.registers, moved_pages=MovedPages(pages))
    return replace(site, registers=registers, pages=known, addresses=dict.fromkeys(PATHS, ""))


@pytest.mark.parametrize("old", ["gifts/", "policy/gifts/", "a/b/c.html", "policy/über/old/", "été/"])
@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("fr/", "fr")])
def test_an_old_address_leads_to_the_page_in_each_language(
    site: Site, old: str, prefix: str, language: str
) -> None:
    files = moved_pages(_site(site, {old: "docs/policy/über.md"}), ())
    path = f"{prefix}{old}index.html" if old.endswith("/") else prefix + old
    html = files[path].decode()
    addresses = re.findall(r'(?:url=|canonical" href="|<a href=")([^"]+)', html)
    assert len(addresses) == 3
    assert {unquote(urljoin(f"/{path}", address)) for address in addresses} == {f"/{prefix}policy/über/"}
    assert f'<html lang="{language}">' in html
    assert {"en": ">Now</a>", "fr": ">D’ici là</a>"}[language] in html
    assert '<meta name="robots" content="noindex">' in html
    assert "<script" not in html


def test_the_name_of_a_page_that_is_not_translated_has_its_language(site: Site) -> None:
    files = moved_pages(_site(site, {"gifts/": "docs/index.md"}), ())
    assert '<a href="../">Now</a>' in files["gifts/index.html"].decode()
    assert '<a href="../"><span lang="en">Now</span></a>' in files["fr/gifts/index.html"].decode()


def test_a_page_of_today_keeps_its_address(site: Site) -> None:
    assert moved_pages(_site(site, {"Policy/über/": "docs/index.md"}), ()) == {}


def test_no_page_leads_to_one_that_is_not_published(site: Site) -> None:
    assert moved_pages(_site(site, {"gifts/": "docs/elsewhere.md"}), ()) == {}


def test_a_file_that_the_build_writes_is_not_replaced(site: Site) -> None:
    with pytest.raises(HandbookError, match="audit/history/work/"):
        moved_pages(_site(site, {"audit/history/work/": "docs/index.md"}), ["audit/history/Work/index.html"])


def test_a_build_writes_what_the_register_says(folder: Path, write: Write, tmp_path: Path) -> None:
    write("registers/moved_pages.yml", "moved:\n  old/address/: docs/other.md\n")
    site = build_site(folder, tmp_path / "site")
    assert 'url=../../other/"' in (site / "old" / "address" / "index.html").read_text("utf-8")
    assert 'url=../../other/"' in (site / "fr" / "old" / "address" / "index.html").read_text("utf-8")
    assert "old/address" not in (site / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize("line", ["other/: docs/index.md", "old/: docs/othr.md"])
def test_a_strict_build_stops_at_a_line_that_leads_nowhere(
    folder: Path, write: Write, tmp_path: Path, line: str
) -> None:
    write("registers/moved_pages.yml", f"moved:\n  {line}\n")
    done = build(folder, tmp_path / "site")
    assert done.returncode == 1
    assert "registers/moved_pages.yml:2:" in done.stderr
    assert "Traceback" not in done.stderr
