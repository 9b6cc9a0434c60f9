"""The link "I did not find it": a mail to the contact of a page, or the organization's form, filled in.

It ends where the words of a search go, which overrides/assets/javascripts/search.js adds. Nothing is loaded
or sent before a reader does so.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from macros.context.page_facts import ContactDetails
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.localized import LocalizedText

_LINE_END: Final = "\r\n"


def inbox_address(
    site: Site, catalog: Catalog, contact: ContactDetails, title: LocalizedText, address: str = ""
) -> str:
    """Return where the link leads from a page with a title, at an address below the site."""
    own, form = site.editions.own, site.organization.inbox
    place = f"{title.text} (/{address.removeprefix('./')})" if address else title.text
    edition = own.edition if own else catalog["inbox.no_edition"]
    if form is None:
        return _mail(catalog, contact, place, edition)
    fields = {form.form.page: place, form.form.edition: edition, form.form.query: ""}
    return _with_fields(form.form.address, {name: value for name, value in fields.items() if name})


def _mail(catalog: Catalog, contact: ContactDetails, place: str, edition: str) -> str:
    lines = [
        catalog["inbox.page"].format(page=place),
        catalog["inbox.edition"].format(edition=edition),
        f"{catalog['inbox.looked_for']} ",
    ]
    subject, body = _encoded(catalog["inbox.link"]), _encoded(_LINE_END.join(lines))
    return f"mailto:{contact.email}?subject={subject}&body={body}"


def _with_fields(address: str, fields: Mapping[str, str]) -> str:
    sign = "&" if "?" in address else "?"
    return address + sign + "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in fields.items())


def _encoded(text: str) -> str:
    """Encode every sign that a mail program or a form could take for another part of the address."""
    return quote(text, safe="/:()")
