"""OWN: someone is responsible for the page."""

from collections.abc import Iterator, Sequence

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.code_owners import CODE_HOSTS, COMMAND, CodeHost, code_owners_text, is_ours
from handbook.registers.owners import FILE as OWNERS_FILE
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


@rule("OWN003", "CODEOWNERS says who owns the pages", severity=Severity.ERROR)
def code_owners_are_current(handbook: Handbook) -> Iterator[Problem]:
    """The platform asks those people to agree whom CODEOWNERS names, so it has to name today's owners.

    Where `registers/owners.yml` names accounts on GitHub or GitLab and the workflows for that platform are
    in the handbook, `handbook forge codeowners --write` makes the file. A file that somebody wrote is left
    alone as long as the register names no account.

    Bad:  `/docs/policy/work.md @former-lead`
    Good: `/docs/policy/work.md @platform-lead`
    """
    registers = handbook.registers
    for name, host in CODE_HOSTS.items():
        present = registers.code_owners.texts.get(name)
        wanted = code_owners_text(handbook.pages, registers.owners, name, handbook.today)
        if present is not None or name in registers.code_owners.used:
            yield from _differences(host, present, wanted)


def _differences(host: CodeHost, present: str | None, wanted: str | None) -> Iterator[Problem]:
    if wanted is None and present is not None and is_ours(present):
        message = f"{OWNERS_FILE} names no account on {host.title} any more; delete this file"
        yield Problem(1, message, path=host.file)
    elif wanted is not None and present is None:
        message = f"names accounts on {host.title}, but {host.file} is missing; make it with `{COMMAND}`"
        yield Problem(1, message, path=OWNERS_FILE)
    elif wanted is not None and present is not None and present.splitlines() != wanted.splitlines():
        line = _first_difference(present.splitlines(), wanted.splitlines())
        message = f"differs from the owners of the pages from this line on; make it anew with `{COMMAND}`"
        yield Problem(line, message, path=host.file)


def _first_difference(present: Sequence[str], wanted: Sequence[str]) -> int:
    """Return the number of the first line that differs, in the file that was found if it has that line."""
    pairs = zip(present, wanted, strict=False)
    same = next((number for number, (line, other) in enumerate(pairs) if line != other), len(wanted))
    return min(same + 1, max(len(present), 1))
