"""Says why a value is not a date, and how the day that was probably meant is written."""

import datetime
import re
import unicodedata
from calendar import monthrange
from typing import Final

from handbook.text.characters import plain_characters
from handbook.yaml.values import ImpossibleDate

EXAMPLE: Final = "2026-11-20"
# The first letters of the months in English, French, German, Spanish, Italian and Portuguese.
_MONTHS: Final = (
    r"jan|ene|gen",
    r"feb|fév|fev",
    r"mar(?!d)|mär|mrz",
    r"apr|avr|abr",
    r"ma[yi]|mag",
    r"jun|juin|giu",
    r"jul|juil|lug",
    r"aug|aoû|aou|ago",
    r"sep|set",
    r"oct|okt|ott|out",
    r"nov",
    r"dec|déc|dez|dic",
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DAY_BEFORE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)\s")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([^\d\s])(\d{1,2})\2(\d{4})")
_EIGHT_DIGITS: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_TIME: Final = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[Tt]|\s+)\d{1,2}:\d\d\S*(?:\s*[-+Z]\S*)?")
_QUOTES: Final = "\"'“”‘’«»„` "


def explain_date(value: object, written: str) -> str:
    """Return why a value is not a plain date and what to write, to be read after the name of its key.

    `written` is the value as the file has it.
    """
    written = value.text if isinstance(value, ImpossibleDate) else written
    if isinstance(value, list) and len(value) == 1:
        written = written or f"- {value[0]}"
    written = written or ("" if value is None else str(value))
    return f"{_reason(value, written)}; {day_meant(written)}"


def day_meant(written: str) -> str:
    """Return what to write for a day in another form, or an example."""
    days = " or ".join(map(str, _days_meant(written)))
    return f"write {days or _example(written)}"


def _reason(value: object, written: str) -> str:
    if isinstance(value, ImpossibleDate) and not _TIME.fullmatch(value.text):
        return f"is {value.text}, a day that no calendar has"
    if isinstance(value, datetime.datetime | ImpossibleDate) or _TIME.fullmatch(written.strip(_QUOTES)):
        return "has a time of day"
    if isinstance(value, list):
        return "is an item of a list" if written[:1] == "-" else "is in brackets; remove the brackets"
    if written in ("", "~") or value is None:
        return "has no value"
    bare = written.strip(_QUOTES)
    if bare != written and _DAY.fullmatch(bare):
        return "is in quotes; remove the quotes"
    if re.search(r"[^\W\d_]", bare) is None and any(c.isdigit() and not c.isascii() for c in bare):
        return "is not a date, because it has digits other than 0 to 9"
    if _DAY.fullmatch(plain_characters(bare).strip()):
        return "has an invisible character"
    return "is not a date"


def _example(written: str) -> str:
    """Return the last day of a month that is shorter than somebody thought, or any day."""
    year, month = (int(part) for part in written[:7].split("-")) if _DAY.fullmatch(written) else (0, 0)
    if not year or not 1 <= month <= 12:
        return f"for example {EXAMPLE}"
    return f"for example {datetime.date(year, month, monthrange(year, month)[1])}"


def _days_meant(written: str) -> list[datetime.date]:
    """Return the day that a text means, or the two days that it may mean."""
    text = "".join(map(_ascii_digit, plain_characters(written))).strip(_QUOTES + "[]()<>.,;-Z\u00a0")
    time = _TIME.fullmatch(text)
    text = time[1] if time else text
    if match := _YEAR_FIRST.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text) or _DAY_BEFORE.match(text):
        year, month, day = map(int, match.groups())
        return _possible((year, month, day), (year, day, month))[:1]
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        day_first = (year, second, first)
        return _possible(day_first) if match[2] == "." else _possible(day_first, (year, first, second))
    return _possible(*_with_month_name(text))


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))


def _with_month_name(text: str) -> list[tuple[int, int, int]]:
    """Read a day such as `Nov 20, 2026` or `1er novembre 2026`."""
    year, day = re.search(r"(?<!\d)\d{4}(?!\d)", text), re.search(r"(?<!\d)\d{1,2}(?!\d)", text)
    months = [
        number for number, names in enumerate(_MONTHS, 1) if re.search(rf"\b(?:{names})", text.casefold())
    ]
    return [(int(year.group()), months[0], int(day.group()))] if year and day and len(months) == 1 else []


def _possible(*days: tuple[int, int, int]) -> list[datetime.date]:
    return [
        datetime.date(year, month, day)
        for year, month, day in dict.fromkeys(days)
        if year and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    ]
