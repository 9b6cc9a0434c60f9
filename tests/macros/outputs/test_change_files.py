"""What the end of a build writes about editions, on the page and as a feed."""

import datetime
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from handbook.comparison.change_record import ChangedPage, ChangeReport
from handbook.comparison.changes_for_build import EditionChanges
from handbook.editions.manifest import Manifest
from handbook.errors import HandbookError
from macros.context.site import Site
from macros.definitions.what_changed import PAGE, PLACE, feed_address
from macros.outputs.change_files import change_files, feed

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = datetime.date(2026, 11, 20)


def _manifest(name: str) -> Manifest:
    return Manifest(edition=name, commit="a" * 40, published=DAY, effective=DAY, pages=(), files={})


def _changed(title: str) -> ChangeReport:
    page = ChangedPage(
        path="docs/a.md",
        path_before="docs/a.md",
        address="a/index.html",
        title=title,
        language="en",
        audience=("work",),
        audience_before=("work",),
        kind="text",
    )
    return ChangeReport(before="2026.1", after="2026.2", compared=1, pages=(page,))


def _with(site: Site, manifests: tuple[Manifest, ...] | None, own: Manifest | None = None) -> Site:
    editions: Any = SimpleNamespace(own=own, manifests=manifests)
    return replace(site, editions=editions, addresses={PAGE: "audit/changes/"})


def _says(site: Site, key: str, text: str) -> bool:
    """Tell whether a text has the words of the catalog for a key, up to what is filled in."""
    return site.catalogs["en"][f"changes.{key}"].partition("{")[0] in text


def _read(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314 - it is ours


@pytest.mark.parametrize(("manifests", "key"), [((), "none"), (None, "unknown")])
def test_without_an_edition_the_page_says_so(
    site: Site, tmp_path: Path, manifests: tuple[Manifest, ...] | None, key: str
) -> None:
    for folder in ("audit", "fr/audit"):
        (tmp_path / folder / "changes").mkdir(parents=True)
        (tmp_path / folder / "changes" / "index.html").write_text(f"<p>A</p>{PLACE}", encoding="utf-8")
    among = _with(site, manifests)
    files = dict(change_files(among, tmp_path, tmp_path))
    assert sorted(files) == ["audit/changes/index.html", "fr/audit/changes/index.html"]
    assert _says(site, key, files["audit/changes/index.html"].decode())
    assert feed_address(among, PAGE, "audit/changes/") is None


def test_a_file_of_the_author_is_not_written_over(site: Site, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "changes.xml").touch()
    with pytest.raises(HandbookError, match=r"docs/changes\.xml"):
        dict(change_files(_with(site, ()), tmp_path, tmp_path))


def test_what_xml_cannot_hold_is_replaced_and_markup_is_text(site: Site) -> None:
    title = "\x00\x0b\ud800</title><b>&amp; ]]>"
    rows = [EditionChanges(_manifest("2026.2"), _changed(title)), EditionChanges(_manifest("2026.1"), None)]
    feed_of = _read(feed(_with(site, ()), rows))
    shown = feed_of.find(".//{http://www.w3.org/1999/xhtml}span")
    assert shown is not None
    assert shown.text == "\ufffd\ufffd\ufffd</title><b>&amp; ]]>"
    assert _says(site, "not_recorded", "".join(feed_of.itertext()))


def test_without_an_address_the_feed_has_no_link_and_says_why(site: Site) -> None:
    organization = site.organization.model_copy(update={"handbook": None})
    elsewhere = replace(site, registers=replace(site.registers, organization=organization))
    feed_of = _read(feed(_with(elsewhere, ()), [EditionChanges(_manifest("2026.1"), None)]))
    assert not list(feed_of.iter(f"{ATOM}link"))
    assert _says(site, "no_address", feed_of.findtext(f"{ATOM}subtitle") or "")


def test_an_edition_leads_to_the_feed_that_hears_of_the_next(site: Site) -> None:
    manifest = _manifest("2026.1")
    elsewhere, inside = _with(site, (manifest,)), _with(site, (manifest,), own=manifest)
    assert feed_address(elsewhere, PAGE, "fr/audit/changes/") == "../../../changes.xml"
    assert feed_address(inside, PAGE, "audit/changes/") == "../../../editions/changes.xml"
    assert feed_address(inside, "docs/index.md", "") is None
