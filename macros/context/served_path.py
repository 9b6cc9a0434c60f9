"""The path at which a host serves the site, for pages that it shows at any address, such as 404.html."""

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from handbook.editions.mike_versions import ALIAS
from handbook.registers.organization import Organization
from macros.context.site import Site

_SLASHES: Final = re.compile("/{2,}")


def address_of(organization: Organization) -> str | None:
    """Return the address of the site as that of a folder, or None if it is not known."""
    address = organization.handbook
    return urlunsplit((*urlsplit(address)[:2], folder_of(address), "", "")) if address else None


def served_path(site: Site, address: str | None) -> str:
    """Return the path of the folder of this build; `address` is that of the site, unless it is an edition."""
    own = site.editions.build
    return f"{path_of_editions(site)}{own.edition}/" if own else folder_of(address)


def path_of_editions(site: Site) -> str:
    """Return the path of the folder that holds the editions, beside the alias of the one in force."""
    path, alias = folder_of(site.organization.handbook), f"/{ALIAS}/"
    return path.removesuffix(alias) + "/" if path.endswith(alias) else path


def folder_of(address: str | None) -> str:
    """Return the path of the folder that an address leads to, with a slash at both ends.

    Two slashes at the beginning would name another host.
    """
    path = urlsplit(address or "").path
    if path.endswith((".html", ".htm")):
        path = path.rpartition("/")[0]
    return _SLASHES.sub("/", f"/{path}/")
