"""Where people change a page, and the registers whose records it shows, in the editor of their platform."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbook.content.pages import Page
from handbook.git.source_hosts import SourceHost
from handbook.registers.evidence_folder import register_path
from macros.context.registry import MACROS
from macros.context.site import Site


@dataclass(frozen=True, slots=True)
class RegisterLink:
    """A register, by the name of its file or folder, and where to change it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class SourceLinks:
    """Where to change a page, and the registers that it shows."""

    page: str
    registers: Sequence[RegisterLink]


def source_links(page: Page, site: Site) -> SourceLinks | None:
    """Return where a page is changed; None if the platform of the repository is not known.

    The main branch is named, even by an edition: what was published stays as it is.
    """
    host = site.organization.source_host
    address = host.editor(page.path)
    if address is None:
        return None
    expressions = site.expressions.get(page.language)
    called = expressions.called_macros(page.body) if expressions else frozenset()
    return SourceLinks(address, list(_registers(called, host, site.organization.sample)))


def _registers(macros: Iterable[str], host: SourceHost, is_sample: bool) -> Iterator[RegisterLink]:
    for path in sorted({path for name in macros for path in MACROS[name].registers}):
        if address := host.editor(register_path(path, is_sample=is_sample)):
            yield RegisterLink(path.removeprefix("registers/"), address)
