"""REG: what a register says holds in the handbook."""

import datetime
from collections.abc import Iterator
from itertools import chain

from handbook.findings import Location, Problem, Severity
from handbook.model import Handbook
from handbook.registers.accounts import FILE as ACCOUNTS_FILE
from handbook.registers.accounts import Accounts
from handbook.registers.all_registers import Registers
from handbook.registers.decisions import file_of
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.registers.scenarios import FILE as SCENARIOS_FILE
from handbook.rules.registry import rule
from handbook.text.suggestions import did_you_mean, nearest


@rule("REG001", "Page that a register names is published", severity=Severity.ERROR)
def named_page_is_published(handbook: Handbook) -> Iterator[Problem]:
    """An answer without the page where its rule stands is an answer that nobody can check.

    A page can be missing, or be for other organizations: then its `applies_to` says so.

    Bad:  `page: docs/policy/wrok.md`
    Good: `page: docs/policy/work.md`
    """
    registers = handbook.registers
    main_language = registers.organization.languages[0]
    published = {page.path for page in handbook.pages if page.language == main_language}
    for file, location, named in chain(_of_scenarios(registers), _of_decisions(registers)):
        if named not in published:
            mend = did_you_mean(named, published) if published else "add it"
            message = f"'{named}' is not published in this handbook; {mend}"
            yield Problem(location.line, message, location.column, path=file)


def _of_scenarios(registers: Registers) -> Iterator[tuple[str, Location, str]]:
    for name, scenario in registers.scenarios.scenarios.items():
        yield SCENARIOS_FILE, registers.scenarios.location(name, "page"), scenario.page


def _of_decisions(registers: Registers) -> Iterator[tuple[str, Location, str]]:
    for name, decision in registers.decisions.decisions.items():
        for key, outcome in decision.outcomes.items():
            if outcome.page:
                yield file_of(name), registers.decisions.location(name, key, "page"), outcome.page


@rule("REG002", "Every official account has its entry", severity=Severity.ERROR)
def every_account_has_its_entry(handbook: Handbook) -> Iterator[Problem]:
    """An account of which nobody knows who can get in is an account that somebody else gets into.

    `registers/accounts.yml` has an entry for each account of `organization.yml`, and for no other but
    those that are closed. No day in it is in the future. A handbook without the file keeps no register.

    Bad:  (an account in `organization.yml` of which `registers/accounts.yml` says nothing)
    Good: `- address: https://social.example.org/reading`
    """
    accounts, organization = handbook.registers.accounts, handbook.registers.organization
    if accounts.entries is None:
        return
    for number, account in enumerate(organization.accounts):
        if accounts.entry_of(account.address) is None:
            message = f"this account has no entry in {ACCOUNTS_FILE}; add who owns it and who can get in"
            location = accounts.location_in_organization(number)
            yield Problem(location.line, message, location.column, path=ORGANIZATION_FILE)
    listed = [account.address for account in organization.accounts]
    for number, key, message in _of_entries(accounts, listed, handbook.today):
        location = accounts.location(number, key)
        yield Problem(location.line, message, location.column, path=ACCOUNTS_FILE)


def _of_entries(
    accounts: Accounts, listed: list[str], today: datetime.date
) -> Iterator[tuple[int, str, str]]:
    for number, entry in enumerate(accounts.entries or ()):
        is_listed = any(accounts.entry_of(address) is entry for address in listed)
        if entry.is_closed and is_listed:
            yield number, "state", f"this account is closed; take it out of {ORGANIZATION_FILE}"
        elif not entry.is_closed and not is_listed:
            closest = nearest(entry.address, [one for one in listed if accounts.entry_of(one) is None])
            typo = f", or correct it to {closest}" if closest else ""
            mend = f"add it there, write `state: closed` here{typo}"
            yield number, "address", f"{ORGANIZATION_FILE} has no account with this address; {mend}"
        for key in ("since", "state_since", "access_checked"):
            day = getattr(entry, key)
            if day and day > today:
                yield number, key, f"{day} is in the future; write the day on which it happened"
