"""Where a host serves the site, as the address in organization.yml says it."""

from dataclasses import replace
from pathlib import Path

import pytest

from handbook.editions.edition_build import EditionBuild
from handbook.editions.editions_for_build import EditionsForBuild
from handbook.editions.names import Edition
from handbook.git.source_repository import SourceRepository
from macros.context.served_path import address_of, folder_of, served_path
from macros.context.site import Site


def _site_at(site: Site, address: str | None) -> Site:
    organization = site.organization.model_copy(update={"handbook": address})
    return replace(site, registers=replace(site.registers, organization=organization))


def _edition_at(site: Site, address: str | None) -> Site:
    source = SourceRepository.from_environment(Path(), {})
    build = EditionBuild(Edition.parse("2026.2"), Path("list"), Path("top"), source, "gh-pages", 0)
    return replace(_site_at(site, address), editions=EditionsForBuild(Path(), build))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (None, "/"),
        ("https://handbook.example.org", "/"),
        ("https://handbook.example.org/", "/"),
        ("https://example.org/handbook", "/handbook/"),
        ("https://example.org/a/b/?from=mail#top", "/a/b/"),
        ("https://example.org/handbook/index.html", "/handbook/"),
        ("https://example.org//elsewhere.example.org/", "/elsewhere.example.org/"),
    ],
)
def test_a_site_is_served_at_the_path_of_its_address(site: Site, address: str | None, path: str) -> None:
    assert folder_of(address) == path
    assert served_path(site, address) == path
    known = address_of(_site_at(site, address).organization)
    assert known is None if address is None else known and known.endswith(f".org{path}")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (None, "/2026.2/"),
        ("https://handbook.example.org/", "/2026.2/"),
        ("https://example.org/latest", "/2026.2/"),
        ("https://example.org/staff/latest/", "/staff/2026.2/"),
        ("https://example.org/the-latest/", "/the-latest/2026.2/"),
    ],
)
def test_an_edition_is_served_beside_the_one_in_force(site: Site, address: str | None, path: str) -> None:
    assert served_path(_edition_at(site, address), "https://localhost/") == path
