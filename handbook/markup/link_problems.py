"""Decides whether a link leads somewhere, for the check and for a build alike."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from handbook.content.languages import suffix_of
from handbook.content.mkdocs_settings import PublishedFile
from handbook.markup.link_targets import LinkTargets, relative_link, relative_target
from handbook.markup.odd_addresses import problem_of_contact, problem_of_extra
from handbook.markup.rendering import Link
from handbook.text.suggestions import nearest

# A build writes files of other kinds itself, such as calendars and tables, which only it can list.
_NEVER_BUILT: Final = (
    *(".avif", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"),
    *(".docx", ".odt", ".pdf", ".pptx", ".xlsx", ".md", ".mp3", ".mp4", ".webm"),
)
_PICTURE: Final = "img"
# An address on the web whose beginning is left out or misspelled.
_WEB: Final = re.compile(
    r"(?=www\.|(?:[\w-]+\.)+(?:com|org|net|gov|edu|eu|int|info|uk|fr|ca|de|us)(?:/|$))"
    r"|https?(?::*/{1,2}|:+)(?=\w)",
    re.IGNORECASE,
)
_OF_THE_WEB: Final = ("http", "https")
# Markdown puts this in place of `&` in the address of a mail, which it hides.
_HIDDEN_MAIL: Final = "\x02amp\x03"


@dataclass(frozen=True)
class LinkJudge:
    """Knows the published files, the anchors of each page, and why other files are not published.

    `anchors_of` returns the anchors of a page by its name below the folder of pages, or None if they are not
    known, and `reason_of` why a file of that name is not published, or None if there is no such file.
    """

    targets: LinkTargets
    folder: str
    anchors_of: Callable[[str], Collection[str] | None]
    reason_of: Callable[[str], str | None]

    def problems(self, name: str, links: Collection[Link]) -> Iterator[tuple[Link, str]]:
        """Yield each link of a page that leads nowhere, in the page's language or in another."""
        builds = self.targets.builds_with(name)
        for link in links:
            messages = (self._problem(name, link, language) for language in builds)
            if message := next(filter(None, messages), None):
                yield link, message

    def problem_of_anchor(self, name: str, anchor: str) -> str | None:
        """Return that a published page lacks an anchor in one of its languages, or None."""
        files = (self.targets.file_for(name, language) for language in self.targets.languages)
        lacking = next((file for file in files if file and self._lacks(file, anchor)), None)
        if lacking is None:
            return None
        meant = self._anchor_meant(lacking, anchor)
        return f"{self.folder}/{lacking} has no heading or id '#{anchor}'; {meant}"

    def _problem(self, name: str, link: Link, language: str) -> str | None:
        try:
            address = urlsplit(link.address)
        except ValueError as error:
            return f"the address '{link.address}' cannot be read ({error}); correct it"
        if address.scheme in _OF_THE_WEB and not address.netloc:
            return self._beginning_of_web(link)
        if _HIDDEN_MAIL in link.address:
            return None
        if address.scheme or address.netloc:
            return problem_of_contact(link.address)
        if link.address.startswith(("/", "\\")):
            return self._absolute(name, link.address, unquote(address.path))
        path = unquote(address.path)
        if not path:
            return self._anchor(name, name, address.fragment, language)
        if link.is_html:
            return self._html(name, link, path, language)
        target = relative_target(name, path)
        file = self.targets.file_for(target, language)
        if file is None:
            return self._dead(name, link, path, target, language)
        return self._anchor(name, file, address.fragment, language)

    def _beginning_of_web(self, link: Link) -> str:
        what = "picture" if link.element == _PICTURE else "link"
        web = _WEB.match(link.address)
        advice = f"write 'https://{link.address[web.end() :]}'" if web else "write it anew"
        return f"the {what} '{link.address}' lacks the beginning of an address on the web; {advice}"

    def _absolute(self, name: str, address: str, path: str) -> str:
        if address.startswith("\\"):
            return f"'{address}' is a place in your network; put the file under {self.folder}/ and link to it"
        page = self._page_on_site(path.strip("/"))
        remedy = f"write '{relative_link(name, page)}'" if page else "write the path from this page"
        return (
            f"the address '{address}' begins at the top of the web server, which need not be that of"
            f" the handbook; {remedy}"
        )

    def _dead(self, name: str, link: Link, path: str, target: str, language: str) -> str:
        if "\\" in path and link.element != _PICTURE:
            target = relative_target(name, path.replace("\\", "/"))
            if self.targets.file_for(target, language):
                return f"'{link.address}' has backslashes; write '{relative_link(name, target)}'"
        if target in self.targets.names and suffix_of(target) in self.targets.languages:
            original = "page" if PublishedFile(target).is_page else "file"
            return (
                f"'{link.address}' is a translation; link to the {original} in the main language, which leads"
                " to it"
            )
        if reason := self.reason_of(target):
            return f"the link to '{link.address}' leads nowhere, because {reason}"
        on_site = posixpath.join(posixpath.dirname(self.targets.address_of(name)), path)
        page = self._page_at(target) or self._page_on_site(posixpath.normpath(on_site))
        if link.element != _PICTURE and page:
            return f"'{link.address}' does not name a file; write '{relative_link(name, page)}'"
        if target.startswith("../"):
            return f"'{link.address}' leads out of {self.folder}/; link to a page or a file in that folder"
        what = "picture" if link.element == _PICTURE else "link"
        if "@" in path and "/" not in path:
            return f"the {what} '{link.address}' is a mail address; write 'mailto:{link.address}'"
        if _WEB.match(link.address):
            return self._beginning_of_web(link)
        if extra := problem_of_extra(link.address):
            return extra
        fate = "is missing" if link.element == _PICTURE else "leads nowhere"
        return f"the {what} '{link.address}' {fate}; {self._remedy(name, target, what, language)}"

    def _remedy(self, name: str, target: str, what: str, language: str) -> str:
        closest = self.targets.nearest_to(target)
        if closest and self.targets.file_for(closest, language):
            return f"did you mean '{relative_link(name, closest)}'?"
        return f"correct its name, add {self.folder}/{target}, or remove the {what}"

    def _anchor(self, name: str, file: str, anchor: str, language: str) -> str | None:
        if not self._lacks(file, anchor):
            return None
        place = "this page" if file == name else f"{self.folder}/{file}"
        own = self.targets.builds_with(name)[0]
        there = "" if language == own else f" (shown in '{language}', where this page is not translated)"
        return f"{place} has no heading or id '#{anchor}'{there}; {self._anchor_meant(file, anchor)}"

    def _lacks(self, file: str, anchor: str) -> bool:
        if not anchor or not PublishedFile(file).is_page:
            return False
        anchors = self.anchors_of(file)
        return anchors is not None and anchor not in anchors

    def _anchor_meant(self, file: str, anchor: str) -> str:
        closest = nearest(anchor, self.anchors_of(file) or ())
        return f"did you mean '#{closest}'?" if closest else "name a heading of it, or leave it out"

    def _html(self, name: str, link: Link, path: str, language: str) -> str | None:
        """Judge an address in HTML, which a browser resolves from where the page is published."""
        start = self.targets.address_of(name)
        address = posixpath.normpath(posixpath.join(posixpath.dirname(start), path))
        if self.targets.is_address("" if address == "." else address):
            return None
        ending = posixpath.splitext(path)[1].lower()
        if link.element != _PICTURE and ending and ending not in _NEVER_BUILT:
            return None
        target = relative_target(name, path)
        if self.targets.file_for(target, language) is None:
            return self._dead(name, link, path, target, language)
        mark = "!" if link.element == _PICTURE else ""
        return (
            f"'{link.address}' leads nowhere, because a browser looks for it from the address of the page"
            f" ({start}); write {mark}[text]({path}) instead of HTML"
        )

    def _page_on_site(self, address: str) -> str | None:
        """Return the page that an address of the site may mean, in whatever language, or None."""
        first, _, rest = address.partition("/")
        return self._page_at(rest if first in self.targets.languages else address)

    def _page_at(self, target: str) -> str | None:
        """Return the page that a target without an ending of a file may mean, or None."""
        stem = target.removesuffix("/").removesuffix(".html").removesuffix("/index")
        stems = (stem, posixpath.normpath(posixpath.join(stem, "index")))
        return next((f"{name}.md" for name in stems if f"{name}.md" in self.targets.names), None)
