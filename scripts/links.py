"""`handbook links`: lists outside addresses, maintains their register, and checks them if asked to."""

import datetime
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click

from handbook.content.pages import read_page
from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.registers.evidence_folder import own_path, possible_paths
from handbook.registers.links import (
    BROKEN,
    FILE,
    AddressUse,
    Link,
    Status,
    addresses_of_page,
    addresses_of_register,
    is_outside,
    load_links,
    with_addresses,
    with_results,
)
from handbook.registers.organization import FILE as ORGANIZATION
from handbook.registers.organization import Organization, load_organization
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.yaml.located import read_mapping
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.link_requests import RequestSettings, statuses
from scripts.options import exits_with_status, format_option, require_handbook, root_option, today_option
from scripts.site.publication import read_publication

_EPILOG: Final = (
    "Exit status: 0 if every address is registered (with --check: and none is gone or fails), 1 if not,"
    " 2 if the command could not run."
)
# If none of this many hosts answers, the network is down.
_SEVERAL: Final = 3


@dataclass(frozen=True, slots=True)
class Row:
    """An address, its entry in the register (None if it has none), and where it is used."""

    address: str
    link: Link | None
    uses: Sequence[AddressUse]


@click.command(name="links", epilog=_EPILOG)
@root_option
@today_option
@format_option("Output format: text for people, json for programs.")
@click.option("--update", is_flag=True, help=f"Add new addresses to {FILE}, and remove unused ones.")
@click.option(
    "--check",
    is_flag=True,
    help="Request every registered address and record the result. Only this option uses the network.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=15.0,
    show_default=True,
    help="Seconds to wait for a response.",
)
@exits_with_status
@changes_files("update", "check")
def command(
    root: Path, today: datetime.date | None, name: str, update: bool, check: bool, timeout: float
) -> int:
    """List every outside address in the pages and registers, when it was last checked, and where it is used.

    Addresses of the organization itself, those reserved for examples, and those that a macro completes, such
    as `https://example.org/{{ name }}`, are left out.
    """
    require_handbook(root)
    organization = load_organization(Folder(root))
    uses = _uses(root, organization)
    if update:
        _rewrite(root, lambda text: with_addresses(text, uses))
    if check:
        results = _check_all(root, organization, timeout)
        _require_answers(results)
        day = today or organization.today()
        _rewrite(root, lambda text: with_results(text or "", results, day) if results else text or "")
    rows = _rows(root, uses)
    click.echo(_FORMATS[name](rows), nl=False)
    if name == "text":
        click.echo(with_real_command(_summary(rows)), err=True)
    is_broken = check and any(row.link and row.link.status in BROKEN for row in rows)
    return int(is_broken or any(row.link is None for row in rows))


def _uses(root: Path, organization: Organization) -> dict[str, list[AddressUse]]:
    """Return where each outside address is used, in alphabetical order."""
    uses: dict[str, set[AddressUse]] = {}
    for address, use in _found(root):
        if is_outside(address, organization):
            uses.setdefault(address, set()).add(use)
    return {address: sorted(uses[address]) for address in sorted(uses)}


def _found(root: Path) -> Iterator[tuple[str, AddressUse]]:
    for source in read_publication(root).sources:
        yield from addresses_of_page(read_page(source))
    own_folder = Path(own_path(Folder(root), FILE)).parent
    folders = dict.fromkeys([root / "registers", root / own_folder])
    files = {file.relative_to(root).as_posix() for folder in folders for file in folder.rglob("*.yml")}
    for path in (ORGANIZATION, *sorted(files - set(possible_paths(FILE)))):
        text = (Folder(root).read(path) or b"").decode("utf-8-sig", "replace")
        yield from addresses_of_register(path, read_mapping(text))


def _rows(root: Path, uses: Mapping[str, Sequence[AddressUse]]) -> list[Row]:
    links = {link.address: link for link in load_links(Folder(root)).links}
    addresses = sorted(links.keys() | uses.keys())
    return [Row(address, links.get(address), uses.get(address, ())) for address in addresses]


def _rewrite(root: Path, edit: Callable[[str | None], str]) -> None:
    """Change the register, or create it.

    Raises:
        HandbookError: if it has mistakes, or cannot be written.

    """
    load_links(Folder(root))
    path = own_path(Folder(root), FILE)
    before = Folder(root).read(path)
    try:
        after = edit(None if before is None else before.decode("utf-8")).encode()
    except HandbookError as error:
        raise HandbookError(f"{path}: {error}") from None
    if after != (before or b""):
        write_files(root, [FileWrite(root / path, after, before)])


def _check_all(root: Path, organization: Organization, timeout: float) -> dict[str, Status]:
    addresses = [link.address for link in load_links(Folder(root)).links]
    settings = RequestSettings(
        f"handbook-links (+{organization.handbook or organization.repository})", timeout
    )
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=len(addresses), label="checking", file=sys.stderr, hidden=hidden) as bar:
        return statuses(addresses, settings, lambda: bar.update(1))


def _require_answers(results: Mapping[str, Status]) -> None:
    """Refuse to record that all addresses of several hosts fail: the fault is with this computer then.

    Raises:
        HandbookError: if so.

    """
    hosts = {urlsplit(address).hostname for address in results}
    if len(hosts) >= _SEVERAL and set(results.values()) == {"fails"}:
        raise HandbookError(
            f"none of the {len(results)} addresses answered, so no result was recorded; connect this computer"
            " to the internet, or name your proxy in HTTPS_PROXY and HTTP_PROXY, then run this again"
        )


def _as_text(rows: Sequence[Row]) -> str:
    """Return one line for each address: what is known of it, the address, and where it is used."""
    return "".join(f"{_known(row):18}  {one_line(row.address)}  {_places(row)}\n" for row in rows)


def _known(row: Row) -> str:
    if row.link is None:
        return "not registered"
    return f"{row.link.status} {row.link.checked}" if row.link.checked else "never checked"


def _places(row: Row) -> str:
    return ", ".join(f"{one_line(use.path)}:{use.line}" for use in row.uses) or "not used"


def _summary(rows: Sequence[Row]) -> str:
    unknown = sum(row.link is None for row in rows)
    unused = sum(not row.uses for row in rows)
    never = sum(row.link is not None and row.link.checked is None for row in rows)
    counts = f"{len(rows)} addresses; {unknown} not registered, {unused} not used, {never} never checked"
    return f"{counts}; run: handbook links --update" if unknown or unused else counts


def _as_json(rows: Sequence[Row]) -> str:
    """Return an object whose `links` are records of address, registered, status, checked and uses."""
    return as_document({"links": [_record(row) for row in rows]})


def _record(row: Row) -> dict[str, object]:
    checked = row.link.checked if row.link else None
    return {
        "address": row.address,
        "registered": row.link is not None,
        "status": row.link.status if row.link else None,
        "checked": checked.isoformat() if checked else None,
        "uses": [{"path": use.path, "line": use.line} for use in row.uses],
    }


_FORMATS: Final[Mapping[str, Callable[[Sequence[Row]], str]]] = {"text": _as_text, "json": _as_json}
