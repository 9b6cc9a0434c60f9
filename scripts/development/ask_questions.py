"""Asks a built site the questions of staff and prints where its search fails, for those who write pages."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
from playwright.sync_api import Error, Page, sync_playwright

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.organization import load_organization
from handbook.registers.questions import FILE, Question, load_questions
from scripts.development.search_replies import Reply, are_good_enough, as_report, ask_all
from scripts.development.served_site import served
from scripts.options import exits_with_status, root_option
from scripts.setup.chromium import HOW_TO, find_headless_browser

_EPILOG: Final = "Exit status: 0 if answers come first often enough, 1 if not, 2 if it could not ask."
# How many milliseconds a page, or an answer, may take.
_PATIENCE: Final = 15_000


@click.command(name="ask-questions", epilog=_EPILOG)
@root_option
@click.argument("site", default="site")
@exits_with_status
def command(root: Path, site: str) -> int:
    """Ask the search of SITE every question in registers/questions.yml, and list those that it misses.

    SITE is the folder of a built site (`site` after `handbook build`) or the address of its start page.
    Nothing is built: build first, to see what an edit changes.
    """
    organization = load_organization(Folder(root))
    questions = list(load_questions(Folder(root), organization).questions.values())
    if not questions:
        raise HandbookError(f"{FILE} has no question in a language of this handbook; add one")
    replies = _replies(root, site, questions, organization.main_language)
    click.echo(as_report(replies), nl=False)
    return int(not are_good_enough(replies))


def _replies(root: Path, site: str, questions: list[Question], main_language: str) -> list[Reply]:
    """Ask the questions of each language on the start page in that language."""
    replies = []
    with _address(root, site) as address, _tab() as page:
        for language in dict.fromkeys(question.language for question in questions):
            start = address if language == main_language else f"{address}{language}/"
            asked = [question for question in questions if question.language == language]
            replies += ask_all(page, _opened(page, start), asked)
    return replies


@contextmanager
def _address(root: Path, site: str) -> Iterator[str]:
    """Give the address of the start page, of a folder that is served for the purpose."""
    if site.startswith(("http://", "https://")):
        yield site.partition("#")[0].partition("?")[0].removesuffix("index.html").rstrip("/") + "/"
        return
    folder = Path(site) if Path(site).is_dir() else root / site
    if not (folder / "index.html").is_file():
        raise HandbookError(f"{site} is not a built site; run `handbook build`, or name another folder")
    with served(folder) as address:
        yield address


@contextmanager
def _tab() -> Iterator[Page]:
    executable = find_headless_browser()
    if executable is None:
        raise HandbookError(HOW_TO)
    with sync_playwright() as playwright:
        # Root gets no sandbox from Chromium; everyone else keeps it.
        is_root = getattr(os, "geteuid", lambda: 1)() == 0
        browser = playwright.chromium.launch(executable_path=executable, chromium_sandbox=not is_root)
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE)
        yield page
        browser.close()


def _opened(page: Page, address: str) -> str:
    """Open a start page, and return its address, which is another one if the site leads there."""
    try:
        response = page.goto(address, wait_until="load")
    except Error as error:
        raise HandbookError(f"{address} cannot be opened: {error.message.splitlines()[0]}") from None
    if response is None or not response.ok:
        raise HandbookError(f"there is no page at {address}; name the address of the start page")
    return page.url


if __name__ == "__main__":
    sys.exit(command())
