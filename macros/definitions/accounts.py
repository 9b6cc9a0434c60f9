"""A macro that shows who answers for each official account."""

from babel import Locale

from handbook.registers.accounts import AccountEntry
from macros.context.registry import Here, macro
from macros.presentation.dates import shown_day
from macros.presentation.templates import render


@macro
def account_register(here: Here) -> str:
    """Show who owns each official account, who can get in, its state, and when access was last checked.

    It stands in registers/accounts.yml; the names of accounts come from organization.yml.

    Example: {{ account_register() }}
    """
    rows = [_row(here, entry) for entry in here.site.registers.accounts.entries or ()]
    return render("account_register.html", rows=rows, words=here.catalog.group("account_register"))


def _row(here: Here, entry: AccountEntry) -> dict[str, object]:
    registers = here.site.registers
    listed = registers.organization.accounts
    account = next((one for one in listed if registers.accounts.entry_of(one.address) is entry), None)
    locale = Locale.parse(here.language, sep="-")
    return {
        "name": account.name if account else entry.address.removeprefix("https://"),
        "address": account.address if account else None,
        "platform": registers.platforms.known_as(account.platform) if account else None,
        "languages": ", ".join(locale.languages.get(code, code) for code in entry.languages),
        "owner": _title(here, entry.owner),
        "can_get_in": ", ".join(_title(here, role) for role in entry.can_get_in),
        "approves": _title(here, entry.approves),
        "since": shown_day(entry.since, here.catalog),
        "state": here.catalog[f"account_register.{entry.state}"],
        "state_since": shown_day(entry.state_since, here.catalog),
        "access_checked": shown_day(entry.access_checked, here.catalog),
        "is_closed": entry.is_closed,
    }


def _title(here: Here, role: str) -> str:
    return here.say(here.site.owners.owners[role].title)
