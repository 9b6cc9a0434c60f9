"""Who may say something for a role in a comment: an account that the register of owners lists for it."""

import datetime
from collections.abc import Sequence

from handbook.errors import HandbookError
from handbook.registers.filed_for import ACCOUNTS
from handbook.registers.owners import FILE, Owners


def roles_held_by(account: str, owners: Owners, day: datetime.date) -> list[str]:
    """Return the roles that an account holds on a day, in the order of the register."""
    return [role for role in owners.owners if _holds(account, role, owners, day)]


def accounts_of(role: str, platform: str, owners: Owners, day: datetime.date) -> list[str]:
    """Return the names of the accounts on a platform that can sign for a role in comments on a day."""
    owner = owners.find(role)
    holders = [tenure.holder for tenure in owner.tenures if tenure.includes(day)] if owner else []
    if any(map(_is_key, holders)):
        return []
    start = f"{platform}:"
    return [holder.removeprefix(start) for holder in holders if holder.startswith(start)]


def require_holder(account: str, role: str, owners: Owners, day: datetime.date) -> None:
    """Require that an account may speak for a role of the register.

    Raises:
        HandbookError: if it does not hold the role, or if the role signs with a key.

    """
    tenures = owners.owners[role].tenures
    if not tenures:
        raise HandbookError(
            f"{FILE} lists no holders of {role}, so nobody can sign for it in a comment; add `holders` there"
        )
    if any(_is_key(tenure.holder) for tenure in tenures if tenure.includes(day)):
        raise HandbookError(
            f"the holders of {role} sign with a key, which no comment has; let a holder commit the reading"
        )
    if not _holds(account, role, owners, day):
        held = roles_held_by(account, owners, day)
        roles = f"it holds {', '.join(held)}" if held else "it holds no role"
        remedy = f"let a holder do it, or correct `holders` in {FILE}"
        raise HandbookError(f"{account} does not hold {role} today ({roles}); {remedy}")


def require_holder_of_any(account: str, roles: Sequence[str], owners: Owners, day: datetime.date) -> None:
    """Require that an account may speak for one of the roles of people who met.

    Raises:
        HandbookError: if there is no such role.

    """
    refusals = []
    for role in roles:
        try:
            require_holder(account, role, owners, day)
        except HandbookError as error:
            refusals.append(str(error))
        else:
            return
    raise HandbookError("\n".join(refusals) or "nobody took part")


def _holds(account: str, role: str, owners: Owners, day: datetime.date) -> bool:
    wanted = account.casefold()
    tenures = owners.owners[role].tenures
    return any(tenure.holder.casefold() == wanted and tenure.includes(day) for tenure in tenures)


def _is_key(holder: str) -> bool:
    return "@" not in holder and not holder.startswith(ACCOUNTS)
