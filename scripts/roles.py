"""Which roles read which pages."""

from collections.abc import Sequence

from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.nearest import did_you_mean
from handbook.pages import Page
from handbook.rules.legal import FOLDERS
from handbook.rules.records import FEWEST_READERS

_LEGAL = "legal"


def readers_of(pages: Sequence[Page], more: Sequence[str], handbook: Handbook) -> list[str]:
    """Return who reads pages: their owners, a lawyer where one is needed, and `more`.

    Where that is one role alone, its deputy reads too.

    Raises:
        HandbookError: when a role does not exist, or there would be only one reader.

    """
    owners = handbook.registers.owners.owners
    for role in more:
        if role not in owners:
            raise HandbookError(
                f"there is no role '{role}' in registers/owners.yml; {did_you_mean(role, owners)}"
            )
    found = {page.owner: None for page in pages if page.owner in owners} | dict.fromkeys(more)
    if any(page.path.startswith(FOLDERS) for page in pages):
        found |= dict.fromkeys(lawyers(handbook)[:1])
    roles = [role for role in found if role]
    if len(roles) < FEWEST_READERS:
        roles += [deputy for role in roles if (deputy := owners[role].deputy)]
    if len(roles) < FEWEST_READERS:
        raise HandbookError("only one role would read these pages; name a second with --role")
    return roles


def lawyers(handbook: Handbook) -> list[str]:
    """Return the roles that people reach at the legal contact."""
    return [role for role, owner in handbook.registers.owners.owners.items() if owner.contact == _LEGAL]
