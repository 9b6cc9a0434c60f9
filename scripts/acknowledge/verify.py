"""`handbook acknowledge verify`: says what receipts say, and whether they fit what their edition asked."""

import datetime
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

import click

from handbook.acknowledgements.asked import Asked
from handbook.acknowledgements.editions import AskedEditions
from handbook.acknowledgements.receipts import (
    Receipt,
    UnusableReceipt,
    find_receipt,
    receipts_in,
    refuse_future,
    refuse_too_early,
    refuse_unfit,
)
from handbook.errors import HandbookError
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from scripts.acknowledge.office import office_of
from scripts.edition.options import site_option
from scripts.options import exits_with_status, format_option, root_option

_EPILOG: Final = "Exit status: 0 if every receipt fits, 1 if one does not, 2 if the command could not run."
_REPLIES: Final = {
    "accepted": "accepts the pages",
    "declined": "does not agree",
    "exception": "asks for an exception",
}
_SHOWN: Final = 150  # characters: longer than a receipt


@dataclass(frozen=True, slots=True)
class _Verified:
    """What a receipt says and whether it fits, in a sentence; what it does not say is None."""

    receipt: str
    fits: bool
    sentence: str
    audience: str | None = None
    edition: str | None = None
    language: str | None = None
    day: str | None = None
    reply: str | None = None

    @classmethod
    def of(cls, receipt: Receipt, sentence: str, *, fits: bool) -> Self:
        """Return the facts of a receipt that can be read."""
        facts = receipt.audience, receipt.edition, receipt.language, receipt.day.isoformat(), receipt.reply
        return cls(receipt.text, fits, sentence, *facts)


@click.command(name="verify", epilog=_EPILOG)
@click.argument("receipts", nargs=-1, required=True, metavar="RECEIPT...|-")
@site_option
@root_option
@format_option("Output format: text for people, json for programs.")
@exits_with_status
def command(receipts: tuple[str, ...], site_branch: str, root: Path, name: str) -> int:
    """Say what receipts say, and whether they fit the edition and the text that they name.

    With -, read a text such as a mail from the standard input, with one receipt or several.
    """
    office = office_of(root, None, None)
    editions = office.editions(site_branch)
    results = [_verified(text, editions, office.today) for text in _texts(receipts)]
    if name == "json":
        click.echo(as_document({"receipts": list(map(asdict, results))}), nl=False)
    else:
        for result in results:
            click.echo(f"{one_line(_shortened(result.receipt))}: {result.sentence}")
        click.echo("who sent a receipt is not in it; only the system that it came through knows")
    return int(not all(result.fits for result in results))


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _texts(receipts: tuple[str, ...]) -> Iterator[str]:
    for text in receipts:
        if text != "-":
            yield text
            continue
        given = sys.stdin.buffer.read().decode("utf-8", "replace")
        if not given.strip():
            raise HandbookError("there is nothing in the standard input; pipe a mail or a receipt into it")
        yield from receipts_in(given) or [given]


def _verified(text: str, editions: AskedEditions, today: datetime.date) -> _Verified:
    try:
        receipt = find_receipt(text)
    except UnusableReceipt as error:
        return _Verified(text.strip(), False, f"cannot be used: it {error}")
    try:
        refuse_unfit(receipt, editions.by_name)
        refuse_future(receipt, today)
        refuse_too_early(receipt.day, receipt, editions.published)
    except UnusableReceipt as error:
        return _Verified.of(receipt, f"does not fit: it {error}", fits=False)
    return _Verified.of(receipt, f"fits: {_in_words(receipt, editions.by_name)}", fits=True)


def _in_words(receipt: Receipt, editions: Mapping[str, Asked]) -> str:
    right = editions[receipt.edition or ""].audiences[receipt.audience][receipt.language].right_answers
    score = f"; right answers: {receipt.score(right)} of {len(right)}" if right else ""
    who = f"{receipt.audience}, edition {receipt.edition} in '{receipt.language}'"
    return f"{who}, on {receipt.day}: {_REPLIES[receipt.reply]}{score}"
