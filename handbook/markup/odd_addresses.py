"""Says what is wrong with an address that holds something else, or with one of a mail or a telephone."""

import re
from typing import Final
from urllib.parse import unquote

_PERSON: Final = r"[^@\s,;<>/]+@[^@\s,;<>/]+\.[^@\s,;<>/.]+"
_MAIL: Final = re.compile(rf"{_PERSON}(?:,{_PERSON})*")
_TELEPHONE: Final = re.compile(r"[+\d(][\d\s().,*#-]*(?:;.*)?")
_SIZE: Final = re.compile(r"\s+=(?P<width>\d*)x(?P<height>\d*)$")
_TITLE: Final = re.compile(r"\s+[\"'“”‘’«].*$", re.DOTALL)


def problem_of_contact(address: str) -> str | None:
    """Return why nobody can write to an address, or call it; None if it is of neither kind, or right."""
    scheme, _, rest = address.partition(":")
    written = unquote(rest.partition("?")[0])
    if scheme.casefold() == "mailto" and (written or "?" not in rest) and not _MAIL.fullmatch(written):
        meant = "".join(written.replace(";", ",").split()).strip("/<>.,").replace(",,", ",")
        advice = (
            f"write 'mailto:{meant}'"
            if _MAIL.fullmatch(meant)
            else "write for example 'mailto:press@example.org'"
        )
        return f"no mail can be sent to '{address}'; {advice}"
    if scheme.casefold() == "tel" and not _TELEPHONE.fullmatch(written):
        return f"no telephone can call '{address}'; write for example 'tel:+15550100'"
    return None


def problem_of_extra(address: str) -> str | None:
    """Return that a size or a title is a part of an address; None if there is none."""
    if size := _SIZE.search(address):
        attributes = [f"{name}={value}" for name, value in size.groupdict().items() if value]
        braces = f"{{ {' '.join(attributes)} }}" if attributes else "nothing"
        return (
            f"the size is read as a part of the address '{address}'; write `{braces}` after the parenthesis"
        )
    if _TITLE.search(address):
        return (
            f"the title is read as a part of the address '{address}'; put a straight quote at both its ends"
        )
    return None
