"""`handbook new`: begins a page, or the page of a platform, and gives it its place in the navigation."""

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
    page_of_platform,
    page_path,
    platform_draft,
    require_sound,
)
from handbook.content.audiences import AUDIENCES
from handbook.content.front_matter import read_front_matter
from handbook.content.pages import Boundary
from handbook.errors import HandbookError
from handbook.files.atomic_write import ChangedMeanwhile, FileWrite, write_together
from handbook.files.tree import Folder
from handbook.registers.all_registers import Registers, read_registers
from handbook.registers.platforms import FILE as PLATFORMS
from handbook.registers.platforms import FOLDER, with_platform
from handbook.text.suggestions import did_you_mean
from scripts.options import DayParameter, exits_with_status, root_option

_EPILOG: Final = "Exit status: 0 everything was written, 2 nothing was."
_QUESTIONS: Final = {
    "title": "Title of the page",
    "owner": "Owner, a role of registers/owners.yml",
    "description": "What it is about, in one sentence",
}


@click.group(name="new")
def command() -> None:
    """Begin a page, or the page of a platform.

    Nothing is overwritten, and everything is written or nothing is. A new page has no date of a review:
    `handbook check` refuses it until its first review has decided, and somebody writes the day into it.
    """


_owner = click.option("--owner", metavar="ROLE", help="The role that owns it, from registers/owners.yml.")
_title = click.option("--title", metavar="TEXT", help="The name of the page.")
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
    help="Whom it is for; more than once for several.",
)
@click.option(
    "--reviewed",
    type=DayParameter(),
    metavar="DATE",
    help="The day on which a review decided on this text, where one has; without it the check asks for one.",
)
@root_option
@exits_with_status
def page_command(
    path: str,
    title: str | None,
    owner: str | None,
    description: str | None,
    audience: tuple[str, ...],
    reviewed: datetime.date | None,
    root: Path,
) -> int:
    """Begin the page PATH, such as policy/gifts, and add it to the navigation.

    At a terminal it asks for what is missing: the title, the owner, the description.
    """
    registers = read_registers(Folder(root))
    target = page_path(path)
    _refuse_existing(root, target)
    given = _completed({"title": title, "owner": owner, "description": description}, registers)
    draft = PageDraft(target, given["title"], given["description"], given["owner"], audience, reviewed)
    require_sound(draft, registers, registers.organization.today())
    _write(root, [_new_page(root, draft), *_navigation(root, draft)])
    click.echo(f"next: write the page, then see what is missing with: handbook check {target}", err=True)
    return 0


@command.command(name="platform", epilog=_EPILOG)
@click.argument("name")
@click.option(
    "--key", metavar="KEY", help="Its short name in files, such as wechat; without it, made from NAME."
)
@_owner
@root_option
@exits_with_status
def platform_command(name: str, key: str | None, owner: str | None, root: Path) -> int:
    """Begin the page of the platform NAME, with every section that platform pages have.

    Adds it to the navigation, and to registers/platforms.yml where it is not there yet. Without --owner
    it belongs to the owner of docs/platforms/index.md.
    """
    registers = read_registers(Folder(root))
    key = _key_of_platform(name.strip(), key, registers)
    _refuse_existing(root, page_of_platform(key))
    owner = owner or _owner_of_index(root)
    given = _completed({"owner": owner}, registers)
    draft = platform_draft(registers, key, _known_name(name.strip(), key, registers), given["owner"])
    require_sound(draft, registers, registers.organization.today())
    _write(
        root,
        [_new_page(root, draft), *_register(root, registers, key, name.strip()), *_navigation(root, draft)],
    )
    click.echo(
        f"next: fill in what this names: handbook check {draft.path}\n"
        "then add our accounts to organization.yml, and a row to docs/platforms/index.md",
        err=True,
    )
    return 0


def _key_of_platform(name: str, key: str | None, registers: Registers) -> str:
    """Return the short name of a platform: the register's, or the one given, or one made from its name."""
    known = registers.platforms.key_of(name)
    if known and key not in (None, known):
        raise HandbookError(f"{name} is '{known}' in {PLATFORMS}; leave out --key, or write --key {known}")
    if key is not None and (not key or key != key_for(key)):
        raise HandbookError(f"--key is '{key}'; write lower case letters, digits and hyphens, such as wechat")
    found = known or key or key_for(name)
    if not found:
        raise HandbookError(f"no short name can be made from '{name}'; give one, for example --key wechat")
    if known is None and found in registers.platforms.platforms:
        other = registers.platforms.platforms[found].name
        raise HandbookError(f"'{found}' is {other} in {PLATFORMS}; write that name, or another --key")
    return found


def _known_name(name: str, key: str, registers: Registers) -> str:
    known = registers.platforms.platforms.get(key)
    return known.name if known else name


def _owner_of_index(root: Path) -> str | None:
    """Return the owner of the page that lists the platforms, or None."""
    text = (Folder(root).read(f"{FOLDER}index.md") or b"").decode("utf-8", "replace")
    return read_front_matter(text).text("owner")


def _completed(given: dict[str, str | None], registers: Registers) -> dict[str, str]:
    """Ask for what is missing at a terminal.

    Raises:
        HandbookError: elsewhere, with all that is missing.

    """
    missing = [name for name, value in given.items() if not value or not value.strip()]
    if missing and not is_terminal():
        options = ", ".join(f"--{name}" for name in missing)
        raise HandbookError(f"{options} {'is' if len(missing) == 1 else 'are'} missing; add what --help says")
    answers = {name: _ask(name, registers) for name in missing}
    return {name: answers.get(name) or (value or "").strip() for name, value in given.items()}


def is_terminal() -> bool:
    """Tell whether somebody can answer."""
    return sys.stdin.isatty()


def _ask(name: str, registers: Registers) -> str:
    read = _owner_reader(registers) if name == "owner" else None
    return str(click.prompt(_QUESTIONS[name], value_proc=read, err=True)).strip()


def _owner_reader(registers: Registers) -> Callable[[str], Any]:
    """Return what takes a role, or says which is nearest, so that the question is asked again."""

    def read(text: str) -> str:
        known = registers.owners.owners
        if text.strip() not in known:
            raise click.BadParameter(f"there is no owner '{text}'; {did_you_mean(text, known)}")
        return text.strip()

    return read


def _refuse_existing(root: Path, path: str) -> None:
    if not (root / CONFIG).is_file():
        raise HandbookError(f"there is no handbook in {root}; go to its folder, or name it with --root")
    for one in conflicts(path):
        if (root / one).exists() or (root / one).is_symlink():
            raise HandbookError(f"{one} is there already; change it, or choose another name")


def _new_page(root: Path, draft: PageDraft) -> FileWrite:
    target = root / draft.path
    folder = next(one for one in target.parents if one.exists())
    if not folder.is_dir() or Boundary(root).leads_outside(str(folder)):
        raise HandbookError(
            f"{draft.path} would not lie in this handbook; choose another folder below {DOCS}"
        )
    return FileWrite(target, draft.text.encode())


def _navigation(root: Path, draft: PageDraft) -> list[FileWrite]:
    return _changed(root, CONFIG, lambda text: with_page(text, draft.path.removeprefix(DOCS)))


def _register(root: Path, registers: Registers, key: str, name: str) -> list[FileWrite]:
    if key in registers.platforms.platforms:
        return []
    return _changed(root, PLATFORMS, lambda text: with_platform(text, key, name))


def _changed(root: Path, path: str, edit: Callable[[str], str]) -> list[FileWrite]:
    """Return the change of a file, or none where it says so already."""
    before = Folder(root).read(path)
    if before is None:
        raise HandbookError(f"{path} is missing; take it back from the history, or copy the sample")
    after = edit(before.decode("utf-8")).encode()
    return [FileWrite(root / path, after, before)] if after != before else []


def _write(root: Path, changes: list[FileWrite]) -> None:
    """Write everything and say so, or nothing.

    Raises:
        HandbookError: when a file cannot be written, or was changed by somebody else in between.

    """
    try:
        write_together(changes)
    except ChangedMeanwhile as error:
        raise HandbookError(
            f"{error} was changed by somebody else just now; nothing was written; try again"
        ) from None
    except OSError as error:
        raise HandbookError(
            f"{error.filename or 'a file'} cannot be written ({error.strerror}); nothing was written"
        ) from None
    for change in changes:
        done = "written" if change.before is None else "changed"
        click.echo(f"{change.target.relative_to(root).as_posix()}: {done}")
