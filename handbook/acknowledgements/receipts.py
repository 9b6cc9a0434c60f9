"""A receipt: one line in which a reader says which text they read, what they answered, and what they say.

`HB1/2026.1/work/en/2026-11-27/accepted/fan-af/3fa9c1d20b7e/7K2QX4M`: the form, the edition, the audience, the
language, the day on the reader's device, the reply, the answers by their letters, the digest of the pages
and questions, and a checksum. The checksum finds typing errors and cut lines. It is not a signature: who sent
a receipt is known only from the system that it came through.
"""

import datetime
import html
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast

from handbook.acknowledgements.asked import Asked

Reply: TypeAlias = Literal["accepted", "declined", "exception"]
FORM: Final = "HB1"
# Replaces the edition in a receipt from a site that is not an edition.
NO_EDITION: Final = "draft"
# Without the letters that are taken for digits, or for each other.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHARACTERS: Final = 7
_RECEIPT: Final = re.compile(
    rf"(?P<text>{FORM}/(?P<edition>\d{{4}}\.\d{{1,4}}|{NO_EDITION})/(?P<audience>[a-z0-9-]{{1,60}})"
    r"/(?P<language>[a-z]{2})/(?P<day>\d{4}-\d\d-\d\d)/(?P<reply>accepted|declined|exception)"
    rf"/(?P<answers>[fan-]{{0,6}})/(?P<digest>[0-9a-f]{{12}}))/(?P<code>[{_ALPHABET}]{{{_CHARACTERS}}})\b",
    re.ASCII,
)
# How a receipt begins, even if programs have changed its case or its slashes.
_BEGINNING: Final = re.compile(r"HB1\s*(?:[/=\\\u2044\u2215\uff0f]|&#|%2F)", re.IGNORECASE)
# What programs write for a hyphen, and what they put into long words; no receipt has it.
_PASTED: Final = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
}
# By how much the days of two places differ at most.
_ZONES: Final = datetime.timedelta(days=1)
# A mail breaks a receipt into so many lines at most.
_MOST_LINES: Final = 6
# A line break in a mail, which may be quoted, or written as quoted-printable.
_BREAK: Final = re.compile(r"=?\r?\n[ \t>]*")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt whose checksum fits. `edition` is None if it comes from a site that is not an edition."""

    edition: str | None
    audience: str
    language: str
    day: datetime.date
    reply: Reply
    answers: str
    digest: str

    @property
    def text(self) -> str:
        """Return the line that people hand in."""
        parts = (FORM, self.edition or NO_EDITION, self.audience, self.language, self.day.isoformat())
        line = "/".join((*parts, self.reply, self.answers, self.digest))
        return f"{line}/{checksum(line)}"

    def score(self, right: str) -> int:
        """Return how many answers are right."""
        return sum(given == expected for given, expected in zip(self.answers, right, strict=False))


class UnusableReceipt(ValueError):
    """What is wrong with a receipt, as a sentence that ends without a full stop."""


def checksum(line: str) -> str:
    """Return the CRC-32 of a line in seven characters of Crockford's alphabet, as `receipts.js` does."""
    number, characters = zlib.crc32(line.encode("utf-8")), []
    for _ in range(_CHARACTERS):
        number, digit = divmod(number, len(_ALPHABET))
        characters.append(_ALPHABET[digit])
    return "".join(reversed(characters))


def find_receipt(text: str) -> Receipt:
    """Return the receipt in a text, such as a mail, whose line breaks may be inside it.

    Raises:
        UnusableReceipt: if there is none or only a part of one, its checksum does not fit, or its day does
            not exist.

    """
    matches = _matches(text)
    if not matches and _has_beginning(text):
        raise UnusableReceipt("has a receipt that was cut, or changed on its way; ask for a new one")
    if not matches:
        raise UnusableReceipt("has no receipt, which begins with HB1/")
    if len({match["text"] for match in matches}) > 1:
        raise UnusableReceipt("has several receipts; give each a row of its own")
    match = matches[0]
    if checksum(match["text"]) != match["code"]:
        raise UnusableReceipt("has a receipt whose checksum does not fit: it was cut, typed, or changed")
    try:
        day = datetime.date.fromisoformat(match["day"])
    except ValueError:
        raise UnusableReceipt(f"has a receipt of {match['day']}, a day that does not exist") from None
    edition = None if match["edition"] == NO_EDITION else match["edition"]
    reply = cast("Reply", match["reply"])
    return Receipt(
        edition, match["audience"], match["language"], day, reply, match["answers"], match["digest"]
    )


def receipts_in(text: str) -> list[str]:
    """Return each receipt that a text names, once, whether or not its checksum fits."""
    return [*dict.fromkeys(match[0] for match in _matches(text))]


def _matches(text: str) -> list[re.Match[str]]:
    """Return the matches of receipts in a text: each on one line, or else across several lines.

    A receipt in a form's export can be escaped for HTML, and one that was pasted can have other hyphens.
    """
    if matches := list(_RECEIPT.finditer(text)):
        return matches
    if not _has_beginning(text):
        return []
    plain = html.unescape(text).translate(_PASTED)
    return list(_RECEIPT.finditer(plain)) or list(_across_lines(_BREAK.split(plain)))


def _has_beginning(text: str) -> bool:
    return bool(_BEGINNING.search(_BREAK.sub("", text).translate(_PASTED)))


def _across_lines(lines: Sequence[str]) -> Iterator[re.Match[str]]:
    """Yield receipts that end where a line ends, or before; what follows on the next line is another word."""
    for start in range(len(lines)):
        for number in range(2, _MOST_LINES + 1):
            yield from _RECEIPT.finditer("".join(lines[start : start + number]))


def refuse_unfit(receipt: Receipt, editions: Mapping[str, Asked]) -> None:
    """Refuse a receipt that does not fit what its edition asked.

    Raises:
        UnusableReceipt: if nobody was asked that, the text is another, or an accepted one lacks answers.

    """
    if receipt.edition is None:
        raise UnusableReceipt("has a receipt from a draft, not from an edition")
    asked = editions.get(receipt.edition)
    if asked is None:
        raise UnusableReceipt(f"names edition {receipt.edition}, which asked nobody, or is not known here")
    text = asked.audiences.get(receipt.audience, {}).get(receipt.language)
    if text is None:
        raise UnusableReceipt(
            f"names '{receipt.audience}' in '{receipt.language}', whom edition {receipt.edition} did not ask"
        )
    if receipt.digest != text.digest:
        raise UnusableReceipt(f"is of another text than that of edition {receipt.edition}")
    if len(receipt.answers) != len(text.questions):
        raise UnusableReceipt(f"answers {len(receipt.answers)} of {len(text.questions)} questions")
    if receipt.reply == "accepted" and "-" in receipt.answers:
        raise UnusableReceipt("accepts the pages, but leaves questions unanswered")


def refuse_future(receipt: Receipt, today: datetime.date) -> None:
    """Refuse a receipt of a day that has begun nowhere yet.

    Raises:
        UnusableReceipt: if its day is later than tomorrow, which has begun for readers far in the east.

    """
    if receipt.day > today + _ZONES:
        raise UnusableReceipt(f"has a receipt of {receipt.day}, which is in the future")


def refuse_too_early(day: datetime.date, receipt: Receipt, published: Mapping[str, datetime.date]) -> None:
    """Refuse a day on which nobody could have replied, because the edition was not there yet.

    `published` has the days of editions that are known. The reader's day may have begun later.

    Raises:
        UnusableReceipt: if it is before the day of its edition.

    """
    first = published.get(receipt.edition or "")
    if first and day < first - _ZONES:
        raise UnusableReceipt(
            f"is of {day}, before edition {receipt.edition} was published on {first}; correct the day, or ask"
            " for a new receipt"
        )
