"""Finds the browser that the tests drive, installs one where there is none, and fetches a faster one."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.setup.bootstrap import ROOT, fail, install_debian_package, say
from scripts.setup.debian import CannotFetch, unpack

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Chromium without windows: a page costs half as much there.
HEADLESS = "chromium-headless-shell"
FOLDER = ROOT / ".cache" / "headless"
APPLICATIONS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
HOW_TO = (
    "the browser tests need Chromium or Chrome, and it could not be installed here. "
    "On Debian or Ubuntu: sudo apt-get install -y chromium; elsewhere, install Chrome"
)


def main() -> int:
    """Make sure that there is a browser; return the exit status."""
    return 0 if find_browser() or _install() else fail(HOW_TO)


def find_browser() -> Path | None:
    """Return the first Chromium or Chrome that starts, or None."""
    return next((path for path in _candidates() if _starts(path)), None)


def find_headless_browser() -> Path | None:
    """Return the Chromium without windows if there is one, else any browser, or None."""
    candidates = (shutil.which(HEADLESS), FOLDER / "usr" / "lib" / "chromium" / HEADLESS)
    return next((Path(path) for path in candidates if path and _starts(Path(path))), None) or find_browser()


def fetch_headless_browser() -> None:
    """Bring the Chromium without windows into `.cache/`, where Debian has it; tests run without it, too."""
    if FOLDER.is_dir() or shutil.which(HEADLESS) or not shutil.which("apt-get"):
        return
    say(f"fetching {HEADLESS} from Debian into .cache/ (once), with which the tests take less time")
    try:
        unpack((HEADLESS, "chromium-common"), FOLDER)
    except CannotFetch as error:
        say(f"{error}; the tests use {find_browser()}")


def _candidates() -> Iterator[Path]:
    yield from (Path(program) for name in NAMES if (program := shutil.which(name)))
    yield from (path for path in APPLICATIONS if path.is_file())
    try:
        # Set-up runs this module before Playwright is there.
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return  # It comes with what the tests need, and whoever prints an edition need not have that.
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if own.is_file():
        yield own


def _starts(browser: Path) -> bool:
    """Tell whether the program runs at all: a download may lack the libraries of the system."""
    try:
        return subprocess.run([browser, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install() -> bool:
    """Install a browser, by the system where nobody's password is needed, else Playwright's own."""
    if install_debian_package("chromium", "which the browser tests need") and find_browser():
        return True
    say("downloading Chromium, which the browser tests need")
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.call(command, stdout=sys.stderr) == 0 and find_browser() is not None


if __name__ == "__main__":
    sys.exit(main())
