"""`handbook new`: creates a page, or the page of a platform, and adds it to the navigation."""

import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from handbook.authoring.navigation import FILE as CONFIG
from handbook.authoring.navigation import with_page
from handbook.authoring.new_page import (
    DOCS,
    PageDraft,
    conflicts,
    key_for,
    page_path,
    require_sound,
)
from handbook.authoring.platform_page import platform_draft
from handbook.content.audiences import AUDIENCES
from handbook.content.front_matter import read_front_matter
from handbook.content.languages import UNMARKED, path_in
from handbook.content.mkdocs_settings import parse_settings
from handbook.content.navigation_targets import is_placed
from handbook.content.pages import Boundary
from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.registers.all_registers import Registers, read_registers
from handbook.registers.platforms import FILE as PLATFORMS
from handbook.registers.platforms import FOLDER, page_of_platform, with_platform
from handbook.text.suggestions import did_you_mean
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.file_changes import with_proposals, write_files
from scripts.options import DayParameter, exits_with_status, require_handbook, root_option

_EPILOG: Final = "Exit status: 0 if everything was written, 2 if nothing was."
_ACCOUNT_NEEDED: Final = "add our account to organization.yml, because only then the page is published"
_QUESTIONS: Final = {
    "title": "Title of the page",
    "owner": "Owner, a role from registers/owners.yml",
    "description": "Description, in one sentence",
}


@click.group(name="new")
def command() -> None:
    """Create a page, or the page of a platform.

    No page is ever overwritten, and either all files are written or none. A new page has no review date:
    `handbook check` reports an error until its first review is closed and the page has the date.
    """


_owner = click.option("--owner", metavar="ROLE", help="Role from registers/owners.yml that owns the page.")
_title = click.option("--title", metavar="TEXT", help="Title of the page.")
_description = click.option("--description", metavar="TEXT", help="One sentence for search results.")


@command.command(name="page", epilog=_EPILOG)
@click.argument("path")
@_title
@_owner
@_description
@click.option(
    "--audience",
    multiple=True,
    type=click.Choice(AUDIENCES),
    default=["everyone"],
    show_default=True,
    help="Who the page is for; can be repeated.",
)
@click.option(
    "--reviewed",
    type=DayParameter(),
    metavar="DATE",
    help="Day on which a review approved this text; without it, the check asks for a review.",
)
@root_option
@exits_with_status
@changes_files()
def page_command(
    path: str,
    title: str | None,
    owner: str | None,
    description: str | None,
    audience: tuple[str, ...],
    reviewed: datetime.date | None,
    root: Path,
) -> int:
    """Create the page PATH, such as policy/gifts, and add it to the navigation.

    In a terminal, it asks for the title, the owner, and the description if they are missing.
    """
    require_handbook(root)
    registers = read_registers(Folder(root))
    target, language = page_path(path), registers.organization.main_language
    _refuse_existing(root, target, language)
    given = _completed({"title": title, "owner": owner, "description": description}, registers)
    title, description, owner = given["title"], given["description"], given["owner"]
    draft = PageDraft(target, title, description, owner, audience, reviewed, language=language)
    require_sound(draft, registers, registers.organization.today())
    _write(root, [_new_page(root, draft), *_navigation(root, draft)])
    click.echo(
        with_real_command(
            f"next: write the page, then see what is missing with: handbook check {draft.file}"
        ),
        err=True,
    )
    return 0


@command.command(name="platform", epilog=_EPILOG)
@click.argument("name")
@click.option(
    "--key", metavar="KEY", help="Short name for files, such as wechat; by default, made from NAME."
)
@_owner
@root_option
@exits_with_status
@changes_files()
def platform_command(name: str, key: str | None, owner: str | None, root: Path) -> int:
    """Create the page of the platform NAME, with what the registers know: addresses, accounts, and facts.

    Adds it to the navigation, and to registers/platforms.yml if it is not there yet. Without --owner, the
    page belongs to the owner of docs/platforms/index.md. It is published once organization.yml has an
    account on the platform.
    """
    require_handbook(root)
    registers = read_registers(Folder(root))
    key = _key_of_platform(name.strip(), key, registers)
    _refuse_unused(root, registers, key)
    _refuse_existing(root, page_of_platform(key), registers.organization.main_language)
    owner = owner or _owner_of_index(root)
    given = _completed({"owner": owner}, registers)
    draft = platform_draft(registers, key, _known_name(name.strip(), key, registers), given["owner"])
    require_sound(draft, registers, registers.organization.today())
    changes = [_new_page(root, draft), *_register(root, registers, key, name.strip())]
    _write(root, [*with_proposals(root, changes), *_navigation(root, draft)])
    click.echo(with_real_command(_next_steps(registers, key, draft.file)), err=True)
    return 0


def _next_steps(registers: Registers, key: str, path: str) -> str:
    """Say what is left to do; a page without an account is not published, so the check does not read it."""
    steps = ["write what differs from other platforms, and delete the comments"]
    if key not in registers.platforms.used_by(registers.organization):
        steps += [_ACCOUNT_NEEDED]
    return "next: " + "\nthen ".join([*steps, f"see what is missing with: handbook check {path}"])


def _key_of_platform(name: str, key: str | None, registers: Registers) -> str:
    """Return the short name of a platform: from the register, else as given, else made from its name."""
    known = registers.platforms.key_of(name)
    if known and key not in (None, known):
        raise HandbookError(f"{name} is '{known}' in {PLATFORMS}; omit --key, or write --key {known}")
    if key is not None and (not key or key != key_for(key)):
        raise HandbookError(f"--key is '{key}'; write lower case letters, digits and hyphens, such as wechat")
    meant = None if key else registers.platforms.meant_by(name)
    if meant:
        advice = f"did you mean '{registers.platforms.platforms[meant].name}'? For another one, write --key"
        raise HandbookError(f"{PLATFORMS} has no platform '{name}'; {advice} {key_for(name)}")
    chosen = known or key or key_for(name)
    if not chosen:
        raise HandbookError(f"no short name can be made from '{name}'; give one, for example --key wechat")
    if known is None and chosen in registers.platforms.platforms:
        other = registers.platforms.platforms[chosen].name
        raise HandbookError(f"'{chosen}' is {other} in {PLATFORMS}; write that name, or another --key")
    return chosen


def _known_name(name: str, key: str, registers: Registers) -> str:
    known = registers.platforms.platforms.get(key)
    return known.name if known else name


def _owner_of_index(root: Path) -> str | None:
    """Return the owner of the page that lists the platforms, or None."""
    text = (Folder(root).read(f"{FOLDER}index.md") or b"").decode("utf-8", "replace")
    return read_front_matter(text).text("owner")


def _completed(given: dict[str, str | None], registers: Registers) -> dict[str, str]:
    """Ask for missing values if somebody is at a terminal.

    Raises:
        HandbookError: if nobody is, with the names of all missing options.

    """
    missing = [name for name, value in given.items() if not value or not value.strip()]
    if missing and not sys.stdin.isatty():
        options = ", ".join(f"--{name}" for name in missing)
        raise HandbookError(f"{options} {'is' if len(missing) == 1 else 'are'} missing; see --help")
    answers = {name: _ask(name, registers) for name in missing}
    return {name: answers.get(name) or (value or "").strip() for name, value in given.items()}


def _ask(name: str, registers: Registers) -> str:
    read = _owner_reader(registers) if name == "owner" else None
    return str(click.prompt(_QUESTIONS[name], value_proc=read, err=True)).strip()


def _owner_reader(registers: Registers) -> Callable[[str], Any]:
    """Return a function that accepts a known role, and otherwise has click ask again with a suggestion."""

    def read(text: str) -> str:
        known = registers.owners.owners
        if text.strip() not in known:
            raise click.BadParameter(f"there is no owner '{text}'; {did_you_mean(text, known)}")
        return text.strip()

    return read


def _refuse_unused(root: Path, registers: Registers, key: str) -> None:
    page = page_of_platform(key)
    if (root / page).exists() and key not in registers.platforms.used_by(registers.organization):
        raise HandbookError(f"{page} already exists; {_ACCOUNT_NEEDED}")


def _refuse_existing(root: Path, path: str, language: str) -> None:
    for conflict in conflicts(path, language):
        if (root / conflict).exists() or (root / conflict).is_symlink():
            raise HandbookError(f"{conflict} already exists; {_remedy(conflict, path, language)}")


def _remedy(conflict: str, path: str, language: str) -> str:
    if language == UNMARKED or conflict != path:
        return "edit it, or choose another name"
    return f"to translate it, copy it to {path_in(path, language)}, or choose another name"


def _new_page(root: Path, draft: PageDraft) -> FileWrite:
    target = root / draft.file
    folder = next(parent for parent in target.parents if parent.exists())
    if not folder.is_dir() or Boundary(root).leads_outside(str(folder)):
        raise HandbookError(f"{draft.file} would be outside this handbook; choose another folder in {DOCS}")
    return FileWrite(target, draft.text.encode())


def _navigation(root: Path, draft: PageDraft) -> list[FileWrite]:
    """Return the entry of the page, unless its folder has a section, which places it."""
    name, data = draft.path.removeprefix(DOCS), Folder(root).read(CONFIG)
    if data is not None and is_placed(parse_settings(data).navigation, name):
        return []
    return _changed(root, CONFIG, lambda text: with_page(text, name))


def _register(root: Path, registers: Registers, key: str, name: str) -> list[FileWrite]:
    if key in registers.platforms.platforms:
        return []
    return _changed(root, PLATFORMS, lambda text: with_platform(text, key, name))


def _changed(root: Path, path: str, edit: Callable[[str], str]) -> list[FileWrite]:
    """Return the edit of a file, or nothing if it would not change the file."""
    before = Folder(root).read(path)
    if before is None:
        raise HandbookError(f"{path} is missing; restore it from the history, or copy it from the sample")
    after = edit(before.decode("utf-8")).encode()
    return [FileWrite(root / path, after, before)] if after != before else []


def _write(root: Path, changes: list[FileWrite]) -> None:
    write_files(root, changes)
    for change in changes:
        done = "written" if change.before is None else "changed"
        click.echo(f"{change.target.relative_to(root).as_posix()}: {done}")
