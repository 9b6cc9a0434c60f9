"""The files at the top of the branch of editions: their list, and the way to the one in force.

It is written by the build of each edition, and depends on nothing but the organization and the manifests of
that edition and those before it. What depends on the day of reading is left to a script.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from handbook.editions.branch_index import LIST, START
from handbook.editions.editions_json import SCHEMA, edition_list, list_as_bytes, schema_as_bytes
from handbook.editions.manifest import Manifest, in_force
from handbook.editions.mike_versions import ALIAS
from macros.context.site import Site
from macros.definitions.editions import address_of_list, folder_in, shown_editions
from macros.presentation.brand import DEFAULT
from macros.presentation.frame_assets import favicon, tokens
from macros.presentation.templates import render

# editions.js, and everything that it imports.
_SCRIPTS: Final = ("dom.js", "editions.js", "in_force.js")


def top_files(site: Site, theme: Path) -> Mapping[str, bytes]:
    """Return the files by their paths from the top of the branch; `theme` is the folder of the theme."""
    manifests, organization = site.editions.manifests or (), site.organization
    name = organization.say(organization.name, site.main_language)
    listed = edition_list(manifests, name, organization.time_zone)
    color = organization.brand.color if organization.brand else DEFAULT
    style = (theme / "assets/stylesheets/editions.css").read_bytes()
    return {
        **{f"{LIST}/{name}": (theme / "assets/javascripts" / name).read_bytes() for name in _SCRIPTS},
        f"{LIST}/editions.css": tokens(color).encode() + b"\n" + style,
        f"{LIST}/favicon.svg": favicon(color),
        f"{LIST}/editions.json": list_as_bytes(listed),
        f"{LIST}/{SCHEMA}": schema_as_bytes(),
        START: _page("documents/top_start.html", site, site.main_language),
        **dict(_lists(site)),
    }


def _lists(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the list in each language."""
    for language in site.organization.languages:
        path = f"{address_of_list(site, language)}index.html"
        yield path, _page("documents/top_editions.html", site, language)


def _page(template: str, site: Site, language: str) -> bytes:
    manifests, catalog = site.editions.manifests or (), site.catalogs[language]
    html = render(
        template,
        language=language,
        site_name=site.name_in(language),
        rows=shown_editions(manifests, site, language),
        now=_in_force_when_written(manifests, language),
        up="../" if address_of_list(site, language) == f"{LIST}/" else "../../",
        languages=[
            (other, site.catalogs[other]["language"], address_of_list(site, other))
            for other in site.organization.languages
            if other != language
        ],
        time_zone=site.organization.time_zone,
        words=catalog.group("editions"),
    )
    return f"{html}\n".encode()


def _in_force_when_written(manifests: Sequence[Manifest], language: str) -> str | None:
    """Return the address of the alias in a language, or None until an edition has taken effect."""
    manifest = in_force(manifests, manifests[-1].published) if manifests else None
    return f"{ALIAS}/{folder_in(manifest, language)}" if manifest else None
