"""`handbook acknowledge verify`: says what receipts say, and whether they fit what their edition asked."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import click

from handbook.acknowledgements.asked import Asked
from handbook.acknowledgements.editions import AskedEditions
from handbook.acknowledgements.receipts import (
    Receipt,
    UnusableReceipt,
    find_receipt,
    receipts_in,
    refuse_too_early,
    refuse_unfit,
)
from handbook.text.quoting import one_line
from scripts.acknowledge.office import office_of
from scripts.edition.options import site_option
from scripts.options import exits_with_status, root_option

_EPILOG: Final = "Exit status: 0 if every receipt fits, 1 if one does not, 2 if the command could not run."
_REPLIES: Final = {
    "accepted": "accepts the pages",
    "declined": "does not agree",
    "exception": "asks for an exception",
}
_SHOWN: Final = 60  # characters


@click.command(name="verify", epilog=_EPILOG)
@click.argument("receipts", nargs=-1, required=True, metavar="RECEIPT...|-")
@site_option
@root_option
@exits_with_status
def command(receipts: tuple[str, ...], site_branch: str, root: Path) -> int:
    """Say what receipts say, and whether they fit the edition and the text that they name.

    With -, read a text such as a mail from the standard input, with one receipt or several.
    """
    editions = office_of(root, None, None).editions(site_branch)
    texts = list(_texts(receipts))
    results = [_judged(text, editions) for text in texts]
    for _, sentence in results:
        click.echo(sentence)
    click.echo("who sent a receipt is not in it; only the system that it came through knows")
    return int(not all(fits for fits, _ in results))


def _texts(receipts: tuple[str, ...]) -> Iterator[str]:
    for text in receipts:
        if text != "-":
            yield text
            continue
        given = sys.stdin.buffer.read().decode("utf-8", "replace")
        yield from receipts_in(given) or [given]


def _judged(text: str, editions: AskedEditions) -> tuple[bool, str]:
    """Return whether a receipt fits, and a sentence about it."""
    try:
        receipt = find_receipt(text)
    except UnusableReceipt as error:
        return False, f"'{one_line(text.strip()[:_SHOWN])}' {error}"
    try:
        refuse_unfit(receipt, editions.by_name)
        refuse_too_early(receipt.day, receipt, editions.published)
    except UnusableReceipt as error:
        return False, f"{receipt.text}: does not fit: it {error}"
    return True, f"{receipt.text}: fits: {_said(receipt, editions.by_name)}"


def _said(receipt: Receipt, editions: Mapping[str, Asked]) -> str:
    right = editions[receipt.edition or ""].audiences[receipt.audience][receipt.language].right_answers
    score = f"; right answers: {receipt.score(right)} of {len(right)}" if right else ""
    who = f"{receipt.audience}, edition {receipt.edition} in '{receipt.language}'"
    return f"{who}, on {receipt.day}: {_REPLIES[receipt.reply]}{score}"
