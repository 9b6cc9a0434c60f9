"""The search is judged by the questions of staff in `registers/questions.yml`."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.registers.questions import Answer, Question
from macros.context.site import Site
from scripts.development.search_replies import address_of, are_good_enough, as_report, ask_all
from tests.browser.conftest import Tab
from tests.conftest import ROOT

Write = Callable[[str, str | bytes], Path]
ASKED = """questions:
  - question: birthday picture
    language: en
    half: 1
    answers: [{page: docs/other.md}]
  - question: carte de poche
    language: fr
    half: 2
    answers: [{page: docs/resources/pocket-card.md}]
"""


# The start page in each language, as the folder below the site.
STARTS = {"en": "", "fr": "fr/"}


def _questions(site: Site, language: str) -> list[Question]:
    return [asked for asked in site.registers.questions.questions.values() if asked.language == language]


@pytest.mark.parametrize("language", STARTS)
def test_staff_find_their_answer(tab: Tab, sample_address: str, site: Site, language: str) -> None:
    start = sample_address + STARTS[language]
    replies = ask_all(tab.open(start), start, _questions(site, language))
    assert len(replies) >= 80
    assert are_good_enough(replies), as_report(replies)


@pytest.mark.parametrize("language", STARTS)
def test_every_answer_is_a_section_of_a_built_page(sample_site: Path, site: Site, language: str) -> None:
    for question in _questions(site, language):
        for answer in question.answers:
            file = sample_site / STARTS[language] / address_of(answer) / "index.html"
            page = file.read_text(encoding="utf-8")
            assert answer.section is None or f'id="{answer.section}"' in page, question.question


def test_what_a_question_gets_does_not_depend_on_the_one_before(tab: Tab, sample_address: str) -> None:
    asked = [
        Question(question=text, language="en", half=1, answers=[Answer(page="docs/law/photos.md")])
        for text in ("birthday picture", "zzyzx", "captions", "birthday picture")
    ]
    first, nothing, other, again = ask_all(tab.open(sample_address), sample_address, asked)
    assert first.pages == again.pages
    assert first.rank == 1
    assert "law/photos/#birthday-party" in first.sections
    assert nothing.pages == ()
    assert other.pages[0] == "practice/accessibility/"


@pytest.mark.parametrize(("page", "status"), [("law/photos", 0), ("policy/strategy", 1)])
def test_an_editor_sees_where_the_search_fails(
    folder: Path, write: Write, sample_site: Path, page: str, status: int
) -> None:
    write("registers/questions.yml", ASKED.replace("docs/other", f"docs/{page}"))
    done = _run("--root", str(folder), str(sample_site))
    assert done.returncode == status, done.stderr
    assert ("missed: birthday picture" in done.stdout) is bool(status)
    assert "Half 2: 1 asked, 100% first" in done.stdout  # On the French start page.


def test_a_site_without_a_search_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>None</title>", encoding="utf-8")
    done = _run("--root", str(ROOT), str(tmp_path))
    assert done.returncode == 2
    assert "has no search" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_nobody_serves_is_refused() -> None:
    done = _run("http://127.0.0.1:9/handbook")
    assert done.returncode == 2
    assert "http://127.0.0.1:9/handbook/ cannot be opened" in done.stderr


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script on its own: one process has one Playwright."""
    command = [sys.executable, "scripts/development/ask_questions.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
