"""Judges drawings (SVG), which a browser runs like a page if a reader opens one by itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

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
_PICTURE: Final = r"data:image/(?:png|jpeg|gif|webp);base64,"
_INSIDE: Final = re.compile(rf"#[\w.:-]*|{_PICTURE}[\w+/=\s]*", re.ASCII)
_INSIDE_URL: Final = re.compile(
    rf"""url\(\s*+(["']?)(?:#[\w.:-]*+|{_PICTURE}[\w+/=]*+)\1\s*+\)""", re.ASCII | re.IGNORECASE
)
# In what remains of a style: each way to name an address, and the backslash that hides one.
_OUTSIDE: Final = re.compile(r"url\(|image-set\(|@import|//|\\|javascript:", re.IGNORECASE)
_PLAIN: Final = "save it as plain SVG"


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


class _Drawing:
    """Follows the parser through a drawing, and raises `_Refused` at the first reason."""

    def __init__(self) -> None:
        self._has_begun = False
        self._style: list[str] | None = None

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
        if local == "style":
            self._style = []

    def add_text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def end(self, _name: str) -> None:
        if self._style is not None and _names_outside("".join(self._style)):
            raise _Refused("has a style that names an address or hides one; put what it needs into the file")
        self._style = None


def _reasons(attributes: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        space, local = _parts(name)
        if local.lower().startswith("on"):
            yield f"has the event handler {local}; remove it"
        elif local == "href" and space in ("", _XLINK) and not _INSIDE.fullmatch(value.strip()):
            yield "leads to an address outside itself (href); put what it needs into the file"
        elif (space, local) == (_XML, "base") or (not space and local != "href" and _names_outside(value)):
            yield f"names an address outside itself, or hides one ({local}); put what it needs into the file"


def _names_outside(style: str) -> bool:
    return bool(_OUTSIDE.search(_INSIDE_URL.sub("", style)))


def _parts(name: str) -> tuple[str, str]:
    """Split a name into its namespace (or an empty text) and the local name."""
    space, _, local = name.rpartition(" ")
    return space, local
