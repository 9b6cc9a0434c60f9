"""Judges drawings (SVG), which a browser runs like a page if a reader opens one by itself."""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from handbook.content.drawings.picture_size import pixels
from handbook.content.drawings.svg_cost import MAX_COST, DrawingCost, TooCostly

MAX_BYTES: Final = 2 * 2**20
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
# Namespaces in which drawing programs keep notes. A browser does nothing with them.
_NOTES: Final = frozenset(
    {
        "",
        "http://www.inkscape.org/namespaces/inkscape",
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://creativecommons.org/ns#",
        "http://web.resource.org/cc/",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
    }
)
# Without script, foreignObject and every element that sets an attribute later, such as an animation.
_ELEMENTS: Final = frozenset(
    "a circle clipPath defs desc ellipse filter g image line linearGradient marker mask metadata path"  # noqa: SIM905
    " pattern polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan"
    " use view feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting"
    " feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur"
    " feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile"
    " feTurbulence".split()
)
_PICTURE: Final = r"data:image/(?:png|jpe?g|gif|webp);base64,"
_INSIDE: Final = re.compile(rf"#[\w.:-]*|{_PICTURE}[\w+/=\s]*", re.ASCII)
_INSIDE_URL: Final = re.compile(
    rf"""url\(\s*+(["']?)(?:#[\w.:-]*+|{_PICTURE}[\w+/=]*+)\1\s*+\)""", re.ASCII | re.IGNORECASE
)
# In what remains of a style: each way to name an address, and the backslash that hides one.
_OUTSIDE: Final = re.compile(r"url\(|image-set\(|@import|//|\\|javascript:", re.IGNORECASE)
_PLAIN: Final = "save it as plain SVG"
_LEADS_OUTSIDE: Final = "leads to an address outside itself (href); put what it needs into the file"
_EMBEDS: Final = (
    "has something in it that is not a PNG, JPEG, GIF, or WebP in base64; embed it as PNG or JPEG"
)
_SIMPLER: Final = "simplify it, or save it as PNG"
_EMBEDDED: Final = re.compile(rf"{_PICTURE}([\w+/=\s]*)", re.ASCII)
MAX_PIXELS: Final = 50_000_000
# Numbers beyond these keep a browser busy, and no drawing needs them.
_LIMITS: Final = {"numOctaves": 10, "order": 15, "radius": 10_000, "stdDeviation": 10_000}
_SIZES: Final = frozenset("cx cy height r rx ry stroke-width viewBox width x x1 x2 y y1 y2".split())  # noqa: SIM905
_MAX_SIZE: Final = 10_000_000
_SHORTEST_DASH: Final = 0.001
_NUMBER: Final = re.compile(r"[-+]?(?:\d++\.?\d*+|\.\d++)(?:e[-+]?\d++)?", re.IGNORECASE)
_DASHES: Final = re.compile(r"stroke-dasharray\s*:([^;}]*)")


class _Refused(Exception):
    """Carries out of the parser why a drawing is refused and what to do."""


def refusal(data: bytes) -> str | None:
    """Return why a drawing could do something in a reader's browser and what to do; None if it could not.

    A drawing with a document type is refused before it can define an entity.
    """
    if len(data) > MAX_BYTES:
        return f"has more than {MAX_BYTES // 2**20} MB; save it as PNG"
    try:
        data.decode("utf-8")
        _read(data)
    except UnicodeDecodeError:
        return f"is not UTF-8; {_PLAIN}, as UTF-8"
    except ExpatError as error:
        return f"cannot be read as SVG (line {error.lineno}); {_PLAIN}"
    except _Refused as reason:
        return str(reason)
    except TooCostly as reason:
        return f"{reason}, which keeps a reader's browser busy; {_SIMPLER}"
    return None


def _read(data: bytes) -> None:
    parser = ParserCreate("UTF-8", " ")
    drawing = _Drawing()
    parser.XmlDeclHandler = drawing.declare
    parser.StartDoctypeDeclHandler = drawing.refuse_type
    parser.ProcessingInstructionHandler = drawing.refuse_instruction
    parser.StartElementHandler = drawing.start
    parser.EndElementHandler = drawing.end
    parser.CharacterDataHandler = drawing.add_text
    parser.Parse(data, True)
    drawing.judge_cost()


class _Drawing:
    """Follows the parser through a drawing, and raises `_Refused` at the first reason."""

    def __init__(self) -> None:
        self._has_begun = False
        self._style: list[str] | None = None
        self._cost = DrawingCost()
        self._pixels = 0

    def judge_cost(self) -> None:
        """Raise if a browser would draw too much."""
        if self._cost.total() > MAX_COST:
            raise TooCostly(f"makes a browser draw more than {MAX_COST:,} elements")

    def declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            raise _Refused(f"says that it is not UTF-8; {_PLAIN}, as UTF-8")

    def refuse_type(self, *_: object) -> None:
        raise _Refused(f"has a document type (<!DOCTYPE …>), which could define anything; {_PLAIN}")

    def refuse_instruction(self, name: str, _text: str) -> None:
        raise _Refused(f"has an instruction (<?{name} …>), which could load something; remove it")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, local = _parts(name)
        if not self._has_begun and (space, local) != (_SVG, "svg"):
            raise _Refused(f"does not begin with <svg> in the namespace of SVG; {_PLAIN}")
        self._has_begun = True
        if self._style is not None:
            raise _Refused("has an element inside <style>; remove it")
        if space not in _NOTES and (space != _SVG or local not in _ELEMENTS):
            raise _Refused(f"has the element <{local}>, which a drawing may not have; remove it")
        for reason in _reasons(attributes):
            raise _Refused(reason)
        own = {_parts(key)[1]: value for key, value in attributes.items() if _parts(key)[0] in ("", _XLINK)}
        self._cost.start(local, own)
        for key, value in own.items():
            _refuse_extreme(key, value)
            self._add_pictures(value)
        if local == "style":
            self._style = []

    def _add_pictures(self, text: str) -> None:
        for picture in _EMBEDDED.findall(text) if "base64" in text else ():
            size = _pixels(picture)
            if size is None:
                raise _Refused("has a picture in it that cannot be read; embed it as PNG or JPEG")
            self._pixels += size
        if self._pixels > MAX_PIXELS:
            raise _Refused(
                f"has pictures in it of more than {MAX_PIXELS // 10**6} million pixels; make them smaller"
            )

    def add_text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def end(self, _name: str) -> None:
        self._cost.end()
        if self._style is not None:
            self._read_style("".join(self._style))
        self._style = None

    def _read_style(self, text: str) -> None:
        if _names_outside(text):
            raise _Refused("has a style that names an address or hides one; put what it needs into the file")
        self._cost.add_style(text)
        self._add_pictures(text)
        _refuse_extreme("style", text)


def _reasons(attributes: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        space, local = _parts(name)
        if local.lower().startswith("on"):
            yield f"has the event handler {local}; remove it"
        elif local == "href" and space in ("", _XLINK):
            if not _INSIDE.fullmatch(value.strip()):
                yield _EMBEDS if value.strip().lower().startswith("data:") else _LEADS_OUTSIDE
        elif (space, local) == (_XML, "base") or (space == "" and _names_outside(value)):
            yield f"names an address outside itself, or hides one ({local}); put what it needs into the file"


def _refuse_extreme(key: str, value: str) -> None:
    """Raise if a number of an attribute, or of a style, keeps a browser busy by its size."""
    limit = _LIMITS.get(key, _MAX_SIZE if key in _SIZES else None)
    if limit and any(abs(float(number)) > limit for number in _NUMBER.findall(value)):
        raise TooCostly(f"has the value {value.strip()[:20]} of {key}, and {limit:,} is the most")
    dashes = [value] if key == "stroke-dasharray" else _DASHES.findall(value) if key == "style" else []
    for dash in _NUMBER.findall(" ".join(dashes)):
        if 0 < abs(float(dash)) < _SHORTEST_DASH:
            raise TooCostly(f"has dashes of {dash}, and {_SHORTEST_DASH} is the shortest")


def _pixels(picture: str) -> int | None:
    try:
        return pixels(b64decode("".join(picture.split()), validate=True))
    except ValueError:
        return None


def _names_outside(style: str) -> bool:
    return bool(_OUTSIDE.search(_INSIDE_URL.sub("", style)))


def _parts(name: str) -> tuple[str, str]:
    """Split a name into its namespace (or an empty text) and the local name."""
    space, _, local = name.rpartition(" ")
    return space, local
