"""Which roles read which pages."""

from collections.abc import Sequence

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.reviews.open_reviews import known_role
from handbook.rules.legal_review import FOLDERS
from handbook.rules.review_records import FEWEST_READERS

_LEGAL = "legal"


def readers_of(pages: Sequence[Page], more: Sequence[str], handbook: Handbook) -> list[str]:
    """Return who reads pages: their owners, a lawyer where one is needed, and `more`.

    Where that is one role alone, its deputy reads too.

    Raises:
        HandbookError: when a role does not exist, or there would be only one reader.

    """
    owners = handbook.registers.owners.owners
    named = [known_role(handbook, role) for role in more]
    found = dict.fromkeys([page.owner for page in pages if page.owner in owners] + named)
    if any(page.path.startswith(FOLDERS) for page in pages) and not found.keys() & set(lawyers(handbook)):
        found[_first_lawyer(handbook)] = None
    roles = [role for role in found if role]
    if len(roles) < FEWEST_READERS:
        roles += [deputy for role in roles if (deputy := owners[role].deputy)]
    if len(roles) < FEWEST_READERS:
        raise HandbookError("only one role would read these pages; name a second with --role")
    return roles


def _first_lawyer(handbook: Handbook) -> str:
    for role in lawyers(handbook):
        return role
    folders = " and ".join(FOLDERS)
    raise HandbookError(
        f"a lawyer reads {folders}; give a role in registers/owners.yml the contact '{_LEGAL}'"
    )


def lawyers(handbook: Handbook) -> list[str]:
    """Return the roles that people reach at the legal contact."""
    return [role for role, owner in handbook.registers.owners.owners.items() if owner.contact == _LEGAL]
