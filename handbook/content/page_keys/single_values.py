"""Judges the keys of a page that hold one text, one role, or one day."""

import re
from typing import Final

from handbook.content.page_keys.entry import KeyEntry
from handbook.content.translation.marks import MARKS_FORM
from handbook.text.characters import plain_characters
from handbook.text.hidden_characters import first_hidden
from handbook.yaml.quotes import can_be_read, in_quotes
from handbook.yaml.values import ImpossibleDate, is_plain_date
from handbook.yaml.written_dates import explain_date
from handbook.yaml.written_texts import not_a_text

# What a page says in place of a day if it came with the handbook and nobody here has reviewed it yet.
NEVER: Final = "never"
MAY_BE_NEVER: Final = ("last_reviewed", "legal_review")

_NOT_PLAIN: Final = re.compile(r"[<>]|\{[{%#]")
_MACRO: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_MARKS: Final = re.compile(MARKS_FORM)


def judge_text(entry: KeyEntry) -> None:
    """Refuse all but one line of text that readers can see."""
    if not isinstance(entry.value, str) or not plain_characters(entry.value).strip():
        raise ValueError(f"{entry.key} {_not_a_text(entry)}")
    if "\n" in entry.value.strip():
        line = " ".join(entry.value.split())
        written = line if can_be_read(f"x: {line}") else in_quotes(line)
        raise ValueError(f"{entry.key} must be one line; write `{entry.key}: {written}`")
    if hidden := first_hidden(entry.value):
        raise ValueError(f"{entry.key}: {hidden}")


def judge_role(entry: KeyEntry) -> None:
    """Refuse all but the name of one role; whether there is such a role is for a rule to say."""
    if isinstance(entry.value, list) and len(entry.value) == 1:
        raise ValueError(f"{entry.key} is one role, without brackets; write `{entry.key}: {entry.value[0]}`")
    if entry.written and not isinstance(entry.value, str):
        raise ValueError(f"{entry.key} must be the name of a role; {entry.example}")
    judge_text(entry)


def _not_a_text(entry: KeyEntry) -> str:
    """Say why a value is not a text, and how it becomes one."""
    if entry.value is None and not entry.written and entry.comment:
        written = in_quotes(entry.comment)
        return f"is empty, because `#` begins a comment; put it in quotes: `{entry.key}: {written}`"
    if isinstance(entry.value, str | None) and not plain_characters(entry.written).strip("|>\"' "):
        return f"is empty; {entry.example}"
    return not_a_text(f"{entry.key}: ", entry.value, entry.written) or f"must be a text; {entry.example}"


def judge_shown_text(entry: KeyEntry) -> None:
    """Refuse HTML and variables in a text that the theme prints, because neither would work there."""
    judge_text(entry)
    if re.match(r"#\w", entry.comment):
        written = in_quotes(f"{entry.value} {entry.comment}")
        raise ValueError(
            f"{entry.key} ends before `{entry.comment}`, because a space and `#` begin a comment;"
            f" put it in quotes: `{entry.key}: {written}`"
        )
    if macro := _MACRO.search(str(entry.value)):
        raise ValueError(f"{entry.key} must be plain text; take out the macro `{macro.group()}`")
    if markup := _NOT_PLAIN.search(str(entry.value)):
        raise ValueError(f"{entry.key} must be plain text; remove `{markup.group()}`")


def judge_date(entry: KeyEntry) -> None:
    """Refuse all but a plain date."""
    if not is_plain_date(entry.value):
        raise ValueError(day_problem(entry.key, entry.value, entry.written))


def day_problem(key: str, value: object, written: str) -> str:
    """Say what is wrong with the day of a key, as it is read and as it is written; some may be `never`."""
    if key in MAY_BE_NEVER and str(value).casefold() == NEVER:
        return f"{key} is '{value}'; write `{key}: {NEVER}`"
    return f"{key} {explain_date(value, written)}"


def judge_one_value(entry: KeyEntry) -> None:
    """Refuse a value that may hold an impossible date: MkDocs reads nothing of a block that holds one."""
    if isinstance(entry.value, ImpossibleDate | list | dict):
        raise ValueError(f"{entry.key} cannot be read; {entry.example}")


def judge_anything(entry: KeyEntry) -> None:
    """Accept any value, because rules of their own judge the key."""


def judge_marks(entry: KeyEntry) -> None:
    """Refuse what `handbook translate done` did not write."""
    if not isinstance(entry.value, str) or not _MARKS.fullmatch(entry.value):
        raise ValueError(f"{entry.key} is not what `handbook translate done` writes; run it again")
