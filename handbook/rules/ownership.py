"""OWN: somebody answers for the page."""

from collections.abc import Iterator

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.rules.registry import rule
from handbook.text.suggestions import did_you_mean


@rule("OWN001", "Page has an owner", severity=Severity.ERROR)
def page_has_owner(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page without an owner is not reviewed, because nobody is asked to.

    Bad:  (no `owner` key)
    Good: `owner: communications-lead`
    """
    if page.lacks("owner"):
        yield Problem(1, "no owner; add `owner:` with a role from registers/owners.yml")


@rule("OWN002", "Owner is a role that somebody fills", severity=Severity.ERROR)
def owner_is_covered(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """An owner that is not in the register, or whom nobody stands for, owns nothing.

    The role stands in `registers/owners.yml`; it is filled, or it has a deputy that is.

    Bad:  `owner: comunications-lead`
    Good: `owner: communications-lead`
    """
    if page.owner is None:
        return
    if handbook.registers.owners.find(page.owner) is None:
        mend = did_you_mean(page.owner, handbook.registers.owners.owners)
        yield page.problem_at("owner", f"'{page.owner}' is not in registers/owners.yml; {mend}")
    elif not handbook.registers.owners.is_covered(page.owner):
        yield page.problem_at(
            "owner",
            f"nobody fills '{page.owner}' and no deputy does; name one in registers/owners.yml",
        )
