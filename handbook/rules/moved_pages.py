"""REG004: what was published at an address stays within reach of it."""

from collections.abc import Iterator

from handbook.baseline import Baseline
from handbook.content.file_names import without_case
from handbook.content.pages import Page
from handbook.content.site_map import address_of_path
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.moved_pages import FILE
from handbook.rules.registry import rule


@rule("REG004", "Old address leads to the page to read now", severity=Severity.ERROR)
def old_addresses_lead_on(handbook: Handbook, baseline: Baseline | None) -> Iterator[Problem]:
    """Links in mail and on the intranet keep the address of a page long after the page was renamed.

    `registers/moved_pages.yml` has the old address with the page to read now, and the site leads there. The
    address is not that of another page. With `--changed-since`, an address that a change takes away without
    such a line is a warning.

    Bad:  (`docs/policy/gifts.md` renamed to `docs/policy/presents.md`, and nothing else)
    Good: `policy/gifts/: docs/policy/presents.md`
    """
    now = _addresses(handbook)
    for old in handbook.registers.moved_pages.pages:
        if page := _page_in_the_way(old, now):
            message = f"'{old}' is the address of {page} today; remove this line, or rename that page"
            yield Problem.at(handbook.registers.moved_pages.location(old), message, path=FILE)
    if baseline and not _is_adoption(baseline.handbook, handbook):
        yield from _taken_away(baseline, handbook)


def _addresses(handbook: Handbook) -> dict[str, str]:
    """Return the path of a page at each address, in a form without case."""
    languages = handbook.registers.organization.languages
    return {without_case(address_of_path(page.path, languages)): page.path for page in handbook.pages}


def _page_in_the_way(old: str, now: dict[str, str]) -> str | None:
    """Return the page that has an address, or for which a file there leaves no room."""
    wanted = f"{without_case(old).rstrip('/')}/"
    if wanted in now or old.endswith("/"):
        return now.get(wanted)
    return next((page for address, page in now.items() if address.startswith(wanted)), None)


def _is_adoption(before: Handbook, now: Handbook) -> bool:
    """Tell whether somebody makes the sample their own, whose addresses were never theirs."""
    return before.registers.organization.sample and not now.registers.organization.sample


def _taken_away(baseline: Baseline, handbook: Handbook) -> Iterator[Problem]:
    now, moved = _addresses(handbook), {old: new for new, old in baseline.moved.items()}
    languages, reported = baseline.handbook.registers.organization.languages, set[str]()
    for page in baseline.handbook.pages:
        address = address_of_path(page.path, languages)
        is_known = without_case(address) in now or handbook.registers.moved_pages.page_for(address)
        if address and not is_known and address not in reported and not is_about_the_tool(page.path):
            reported.add(address)
            yield _lost(page, address, moved.get(page.path))


def _lost(page: Page, address: str, path: str | None) -> Problem:
    remedy = f"add `{address}: {path or 'docs/….md'}`, with the page to read now, to {FILE}"
    message = f"nothing leads on from '{address}', where readers found {page.path}; {remedy}"
    return Problem(1, message, severity=Severity.WARNING, path=path or page.path)
