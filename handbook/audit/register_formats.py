"""The formats of the register of pages, one pure function each."""

from collections.abc import Callable, Mapping
from typing import Final

from handbook.audit.dataset_formats import as_csv, as_json
from handbook.audit.page_register import PageRegister, RegisteredPage
from handbook.formats.csv_table import as_columns

_COLUMNS: Final = ("page", "title", "owner", "reviewed", "due", "state", "audience")
_UNKNOWN: Final = "-"


def as_text(register: PageRegister) -> str:
    """Return a table for people, one line a page, with `-` for what is not known."""
    return as_columns([_COLUMNS, *(_row(page) for page in register.pages)])


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
