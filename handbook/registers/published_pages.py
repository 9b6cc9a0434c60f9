"""Which pages an organization publishes, and why it leaves out the others."""

from collections.abc import Mapping, Sequence
from typing import Final

from handbook.content.languages import main_path
from handbook.content.pages import Page
from handbook.registers.all_registers import Registers
from handbook.registers.applicability import suits
from handbook.registers.organization import Organization

_FOR_OTHERS: Final = (
    "the `applies_to` of that page is for other organizations; put the link between"
    " {% if applies(…) %} and {% endif %}"
)
_LEFT_OUT: Final = "organization.yml leaves that page out; remove the link, or its line in `leave_out`"
_WITHOUT_ACCOUNT: Final = (
    "organization.yml has no account on that platform; link to docs/platforms/index.md, or list the pages"
    " that are published with {{ platform_pages() }}"
)


def reasons_to_leave_out(pages: Sequence[Page], registers: Registers) -> Mapping[str, str]:
    """Return why pages are not published, by their paths; a translation goes with the page it translates."""
    reasons = {page.path: reason for page in pages if (reason := _reason(page, registers))}
    if not reasons:
        return {}
    languages = registers.organization.languages
    of_pages = ((page.path, reasons.get(main_path(page.path, languages))) for page in pages)
    return {path: reason for path, of_main in of_pages if (reason := reasons.get(path) or of_main)}


def _reason(page: Page, registers: Registers) -> str | None:
    """Return why a page is not published: it is for others, left out, or for a platform that is not used."""
    kinds = page.front_matter.values.get("applies_to")
    if isinstance(kinds, dict) and not suits(
        kinds.get("sectors", ()), kinds.get("jurisdictions", ()), registers.organization
    ):
        return _FOR_OTHERS
    path = main_path(page.path, registers.organization.languages)
    if is_left_out(path, registers.organization):
        return _LEFT_OUT
    is_unused = registers.platforms.is_unused(path, registers.organization)
    return _WITHOUT_ACCOUNT if is_unused else None


def is_left_out(path: str, organization: Organization) -> bool:
    """Tell whether organization.yml leaves out a page of the main language, or a folder that it is in."""
    return any(path == place or _is_in(path, place) for place in organization.leave_out)


def _is_in(path: str, place: str) -> bool:
    return place.endswith("/") and path.startswith(place)
