"""Prints HTML as a tagged PDF with an outline, with Chromium, which is kept from every network."""

import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from handbook.errors import HandbookError
from scripts.setup.chromium import find_browser

_HOW_TO: Final = (
    "printing the PDF needs Chromium or Chrome, and neither is installed. On Debian or Ubuntu, run"
    " `sudo apt-get install -y chromium`; elsewhere, install Chrome; or leave the PDF out with --without-pdf"
)
_LONGEST: Final = 3_600  # seconds: a thousand pages take minutes
_OPTIONS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--lang=en-US",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)
# Chromium writes its dates uncompressed, in the first object of the file, always in this format.
_DATE: Final = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}[+]00'00'")


def find_printer() -> Path:
    """Return the browser that prints.

    Raises:
        HandbookError: if there is none, with how to get one.

    """
    browser = find_browser()
    if browser is None:
        raise HandbookError(_HOW_TO)
    return browser


def as_pdf(browser: Path, html: str, seconds: int) -> bytes:
    """Print a document as a PDF that is dated with a time in `seconds` since 1970.

    The same document gives the same bytes with the same browser and the same fonts.

    Raises:
        HandbookError: if the browser does not print.

    """
    with TemporaryDirectory(prefix="handbook-", ignore_cleanup_errors=True) as name:
        page, target = Path(name) / "print.html", Path(name) / "print.pdf"
        page.write_text(html, encoding="utf-8")
        _print(browser, page, target, Path(name) / "profile")
        return _dated(target.read_bytes(), seconds)


def _print(browser: Path, page: Path, target: Path, profile: Path) -> None:
    # The sandbox of Chromium refuses the superuser, as in a container; the document runs no script.
    sandbox = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    paths = [f"--user-data-dir={profile}", f"--print-to-pdf={target}", page.as_uri()]
    try:
        done = subprocess.run(
            [browser, *_OPTIONS, *sandbox, *paths],
            capture_output=True,
            check=False,
            timeout=_LONGEST,
            env={**os.environ, "TZ": "UTC"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HandbookError(f"{browser.name} does not print ({error}); try --without-pdf") from None
    if done.returncode or not target.is_file():
        words = done.stderr.decode(errors="replace").strip().splitlines() or ["it gave no reason"]
        raise HandbookError(f"{browser.name} does not print ({words[-1]}); try --without-pdf")


def _dated(pdf: bytes, seconds: int) -> bytes:
    """Replace the dates from the clock with a given time."""
    date = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d%H%M%S+00'00'").encode()
    head, end, rest = pdf.partition(b"endobj")
    return _DATE.sub(rb"\g<1>" + date, head) + end + rest
