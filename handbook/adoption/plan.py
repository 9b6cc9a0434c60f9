"""What `handbook adopt` writes: all of it is read as a handbook before any of it is written."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from yaml.nodes import MappingNode, ScalarNode

from handbook.adoption.answers import Answers, require_known_languages
from handbook.adoption.organization_text import organization_text
from handbook.adoption.page_heads import adopted_pages
from handbook.adoption.roles import RoleMap, owners_after, owners_text, role_map, with_roles
from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.changed_tree import ChangedTree
from handbook.files.tree import Folder
from handbook.registers.accounts import FILE as ACCOUNTS
from handbook.registers.all_registers import Registers, read_registers
from handbook.registers.loading import required_file
from handbook.registers.organization import FILE as ORGANIZATION
from handbook.registers.organization import Organization
from handbook.registers.owners import FILE as OWNERS
from handbook.registers.policies import FILE as POLICIES
from handbook.registers.rendered_texts import FILE as RENDERED
from handbook.translating.marking import marks_with
from handbook.yaml.edit_entry import with_entry
from handbook.yaml.edit_lines import compose, line_end, line_start, value_at

# Where the addresses of the sample lead, which are nobody's.
INVENTED: Final = ("example.org", "example.com")


def require_unadopted(organization: Organization) -> None:
    """Refuse to adopt a handbook that somebody has adopted.

    Raises:
        HandbookError: if it says so.

    """
    if organization.adopted:
        raise HandbookError(
            f"this handbook was adopted on {organization.adopted}; edit {ORGANIZATION}, and see what is left"
            " to decide with `handbook adopt --status`"
        )


def adoption(
    root: Path, answers: Answers, day: datetime.date, beginning: datetime.date | str | None
) -> list[FileWrite]:
    """Return every file that changes when an organization adopts the handbook on a day.

    Raises:
        HandbookError: if the answers do not fit the handbook, or it could not be read afterwards.

    """
    renamed = role_map(answers.roles)
    require_known_languages(root, answers.languages)
    _require_places(root, answers.leave_out)
    owners = owners_after(required_file(Folder(root), OWNERS).decode("utf-8"), answers.roles)
    edits: Mapping[str, Callable[[str], str]] = {
        ORGANIZATION: lambda text: organization_text(text, answers, day, beginning),
        OWNERS: lambda text: owners_text(text, owners, renamed),
        POLICIES: lambda text: with_roles(_without_invented_addresses(text), "owner", renamed),
        ACCOUNTS: lambda text: _accounts_text(text, answers, renamed),
    }
    changes = [write for path, edit in edits.items() for write in _changed(root, path, edit)]
    changes += adopted_pages(root, renamed)
    after = ChangedTree(Folder(root), {_name(root, change): change.data for change in changes})
    return [*changes, *_rendered(root, read_registers(after))]


def _rendered(root: Path, registers: Registers) -> Iterator[FileWrite]:
    """Mark the roles as rendered, because answers in several languages say the same in each."""
    languages, before = registers.organization.languages, Folder(root).read(RENDERED)
    marked = marks_with(registers.rendered_texts, registers.written_texts.texts, [OWNERS], languages)
    if len(languages) > 1 and marked.encode("utf-8") != before:
        yield FileWrite(root / RENDERED, marked.encode("utf-8"), before)


def _name(root: Path, change: FileWrite) -> str:
    return change.target.relative_to(root).as_posix()


def _changed(root: Path, path: str, edit: Callable[[str], str]) -> Iterator[FileWrite]:
    before = Folder(root).read(path)
    if before is None:
        return
    try:
        after = edit(before.decode("utf-8")).encode("utf-8")
    except HandbookError as error:
        raise HandbookError(f"{path}: {error}") from None
    if after != before:
        yield FileWrite(root / path, after, before)


def _require_places(root: Path, places: Sequence[str]) -> None:
    missing = [place for place in places if not (root / place).exists()]
    if missing:
        raise HandbookError(
            f"leave_out names {', '.join(missing)}, which is not there; see the files in docs/"
        )


def _accounts_text(text: str, answers: Answers, renamed: RoleMap) -> str:
    """Return registers/accounts.yml with the accounts that somebody answers for."""
    languages = [code[:2] for code in answers.languages]
    entries = [
        {
            "address": account.address,
            "owner": renamed.of(account.owner),
            "can_get_in": [renamed.of(role) for role in account.can_get_in],
            "approves": renamed.of(account.approves or account.owner),
            "languages": languages,
            "since": account.since,
        }
        for account in answers.accounts
        if account.owner
    ]
    return with_entry(text, "accounts", entries)


def _without_invented_addresses(text: str) -> str:
    """Return registers/policies.yml without the addresses of policies that the sample has invented."""
    policies = value_at(compose(text), "policies")
    lines: list[tuple[int, int]] = []
    for _, policy in policies.value if isinstance(policies, MappingNode) else ():
        for name, value in policy.value if isinstance(policy, MappingNode) else ():
            if name.value == "address" and isinstance(value, ScalarNode) and is_invented(value.value):
                lines.append((line_start(name), line_end(text, value)))
    for start, end in reversed(lines):
        text = text[:start] + text[end:]
    return text


def is_invented(text: str) -> bool:
    """Tell whether an address is on a host that is kept for examples."""
    return any(host in text for host in INVENTED)
