"""REG: registers agree with the pages and with each other."""

import datetime
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final

from handbook.content.languages import main_path, reading_order
from handbook.content.site_configuration import FILE as CONFIGURATION_FILE
from handbook.content.site_map import address_of_path
from handbook.findings import Location, Problem, Severity
from handbook.markup.link_problems import LinkJudge
from handbook.markup.menu_problems import menu_problems
from handbook.model import Handbook
from handbook.registers.accounts import Accounts
from handbook.registers.acknowledgements import FILE as ACKNOWLEDGEMENTS_FILE
from handbook.registers.all_registers import Registers
from handbook.registers.decisions import file_of
from handbook.registers.emergency_route import FILE as EMERGENCIES_FILE
from handbook.registers.moved_pages import FILE as MOVED_PAGES_FILE
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.registers.published_pages import is_left_out
from handbook.registers.questions import FILE as QUESTIONS_FILE
from handbook.rules.registry import rule
from handbook.text.suggestions import did_you_mean, nearest

LEFT_OUT: Final = "organization.yml leaves it out; delete this line, or that in `leave_out`"


@rule("REG001", "Page named in a register is published", severity=Severity.ERROR)
def named_page_is_published(handbook: Handbook) -> Iterator[Problem]:
    """Readers can check an answer only if the page with the rule behind it is published.

    Scenarios, decisions, the emergency route, old addresses, and `nav` in mkdocs.yml name such pages, and
    so do the questions that judge the search and the lists of pages to accept. A page may be missing, its
    `applies_to` may limit it to other organizations, or it may be about a platform on which
    `organization.yml` has no account.
    The logo in `organization.yml` must be published, too.
    What names a heading by its anchor, too, names one that exists: the `page` of a scenario, and the
    `anchor` of an emergency. The `section` of a question is of the sample; others may not publish it.

    Bad:  `page: docs/policy/wrok.md`
    Good: `page: docs/policy/work.md#who-approves`
    """
    registers = handbook.registers
    languages = registers.organization.languages
    published = _published(handbook)
    for file, location, named in _named_pages(registers):
        if named not in published:
            moved = registers.moved_pages.page_for(address_of_path(named, languages))
            remedy = did_you_mean(named, published) if published else "add it"
            remedy = f"it has moved; name {moved}" if moved in published else remedy
            remedy = LEFT_OUT if is_left_out(named, registers.organization) else remedy
            message = f"'{named}' is not published in this handbook; {remedy}"
            yield Problem.at(location, message, path=file)
    if handbook.site and handbook.link_judge:
        for file, location, message in _missing_anchors(registers, published, handbook.link_judge):
            yield Problem.at(location, message, path=file)
        logo = registers.organization.brand.logo if registers.organization.brand else None
        if logo and logo not in handbook.link_judge.targets.names:
            location = registers.accounts.organization_source.value_location_of(("brand", "logo"))
            message = f"the logo '{logo}' is not below docs/; put it there, or correct its path"
            yield Problem.at(location, message, path=ORGANIZATION_FILE)
        for location, message in menu_problems(handbook.site, handbook.link_judge.targets):
            yield Problem.at(location, message, path=CONFIGURATION_FILE)


def _published(handbook: Handbook) -> Collection[str]:
    """Return the paths, without a language, of the pages that readers of the main language get."""
    languages = handbook.registers.organization.languages
    order = reading_order(languages, languages[0])
    return {main_path(page.path, languages) for page in handbook.pages if page.language in order}


@rule("REG006", "Open question names a page that exists", severity=Severity.WARNING)
def open_question_names_a_page_that_exists(handbook: Handbook) -> Iterator[Problem]:
    """A review gets the open questions about its pages, so it would never get one about a page that is gone.

    The question itself may still be open: name the page that should answer it, or none. No question was
    asked in the future.

    Bad:  `page: docs/policy/wrok.md`
    Good: `page: docs/policy/work.md`
    """
    register, published = handbook.registers.open_questions, _published(handbook)
    for number, question in register.questions.items():
        if question.page and question.page not in published:
            meant = nearest(question.page, published) or "the page that should answer"
            remedy = f"name {meant}, or take the line out"
            message = f"'{question.page}' is not published in this handbook; {remedy}"
            yield Problem.at(register.location(number, "page"), message, path=register.path)
        if question.asked_on > handbook.today:
            message = f"{question.asked_on} is in the future; write the day on which it was asked"
            yield Problem.at(register.location(number, "asked_on"), message, path=register.path)


def _missing_anchors(
    registers: Registers, published: Collection[str], judge: LinkJudge
) -> Iterator[tuple[str, Location, str]]:
    for file, location, path, anchor in _named_anchors(registers):
        if anchor and path in published:
            page = path.removeprefix(f"{judge.folder}/")
            if message := judge.problem_of_anchor(page, anchor):
                yield file, location, message


def _named_anchors(registers: Registers) -> Iterator[tuple[str, Location, str, str | None]]:
    for name, scenario in registers.scenarios.scenarios.items():
        yield *registers.scenarios.file_and_location(name, "page"), scenario.path, scenario.anchor
    route = registers.emergency_route
    for name, emergency in route.emergencies.items():
        yield EMERGENCIES_FILE, route.location(name, "anchor"), emergency.page, emergency.anchor


def _named_pages(registers: Registers) -> Iterator[tuple[str, Location, str]]:
    return chain(
        _of_scenarios(registers),
        _of_decisions(registers),
        _of_questions(registers),
        _of_emergencies(registers),
        _of_moved_pages(registers),
        _of_acknowledgements(registers),
    )


def _of_scenarios(registers: Registers) -> Iterator[tuple[str, Location, str]]:
    for name, scenario in registers.scenarios.scenarios.items():
        yield *registers.scenarios.file_and_location(name, "page"), scenario.path


def _of_decisions(registers: Registers) -> Iterator[tuple[str, Location, str]]:
    for name, decision in registers.decisions.decisions.items():
        for key, outcome in decision.outcomes.items():
            if outcome.page:
                yield file_of(name), registers.decisions.location(name, key, "page"), outcome.page


def _of_questions(registers: Registers) -> Iterator[tuple[str, Location, str]]:
    """Yield the pages that answer a question, but not those that the organization does without."""
    for number, question in registers.questions.questions.items():
        for place, answer in enumerate(question.answers):
            if not _is_done_without(answer.page, registers):
                yield QUESTIONS_FILE, registers.questions.location(number, place), answer.page


def _of_emergencies(registers: Registers) -> Iterator[tuple[str, Location, str]]:
    route = registers.emergency_route
    for name, emergency in route.emergencies.items():
        yield EMERGENCIES_FILE, route.location(name, "page"), emergency.page


def _of_moved_pages(registers: Registers) -> Iterator[tuple[str, Location, str]]:
    for address, page in registers.moved_pages.pages.items():
        yield MOVED_PAGES_FILE, registers.moved_pages.location_of_page(address), page


def _of_acknowledgements(registers: Registers) -> Iterator[tuple[str, Location, str]]:
    """Yield the pages that people are asked to read, but not those that the organization does without."""
    asked = registers.acknowledgements
    for name, audience in asked.audiences.items():
        for number, path in enumerate(audience.pages):
            if not _is_done_without(path, registers):
                yield ACKNOWLEDGEMENTS_FILE, asked.location(name, "pages", number), path


def _is_done_without(path: str, registers: Registers) -> bool:
    """Tell whether organization.yml leaves out a page, or has no account on the platform that it is about."""
    organization = registers.organization
    return is_left_out(path, organization) or registers.platforms.is_unused(path, organization)


@rule("REG002", "Every official account has a register entry", severity=Severity.ERROR)
def every_account_has_its_entry(handbook: Handbook) -> Iterator[Problem]:
    """If nobody knows who can log in to an account, outsiders can use it unnoticed.

    `registers/accounts.yml` has one entry for each account in `organization.yml`; any other entry must be
    for a closed account. No date may be in the future. A handbook without this file keeps no register of
    accounts. An account whose platform is misspelled is a warning in any case, because the page of that
    platform is not published.

    Bad:  (an account in `organization.yml` that has no entry in `registers/accounts.yml`)
    Good: `- address: https://social.example.org/reading`
    """
    accounts, organization = handbook.registers.accounts, handbook.registers.organization
    for number, account in enumerate(organization.accounts):
        if meant := handbook.registers.platforms.meant_by(account.platform):
            message = f"no platform is called '{account.platform}'; did you mean '{meant}'?"
            location = accounts.location_in_organization(number, "platform")
            yield Problem.at(location, message, Severity.WARNING, ORGANIZATION_FILE)
    if accounts.entries is None:
        return
    for number, account in enumerate(organization.accounts):
        if accounts.entry_of(account.address) is None:
            message = f"this account has no entry in {accounts.path}; add who owns it and who can log in"
            location = accounts.location_in_organization(number, "address")
            yield Problem.at(location, message, path=ORGANIZATION_FILE)
    listed = [account.address for account in organization.accounts]
    for number, key, message in _of_entries(accounts, listed, handbook.today):
        yield Problem.at(accounts.location(number, key), message, path=accounts.path)


def _of_entries(
    accounts: Accounts, listed: list[str], today: datetime.date
) -> Iterator[tuple[int, str, str]]:
    for number, entry in enumerate(accounts.entries or ()):
        is_listed = any(accounts.entry_of(address) is entry for address in listed)
        if entry.is_closed and is_listed:
            yield number, "state", f"this account is closed; remove it from {ORGANIZATION_FILE}"
        elif not entry.is_closed and not is_listed:
            closest = nearest(entry.address, [name for name in listed if accounts.entry_of(name) is None])
            remedy = f"correct it to {closest}, " if closest else ""
            remedy += "add it there, or write `state: closed` here"
            yield number, "address", f"{ORGANIZATION_FILE} has no account with this address; {remedy}"
        for key in ("since", "state_since", "access_checked"):
            day = getattr(entry, key)
            if day and day > today:
                yield number, key, f"{day} is in the future; write the day on which it happened"
