"""The macro that shows the register of pages: who is responsible for each, and who reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handbook.audit.page_register import RegisteredPage
from handbook.audit.page_register import page_register as register_of
from handbook.registers.review_records import name_of_review
from macros.context.registry import MacroContext, macro
from macros.definitions.reviews import fixed_state, owner_title, section_title
from macros.presentation.dates import LocalizedDate, localized_date
from macros.presentation.templates import render


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of the register, in the reader's words."""

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

    @property
    def fixed_state(self) -> str | None:
        """Return the state if a later day changes it only to overdue, or None."""
        return fixed_state(self.state)


@macro(templates=("page_register.html",))
def page_register(context: MacroContext) -> str:
    """Show the register of pages: owner, audience, state, next review, and the record of the last one.

    The states are those of the day of reading; without scripts, those of the day that the table names.

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
    """Return the rows of each section in the order of the navigation; others come first."""
    order = {path: number for number, path in enumerate(context.site.sections)}

    def position(record: RegisteredPage) -> tuple[int, str, bool]:
        original = record.translation_of or record.path
        return order.get(original, -1), original, record.path != original

    sections: dict[str, list[RegisterRow]] = {}
    for record in sorted(pages, key=position):
        page = context.site.pages[record.path.removeprefix("docs/")]
        sections.setdefault(section_title(context, page), []).append(_row(context, record))
    return sections


def _row(context: MacroContext, record: RegisteredPage) -> RegisterRow:
    page, catalog = context.site.pages[record.path.removeprefix("docs/")], context.catalog
    schedule = context.site.handbook.last_review(page).schedule
    return RegisterRow(
        title=record.title or record.path,
        language=record.language,
        link=context.from_root(record.address),
        owner=owner_title(context, page),
        audience=", ".join(catalog[f"audience.{name}"] for name in record.audience),
        state=record.state,
        due=localized_date(record.due, catalog),
        due_soon_from=localized_date(schedule.due_soon_from if schedule else None, catalog),
        reviewed=localized_date(record.last_reviewed, catalog),
        record=name_of_review(record.review_record) if record.review_record else None,
        text_changed=record.text_was_reviewed is False,
    )
