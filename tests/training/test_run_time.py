"""A package in `scorm-again`, a run-time of SCORM 1.2 that others wrote, which judges each value."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from handbook.acknowledgements.receipts import find_receipt
from scripts.development.served_site import served
from tests.browser.accessibility import assert_accessible, in_every_state
from tests.browser.conftest import Tab
from tests.learning_systems import SCORM_AGAIN, LearningSystem, packages_beside

# It calls for a score that is high enough, and overrides the status by it, as some do.
_ASKED: Final = {"cmi.student_data.mastery_score": "60", "cmi.core.credit": "credit"}


@pytest.fixture(scope="module")
def address(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    run_time = (packages / "scorm-again" / "dist" / "scorm12.min.js").read_text(encoding="utf-8")
    with served(packages_beside(tmp_path_factory, run_time, SCORM_AGAIN)) as address:
        yield address


@pytest.fixture(params=["en", "fr"])
def system(tab: Tab, address: str, request: pytest.FixtureRequest) -> LearningSystem:
    return LearningSystem(tab, address, request.param)


def test_it_is_started_left_resumed_and_passed(system: LearningSystem, tab: Tab, address: str) -> None:
    system.start(_ASKED)
    assert system.known("cmi.core.lesson_status") == "incomplete"
    system.answer("an")
    kept = system.leave()
    assert (kept["cmi.core.lesson_location"], kept["cmi.core.lesson_status"]) == ("reply", "incomplete")
    system.start({**_ASKED, **kept})
    expect(system.course.locator("#reply")).to_be_visible()
    assert system.course.locator(".acknowledge__question input:checked").count() == 2
    system.answer("anf")
    assert "100" in system.reply("accepted")
    system.leave()
    assert system.known("cmi.core.lesson_status") == "passed"
    assert system.known("cmi.core.score.raw") == "100"
    receipt = find_receipt(system.known("cmi.comments"))
    assert (receipt.reply, receipt.answers) == ("accepted", "anf")
    assert receipt.text in system.interactions("student_response")
    assert [url for url in tab.requests if not url.startswith((address, "data:", "about:"))] == []


def test_a_failed_attempt_is_begun_again(system: LearningSystem) -> None:
    system.start(_ASKED)
    system.answer("fff")
    system.reply("accepted")
    kept = system.leave()
    assert system.known("cmi.core.lesson_status") == "failed"
    system.start({**_ASKED, **kept})
    system.answer("")
    system.course.locator(".course__again").click()
    system.answer("anf")
    system.reply("accepted")
    system.leave()
    assert system.known("cmi.core.lesson_status") == "passed"


def test_who_declines_after_a_failed_attempt_is_neither_failed_nor_passed(system: LearningSystem) -> None:
    system.start(_ASKED)
    system.answer("fff")
    system.reply("accepted")
    system.course.locator(".course__again").click()
    system.answer("anf")
    system.reply("declined")
    system.leave()
    assert system.known("cmi.core.lesson_status") == "completed"
    assert system.known("cmi.core.score.raw") == ""
    assert find_receipt(system.known("cmi.comments")).reply == "declined"


def test_each_view_is_accessible_around_it(tab: Tab, system: LearningSystem) -> None:
    page = system.start(_ASKED)
    system.answer("anf")
    system.reply("accepted")
    frame = page.frame("course")
    assert frame is not None
    page.goto(frame.url.partition("#")[0])
    for view in ("start", "page-1", "reply"):
        page.evaluate("view => { location.hash = view }", view)
        expect(page.locator(f"#{view}")).to_be_visible()
        for state in in_every_state(page, (1280, 360)):
            assert_accessible(page, f"{view}, {state}")
