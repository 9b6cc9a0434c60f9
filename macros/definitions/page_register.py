"""The macro that shows the register of pages: who answers for each, and whom it is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handbook.audit.page_register import RegisteredPage
from handbook.audit.page_register import page_register as register_of
from macros.context.registry import MacroContext, macro
from macros.definitions.reviews import owner_title, section_title
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.templates import render


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register, in the reader's words."""

    title: str
    language: str
    link: str
    owner: str
    audience: str
    state: str
    due: LocalizedDate | None
    due_soon_from: LocalizedDate | None
    reviewed: LocalizedDate | None
    record: str | None
    text_changed: bool


@macro(templates=("page_register.html",))
def page_register(context: MacroContext) -> str:
    """Show the register of pages: owner, audience, state, next review, and the record of the last one.

    A reader sees the states of the day of reading. Without scripts, they are those of the day that is named.

    Example: {{ page_register() }}
    """
    context.required_page()
    register = register_of(context.site.handbook, context.site.site_map)
    return render(
        "page_register.html",
        day=localized_date(register.day, context.catalog),
        sections=_sections(context, register.pages),
        states=context.catalog.group("reviews"),
        words=context.catalog.group("register"),
        meanings=context.catalog.group("register.meaning"),
    )


def _sections(context: MacroContext, pages: Sequence[RegisteredPage]) -> Mapping[str, Sequence[RegisterRow]]:
    """Return the rows of each section in the order of the navigation, those outside any first."""
    order = {path: number for number, path in enumerate(context.site.sections)}

    def place(one: RegisteredPage) -> tuple[int, str, bool]:
        original = one.translation_of or one.path
        return order.get(original, -1), original, one.path != original

    found: dict[str, list[RegisterRow]] = {}
    for one in sorted(pages, key=place):
        page = context.site.pages[one.path.removeprefix("docs/")]
        found.setdefault(section_title(context, page), []).append(_row(context, one))
    return found


def _row(context: MacroContext, one: RegisteredPage) -> RegisterRow:
    page, catalog = context.site.pages[one.path.removeprefix("docs/")], context.catalog
    schedule = page.schedule
    return RegisterRow(
        title=one.title or one.path,
        language=one.language,
        link=context.from_root(one.address),
        owner=owner_title(context, page),
        audience=", ".join(catalog[f"audience.{name}"] for name in one.audience),
        state=one.state,
        due=localized_date(one.due, catalog),
        due_soon_from=localized_date(schedule.due_soon_from if schedule else None, catalog),
        reviewed=localized_date(one.last_reviewed, catalog),
        record=_name_of(one.review_record),
        text_changed=one.text_was_reviewed is False,
    )


def _name_of(record: str | None) -> str | None:
    return record.rpartition("/")[2].removesuffix(".yml") if record else None
