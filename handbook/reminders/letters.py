"""How reminders are shown: one pure function for each format, and the letter to a recipient."""

import datetime
import shlex
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from handbook.formats.escaping import in_markdown
from handbook.reminders.notices import ESCALATED, OVERDUE, Notice, Reminder
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line

# A command that names more pages is hard to read, and a shell limits the length of its line.
_MOST_NAMED: Final = 10
_NEAR_DAYS: Final = {0: "today,", 1: "tomorrow,"}


def as_text(notices: Sequence[Notice], today: datetime.date) -> str:
    """Return a list for people, by recipient."""
    return _render("reminders.txt", notices, today)


def as_markdown(notices: Sequence[Notice], today: datetime.date) -> str:
    """Return a list for an issue or a chat, by recipient."""
    return _render("reminders.md", notices, today)


def as_json(notices: Sequence[Notice], today: datetime.date) -> str:
    """Return an object whose `reminders` are records, those of one recipient together."""
    records = [_record(notice, reminder, today) for notice in notices for reminder in notice.reminders]
    return as_document({"today": today.isoformat(), "reminders": records})


def subject_of(notice: Notice, organization: str) -> str:
    """Return the subject of the letter."""
    parts = [f"{counted(len(notice.own), 'page')} to review"] if notice.own else []
    behind = len(notice.translations)
    parts += [f"{counted(behind, 'translation')} to bring up to date"] if behind else []
    parts += [f"{counted(len(notice.escalated), 'page')} of others overdue"] if notice.escalated else []
    return one_line(f"{organization}: {', '.join(parts)} ({notice.recipient.title})")


def letter_to(
    notice: Notice,
    today: datetime.date,
    guide: str | None,
    addresses: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the text of the letter.

    `guide` is the address of the page on reviews, or None; `addresses` are those of published pages, by
    path, as far as they are known.
    """
    free = [_in_shell(reminder.path) for reminder in notice.own if reminder.review is None]
    named = free if len(free) <= _MOST_NAMED else []
    command = " ".join(["handbook review start", *named]) if free else "handbook review status"
    values = {"command": command, "guide": guide, "addresses": addresses}
    return _render("reminder_letter.txt", [notice], today, **values)


def status(reminder: Reminder, today: datetime.date) -> str:
    """Return whether a page is due or overdue on a day, and whether it is in an open review.

    Of a translation that is not current, return what has changed in its original.
    """
    if reminder.behind:
        return reminder.behind
    return f"{_due(reminder, today)}, in review" if reminder.review else _due(reminder, today)


def _due(reminder: Reminder, today: datetime.date) -> str:
    if reminder.due is None:
        return "no review date"
    if reminder.stage.name in (OVERDUE, ESCALATED):
        return f"overdue since {reminder.due + datetime.timedelta(days=1)}"
    days = (reminder.due - today).days
    near = _NEAR_DAYS.get(days, f"in {days} days, on")
    return f"due {near} {reminder.due}"


def _record(notice: Notice, reminder: Reminder, today: datetime.date) -> dict[str, str | int | None]:
    return {
        "path": reminder.path,
        "title": reminder.title,
        "owner": (reminder.owner or notice.recipient).role or None,
        "to": notice.recipient.email,
        "due": reminder.due.isoformat() if reminder.due else None,
        "days": (reminder.due - today).days if reminder.due else None,
        "stage": reminder.stage.name,
        "review": reminder.review,
        "behind": reminder.behind or None,
    }


def _render(template: str, notices: Sequence[Notice], today: datetime.date, **values: object) -> str:
    text = _TEMPLATES.get_template(template).render(notices=notices, today=today, status=status, **values)
    return text.strip("\n") + "\n"


def _in_shell(path: str) -> str:
    return shlex.quote(one_line(path))


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("handbook.formats"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": one_line, "markdown": in_markdown, "shell": _in_shell}
    return environment


_TEMPLATES: Final = _environment()

FORMATS: Final[Mapping[str, Callable[[Sequence[Notice], datetime.date], str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
