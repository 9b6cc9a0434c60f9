"""What is still the sample's, or undecided, in a handbook that somebody has adopted."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.adoption.plan import is_invented
from handbook.content.main_language import untranslated_pages
from handbook.model import Handbook
from handbook.registers.accounts import FILE as ACCOUNTS
from handbook.registers.contacts import PURPOSES
from handbook.registers.field_types import wordings
from handbook.registers.links import Links
from handbook.registers.organization import FILE as ORGANIZATION
from handbook.registers.organization import Undecided
from handbook.registers.owners import FILE as OWNERS
from handbook.registers.platform_facts import FILE as FACTS
from handbook.registers.policies import FILE as POLICIES
from handbook.rules.legal_review import LEGAL_FOLDERS
from handbook.text.counting import counted

# The titles of the sample's roles, which its pages name in sentences; a test compares them with its register.
TITLES_OF_THE_SAMPLE: Final = (
    "Executive sponsor",
    "Communications lead",
    "People lead",
    "Platform lead",
    "Legal lead",
    "Privacy lead",
    "Security lead",
)
# Source: the North American numbering plan keeps 555-0100 to 555-0199 for fiction.
_INVENTED_NUMBER: Final = re.compile(r"\b555[ .-]?01\d\d\b")
_SUBJECTS: Final[Mapping[Undecided, str]] = {
    "emergency_number": "the number to call in danger",
    "contacts": "some of the contacts",
    "monitoring_hours": "when somebody reads what people write to you",
    "reply_target": "how soon people get an answer",
    "retention": "how long records are kept",
    "words": "your words for the people you serve and for your own people",
    "intranet": "the address of the intranet",
    "repository": "the address of the repository",
    "handbook": "the address of the handbook",
    "color": "the color",
}


@dataclass(frozen=True, slots=True)
class Remains:
    """Something to decide or to do: what it is about, how it stands, and the command or the file for it.

    A handbook can do without what is optional.
    """

    subject: str
    state: str
    next: str
    is_optional: bool = False


def remains(handbook: Handbook, links: Links) -> list[Remains]:
    """Return what is still the sample's or undecided, in the order in which it is best done.

    It says only what the files show. Whether an answer is right, nobody but the organization knows.
    """
    finders: Sequence[Callable[[Handbook], Iterator[Remains]]] = (
        _develops_the_tool,
        _undecided,
        _invented,
        _roles,
        _roles_in_sentences,
        _accounts,
        _policies,
        _translations,
        _logo,
        _license,
        _history,
        _reviews,
    )
    items = [item for find in finders for item in find(handbook)]
    return [*items, *_links(links)]


def _develops_the_tool(handbook: Handbook) -> Iterator[Remains]:
    if handbook.registers.organization.develops_the_tool:
        state = "one change may edit a page and the rule that it breaks"
        yield Remains("develops_the_tool", state, f"delete that line in {ORGANIZATION}")


def _undecided(handbook: Handbook) -> Iterator[Remains]:
    listed_above = {item.subject for item in _invented(handbook)} & {"contacts"}
    for name in handbook.registers.organization.undecided:
        if name in _SUBJECTS and name not in listed_above:
            where = f"write `{'brand' if name == 'color' else name}` in {ORGANIZATION}"
            state = f"{_SUBJECTS[name]}: still as in the sample"
            yield Remains(name, state, f"{where}, then remove {name} from `undecided` there")


def _invented(handbook: Handbook) -> Iterator[Remains]:
    """Find contacts and addresses that are on hosts for examples, or have telephones for fiction."""
    organization = handbook.registers.organization
    contacts = [
        purpose
        for purpose in PURPOSES
        if is_invented((contact := organization.contacts.of(purpose)).email)
        or _INVENTED_NUMBER.search(contact.phone or "")
    ]
    if contacts:
        state = f"{', '.join(contacts)}: still with an invented address or telephone"
        yield Remains("contacts", state, f"write yours in `contacts` in {ORGANIZATION}")
    for key in ("intranet", "repository", "handbook"):
        if is_invented(getattr(organization, key) or "") and key not in organization.undecided:
            yield Remains(key, "an invented address", f"write yours in {ORGANIZATION}")


def _roles(handbook: Handbook) -> Iterator[Remains]:
    owners = handbook.registers.owners
    if "roles" in handbook.registers.organization.undecided:
        state = f"the sample's: {', '.join(owners.owners)}"
        yield Remains("roles", state, f"name yours in {OWNERS}, then remove roles from `undecided`")
    unknown = [role for role, owner in owners.owners.items() if not owner.holders]
    if unknown:
        state = f"nobody is named who may sign for {', '.join(unknown)}"
        advice = f"write `holders` in {OWNERS}, if --verify-authors is to compare them"
        yield Remains("holders", state, advice, is_optional=True)


def _roles_in_sentences(handbook: Handbook) -> Iterator[Remains]:
    """Find pages that name a role of the sample in a sentence, although no role has that title."""
    own = {title for owner in handbook.registers.owners.owners.values() for title in wordings(owner.title)}
    gone = [title for title in TITLES_OF_THE_SAMPLE if title not in own]
    named = re.compile("|".join(rf"\b{re.escape(title)}\b" for title in gone) or "(?!)", re.IGNORECASE)
    pages = [page.path for page in handbook.own_pages if named.search(page.body)]
    if pages:
        state = f"{counted(len(pages), 'page')} with the sample's roles in sentences: {', '.join(pages)}"
        yield Remains("role names", state, "write your roles there")


def _translations(handbook: Handbook) -> Iterator[Remains]:
    """Count the pages that readers of a language get in another one; a main language is not optional."""
    languages = handbook.registers.organization.languages
    missing = untranslated_pages((page.path for page in handbook.own_pages), languages)
    for language, pages in missing.items():
        if pages:
            state = f"{counted(len(pages), 'page')} of yours not written in {language}, such as {pages[0]}"
            advice = f"write each beside the others, in a file that ends with .{language}.md"
            yield Remains(f"language {language}", state, advice, is_optional=language != languages[0])


def _accounts(handbook: Handbook) -> Iterator[Remains]:
    registers = handbook.registers
    accounts = registers.organization.accounts
    if not accounts:
        state = "none, so that no page about a platform is published"
        yield Remains("accounts", state, f"write yours in `accounts` in {ORGANIZATION}")
        return
    entries = [registers.accounts.entry_of(account.address) for account in accounts]
    if missing := entries.count(None):
        state = f"nobody answers for {missing} of {len(accounts)}"
        yield Remains("accounts", state, f"add them to {ACCOUNTS}, as in sample/{ACCOUNTS}")
    if unchecked := sum(entry is not None and entry.access_checked is None for entry in entries):
        state = f"for {unchecked} of {len(accounts)}, nobody has checked who can get in"
        yield Remains("access", state, f"compare, then write `access_checked` in {ACCOUNTS}")


def _policies(handbook: Handbook) -> Iterator[Remains]:
    policies = handbook.registers.policies.policies
    without = sum(policy.address is None for policy in policies.values())
    if without:
        state = f"{without} of {len(policies)} have no address"
        yield Remains("internal policies", state, f"write where yours are, or delete them, in {POLICIES}")


def _logo(handbook: Handbook) -> Iterator[Remains]:
    brand = handbook.registers.organization.brand
    if brand is None or brand.logo is None:
        advice = f"put it below docs/, and write its path in `brand` in {ORGANIZATION}"
        yield Remains("logo", "none", advice, is_optional=True)


def _license(handbook: Handbook) -> Iterator[Remains]:
    if handbook.registers.organization.license is None:
        state = "undecided how others may use your texts; LICENSE is that of the handbook, and stays"
        yield Remains("license", state, f"write `license`, such as All rights reserved, in {ORGANIZATION}")


def _history(handbook: Handbook) -> Iterator[Remains]:
    """Whoever adopted with the command has decided; others may not know of the question."""
    organization = handbook.registers.organization
    if organization.history_since is None and organization.adopted is None:
        state = "everything that is committed here counts as yours, whoever did it"
        advice = "write `history_since:` with your first day, or the last commit of others in quotes"
        yield Remains("history", state, f"{advice}, in {ORGANIZATION}")


def _reviews(handbook: Handbook) -> Iterator[Remains]:
    pages = handbook.own_pages
    never = [page for page in pages if handbook.last_review(page).schedule is None]
    waiting = sum(page.path in handbook.reviews.open_by_page for page in never)
    if never:
        state = f"{len(never)} of {counted(len(pages), 'page')} never reviewed, {waiting} in an open review"
        command = "status" if waiting == len(never) else "start"
        yield Remains("reviews", state, f"handbook review {command}")
    legal = [page for page in pages if page.path.startswith(LEGAL_FOLDERS)]
    unread = sum(handbook.legal_review(page) is None for page in legal)
    if unread:
        lawyers = handbook.registers.owners.lawyers or ["ROLE"]
        is_open = any(page.path in handbook.reviews.open_by_page for page in legal)
        command = f"handbook review sign --as {lawyers[0]}" if is_open else "handbook review start"
        state = f"{unread} of {counted(len(legal), 'page')} of policy and law not read by a lawyer"
        yield Remains("legal review", state, command)


def _links(links: Links) -> Iterator[Remains]:
    untried = sum(link.checked is None for link in links.links)
    if not links.links:
        yield Remains("links", "no list of outside addresses; none was tried", "handbook links --update")
    elif untried:
        state = f"{untried} of {len(links.links)} outside addresses never tried"
        yield Remains("links", state, "handbook links --check")


def comparisons(handbook: Handbook) -> str | None:
    """Say in a sentence who compared the facts about platforms, which stay as they are; None without any."""
    days = sorted(fact.checked for fact in handbook.registers.platform_facts.facts.values())
    if not days:
        return None
    return (
        f"{counted(len(days), 'fact')} about platforms came with the handbook; its authors compared them with"
        f" their sources from {days[0]} to {days[-1]}. Compare those that you rely on, in {FACTS}."
    )
