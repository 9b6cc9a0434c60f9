"""Reads from git what goes into an audit pack, as of one commit."""

import base64
import datetime
import mimetypes
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeAlias, TypedDict

from handbook.acknowledgements.report import Recorded
from handbook.audit.datasets import SignatureLines, signature_lines
from handbook.audit.edition_terms import EditionTerms, edition_terms
from handbook.audit.evidence import Evidence, PackedEdition
from handbook.audit.past_site import PastSite, past_site
from handbook.audit.pdf_file import with_metadata, with_page_numbers
from handbook.audit.print_document import print_document, printed_pages
from handbook.audit.role_holders import RoleLines, people_of, role_lines
from handbook.audit.scope import Scope
from handbook.comparison.change_record import ChangeReport
from handbook.comparison.edition_changes import changes_between, recorded_changes
from handbook.compliance.page_versions import days_of_branch, page_versions
from handbook.compliance.tally import Tally, days_between, tally
from handbook.editions.manifest import CERTIFICATES, TOKEN, Manifest
from handbook.editions.published_branch import MANIFEST as EDITION_MANIFEST
from handbook.editions.published_branch import Published
from handbook.formats.word_document import WordFacts
from handbook.git.past_repository import PastRepository
from handbook.git.repository import Repository
from handbook.history.changes import filter_history
from handbook.history.page_history import HistoryQuery, read_history, redline_of
from handbook.model import ExpressionsOf

# Compliance is shown by day up to so many days, by week up to the second number, and else by month.
_EACH_DAY: Final = 92
_EACH_WEEK: Final = 3 * 366
_PICTURES: Final = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")

# Makes a PDF from HTML, dated with a time in seconds since 1970.
PdfPrinter: TypeAlias = Callable[[str, int], bytes]


class _People(TypedDict):
    """The evidence about people."""

    roles: RoleLines
    terms: EditionTerms
    signatures: SignatureLines


def read_evidence(
    repository: Repository,
    published: Published,
    scope: Scope,
    print_pdf: PdfPrinter | None,
    expressions_of: ExpressionsOf,
    recorded: Recorded | None,
) -> Evidence:
    """Read everything that a pack shows; `print_pdf` is None if no PDF is wanted.

    `recorded` comes from outside of git, so it is not read here.

    Raises:
        HandbookError: if the clone is shallow, or a register of that commit cannot be read.

    """
    site_of = partial(past_site, repository, expressions_of=expressions_of)
    past = site_of(scope.commit, scope.last)
    organization = past.handbook.registers.organization
    is_page = partial(past.settings.is_page, languages=organization.languages)
    query = HistoryQuery.of(organization, past.handbook.registers.owners, is_page, scope.last)
    history = read_history(repository, scope.commit, query)
    return Evidence(
        name=scope.name,
        title=past.title,
        commit=scope.commit,
        seconds=past.seconds,
        first=scope.first,
        last=scope.last,
        edition=scope.edition,
        handbook=past.handbook,
        site_map=past.site_map,
        tree=past.tree,
        history=filter_history(history, (), scope.first, scope.last if scope.first else None),
        redline_of=partial(redline_of, repository),
        tallies=_tallies(repository, scope, query, expressions_of),
        editions=[_packed(published, manifest, print_pdf, site_of) for manifest in scope.editions],
        recorded=recorded,
        **_people(repository, published, scope, past),
    )


def _people(repository: Repository, published: Published, scope: Scope, past: PastSite) -> _People:
    """Return who held which role, who published which edition, and who signed."""
    registers = past.handbook.registers
    with PastRepository(repository.root, scope.commit) as then:
        people = people_of(then, registers.organization, registers.owners)
        days = scope.first or datetime.date.min, scope.last
        return _People(
            roles=role_lines(then, scope.commit, registers.organization, people, days),
            terms=edition_terms(
                _editions(published, scope), lambda manifest: people.publisher(published.tag(manifest.name))
            ),
            signatures=signature_lines(past.handbook.reviews, past.handbook, then),
        )


def _editions(published: Published, scope: Scope) -> list[Manifest]:
    """Return the editions that a pack may know: up to its own, or published up to its last day."""
    if scope.edition:
        return [manifest for manifest in published.manifests if manifest.name <= scope.edition.name]
    return [manifest for manifest in published.manifests if manifest.published <= scope.last]


def _tallies(
    repository: Repository, scope: Scope, query: HistoryQuery, expressions_of: ExpressionsOf
) -> list[Tally]:
    """Count the pages in order from the first day, or the first commit, to the last day."""
    zone = query.time_zone
    oldest = days_of_branch(repository, scope.commit, zone, scope.last, query.since).days[0]
    first = min(scope.first or oldest, scope.last)
    span = (scope.last - first).days
    every = "day" if span <= _EACH_DAY else "week" if span <= _EACH_WEEK else "month"
    days = days_between(first, scope.last, every)
    versions = page_versions(repository, scope.commit, zone, scope.last, days, expressions_of=expressions_of)
    return tally(versions, days)


def _packed(
    published: Published,
    manifest: Manifest,
    print_pdf: PdfPrinter | None,
    site_of: Callable[[str, datetime.date], PastSite],
) -> PackedEdition:
    tag = published.tag(manifest.name)
    assert tag is not None  # noqa: S101 - the scope has only editions with a tag
    site = site_of_edition(published, manifest)
    manifest_file = published.read(f"{manifest.edition}/{EDITION_MANIFEST}") or b""
    pdf = _printed(site_of(manifest.commit, manifest.published), manifest, site, print_pdf)
    names = (TOKEN, CERTIFICATES) if manifest.timestamp else ()
    timestamp = {name: published.read(f"{manifest.edition}/{name}") or b"" for name in names}
    return PackedEdition(manifest, manifest_file, tag, site, _changes(published, manifest), pdf, timestamp)


def _changes(published: Published, manifest: Manifest) -> ChangeReport | None:
    """Return what an edition changed: its own record or, without one, a comparison with the former."""
    earlier = [former for former in published.manifests if former.name < manifest.name]
    if (recorded := recorded_changes(published, manifest)) or not earlier:
        return recorded
    return changes_between(published, earlier[-1], manifest)


def _printed(
    past: PastSite, manifest: Manifest, site: Mapping[str, bytes], print_pdf: PdfPrinter | None
) -> bytes | None:
    if print_pdf is None:
        return None
    document = printed_document(past, manifest, site)

    def printed(numbers: Mapping[str, int]) -> bytes:
        return print_pdf(document(numbers), past.seconds)

    facts = word_facts(past)
    return with_metadata(with_page_numbers(printed), facts.author, facts.language, past.seconds)


def printed_document(
    past: PastSite, manifest: Manifest, site: Mapping[str, bytes]
) -> Callable[[Mapping[str, int]], str]:
    """Return what makes the HTML that is printed of an edition, given the numbers of its printed pages."""
    pages = printed_pages(past.handbook.pages, past.handbook.last_review, past.site_map, site)
    html = {page.file: site[page.file].decode("utf-8", "replace") for page in pages}
    pictures = {path: _inline(path, data) for path, data in site.items() if path.endswith(_PICTURES)}
    variant = past.handbook.registers.organization.variant
    return lambda numbers: print_document(manifest, pages, html, past.title, pictures, numbers, variant)


def word_facts(past: PastSite) -> WordFacts:
    """Return the metadata of an edition's document."""
    organization = past.handbook.registers.organization
    language = organization.main_language
    author = organization.say(organization.name, language)
    return WordFacts(past.title, author, organization.variant(language), past.seconds)


def site_of_edition(published: Published, manifest: Manifest) -> dict[str, bytes]:
    """Return the files of a published edition."""
    return {path: published.read(f"{manifest.edition}/{path}") or b"" for path in manifest.files}


def _inline(path: str, data: bytes) -> str:
    """Return a data URI that holds a picture."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
