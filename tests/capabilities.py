"""What a piece of HTML could do in a browser: what the tests of hostile pages look for."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, TypeAlias

Capability: TypeAlias = tuple[str, str, str]

_ACTIVE: Final = frozenset(
    "applet base button embed form frame iframe input link math meta object script style svg template"  # noqa: SIM905
    " video audio source track use image".split()
)
_LOADS: Final = frozenset({"src", "srcset", "poster", "data", "background", "action", "formaction"})
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Where organization.yml of the sample says that the handbook is read; a page names its address below it.
_OWN_ADDRESS: Final = "https://handbook.example.org/"
_HARMLESS_LINK: Final = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_HARMLESS_STYLE: Final = re.compile(r"text-align:\s*[a-z]+;?")


def capabilities(html: str) -> set[Capability]:
    """Return each element and attribute that could run, load or imitate, as (element, attribute, value)."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return set(parser.found)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Capability] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag in ("script", "style")
        self.found += [(tag, name, value) for name, value in _judge(tag, attrs)]

    def handle_data(self, data: str) -> None:
        if self._script:
            self.found.append(("script", "text", data))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the name is HTMLParser's
        self._script = False


def _judge(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    pairs = [(name, value or "") for name, value in attrs]
    if tag in _ACTIVE:
        yield "", repr(sorted((name, value) for name, value in pairs if not _is_own(tag, name, value)))
    for name, value in pairs:
        if _is_capable(name, re.sub(r"[\x00-\x20]", "", value).replace("\\", "/"), value):
            yield name, value


def _is_own(tag: str, name: str, value: str) -> bool:
    """Leave out what differs from page to page of the site: its neighbors and its description."""
    address = value.removeprefix(_OWN_ADDRESS)
    own_link = tag == "link" and name == "href" and not re.match(r"[a-z]+:|//", address, re.IGNORECASE)
    return own_link or (tag == "meta" and name == "content")


def _is_capable(name: str, address: str, value: str) -> bool:
    if name in _LOADS:
        return address.startswith("//") or bool(_SCHEME.match(address))
    if name.endswith("href"):
        return bool(_SCHEME.match(address)) and not _HARMLESS_LINK.match(address)
    if name == "style":
        return not _HARMLESS_STYLE.fullmatch(value.strip())
    if name == "class":
        own = {"md-button", "md-button--primary"}
        return any(
            class_name == "mermaid" or class_name.startswith("md-") for class_name in set(value.split()) - own
        )
    return name.startswith("on") or name == "srcdoc" or (name == "id" and value.startswith("__"))
