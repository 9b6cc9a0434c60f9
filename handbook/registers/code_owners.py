"""Who has to agree to a change of which file, as GitHub and GitLab read it from a file `CODEOWNERS`.

It is made from `registers/owners.yml` and the owners that the pages name, so it says nothing of its own.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.registers.owners import FILE as OWNERS
from handbook.registers.owners import LEGAL_FOLDERS, Owners, Tenure

COMMAND: Final = "handbook forge codeowners --write"
# What the editors answer for: pages, registers, and what their files say about themselves.
_TEXTS: Final = ("/docs/", "/registers/", "/sample/", "/organization.yml")
_HEAD: Final = (
    f"# Made by `{COMMAND}` from {OWNERS} and the owners that the pages name.",
    "# Do not edit it: the check finds what differs (rule OWN003).",
)
_SPECIAL: Final = re.compile(r"[\\ #\[\]*?!]")


@dataclass(frozen=True, slots=True)
class CodeHost:
    """GitHub or GitLab: where it reads the file, and what says that its workflows are used here."""

    title: str
    file: str
    workflows: str
    has_sections: bool = False


CODE_HOSTS: Final[Mapping[str, CodeHost]] = {
    "github": CodeHost("GitHub", ".github/CODEOWNERS", ".github/workflows"),
    "gitlab": CodeHost("GitLab", ".gitlab/CODEOWNERS", ".gitlab/ci", has_sections=True),
}


@dataclass(frozen=True, slots=True)
class CodeOwnersFiles:
    """What the files say, by the name of the host, and the hosts whose workflows are in the handbook."""

    texts: Mapping[str, str] = field(default_factory=dict)
    used: frozenset[str] = frozenset()


def load_code_owners(tree: FileTree) -> CodeOwnersFiles:
    """Read the files that are there.

    Raises:
        HandbookError: if one cannot be read.

    """
    files = {name: tree.read(host.file) for name, host in CODE_HOSTS.items()}
    texts = {name: data.decode("utf-8", "replace") for name, data in files.items() if data is not None}
    used = frozenset(name for name, host in CODE_HOSTS.items() if tree.names(host.workflows))
    return CodeOwnersFiles(texts, used)


def is_ours(text: str) -> bool:
    """Tell whether a file was made by our command, and not written by somebody."""
    return text.startswith(_HEAD[0])


def accounts_of(tenures: Iterable[Tenure], host: str, today: datetime.date) -> tuple[str, ...]:
    """Return the accounts among some holders on a day, as they are mentioned on a host: `@name`."""
    start = f"{host}:"
    held = (tenure.holder for tenure in tenures if tenure.includes(today))
    return tuple(
        dict.fromkeys(f"@{holder.removeprefix(start)}" for holder in held if holder.startswith(start))
    )


def role_accounts(owners: Owners, roles: Iterable[str], host: str, today: datetime.date) -> tuple[str, ...]:
    """Return the accounts of those who hold some roles on a day, each once."""
    known = filter(None, map(owners.find, roles))
    return accounts_of((tenure for owner in known for tenure in owner.tenures), host, today)


def code_owners_text(pages: Sequence[Page], owners: Owners, name: str, today: datetime.date) -> str | None:
    """Return what the file of a host says on a day, or None if the register names no account there."""
    host = CODE_HOSTS[name]
    lines = list(_lines(pages, owners, name, today))
    if host.has_sections and (lawyers := role_accounts(owners, owners.lawyers, name, today)):
        lines += ["", "[Legal]", *(_line(f"/{folder}", lawyers) for folder in LEGAL_FOLDERS)]
    if not any("@" in line for line in lines):
        return None
    return "\n".join([*_HEAD, "", *lines]) + "\n"


def outdated_files(
    pages: Sequence[Page], owners: Owners, files: CodeOwnersFiles, today: datetime.date
) -> dict[str, str]:
    """Return what the files have to say on a day where they do not say it yet, by path.

    Raises:
        HandbookError: if somebody wrote such a file.

    """
    wanted = {name: code_owners_text(pages, owners, name, today) for name in CODE_HOSTS}
    others = {name: text for name, text in wanted.items() if text and text != files.texts.get(name)}
    for name in others:
        if name in files.texts and not is_ours(files.texts[name]):
            raise HandbookError(
                f"{CODE_HOSTS[name].file} was not made by this command, so it stays as it is; write who it"
                f" names as `holders` into {OWNERS}, delete it, and run this again"
            )
    return {CODE_HOSTS[name].file: text for name, text in others.items()}


def _lines(pages: Sequence[Page], owners: Owners, name: str, today: datetime.date) -> Iterator[str]:
    """Yield the rules, from the most general on: the last one that fits a file counts."""
    if maintainers := accounts_of(owners.maintainer_tenures, name, today):
        yield _line("*", maintainers)
    if editors := role_accounts(owners, owners.editors, name, today):
        yield from (_line(path, editors) for path in (*_TEXTS, f"/{CODE_HOSTS[name].file}"))
    if keepers := role_accounts(owners, owners.keepers, name, today):
        yield _line(f"/{OWNERS}", keepers)
    for page in sorted(pages, key=lambda page: page.path):
        deciding = owners.stands_for(page.owner) if page.owner else ()
        accounts = role_accounts(owners, deciding, name, today)
        if accounts and page.path.isprintable():
            yield _line(f"/{_SPECIAL.sub(_escaped, page.path)}", accounts)


def _line(path: str, accounts: Iterable[str]) -> str:
    return " ".join([path, *accounts])


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
