"""What every answer of a host says to the browser, and the file `_headers` that some hosts read it from."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.hosting.editor_headers import editor_lines

NO_FRAMES: Final = "'none'"
FILE: Final = "_headers"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors {frames}"
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
_KEPT: Final = "public, max-age=31536000, immutable"
_ASSETS: Final = re.compile(r"[0-9a-f]{12}")
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?")


def frames_from(address: str | None) -> str:
    """Return who may show the handbook in a frame, in the words of the policy.

    Raises:
        HandbookError: if it is not the address of a site.

    """
    if address is None:
        return NO_FRAMES
    if not _ADDRESS.fullmatch(address):
        raise HandbookError(
            f"--frames is '{address}'; write the address of the site, such as https://intranet.example.org"
        )
    return address.rstrip("/")


def headers(frames: str = NO_FRAMES) -> dict[str, str]:
    """Return the headers of every answer, whatever was asked for."""
    return {"Content-Security-Policy": _POLICY.format(frames=frames), **_HEADERS}


def headers_file(site: Path, frames: str = NO_FRAMES) -> str:
    """Return the file `_headers` of a site: the headers, and which folders browsers keep.

    What is not named is asked for again by the hosts that read such a file.
    """
    return "".join(f"{line}\n" for line in _lines(site, frames))


def _lines(site: Path, frames: str) -> Iterator[str]:
    yield "/*"
    yield from (f"  {name}: {value}" for name, value in headers(frames).items())
    yield from editor_lines(site)
    for folder in sorted(_kept_folders(site)):
        yield f"/{folder}/*"
        yield f"  Cache-Control: {_KEPT}"


def _kept_folders(site: Path) -> Iterator[str]:
    """Yield the folders of assets, at the top and in each edition; `latest` may be a link to one."""
    for pattern in ("assets/*", "*/assets/*"):
        for folder in site.glob(pattern):
            if folder.is_dir() and _ASSETS.fullmatch(folder.name):
                yield folder.relative_to(site).as_posix()
