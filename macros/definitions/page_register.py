"""The macro that shows the register of pages: who answers for each, and whom it is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.context.registry import Here, macro
from macros.definitions.reviews import owner_title, section_title
from macros.presentation.dates import Day, shown_day
from macros.presentation.templates import render

if TYPE_CHECKING:
    from handbook.audit.page_register import RegisteredPage


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register, in the reader's words."""

    title: str
    language: str
    link: str
    owner: str
    audience: str
    state: str
    due: Day | None
    due_soon_from: Day | None
    reviewed: Day | None
    record: str | None
    text_changed: bool


@macro
def page_register(here: Here) -> str:
    """Show the register of pages: owner, audience, state, next review, and the record of the last one.

    A reader sees the states of the day of reading. Without scripts, they are those of the day that is named.

    Example: {{ page_register() }}
    """
    here.required_page()
    from handbook.audit.page_register import (
        page_register as register_of,  # The check loads this module, and would pay for it.
    )

    register = register_of(here.site.handbook, here.site.places)
    return render(
        "page_register.html",
        day=shown_day(register.day, here.catalog),
        sections=_sections(here, register.pages),
        states=here.catalog.group("reviews"),
        words=here.catalog.group("register"),
        meanings=here.catalog.group("register.meaning"),
    )


def _sections(here: Here, pages: Sequence["RegisteredPage"]) -> Mapping[str, Sequence[RegisterRow]]:
    """Return the rows of each section in the order of the navigation, those outside any first."""
    order = {path: number for number, path in enumerate(here.site.sections)}

    def place(one: "RegisteredPage") -> tuple[int, str, bool]:
        original = one.translation_of or one.path
        return order.get(original, -1), original, one.path != original

    found: dict[str, list[RegisterRow]] = {}
    for one in sorted(pages, key=place):
        page = here.site.pages[one.path.removeprefix("docs/")]
        found.setdefault(section_title(here, page), []).append(_row(here, one))
    return found


def _row(here: Here, one: "RegisteredPage") -> RegisterRow:
    page, catalog = here.site.pages[one.path.removeprefix("docs/")], here.catalog
    schedule = page.schedule
    return RegisterRow(
        title=one.title or one.path,
        language=one.language,
        link=here.from_root(one.address),
        owner=owner_title(here, page),
        audience=", ".join(catalog[f"audience.{name}"] for name in one.audience),
        state=one.state,
        due=shown_day(one.due, catalog),
        due_soon_from=shown_day(schedule.due_soon_from if schedule else None, catalog),
        reviewed=shown_day(one.last_reviewed, catalog),
        record=_name_of(one.review_record),
        text_changed=one.text_was_reviewed is False,
    )


def _name_of(record: str | None) -> str | None:
    return record.rpartition("/")[2].removesuffix(".yml") if record else None
