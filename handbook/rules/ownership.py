"""OWN: someone is responsible for the page."""

from collections.abc import Iterator

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.text.suggestions import did_you_mean


@rule("OWN001", "Page has an owner", severity=Severity.ERROR)
def page_has_owner(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page without an owner is never reviewed, because nobody is asked to review it.

    Bad:  (no `owner` key)
    Good: `owner: communications-lead`
    """
    if page.lacks("owner"):
        yield Problem(1, "no owner; add `owner:` with a role from registers/owners.yml")


@rule("OWN002", "Owner is a listed role that someone fills", severity=Severity.ERROR)
def owner_is_covered(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page's owner must be listed in the register, and someone must fill the role or deputize for it.

    Roles are listed in `registers/owners.yml`. A vacant role (`filled: false`) needs a deputy that is filled.

    Bad:  `owner: comunications-lead`
    Good: `owner: communications-lead`
    """
    since = page.front_matter.day("owner_since")
    if since and since > handbook.today:
        yield page.problem_at(
            "owner_since", f"owner_since is {since}, in the future; write the day it took over"
        )
    if page.owner is None:
        return
    if handbook.registers.owners.find(page.owner) is None:
        owners = handbook.registers.owners
        remedy = did_you_mean(page.owner, filter(owners.is_covered, owners.owners))
        yield page.problem_at("owner", f"'{page.owner}' is not in registers/owners.yml; {remedy}")
    elif not handbook.registers.owners.is_covered(page.owner):
        yield page.problem_at(
            "owner",
            f"'{page.owner}' is vacant and has no filled deputy; name one in registers/owners.yml",
        )
