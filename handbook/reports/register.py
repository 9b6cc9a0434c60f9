"""How the register of pages is shown: one pure function a format."""

from collections.abc import Callable, Mapping
from typing import Final

from handbook.page_register import PageRegister, RegisteredPage
from handbook.reports.escaping import as_document
from handbook.reports.tables import as_columns
from handbook.reports.tables import as_csv as records_as_csv

_COLUMNS: Final = ("page", "title", "owner", "reviewed", "due", "state", "audience")
_UNKNOWN: Final = "-"


def as_text(register: PageRegister) -> str:
    """Return a table for people, one line a page; what is not known is `-`."""
    return as_columns([_COLUMNS, *(_row(page) for page in register.pages)])


def as_csv(register: PageRegister) -> str:
    """Return the day and every fact of each page as comma-separated values."""
    return records_as_csv(RegisteredPage, register.pages, {"day": register.day})


def as_json(register: PageRegister) -> str:
    """Return an object with the day and every fact of each page."""
    return as_document(register.model_dump(mode="json"))


def _row(page: RegisteredPage) -> list[str]:
    days = (page.last_reviewed, page.due)
    return [
        page.path,
        page.title or _UNKNOWN,
        page.owner or _UNKNOWN,
        *(day.isoformat() if day else _UNKNOWN for day in days),
        page.state.replace("_", " "),
        ", ".join(page.audience) or _UNKNOWN,
    ]


FORMATS: Final[Mapping[str, Callable[[PageRegister], str]]] = {
    "text": as_text,
    "csv": as_csv,
    "json": as_json,
}
