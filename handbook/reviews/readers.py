"""Which roles read which pages."""

from collections.abc import Iterator, Sequence
from itertools import islice

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.owners import LEGAL, Owners
from handbook.registers.review_records import PLAN
from handbook.rules.legal_review import LEGAL_FOLDERS
from handbook.rules.review_records import FEWEST_READERS


def readers_of(page: Page, more: Sequence[str], handbook: Handbook) -> list[str]:
    """Return the roles that read a page: its owner, a second reader, a lawyer if one is needed, and `more`.

    The second reader is whom `read_by` of the owner names, and else the deputy.

    Raises:
        HandbookError: if there would be only one reader, or no lawyer where one is needed.

    """
    owners = handbook.registers.owners
    roles = list(dict.fromkeys([*_owner_and_others(page, owners), *more]))
    if page.path.startswith(LEGAL_FOLDERS) and not set(roles) & set(owners.lawyers):
        roles.append(_first_lawyer(owners))
    if len(roles) < FEWEST_READERS:
        who = f"a `deputy` or `read_by` of {page.owner} in registers/owners.yml"
        named = who if page.owner else "a role from registers/owners.yml as its `owner`"
        raise HandbookError(f"only one role would read {page.path}; name {named}, or a role with --role")
    if PLAN in {f"{role}.yml" for role in roles}:
        raise HandbookError(f"a role that signs cannot be called '{PLAN.removesuffix('.yml')}'; rename it")
    return roles


def _owner_and_others(page: Page, owners: Owners) -> list[str]:
    owner = owners.find(page.owner) if page.owner else None
    if page.owner is None or owner is None:
        return []
    first = list(islice(_filled(page.owner, owners), FEWEST_READERS - 1))
    if owner.read_by:
        return [*first, *owner.read_by]
    return list(islice(_filled(page.owner, owners), FEWEST_READERS))


def _filled(role: str | None, owners: Owners) -> Iterator[str]:
    """Yield a role, its deputy, the deputy of that one, and so on, without roles that nobody has."""
    seen = set()
    while role and role not in seen:
        seen.add(role)
        if owners.owners[role].filled:
            yield role
        role = owners.owners[role].deputy


def _first_lawyer(owners: Owners) -> str:
    for role in owners.lawyers:
        return role
    folders = " and ".join(LEGAL_FOLDERS)
    raise HandbookError(
        f"a lawyer must read {folders}; give a role in registers/owners.yml the contact '{LEGAL}'"
    )


def without_pages_about_the_tool(pages: Sequence[Page]) -> list[Page]:
    """Return the pages that are not about the tool; if all are about it, somebody means them."""
    others = [page for page in pages if not is_about_the_tool(page.path)]
    return others or list(pages)
