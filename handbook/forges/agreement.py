"""Which pages a change reaches, and who has to agree to it.

The owners and their holders count as they were before the change, which cannot choose who judges it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from handbook.baseline import Baseline
from handbook.content.change import ChangedFiles
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.code_owners import CODE_HOSTS, accounts_of, role_accounts
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.owners import FILE as OWNERS_FILE
from handbook.registers.owners import Owners
from handbook.reviews.readers import readers_of

# Rules and owners ask for a change of these files themselves.
_MADE: Final = frozenset(host.file for host in CODE_HOSTS.values())


@dataclass(frozen=True, slots=True)
class ReachedPage:
    """A page that a change reaches, how, and the roles that have to agree."""

    path: str
    title: str
    how: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherFiles:
    """Changed files that are not pages: what they are, and the roles that have to agree.

    Without a role, those whom `maintainers` in registers/owners.yml names have to.
    """

    kind: str
    paths: tuple[str, ...]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Who has to agree: a title, and the accounts of those who hold the role, as they are mentioned."""

    title: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a change reaches; `parties` says of each role who that is, and `readers_of_code` of the code."""

    pages: tuple[ReachedPage, ...]
    others: tuple[OtherFiles, ...]
    parties: Mapping[str, Party]
    readers_of_code: Party

    def of(self, role: str) -> tuple[list[ReachedPage], list[OtherFiles]]:
        """Return the pages and the other files that a role has to agree to."""
        others = [files for files in self.others if role in files.roles]
        return [page for page in self.pages if role in page.roles], others

    @property
    def code(self) -> OtherFiles | None:
        """Return the files that run, if any changed."""
        return next((files for files in self.others if not files.roles), None)


def agreement_on(handbook: Handbook, baseline: Baseline, change: ChangedFiles, host: str | None) -> Agreement:
    """Return what a change of `baseline` reaches, with the accounts on a host, such as `github`."""
    trusted = baseline.with_trusted_owners(handbook)
    pages = (*_reached(handbook, trusted, baseline), *_gone(handbook, baseline))
    shown = {*baseline.moved.values(), *(page.path for page in pages)}
    others = tuple(_others(change, shown, baseline.handbook.registers.owners))
    named = [*(page.roles for page in pages), *(files.roles for files in others)]
    roles = dict.fromkeys(chain.from_iterable(named))
    return Agreement(
        tuple(sorted(pages, key=lambda page: page.path)),
        others,
        {role: _party(role, trusted, host) for role in roles},
        _readers_of_code(trusted, host),
    )


def _reached(handbook: Handbook, trusted: Handbook, baseline: Baseline) -> Iterator[ReachedPage]:
    for page in handbook.pages:
        before = baseline.page(page.path)
        how = _how(page, before, handbook, baseline)
        if how:
            is_text = before is None or not baseline.shows_the_same(page, handbook)
            owners = [before.owner if before else None, page.owner]
            roles = _deciding(before or page, trusted) if is_text else []
            named = dict.fromkeys(role for role in (*owners, *roles) if role)
            yield ReachedPage(page.path, page.title or page.path, how, tuple(named))


def _how(page: Page, before: Page | None, handbook: Handbook, baseline: Baseline) -> str | None:
    """Return how a change reaches a page, or None if it does not."""
    if before is None:
        return "new page"
    is_moved = before.path != page.path
    if not baseline.shows_the_same(page, handbook):
        text = "its text changes" if page.text != before.text else "it shows other values or records"
        return f"moves from {before.path}, and {text}" if is_moved else text
    if is_moved:
        return f"moves from {before.path}"
    if page.text != before.text:
        return "its file changes, and readers read the same"
    if not baseline.shows_the_same_facts(page, handbook):
        return "it shows other facts, such as a contact or a day"
    return None


def _gone(handbook: Handbook, baseline: Baseline) -> Iterator[ReachedPage]:
    moved = set(baseline.moved.values())
    for page in baseline.handbook.pages:
        if handbook.page(page.path) is None and page.path not in moved:
            roles = tuple(_deciding(page, baseline.handbook))
            yield ReachedPage(page.path, page.title or page.path, "no longer published", roles)


def _deciding(page: Page, handbook: Handbook) -> list[str]:
    """Return the roles that read a page before its text changes; of one about the tool, its owner."""
    if not is_about_the_tool(page.path):
        try:
            return readers_of(page, (), handbook)
        except HandbookError:  # The check says what the register lacks.
            pass
    return [page.owner] if page.owner else []


def _others(change: ChangedFiles, pages: Iterable[str], owners: Owners) -> Iterator[OtherFiles]:
    """Yield the changed files that are not pages, by who has to agree."""
    texts = [path for path in change.texts if path not in {*pages, *_MADE}]
    registers = tuple(path for path in texts if path != OWNERS_FILE)
    if registers and owners.editors:
        yield OtherFiles("registers and settings", registers, tuple(owners.editors))
    if OWNERS_FILE in texts and owners.keepers:
        yield OtherFiles("who owns what", (OWNERS_FILE,), tuple(owners.keepers))
    if change.running:
        yield OtherFiles("what runs", change.running)


def _party(role: str, handbook: Handbook, host: str | None) -> Party:
    owners, organization = handbook.registers.owners, handbook.registers.organization
    owner = owners.find(role)
    title = organization.say(owner.title, organization.main_language) if owner else role
    return Party(title, _accounts(owners.stands_for(role), handbook, host))


def _accounts(roles: Sequence[str], handbook: Handbook, host: str | None) -> tuple[str, ...]:
    """Return the accounts of the first of some roles that has one."""
    owners = handbook.registers.owners
    accounts = (role_accounts(owners, [role], host, handbook.today) for role in roles if host)
    return next(filter(None, accounts), ())


def _readers_of_code(handbook: Handbook, host: str | None) -> Party:
    tenures = handbook.registers.owners.maintainer_tenures
    accounts = accounts_of(tenures, host, handbook.today) if host else ()
    return Party("Somebody who reads code", accounts)
