"""A macro that shows who answers for each official account."""

from collections.abc import Sequence

from babel import Locale
from markupsafe import Markup

from handbook.registers.accounts import AccountEntry
from macros.context.registry import MacroContext, macro
from macros.presentation.dates import localized_date
from macros.presentation.localized import LocalizedText
from macros.presentation.templates import render


def _reviewed(context: MacroContext) -> Sequence[AccountEntry]:
    return context.site.registers.accounts.entries or ()


@macro(templates=("account_register.html",), reviewed=_reviewed, registers=("registers/accounts.yml",))
def account_register(context: MacroContext) -> str:
    """Show who owns each official account, who can get in, its state, and when access was last checked.

    The register is registers/accounts.yml; the names of the accounts come from organization.yml.

    Example: {{ account_register() }}
    """
    rows = [_row(context, entry) for entry in context.site.registers.accounts.entries or ()]
    return render("account_register.html", rows=rows, words=context.catalog.group("account_register"))


def _row(context: MacroContext, entry: AccountEntry) -> dict[str, object]:
    registers = context.site.registers
    listed = registers.organization.accounts
    account = next((known for known in listed if registers.accounts.entry_of(known.address) is entry), None)
    locale = Locale.parse(context.language, sep="-")
    return {
        "name": account.name if account else entry.address.removeprefix("https://"),
        "address": account.address if account else None,
        "platform": registers.platforms.known_as(account.platform) if account else None,
        "languages": ", ".join(locale.languages.get(code, code) for code in entry.languages),
        "owner": _title(context, entry.owner),
        "can_get_in": Markup(", ").join(_title(context, role) for role in entry.can_get_in),
        "approves": _title(context, entry.approves),
        "since": localized_date(entry.since, context.catalog),
        "state": context.catalog[f"account_register.{entry.state}"],
        "state_since": localized_date(entry.state_since, context.catalog),
        "access_checked": localized_date(entry.access_checked, context.catalog),
        "is_closed": entry.is_closed,
    }


def _title(context: MacroContext, role: str) -> LocalizedText:
    return context.localized(context.site.owners.owners[role].title)
