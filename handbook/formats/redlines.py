"""The formats of a redline: one pure function for each, and none relies on color only."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from handbook.formats.escaping import printable
from handbook.text.redline import Mark, Piece

if TYPE_CHECKING:
    from markupsafe import Markup

_ENGLISH: Final[Mapping[str, str]] = {
    "inserted": "inserted:",
    "end_of_insertion": "end of insertion",
    "deleted": "deleted:",
    "end_of_deletion": "end of deletion",
    "left_out": "unchanged text left out",
}
_AROUND: Final[Mapping[Mark, str]] = {
    Mark.KEPT: "{}",
    Mark.INSERTED: "{{+{}+}}",
    Mark.DELETED: "[-{}-]",
    Mark.LEFT_OUT: "…\n",
}


def as_marked_text(pieces: Sequence[Piece]) -> str:
    """Return the text with [-deleted words-] and {+inserted words+}."""
    return "".join(map(marked, pieces))


def marked(piece: Piece) -> str:
    """Return the text of a piece with its marks."""
    return _AROUND[piece.mark].format(printable(piece.text))


def as_html(pieces: Sequence[Piece], words: Mapping[str, str] = _ENGLISH) -> "Markup":
    """Return `ins` and `del` elements, with words for those who do not see the marks."""
    from markupsafe import Markup  # It takes 25 ms, and only HTML needs it.

    from handbook.formats.html_document import DOCUMENTS  # Jinja takes 55 ms, and only HTML needs it.

    template = DOCUMENTS.get_template("redline.html")
    shown = [Piece(piece.mark, printable(piece.text)) for piece in pieces]
    return Markup(template.render(pieces=shown, words=words))  # noqa: S704 - it escapes


def as_records(pieces: Sequence[Piece]) -> list[dict[str, str]]:
    """Return a record of `mark` and `text` for each piece. A piece that is left out has no text."""
    return [
        {"mark": piece.mark.value, "text": "" if piece.mark is Mark.LEFT_OUT else piece.text}
        for piece in pieces
    ]
