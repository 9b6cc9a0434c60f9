"""What the end of a build says of editions: on the page, and as a feed."""

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


def _with(site: Site, **known: Any) -> Site:
    editions: Any = SimpleNamespace(own=None, **known)
    return replace(site, editions=editions, addresses={PAGE: "audit/changes/"})


def _read(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314 - it is ours


@pytest.mark.parametrize(
    ("manifests", "told"),
    [((), "No edition is published yet."), (None, "this copy of the handbook has no history")],
)
def test_without_an_edition_the_page_says_so(
    site: Site, tmp_path: Path, manifests: tuple[Manifest, ...] | None, told: str
) -> None:
    for folder in ("audit", "fr/audit"):
        (tmp_path / folder / "changes").mkdir(parents=True)
        (tmp_path / folder / "changes" / "index.html").write_text(f"<p>A</p>{PLACE}", encoding="utf-8")
    files = dict(change_files(_with(site, manifests=manifests), tmp_path, tmp_path))
    assert sorted(files) == ["audit/changes/index.html", "fr/audit/changes/index.html"]
    assert told in files["audit/changes/index.html"].decode()
    assert feed_address(_with(site, manifests=manifests), PAGE, "audit/changes/") is None


def test_a_file_of_the_author_is_not_written_over(site: Site, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "changes.xml").touch()
    with pytest.raises(HandbookError, match=r"docs/changes\.xml has the name of a file that editions have"):
        dict(change_files(_with(site, manifests=()), tmp_path, tmp_path))


def test_what_xml_cannot_hold_is_replaced_and_markup_is_text(site: Site) -> None:
    title = "\x00\x0b\ud800</title><b>&amp; ]]>"
    rows = [EditionChanges(_manifest("2026.2"), _changed(title)), EditionChanges(_manifest("2026.1"), None)]
    feed_of = _read(feed(_with(site, manifests=()), rows))
    shown = feed_of.find(".//{http://www.w3.org/1999/xhtml}span")
    assert shown is not None
    assert shown.text == "\ufffd\ufffd\ufffd</title><b>&amp; ]]>"
    assert "before editions recorded what they changed" in "".join(feed_of.itertext())


def test_without_an_address_the_feed_has_no_link_and_says_why(site: Site) -> None:
    organization = site.organization.model_copy(update={"handbook": None})
    elsewhere = replace(site, registers=replace(site.registers, organization=organization))
    found = _read(feed(_with(elsewhere, manifests=()), [EditionChanges(_manifest("2026.1"), None)]))
    assert not list(found.iter(f"{ATOM}link"))
    assert "organization.yml does not say where people read the handbook" in (
        found.findtext(f"{ATOM}subtitle") or ""
    )


def test_an_edition_leads_to_the_feed_that_hears_of_the_next(site: Site) -> None:
    elsewhere = _with(site, manifests=(_manifest("2026.1"),))
    assert feed_address(elsewhere, PAGE, "fr/audit/changes/") == "../../../changes.xml"
    elsewhere.editions.own = _manifest("2026.1")
    assert feed_address(elsewhere, PAGE, "audit/changes/") == "../../../editions/changes.xml"
    assert feed_address(elsewhere, "docs/index.md", "") is None
