"""Prints what changed in a text."""

from collections.abc import Sequence

import click

from handbook.formats.redlines import marked
from handbook.text.redline import Piece
from scripts.terminal import painter


def show_redline(pieces: Sequence[Piece]) -> None:
    """Print what changed in a text: [-deleted-] and {+inserted+}, in colors on a terminal."""
    paint = painter()
    click.echo("".join(paint(marked(piece), piece.mark.value) for piece in pieces).rstrip("\n"))
