"""Reads what a package shows from a published edition: its own pages, style sheet, and scripts."""

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from handbook.acknowledgements.asked import FILE, AskedText, read_asked
from handbook.content.fingerprints import sha256
from handbook.content.site_map import linked_file
from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import Published
from handbook.editions.site_files import EditionFiles
from handbook.errors import HandbookError
from handbook.formats.html_elements import Element, elements, has_class
from handbook.text.suggestions import did_you_mean
from handbook.training.clean_html import PackageLinks, clean_page, clean_reply
from handbook.training.course import REPLY, Course, CoursePage

_STYLE: Final = re.compile(r"assets/[0-9a-f]{12}/handbook\.css")
_SCRIPT: Final = "acknowledge.js"
_IMPORT: Final = re.compile(r"""from\s+["']\./([\w/-]+\.js)["']""")
_SINCE: Final = re.compile(r"since-[\d.]+\.json")
# Where a package has the files of the edition that its page loads.
_ASSETS: Final = "assets"


@dataclass(frozen=True, slots=True)
class _Site:
    """The files of an edition, of which only those are used that its manifest vouches for."""

    manifest: Manifest
    files: Mapping[str, bytes]

    def read(self, path: str) -> bytes:
        data = self.files.get(path)
        if data is None or sha256(data) != self.manifest.files[path]:
            raise self.broken(path)
        return data

    def text(self, path: str) -> str:
        return self.read(path).decode("utf-8", "replace")

    def broken(self, path: str) -> HandbookError:
        return HandbookError(
            f"edition {self.manifest.edition}: {path} is not as a package needs it; run `handbook edition "
            "verify`, or pack another edition"
        )


@dataclass(frozen=True, slots=True)
class _ReplyPage:
    """The page on which readers of a language reply: its file, its HTML, and the section of the audience."""

    file: str
    html: str
    section: Element


def read_course(
    published: Published,
    manifest: Manifest,
    audience: str,
    language: str | None,
    handbook: str | None,
    mastery: int,
) -> Course:
    """Return what an edition asks an audience, in a language or else in the first that it is asked in.

    `handbook` is the address at which people read the handbook, or None.

    Raises:
        HandbookError: if the edition does not ask that, or is not as it was published.

    """
    site = _Site(manifest, EditionFiles(published, manifest))
    texts = _texts(site, audience)
    chosen = language or next(iter(texts))
    if chosen not in texts:
        known = ", ".join(texts)
        raise HandbookError(
            f"edition {manifest.edition} does not ask '{audience}' in '{chosen}'; name one of: {known}"
        )
    return _course(site, audience, chosen, texts[chosen], handbook, mastery)


def _texts(site: _Site, audience: str) -> Mapping[str, AskedText]:
    name = f"edition {site.manifest.edition}"
    if FILE not in site.files:
        raise HandbookError(
            f"{name} asks nobody to accept its pages, so it has nothing to pack; name a later one"
        )
    audiences = read_asked(site.read(FILE), name).audiences
    if audience not in audiences:
        fix = did_you_mean(audience, audiences) if audiences else "it asks nobody"
        raise HandbookError(f"{name} does not ask '{audience}' to accept pages; {fix}")
    return audiences[audience]


def _course(
    site: _Site, audience: str, language: str, text: AskedText, handbook: str | None, mastery: int
) -> Course:
    page = _reply_page(site, audience, language)
    if page.section.attributes.get("data-digest") != text.digest:
        raise site.broken(page.file)
    shown = list(_shown(page, site))
    anchors = {page.file: REPLY} | {file: f"page-{number}" for number, (_, file) in enumerate(shown, 1)}
    links = PackageLinks(site.manifest.files, anchors, handbook)
    document = _one(elements(page.html, lambda tag, _: tag == "html"))
    component = _one(elements(page.html, lambda _, attributes: has_class(attributes, "acknowledge")))
    pages = tuple(_page(site, path, file, links) for path, file in shown)
    reply = clean_reply(page.section.outer, page.file, REPLY, links)
    return Course(
        edition=site.manifest,
        audience=audience,
        language=language,
        variant=document.get("lang") or language,
        direction=document.get("dir") or "ltr",
        title=_text(page.html, "footer__name"),
        track=_heading(page.html, "h2", audience) or audience,
        text=text,
        pages=pages,
        reply=reply,
        reply_words=component.get("data-words") or "{}",
        files=dict(_files(site, page, text, links.pictures)),
        mastery=mastery,
    )


def _reply_page(site: _Site, audience: str, language: str) -> _ReplyPage:
    """Return the page that has the section of an audience in a language, whichever language comes first."""

    def is_section(_: str, attributes: Mapping[str, str]) -> bool:
        chosen = attributes.get("data-group"), attributes.get("data-language")
        return has_class(attributes, "acknowledge__audience") and chosen == (audience, language)

    folder = posixpath.dirname(FILE)
    names = [f"{start}{folder}{end}" for start in (f"{language}/", "") for end in ("/index.html", ".html")]
    for name in (name for name in names if name in site.files):
        html = site.text(name)
        if matches := elements(html, is_section):
            return _ReplyPage(name, html, matches[0])
    raise site.broken(names[-2])


def _shown(page: _ReplyPage, site: _Site) -> Iterator[tuple[str, str]]:
    """Yield each page that is asked: the path of its source, and the file of the site that shows it."""
    for box in elements(page.section.inner, lambda _, attributes: has_class(attributes, "acknowledge__page")):
        address = _one(elements(box.inner, lambda tag, _: tag == "a")).get("href", "")
        file = linked_file(address, page.file)
        if file not in site.files:
            raise site.broken(file)
        yield box.attributes.get("data-path", ""), file


def _page(site: _Site, path: str, file: str, links: PackageLinks) -> CoursePage:
    """Return the own text of a page, without its frame and what is known of its reviews."""
    html = site.text(file)
    article = elements(html, lambda tag, attributes: tag == "article" and has_class(attributes, "md-typeset"))
    parts = elements(article[0].inner, _is_shown) if article else []
    own = [part for part in parts if "lang" in part.attributes]
    if not own:
        raise site.broken(file)
    anchor = links.anchors[file]
    text = "\n".join(clean_page(part.outer, file, anchor, links) for part in parts)
    title = _heading(own[0].outer, "h1") or path
    return CoursePage(path, title, own[0].attributes["lang"], anchor, Markup(text))  # noqa: S704 - cleaned


def _is_shown(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is the heading or the text of a page, or says that it is not translated."""
    if tag == "div" and "lang" in attributes:
        return attributes.get("class", "") in ("", "text")
    return tag == "p" and has_class(attributes, "fallback")


def _heading(html: str, level: str, name: str | None = None) -> str:
    """Return the text of the first heading of a level, or of the one with an id."""
    matches = elements(
        html, lambda tag, attributes: tag == level and (name is None or attributes.get("id") == name)
    )
    # The permalink of a heading is not a part of its name.
    return Markup(matches[0].inner).striptags().removesuffix("¶").strip() if matches else ""  # noqa: S704 - escaped


def _text(html: str, name: str) -> str:
    matches = elements(html, lambda _, attributes: has_class(attributes, name))
    return Markup(matches[0].inner).striptags() if matches else ""  # noqa: S704 - only its text is used, escaped


def _one(matches: list[Element]) -> Mapping[str, str]:
    return matches[0].attributes if matches else {}


def _files(
    site: _Site, page: _ReplyPage, text: AskedText, pictures: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    style = next(filter(_STYLE.fullmatch, site.files), None)
    if style is None:
        raise site.broken("assets/handbook.css")
    folder = posixpath.dirname(style)
    yield f"{_ASSETS}/handbook.css", site.read(style)
    yield f"{_ASSETS}/favicon.svg", site.read(f"{folder}/favicon.svg")
    for name, data in _scripts(site, folder).items():
        yield f"{_ASSETS}/{name}", data
    for path, shown in pictures.items():
        yield shown, site.read(path)
    yield from _changes(site, posixpath.dirname(page.file), text)


def _scripts(site: _Site, folder: str) -> dict[str, bytes]:
    """Return the script of the questions and what it imports, by name."""
    scripts: dict[str, bytes] = {}
    waiting = [_SCRIPT]
    while waiting:
        name = waiting.pop()
        scripts[name] = site.read(f"{folder}/{name}")
        waiting += [other for other in _IMPORT.findall(scripts[name].decode()) if other not in scripts]
    return scripts


def _changes(site: _Site, folder: str, text: AskedText) -> Iterator[tuple[str, bytes]]:
    """Yield what changed in the pages since earlier editions, where the script of the questions asks."""
    for path in sorted(site.files):
        name = posixpath.basename(path)
        if posixpath.dirname(path) == folder and _SINCE.fullmatch(name):
            changed = json.loads(site.read(path))
            redlines = {page: changed[page] for page in changed if page in text.pages}
            yield name, json.dumps(redlines, ensure_ascii=False, sort_keys=True).encode()
