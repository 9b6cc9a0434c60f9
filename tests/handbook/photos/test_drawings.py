"""Drawings (SVG): notes of programs are not locations, and nothing in them is overlooked."""

import base64

import pytest

from handbook.photos.disclosures import Category
from tests import media
from tests.handbook.photos.in_memory import scanned

INKSCAPE = media.SVG_PLAIN.replace(
    b"<title>",
    b'<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd">'
    b'<s:guide position="0,0" orientation="1,0"/></s:namedview><title>',
)


def test_where_a_guide_of_a_drawing_is_is_not_a_location() -> None:
    drawing = scanned(INKSCAPE)
    assert [disclosure.category for disclosure in drawing.disclosures] == [Category.HIDDEN]
    assert drawing.obstacle is not None


def test_a_plain_drawing_gives_nothing_away() -> None:
    drawing = scanned(media.SVG_PLAIN)
    assert (drawing.disclosures, drawing.damage, drawing.obstacle) == ((), None, None)


@pytest.mark.parametrize(
    "drawing",
    [
        media.SVG_PLAIN.replace(base64.b64encode(media.PLAIN["jpeg"]()), base64.b64encode(b"no photo")),
        media.SVG_PLAIN.replace(base64.b64encode(media.PLAIN["jpeg"]()), b"A"),
        media.SVG_PLAIN.replace(b"</svg>", b""),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + media.SVG_PLAIN.partition(b"?>")[2],
    ],
)
def test_what_cannot_be_read_in_a_drawing_is_said(drawing: bytes) -> None:
    assert scanned(drawing).damage


def test_a_comment_inside_of_a_style_stays() -> None:
    styled = media.SVG_PLAIN.replace(b"<image", b"<style><![CDATA[<!-- a { fill: red } -->]]></style><image")
    assert scanned(styled).disclosures == ()
