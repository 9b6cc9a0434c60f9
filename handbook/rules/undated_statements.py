"""STR005: what is said of a time has a source, which says when somebody last looked."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.content.pages import Page
from handbook.findings import Problem, Severity
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.rules.registry import rule
from handbook.text.markdown.reading_text import reading_text

# A day is a date by itself; it does not become untrue.
_DAY: Final = r"\w+ \d{1,2}, |\d{1,2}(?:er)? \w+ "
_WORDS: Final = (
    rf"as of (?!right\b|{_DAY})|currently|presently|at present\b(?!\s+to)"
    r"|at the moment(?!,? (?:of|when|that|you|it|they|we)\b)"
    r"|nowadays|these days|recently|(?:is|are|has|have) now(?=\s+\w)"
    r"|now (?:applies|apply|requires?|allows?|offers?|shows?|lets?|asks?|bans?)"
    r"|actuellement|à l['’]heure actuelle|en ce moment|récemment|à ce jour|de nos jours|désormais"
)
_UNITS: Final = "people|posts|words|characters|followers|views|members|times|dollars|euros|pounds|mots"
_YEAR: Final = rf"(?<![\w.,$£€#/:-])(?:19[5-9]|20[0-4])\d(?![\w,.:/-]*\d|\s(?:{_UNITS})\b)"
_UNDATED: Final = re.compile(
    rf"\b(?P<words>{_WORDS})\b|(?P<day>(?<!\w)(?:{_DAY}))?(?P<year>{_YEAR})", re.IGNORECASE
)
# One of these is in whatever the pattern above finds, and looking for them takes a tenth of its time.
_HINTS: Final = (
    "as of",
    "currently",
    "presently",
    "at present",
    "at the moment",
    "nowadays",
    "these days",
    "recently",
    "now",
    "actuelle",
    "en ce moment",
    "récemment",
    "à ce jour",
    "de nos jours",
    "désormais",
)
_ANY_YEAR: Final = re.compile(r"19[5-9]\d|20[0-4]\d")
# What somebody else said, or an example.
_QUOTED: Final = re.compile(r'"[^"\n]*"|“[^”\n]*”|«[^»\n]*»')
# A call of a macro that dates what it shows, or an address of somebody else.
_SOURCE: Final = re.compile(
    r"\{\{-?\s*(?:source|sources|facts?|platform_facts|regulations)\(|\]\(https?://|<https?://"
)
_HEADING: Final = re.compile(r"^#{1,6} ", re.MULTILINE)
_BLOCK_START: Final = re.compile(r"\n(?:[ \t]*\n|(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])|(?=[ \t]*\|))")


@rule("STR005", "Statement about a moment in time has a source", severity=Severity.WARNING)
def statements_of_time_are_dated(page: Page) -> Iterator[Problem]:
    """What is "currently" so is wrong one day, and nobody is told; a source says when somebody last looked.

    A statement that can become outdated belongs to the register of facts, or next to the source that says so:
    in the same paragraph for words such as "currently", in the same section for a year. A day is a date by
    itself. Quotations are not meant, nor are pages about the tool.

    Bad:  `Posts can currently have two links.`
    Good: `Posts can have two links: {{ source("help-page") }}.`
    """
    if is_about_the_tool(page.path) or not _may_tell_time(page.body) or not _UNDATED.search(page.body):
        return
    read = reading_text(page.body)
    quoted = [match.span() for match in _QUOTED.finditer(read.text)]
    for match in _UNDATED.finditer(read.text):
        offset = read.offset(match.start())
        is_meant = not match["day"] and not any(start <= match.start() < stop for start, stop in quoted)
        if is_meant and not _is_dated(page.body, offset, is_year=match["year"] is not None):
            yield page.problem_in_body(offset, _message(match))


def _may_tell_time(text: str) -> bool:
    folded = text.casefold()
    return any(hint in folded for hint in _HINTS) or _ANY_YEAR.search(text) is not None


def _is_dated(body: str, offset: int, *, is_year: bool) -> bool:
    """Tell whether a source is near, or an example is in a block quote."""
    line = body[body.rfind("\n", 0, offset) + 1 : offset].lstrip()
    around = _around(_HEADING if is_year else _BLOCK_START, body, offset)
    return line.startswith(">") or _SOURCE.search(around) is not None


def _around(boundary: re.Pattern[str], body: str, offset: int) -> str:
    """Return the section or the block at an offset."""
    starts = [0, *(match.start() for match in boundary.finditer(body)), len(body)]
    start = max(start for start in starts if start <= offset)
    return body[start : min((stop for stop in starts if stop > offset), default=len(body))]


def _message(match: re.Match[str]) -> str:
    phrase = " ".join(match[0].split())
    remedy = "name its source with source(), make it a fact in a register, or say it without a time"
    if match["year"]:
        return f"no source in this section dates what is said of {phrase}; {remedy}"
    return f"'{phrase}' is true for a while only, and nothing here says since when; {remedy}"
