"""The page on which readers accept pages, what an edition asks them, and what changed since they accepted.

A macro cannot know the pages that are built after its own, so it leaves a place that the end of the build
fills. What changed is compared with each earlier edition whose acceptance may still be on a device.
"""

import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mkdocs.utils import get_relative_url

from handbook.acknowledgements.asked import FILE, Asked, AskedText, asked_by, read_asked, shown_page
from handbook.acknowledgements.questions import LETTERS, questions_for
from handbook.acknowledgements.receipts import NO_EDITION
from handbook.comparison.change_record import ChangedPage
from handbook.comparison.compare import compare_pages
from handbook.comparison.rendered_page import RenderedPage
from handbook.comparison.rendered_pages import rendered_pages
from handbook.content.fingerprints import sha256
from handbook.content.languages import main_path
from handbook.editions.editions_for_build import EditionsForBuild
from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import SITE_BRANCH, Published
from handbook.editions.site_files import EditionFiles, FolderFiles
from handbook.git.repository import Repository
from handbook.registers.acknowledgements import PAGE
from handbook.registers.scenarios import Scenario
from macros.context.page_facts import asked as contact_of
from macros.context.site import Site
from macros.definitions.acknowledgements import PLACE
from macros.presentation.templates import render
from macros.search.sections import sections_of

_DIGITS: Final = 12
# Who accepted an older edition than the last ten sees every page as new.
_EDITIONS_COMPARED: Final = 10
_SCRIPT_WORDS: Final = (
    "since", "nothing_new", "changed", "unchanged", "changes", "missing", "right", "wrong", "score", "copied",
    "select",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _ReaderPage:
    """The page on which readers of a language accept, in the built site in `folder`."""

    site: Site
    asked: Asked
    language: str
    folder: Path

    @property
    def file(self) -> str:
        """Return where the page is, below the site."""
        return _file_of(self.site, PAGE, self.language)

    def html(self) -> str:
        """Return the form that replaces what the macro left in the page."""
        catalog = self.site.catalogs[self.language]
        words = catalog.group("acknowledge")
        hand_in = self.site.registers.acknowledgements.hand_in
        return render(
            "documents/acknowledge.html",
            audiences=[
                self._audience(name) for name in self.asked.audiences if self.language in self._texts(name)
            ],
            edition=self.asked.edition,
            language=self.language,
            zone=self.site.organization.time_zone,
            words=words,
            script_words={key: words[key] for key in _SCRIPT_WORDS},
            signs=catalog.group("glance"),
            colon=catalog["acknowledge.colon"],
            answers=[(LETTERS[answer], catalog[f"answer.{answer}"]) for answer in LETTERS],
            mail=contact_of(self.site, hand_in.mail, self.language).email if hand_in.mail else None,
            form=hand_in.form,
        )

    def _texts(self, name: str) -> Mapping[str, AskedText]:
        return self.asked.audiences[name]

    def _audience(self, name: str) -> Mapping[str, object]:
        audience = self.site.registers.acknowledgements.audiences[name]
        text, edition = self._texts(name)[self.language], self.asked.edition or NO_EDITION
        title = self.site.say_of_register(audience.title, self.language)
        subject = self.site.catalogs[self.language]["acknowledge.subject"]
        scenarios = questions_for(audience, self.site.registers.scenarios.scenarios)
        return {
            "name": name,
            "title": title,
            "days": audience.within_days,
            "digest": text.digest,
            "pages": [self._page(*page) for page in text.pages.items()],
            "questions": [self._question(*question) for question in scenarios.items()],
            "contact": contact_of(self.site, audience.contact, self.language),
            "subject": subject.format(edition=edition, title=title.text),
            "file": f"{edition}-{name}.txt",
        }

    def _page(self, path: str, fingerprint: str) -> Mapping[str, object]:
        page = shown_page(self.site.handbook, path, self.language)
        assert page is not None  # noqa: S101 - only published pages are asked
        html = (self.folder / _file_of(self.site, path, self.language)).read_text(encoding="utf-8")
        return {
            "path": path,
            "title": page.title or path,
            "language": page.language if page.language != self.language else "",
            "address": self._link_to(path),
            # A device compares it with what it kept; so many digits tell the texts of a page apart.
            "text": sha256(fingerprint.encode())[:_DIGITS],
            "rules": [
                {"sign": section.sign, "text": section.heading}
                for section in sections_of(html)
                if section.sign and not section.anchor
            ],
            "description": page.front_matter.text("description") or "",
        }

    def _question(self, name: str, scenario: Scenario) -> Mapping[str, object]:
        is_here = self.site.shows(scenario.path.removeprefix("docs/"), self.language)
        anchor = f"#{scenario.anchor}" if scenario.anchor else ""
        return {
            "name": name,
            "text": self.site.say_of_register(scenario.question, self.language),
            "reason": self.site.say_of_register(scenario.reason, self.language),
            "letter": LETTERS[scenario.answer],
            "answer": f"{self.site.catalogs[self.language][f'answer.{scenario.answer}']}.",
            "link": f"{self._link_to(scenario.path)}{anchor}" if is_here else "",
        }

    def _link_to(self, path: str) -> str:
        return get_relative_url(_address_of(self.site, path, self.language), self.file)


def acknowledgement_files(site: Site, root: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files to write once all pages of all languages are in `folder`, by path below it.

    Raises:
        HandbookError: if the editions cannot be read.

    """
    register = site.registers.acknowledgements
    if not register.audiences or PAGE.removeprefix("docs/") not in site.pages:
        return
    own = site.editions.own
    asked = asked_by(site.handbook, own.edition if own else None)
    yield FILE, asked.as_bytes()
    for language in site.organization.languages:
        page = _ReaderPage(site, asked, language, folder)
        file = folder / page.file
        if file.is_file():
            yield page.file, file.read_text(encoding="utf-8").replace(PLACE, page.html()).encode()
    if own:
        yield from _changes(site, asked, own, root, folder)


def _file_of(site: Site, path: str, language: str) -> str:
    """Return the file that shows a page to readers of a language, translated or not, below the site."""
    address = _address_of(site, path, language)
    return f"{address}index.html" if not address or address.endswith("/") else address


def _address_of(site: Site, path: str, language: str) -> str:
    return f"{site.folder_of(language)}{site.addresses[path]}"


def _changes(
    site: Site, asked: Asked, own: Manifest, root: Path, folder: Path
) -> Iterator[tuple[str, bytes]]:
    """Yield, for each earlier edition and language, what changed in the pages to accept.

    Only pages whose text changed in substance are in it.
    """
    build = site.editions.build
    files = FolderFiles(folder)
    source = site.source.root if site.source else root
    with Repository(source) as repository:
        published = Published(repository, build.site_branch if build else SITE_BRANCH)
        for former in _earlier(site.editions, own):
            then = EditionFiles(published, former)
            if FILE not in former.files:
                continue
            before = read_asked(then[FILE], f"edition {former.edition}")
            for language in site.organization.languages:
                paths = sorted(_changed(before, asked, language))
                names = {_file_of(site, path, language): path for path in paths}
                redlines = _redlines(site, then, files, names, (former.edition, own.edition))
                shown = {path: _redline(site, redlines[path], language) for path in paths if path in redlines}
                data = json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()
                folder_of_page = posixpath.dirname(_file_of(site, PAGE, language))
                yield f"{folder_of_page}/since-{former.edition}.json", data


def _earlier(editions: EditionsForBuild, own: Manifest) -> Sequence[Manifest]:
    earlier = [manifest for manifest in editions.manifests or () if manifest.edition != own.edition]
    return earlier[-_EDITIONS_COMPARED:]


def _changed(before: Asked, after: Asked, language: str) -> set[str]:
    """Return the paths of the pages that were asked before, and whose text is another in substance."""
    then = {path: text for asked in before.audiences.values() for path, text in _pages_of(asked, language)}
    now = {path: text for asked in after.audiences.values() for path, text in _pages_of(asked, language)}
    return {path for path, text in now.items() if path in then and then[path] != text}


def _pages_of(texts: Mapping[str, AskedText], language: str) -> Sequence[tuple[str, str]]:
    return [*texts[language].pages.items()] if language in texts else []


def _redlines(
    site: Site,
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    names: Mapping[str, str],
    editions: tuple[str, str],
) -> Mapping[str, ChangedPage]:
    """Return how each page changed between two editions, by its path in the main language."""
    pages = [_read(files, names) for files in (before, after)]
    report = compare_pages(pages[0], pages[1], editions)
    return {main_path(page.path, site.organization.languages): page for page in report.pages}


def _read(files: Mapping[str, bytes], names: Mapping[str, str]) -> dict[str, RenderedPage]:
    """Return the pages in some files of a site, under the paths that `names` gives them."""
    chosen = {name: files[name] for name in names if name in files}
    return {names[page.address]: page for page in rendered_pages(chosen).values() if page.address in names}


def _redline(site: Site, page: ChangedPage, language: str) -> str:
    words = site.catalogs[language].group("changes")
    return render("documents/accepted_changes.html", page=page, words=words)
