"""Cleans published HTML for a package: nothing in it runs or asks another host, and links lead somewhere."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import nh3
from markupsafe import Markup

from handbook.content.site_map import linked_file
from handbook.formats.html_elements import WORKS_BY_SCRIPT

_NAMES_IDS: Final = frozenset({"aria-labelledby", "aria-describedby", "headers"})
_FORM: Final = frozenset({"button", "form", "input", "label", "textarea"})
_TEXT: Final = nh3.ALLOWED_TAGS | {"caption", "details", "section", "summary"}
_EVERYWHERE: Final = {
    "class", "dir", "hidden", "id", "lang", "role", "aria-label", "aria-hidden", *_NAMES_IDS,
}  # fmt: skip
_ATTRIBUTES: Final[Mapping[str, set[str]]] = {
    "*": _EVERYWHERE,
    "a": {"href", "hreflang", "title"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_OF_FORMS: Final[Mapping[str, set[str]]] = {
    "a": {"download", "href", "hreflang", "rel", "target", "title"},
    "button": {"type"},
    "form": {"autocomplete"},
    "input": {"name", "type", "value"},
    "textarea": {"readonly", "rows"},
}
# A style sheet writes nothing into a picture, and a drawing that is shown as one runs nothing.
_PICTURES: Final = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})


@dataclass(slots=True)
class PackageLinks:
    """Where links of a package lead.

    `files` is what the manifest of the edition lists, with the SHA-256 of each. `anchors` has the view that
    shows a file of the edition, and `handbook` the address at which people read the others, or None.
    `pictures` gathers the files of pictures that were met, each with its path in the package.
    """

    files: Mapping[str, str]
    anchors: Mapping[str, str]
    handbook: str | None
    pictures: dict[str, str] = field(default_factory=dict)

    def target(self, value: str, file: str) -> str | None:
        """Return where a link leads that is in a file of the edition, or None for a link to nowhere."""
        parts = urlsplit(value)
        if parts.scheme or parts.netloc:
            return value if parts.scheme else None
        path = linked_file(value, file)
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if anchor := self.anchors.get(path):
            return f"#{anchor}.{parts.fragment}" if fragment else f"#{anchor}"
        if self.handbook is None or path not in self.files:
            return None
        return urljoin(f"{self.handbook.rstrip('/')}/", quote(_address_of(path))) + fragment

    def picture(self, value: str, file: str) -> str | None:
        """Return where a picture is in the package, or None if the edition does not have it."""
        parts = urlsplit(value)
        path = linked_file(value, file)
        kind = posixpath.splitext(path)[1].lower()
        if parts.scheme or parts.netloc or path not in self.files or kind not in _PICTURES:
            return None
        shown = self.pictures.setdefault(path, f"pictures/{self.files[path][:16]}{kind}")
        # The fragment can limit a picture to one scheme of colors.
        return f"{shown}#{parts.fragment}" if parts.fragment else shown


def _address_of(file: str) -> str:
    return file.removesuffix("index.html") if posixpath.basename(file) == "index.html" else file


def clean_page(html: str, file: str, anchor: str, links: PackageLinks) -> Markup:
    """Return the text of a published page; its ids begin with that of its view."""
    return _clean(html, file, anchor, links, set(_TEXT), set(WORKS_BY_SCRIPT), _ATTRIBUTES)


def clean_reply(html: str, file: str, anchor: str, links: PackageLinks) -> Markup:
    """Return the questions and the reply, which people fill in."""
    tags = _TEXT | _FORM | {"fieldset", "legend"}
    return _clean(html, file, anchor, links, tags, set(WORKS_BY_SCRIPT - tags), {**_ATTRIBUTES, **_OF_FORMS})


def _clean(
    html: str,
    file: str,
    anchor: str,
    links: PackageLinks,
    tags: set[str],
    left_out: set[str],
    attributes: Mapping[str, set[str]],
) -> Markup:
    def kept(element: str, attribute: str, value: str) -> str | None:
        if attribute == "id":
            return f"{anchor}.{value}"
        if attribute in _NAMES_IDS:
            return " ".join(f"{anchor}.{name}" for name in value.split())
        if attribute == "href":
            return links.target(value, file)
        return links.picture(value, file) if attribute == "src" else value

    cleaner = nh3.Cleaner(
        tags=tags,
        clean_content_tags=left_out,
        attributes={name: set(allowed) for name, allowed in attributes.items()},
        generic_attribute_prefixes={"data-"},
        attribute_filter=kept,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return Markup(cleaner.clean(html))  # noqa: S704 - it is cleaned
