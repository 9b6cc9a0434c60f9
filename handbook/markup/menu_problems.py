"""Finds pages that mkdocs.yml names for the menu or the frame, and that are not there."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from handbook.findings import Location
from handbook.markup.link_targets import LinkTargets
from handbook.markup.published_site import PublishedSite


def menu_problems(site: PublishedSite, targets: LinkTargets) -> Iterator[tuple[Location, str]]:
    """Yield the location of each entry of `nav` or `extra` that leads nowhere, and a sentence about it."""
    for location, target in site.menu:
        if message := _problem(site, targets, target):
            yield location, message


def _problem(site: PublishedSite, targets: LinkTargets, target: str) -> str | None:
    try:
        address = urlsplit(target)
    except ValueError as error:
        return f"the address '{target}' cannot be read ({error}); correct it"
    name = PurePosixPath(target).as_posix()
    if address.scheme and not address.netloc and target.endswith(".md"):
        title, _, page = target.partition(":")
        return f"a space is missing after the colon; write `- {title}: {page}`"
    if address.scheme or address.netloc or name in site.left_out:
        return None
    if target.startswith("/"):
        return f"'{target}' begins with a slash; write the path of the page below {site.folder}/"
    if all(targets.file_for(name, language) for language in targets.languages):
        return None
    if reason := site.reason_for_absence(name):
        return f"'{target}' is not published, because {reason.replace('the link', 'the entry')}"
    closest = targets.nearest_to(name)
    remedy = f"did you mean '{closest}'?" if closest else "remove the entry"
    return f"there is no page {site.folder}/{name}; {remedy}"
