"""How reminders are shown: one pure function a format, and the letter to an owner."""

import datetime
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from handbook.reminders.notices import OVERDUE, Notice, Reminder
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]()<>#+!|~&@-]")
# A shell takes some 100,000 characters in a line, and a person reads none of them.
_MOST_NAMED: Final = 10


def as_text(notices: Sequence[Notice], today: datetime.date) -> str:
    """Return a list for people, by owner."""
    return _render("reminders.txt", notices, today)


def as_markdown(notices: Sequence[Notice], today: datetime.date) -> str:
    """Return the list for an issue or a chat, by owner."""
    return _render("reminders.md", notices, today)


def as_json(notices: Sequence[Notice], today: datetime.date) -> str:
    """Return an object whose `reminders` are records, the pages of one owner together."""
    rows = [_record(notice, one, today) for notice in notices for one in notice.reminders]
    return as_document({"today": today.isoformat(), "reminders": rows})


def subject_of(notice: Notice, organization: str) -> str:
    """Return the subject of the letter to an owner."""
    number = len(notice.reminders)
    pages = "1 page" if number == 1 else f"{number:,} pages"
    return one_line(f"{organization}: {pages} to review ({notice.recipient.title})")


def letter_to(notice: Notice, today: datetime.date, guide: str | None) -> str:
    """Return the text of the letter to an owner; `guide` is the address of the page on reviews."""
    free = [shlex.quote(one_line(one.path)) for one in notice.reminders if one.review is None]
    named = free if len(free) <= _MOST_NAMED else []
    command = " ".join(["handbook review start", *named]) if free else "handbook review status"
    return _render("reminder_letter.txt", [notice], today, command=command, guide=guide)


def when(reminder: Reminder, today: datetime.date) -> str:
    """Say how a page stands on a day."""
    return f"{_due(reminder, today)}, in review" if reminder.review else _due(reminder, today)


def _due(reminder: Reminder, today: datetime.date) -> str:
    if reminder.due is None:
        return "has no day of a review"
    if reminder.stage.name == OVERDUE:
        return f"overdue since {reminder.due + datetime.timedelta(days=1)}"
    days = (reminder.due - today).days
    near = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"due {near}, {reminder.due}"


def _record(notice: Notice, one: Reminder, today: datetime.date) -> dict[str, str | int | None]:
    return {
        "path": one.path,
        "title": one.title,
        "owner": notice.recipient.role or None,
        "to": notice.recipient.email,
        "due": one.due.isoformat() if one.due else None,
        "days": (one.due - today).days if one.due else None,
        "stage": one.stage.name,
        "review": one.review,
    }


def _in_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is, and that mentions nobody."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", one_line(text))


def _render(template: str, notices: Sequence[Notice], today: datetime.date, **values: object) -> str:
    shown = _TEMPLATES.get_template(template)
    return shown.render(notices=notices, today=today, when=when, **values).strip("\n") + "\n"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("handbook.formats"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": one_line, "markdown": _in_markdown}
    return environment


_TEMPLATES: Final = _environment()

FORMATS: Final[Mapping[str, Callable[[Sequence[Notice], datetime.date], str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
