"""Drawings that a browser draws at once are accepted, and whatever keeps it busy is refused."""

from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from handbook.content.drawings.picture_size import pixels
from handbook.content.drawings.svg import refusal

ICON = "<symbol id='i'><path d='M0 0h9v9z'/><circle r='2'/></symbol>"
GRADIENT = "<linearGradient id='g'>" + "<stop offset='0'/>" * 50 + "</linearGradient>"
SHADOW = "<filter id='s'><feGaussianBlur stdDeviation='3'/><feOffset dx='2'/><feBlend in2='a'/></filter>"
ARROW = "<marker id='m'><path d='M0 0L9 3L0 6z'/></marker>"


def _picture(form: str, size: tuple[int, int] = (40, 30)) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, "navy").save(stream, form)
    return stream.getvalue()


def _drawing(content: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{content}</svg>'.encode()


@pytest.mark.parametrize(
    "content",
    [
        ICON + "<use href='#i' x='3'/>" * 2_000,
        GRADIENT + "<rect width='9' height='9' fill='url(#g)'/>" * 10_000,
        GRADIENT
        + "<style>.a{fill:url(#g)} .b{fill:url(#g)}</style>"
        + "<path class='a b' d='M0 0h9'/>" * 9_000,
        SHADOW + "<g filter='url(#s)'><rect width='9' height='9'/></g>" * 150,
        ARROW + "<path d='M0 0L9 9' marker-end='url(#m)'/>" * 2_000,
        ARROW + "<style>.e { marker-end: url(#m) }</style>" + "<path class='e' d='M0 0L9 9'/>" * 1_000,
        "<clipPath id='c'><rect width='9' height='9'/></clipPath>"
        + "<g clip-path='url(#c)'><path/></g>" * 5_000,
        "<style>rect { filter: url(#s) }</style>" + SHADOW + "<rect width='9' height='9'/>" * 90,
        "<path stroke-dasharray='4 0.5' d='M0 0h99'/>",
        "<g>" * 60 + "<path/>" + "</g>" * 60,
        "<a href='#x'><text id='x'>Part</text></a>",
        "<path/>" * 40_000,
        "<path d='M-1e5 -1.5e-7" + "l.5.5" * 20_000 + "'/>",
        "<use href='#missing'/><rect fill='url(#missing)'/>",
        *(
            f"<image href='data:image/{form};base64,\n {b64encode(_picture(form)).decode()}'/>"
            for form in ("png", "jpeg", "gif", "webp")
        ),
        f"<image href='data:image/jpg;base64,{b64encode(_picture('jpeg')).decode()}'/>",
    ],
)
def test_ordinary_drawings_are_accepted(content: str) -> None:
    assert refusal(_drawing(content)) is None


@pytest.mark.parametrize(
    "address",
    ["data:image/svg+xml;base64,AAAA", "data:image/heic;base64,AAAA", "data:image/png,%89PNG", " DATA:,x"],
)
def test_what_a_drawing_embeds_is_not_called_an_address_outside_itself(address: str) -> None:
    reason = refusal(_drawing(f"<image href='{address}'/>"))
    assert reason is not None
    assert reason.endswith("embed it as PNG or JPEG")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_size_of_a_picture_is_read(form: str) -> None:
    assert pixels(_picture(form)) == 1_200


def test_the_size_in_the_thumbnail_of_a_jpeg_is_not_that_of_the_picture() -> None:
    picture = _picture("JPEG")
    forged = b"\xff\xe1\x00\x0e" + b"\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x00\x00"
    assert pixels(picture[:2] + forged + picture[2:]) == 1_200


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", b"RIFF1234WEBPVP8 ", b"<svg>"]
)
def test_the_size_of_what_is_not_a_picture_is_not_known(data: bytes) -> None:
    assert pixels(data) is None
