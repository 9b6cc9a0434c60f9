"""The page on which readers accept pages, what an edition asks them, and what changed since they accepted.

A macro cannot know the pages that are built after its own, so it leaves a place that the end of the build
fills. What changed is compared with each earlier edition whose acceptance may still be on a device.
"""

import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from mkdocs.utils import get_relative_url

from handbook.acknowledgements.asked import FILE, Asked, AskedText, asked_by, read_asked, shown_page
from handbook.acknowledgements.questions import LETTERS, questions_for
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
from handbook.registers.acknowledgements import PAGE, AskedAudience
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
        path = _file_of(site, PAGE, language)
        file = folder / path
        if file.is_file():
            shown = _shown(site, asked, language, path, folder)
            yield path, file.read_text(encoding="utf-8").replace(PLACE, shown).encode()
    if own:
        yield from _changes(site, asked, own, root, folder)


def _file_of(site: Site, path: str, language: str) -> str:
    """Return the file that shows a page to readers of a language, translated or not, below the site."""
    return _file_at(_address_of(site, path, language))


def _address_of(site: Site, path: str, language: str) -> str:
    prefix = "" if language == site.main_language else f"{language}/"
    return f"{prefix}{site.addresses[path]}"


def _file_at(address: str) -> str:
    return f"{address}index.html" if not address or address.endswith("/") else address


def _shown(site: Site, asked: Asked, language: str, path: str, folder: Path) -> str:
    catalog = site.catalogs[language]
    words = catalog.group("acknowledge")
    register = site.registers.acknowledgements
    hand_in = register.hand_in
    return render(
        "documents/acknowledge.html",
        audiences=[
            _audience(site, asked, register.audiences[name], name, language, path, folder)
            for name in asked.audiences
            if language in asked.audiences[name]
        ],
        edition=asked.edition,
        language=language,
        zone=site.organization.time_zone,
        words=words,
        script_words={key: words[key] for key in _SCRIPT_WORDS},
        signs=catalog.group("glance"),
        colon=catalog["acknowledge.colon"],
        answers=[(LETTERS[answer], catalog[f"answer.{answer}"]) for answer in LETTERS],
        mail=contact_of(site, hand_in.mail, language).email if hand_in.mail else None,
        form=hand_in.form,
    )


def _audience(
    site: Site, asked: Asked, audience: AskedAudience, name: str, language: str, start: str, folder: Path
) -> Mapping[str, object]:
    text = asked.audiences[name][language]
    title = site.say_of_register(audience.title, language)
    scenarios = questions_for(audience, site.registers.scenarios.scenarios)
    edition = asked.edition or "draft"
    return {
        "name": name,
        "title": title,
        "days": audience.within_days,
        "digest": text.digest,
        "pages": [_page(site, path, text, language, start, folder) for path in text.pages],
        "questions": [_question(site, *item, language, start) for item in scenarios.items()],
        "contact": contact_of(site, audience.contact, language),
        "subject": site.catalogs[language]["acknowledge.subject"].format(edition=edition, title=title.text),
        "file": f"{edition}-{name}.txt",
    }


def _page(
    site: Site, path: str, text: AskedText, language: str, start: str, folder: Path
) -> Mapping[str, object]:
    page = shown_page(site.handbook, path, language)
    assert page is not None  # noqa: S101 - only published pages are asked
    html = (folder / _file_of(site, path, language)).read_text(encoding="utf-8")
    rules = [
        {"sign": section.sign, "text": section.heading}
        for section in sections_of(html)
        if section.sign and not section.anchor
    ]
    return {
        "path": path,
        "title": page.title or path,
        "language": page.language if page.language != language else "",
        "address": get_relative_url(_address_of(site, path, language), start),
        # A device compares it with what it kept; so many digits tell the texts of a page apart.
        "text": sha256(text.pages[path].encode())[:_DIGITS],
        "rules": rules,
        "description": page.front_matter.text("description") or "",
    }


def _question(site: Site, name: str, scenario: Scenario, language: str, start: str) -> Mapping[str, object]:
    anchor = f"#{scenario.anchor}" if scenario.anchor else ""
    is_here = site.shows(scenario.path.removeprefix("docs/"), language)
    address = get_relative_url(_address_of(site, scenario.path, language), start) if is_here else None
    return {
        "name": name,
        "text": site.say_of_register(scenario.question, language),
        "reason": site.say_of_register(scenario.reason, language),
        "letter": LETTERS[scenario.answer],
        "answer": f"{site.catalogs[language][f'answer.{scenario.answer}']}.",
        "link": f"{address}{anchor}" if address else "",
    }


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
                redlines = _redlines(then, files, names, (former.edition, own.edition), site)
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
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    names: Mapping[str, str],
    editions: tuple[str, str],
    site: Site,
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the pieces of the redline of each page, by its path in the main language."""
    pages = [_read(files, names) for files in (before, after)]
    report = compare_pages(pages[0], pages[1], editions)
    return {
        main_path(page.path, site.organization.languages): [
            (piece.mark.value, piece.text) for piece in page.pieces
        ]
        for page in report.pages
    }


def _read(files: Mapping[str, bytes], names: Mapping[str, str]) -> dict[str, RenderedPage]:
    """Return the pages in some files of a site, under the paths that `names` gives them."""
    chosen = {name: files[name] for name in names if name in files}
    return {names[page.address]: page for page in rendered_pages(chosen).values() if page.address in names}


def _redline(site: Site, pieces: Sequence[tuple[str, str]], language: str) -> str:
    words = site.catalogs[language].group("changes")
    return render("documents/accepted_changes.html", pieces=pieces, words=words)
