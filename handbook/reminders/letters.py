"""How reminders are shown: one pure function for each format, and the letter to a recipient."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from handbook.formats.escaping import in_markdown
from handbook.formats.text_templates import text_templates
from handbook.formats.words_by_language import MAIN, Words, WordsByLanguage
from handbook.reminders.notices import ESCALATED, OVERDUE, Notice, Reminder
from handbook.text.json_text import as_document
from handbook.text.quoting import in_shell, one_line

WORDS: Final = WordsByLanguage(Path(__file__).with_name("words.yml"))
# A command that names more pages is hard to read, and a shell limits the length of its line.
_MOST_NAMED: Final = 10


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


def subject_of(notice: Notice, organization: str, language: str = MAIN) -> str:
    """Return the subject of the letter, in a language or in English."""
    words = WORDS.of(language)
    kinds = {
        "to_review": notice.own,
        "to_translate": notice.translations,
        "escalated": notice.escalated,
    }
    parts = ", ".join(_of_number(words[key], len(listed)) for key, listed in kinds.items() if listed)
    return one_line(
        words["subject"].format(organization=organization, parts=parts, role=notice.recipient.title)
    )


def letter_to(
    notice: Notice,
    today: datetime.date,
    guide: str | None,
    addresses: Mapping[str, str] = MappingProxyType({}),
    language: str = MAIN,
) -> str:
    """Return the text of the letter, in a language or in English.

    `guide` is the address of the page on reviews, or None; `addresses` are those of published pages, by
    path, as far as they are known.
    """
    free = [in_shell(reminder.path) for reminder in notice.own if reminder.review is None]
    named = free if len(free) <= _MOST_NAMED else []
    command = " ".join(["handbook review start", *named]) if free else "handbook review status"
    words, role = WORDS.of(language), one_line(notice.recipient.title)
    text = _TEMPLATES.get_template("reminder_letter.txt").render(
        notice=notice,
        command=command,
        guide=guide,
        addresses=addresses,
        words=words,
        say=lambda key, listed: _of_number(words[key], len(listed), role=role),
        line=lambda reminder: words["line"].format(
            title=one_line(reminder.title), status=_status_in(reminder, today, words)
        ),
    )
    return text.strip("\n") + "\n"


def _of_number(forms: Mapping[str, str], number: int, **parts: str) -> str:
    """Return the form of a text for one, or for many."""
    return forms["one" if number == 1 else "many"].format(number=number, **parts)


def status(reminder: Reminder, today: datetime.date) -> str:
    """Return whether a page is due or overdue on a day, and whether it is in an open review.

    Of a translation that is not current, return what has changed in its original.
    """
    return _status_in(reminder, today, WORDS.of(MAIN))


def _status_in(reminder: Reminder, today: datetime.date, words: Words) -> str:
    if reminder.behind:
        return str(words["behind"].format(change=reminder.behind))
    due = _due(reminder, today, words)
    return str(words["in_review"].format(due=due)) if reminder.review else due


def _due(reminder: Reminder, today: datetime.date, words: Words) -> str:
    if reminder.due is None:
        return str(words["undated"])
    if reminder.stage.name in (OVERDUE, ESCALATED):
        return str(words["overdue"].format(day=reminder.due + datetime.timedelta(days=1)))
    days = (reminder.due - today).days
    key = {0: "due_today", 1: "due_tomorrow"}.get(days, "due_in")
    return str(words[key].format(number=days, day=reminder.due))


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


_TEMPLATES: Final = text_templates(markdown=in_markdown, shell=in_shell)

FORMATS: Final[Mapping[str, Callable[[Sequence[Notice], datetime.date], str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
