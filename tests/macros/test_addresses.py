"""What pages say of their own address."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builds import build_site

Write = Callable[[str, str | bytes], Path]


def _with_address(folder: Path, line: str) -> None:
    file = folder / "organization.yml"
    text = re.sub(r"(?m)^handbook:.*\n", line, file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "line", ["handbook: https://example.org/staff\n", "handbook: https://example.org/staff/\n"]
)
def test_a_page_names_its_address_in_its_own_language(folder: Path, tmp_path: Path, line: str) -> None:
    _with_address(folder, line)
    site = build_site(folder, tmp_path / "site")
    page = (site / "fr" / "other" / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/staff/fr/other/">' in page
    assert "<loc>https://example.org/staff/other/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    assert 'href="/staff/assets/' in (site / "404.html").read_text("utf-8")


def test_without_an_address_nothing_names_one(folder: Path, tmp_path: Path) -> None:
    _with_address(folder, "")
    site = build_site(folder, tmp_path / "site")
    assert "canonical" not in (site / "other" / "index.html").read_text("utf-8")
    assert not list(site.glob("sitemap.xml*"))
    assert 'href="/assets/' in (site / "404.html").read_text("utf-8")


def test_the_page_for_missing_addresses_is_in_the_main_language(folder: Path, tmp_path: Path) -> None:
    file = folder / "organization.yml"
    text = file.read_text(encoding="utf-8").replace("languages: [en, fr]", "languages: [fr, en]")
    file.write_text(text, encoding="utf-8")
    site = build_site(folder, tmp_path / "site")
    page = (site / "404.html").read_text("utf-8")
    assert '<html lang="fr"' in page
    assert 'href="/en/" lang="en" hreflang="en"' in page
    assert "Cadre d’astreinte" in page
