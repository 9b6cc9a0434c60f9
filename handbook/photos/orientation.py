"""How a picture is turned, if XMP says so: the one thing in metadata that changes what people see."""

import re
from typing import Final

UPRIGHT: Final = 1
_TIFF: Final = "http://ns.adobe.com/tiff/1.0/"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PREFIX: Final = re.compile(rf"""xmlns:([\w.-]{{1,50}})\s{{0,9}}=\s{{0,9}}["']{re.escape(_TIFF)}["']""")
_ATTRIBUTE: Final = r"""(?<![\w.:<-]){}:Orientation\s{{0,9}}=\s{{0,9}}["']\s{{0,9}}([1-8])\s{{0,9}}["']"""
_ELEMENT: Final = r"<{}:Orientation(?:\s[^<>]{{0,200}})?>\s{{0,9}}([1-8])\s{{0,9}}<"
_MARKS: Final = {b"\xfe\xff": "utf-16", b"\xff\xfe": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}


def orientation_in_xmp(packet: bytes) -> int | None:
    """Return how an XMP packet says that the picture is turned, from 1 to 8; None if it does not say so."""
    encoding = next((name for mark, name in _MARKS.items() if packet.startswith(mark)), "utf-8")
    text = packet.decode(encoding, "replace")
    for prefix in dict.fromkeys(_PREFIX.findall(text)):
        if match := re.search(f"{_ATTRIBUTE}|{_ELEMENT}".format(*[re.escape(prefix)] * 2), text):
            return int(match[1] or match[2])
    return None


def xmp_with(orientation: int) -> bytes:
    """Return an XMP packet that says how the picture is turned and nothing else."""
    description = f'<rdf:Description xmlns:tiff="{_TIFF}" tiff:Orientation="{orientation}"/>'
    rdf = f'<rdf:RDF xmlns:rdf="{_RDF}">{description}</rdf:RDF>'
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>'.encode()
