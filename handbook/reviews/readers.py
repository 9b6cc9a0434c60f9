"""Which roles read which pages."""

from collections.abc import Sequence

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.owners import LEGAL
from handbook.reviews.open_reviews import known_role
from handbook.rules.legal_review import LEGAL_FOLDERS
from handbook.rules.review_records import FEWEST_READERS


def readers_of(pages: Sequence[Page], more: Sequence[str], handbook: Handbook) -> list[str]:
    """Return the roles that read pages: their owners, a lawyer if one is needed, and `more`.

    If that is only one role, its deputy reads too.

    Raises:
        HandbookError: if a role does not exist, or if there would be only one reader.

    """
    owners = handbook.registers.owners.owners
    named = [known_role(handbook, role) for role in more]
    owning = [page.owner for page in pages if page.owner and page.owner in owners]
    roles = list(dict.fromkeys([*owning, *named]))
    needs_lawyer = any(page.path.startswith(LEGAL_FOLDERS) for page in pages)
    if needs_lawyer and not set(roles) & set(lawyers(handbook)):
        roles.append(_first_lawyer(handbook))
    if len(roles) < FEWEST_READERS:
        roles += [deputy for role in roles if (deputy := owners[role].deputy)]
    if len(roles) < FEWEST_READERS:
        raise HandbookError("only one role would read these pages; name a second with --role")
    return roles


def _first_lawyer(handbook: Handbook) -> str:
    for role in lawyers(handbook):
        return role
    folders = " and ".join(LEGAL_FOLDERS)
    raise HandbookError(
        f"a lawyer must read {folders}; give a role in registers/owners.yml the contact '{LEGAL}'"
    )


def lawyers(handbook: Handbook) -> list[str]:
    """Return the roles whose contact is the legal one."""
    return handbook.registers.owners.lawyers
