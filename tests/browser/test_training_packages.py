"""What a training package does in a browser, in a learning system of a few lines and without one."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import expect

from handbook.acknowledgements.receipts import find_receipt
from scripts.development.served_site import served
from tests.browser.accessibility import assert_accessible, in_every_state
from tests.browser.conftest import Tab
from tests.learning_systems import STUB, LearningSystem, packages_beside

# The right answers are ask, no, and fine, in this order; two of three are 66 percent.
RIGHT: Final = "anf"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(packages_beside(tmp_path_factory, "", STUB)) as address:
        yield address


@pytest.fixture
def system(tab: Tab, address: str) -> LearningSystem:
    return LearningSystem(tab, address)


def test_who_accepts_and_knows_enough_has_passed(system: LearningSystem) -> None:
    system.start()
    assert system.known("cmi.core.lesson_status") == "incomplete"
    system.answer("ana")
    assert system.reply("accepted") == "Your result was reported. Right answers: 66%."
    assert system.known("cmi.core.lesson_status") == "passed"
    assert [system.known(f"cmi.core.score.{name}") for name in ("raw", "min", "max")] == ["66", "0", "100"]
    receipt = find_receipt(system.known("cmi.comments"))
    assert (receipt.edition, receipt.audience, receipt.reply, receipt.answers) == (
        "2026.3", "work", "accepted", "ana",
    )  # fmt: skip
    assert system.interactions("id") == ["two", "three", "one", "receipt"]
    assert system.interactions("result") == ["correct", "correct", "wrong", "neutral"]
    assert system.interactions("student_response") == ["a", "n", "a", receipt.text]
    expect(system.course.locator(".course__again")).to_be_hidden()
    system.leave()
    assert re.fullmatch(r"\d{4}:\d\d:\d\d", system.known("cmi.core.session_time"))
    assert system.known("cmi.core.exit") == "suspend"


def test_nothing_is_handed_in_by_the_choice_of_a_reply(system: LearningSystem) -> None:
    system.start()
    system.answer(RIGHT)
    system.course.locator("input[value=declined]").check()
    system.course.locator("input[value=accepted]").check()
    assert system.known("cmi.core.lesson_status") == "incomplete"
    assert (system.known("cmi.comments"), system.interactions("id")) == ("", [])
    expect(system.course.get_by_text("Hand it in by mail")).to_be_hidden()


def test_a_failed_attempt_is_begun_again(system: LearningSystem) -> None:
    system.start()
    system.answer("fff")
    assert "33%, and 60% are needed" in system.reply("accepted")
    assert system.known("cmi.core.lesson_status") == "failed"
    assert system.known("cmi.comments") == ""
    kept = system.leave()
    system.start(kept)
    system.answer("")
    assert "33%" in system.told
    assert system.course.locator(".acknowledge__question input").first.is_disabled()
    system.course.get_by_role("button", name="Begin again").click()
    assert system.course.locator(".acknowledge input:checked").count() == 0
    system.answer(RIGHT)
    assert "100%" in system.reply("accepted")
    assert system.known("cmi.core.lesson_status") == "passed"
    find_receipt(system.known("cmi.comments"))


@pytest.mark.parametrize("reply", ["declined", "exception"])
def test_a_reply_that_does_not_accept_completes_without_a_score(system: LearningSystem, reply: str) -> None:
    system.start()
    system.answer("f")
    assert "Nothing is held against you" in system.reply(reply)
    assert system.known("cmi.core.lesson_status") == "completed"
    assert system.known("cmi.core.score.raw") == ""
    assert find_receipt(system.known("cmi.comments")).reply == reply


def test_a_reader_goes_on_where_they_left(system: LearningSystem) -> None:
    system.start()
    system.course.get_by_role("link", name="Next: Other").click()
    expect(system.course.locator("h1:visible")).to_be_focused()
    system.answer("f")
    system.page.frame("course").evaluate("location.hash = 'page-1'")  # type: ignore[union-attr]
    expect(system.course.locator("h1:visible")).to_have_text("Other")
    kept = system.leave()
    assert len(kept["cmi.suspend_data"]) < 4096
    system.start(kept)
    expect(system.course.locator("h1:visible")).to_have_text("Other")
    assert system.course.locator(".course__seen").first.text_content() == "opened"
    # The first answer was kept, and counts although another one is chosen now.
    system.answer(RIGHT)
    assert "66%" in system.reply("accepted")


def test_the_day_of_a_receipt_stays_that_of_handing_in(tab: Tab, system: LearningSystem) -> None:
    system.start()
    system.answer(RIGHT)
    system.reply("accepted")
    receipt = system.known("cmi.comments")
    kept = system.leave()
    system.start(kept)
    system.page.clock.set_fixed_time("2026-12-24T12:00:00-05:00")
    system.answer("")
    assert system.course.locator(".acknowledge__line").input_value() == receipt
    assert system.known("cmi.comments") == receipt


def test_nothing_of_a_reader_stays_on_a_device_that_others_use(system: LearningSystem) -> None:
    system.start()
    system.answer(RIGHT)
    system.reply("accepted")
    assert system.page.evaluate("localStorage.length") == 0
    assert system.page.frame("course").evaluate("localStorage.length") == 0  # type: ignore[union-attr]


def test_what_was_kept_of_another_text_is_left_out(system: LearningSystem) -> None:
    system.start({"cmi.suspend_data": '{"course": "2026.1-work-en-000000000000", "answers": "anf"}'})
    system.answer("")
    assert system.course.locator(".acknowledge input:checked").count() == 0


@pytest.mark.parametrize("state", ["no JSON", "null", "[]", '"text"'])
def test_a_state_that_is_none_of_ours_is_left_out(system: LearningSystem, state: str) -> None:
    system.start({"cmi.suspend_data": state, "cmi.core.lesson_location": "nowhere"})
    expect(system.course.locator("h1:visible")).to_have_text("People who post for us")


def test_a_learning_system_that_takes_nothing_is_no_success(system: LearningSystem) -> None:
    system.start()
    system.answer(RIGHT)
    system.page.evaluate("window.isDeaf = true")
    assert "did not take your result" in system.reply("accepted")
    expect(system.course.get_by_text("Hand it in by mail")).to_be_visible()
    assert "does not answer" not in system.told


def test_in_a_review_nothing_is_reported(system: LearningSystem) -> None:
    system.start({"cmi.core.lesson_mode": "review", "cmi.core.lesson_status": "passed"})
    assert "for review" in system.course.locator(".course__notice").inner_text()
    system.answer(RIGHT)
    expect(system.course.locator(".course__hand-in")).to_have_count(0)
    system.leave()
    assert system.known("cmi.core.lesson_status") == "passed"
    assert system.known("cmi.suspend_data") == ""


def test_the_learning_system_may_ask_for_more(system: LearningSystem) -> None:
    system.start({"cmi.student_data.mastery_score": "80"})
    system.answer("anf"[:2] + "a")
    assert "66%, and 80% are needed" in system.reply("accepted")


def test_without_a_learning_system_the_receipt_is_there_to_keep(system: LearningSystem) -> None:
    system.start(knows=False)
    assert "Not connected" in system.course.locator(".course__notice").inner_text()
    system.answer(RIGHT)
    system.course.locator("input[value=accepted]").check()
    find_receipt(system.course.locator(".acknowledge__line").input_value())
    expect(system.course.get_by_text("Hand it in by mail")).to_be_visible()
    expect(system.course.locator(".course__hand-in")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "next_page", "told"),
    [
        ("en", "Next: Questions and reply", "Your result was reported. Right answers: 100%."),
        (
            "fr",
            "Suivant\u00a0: Questions et réponse",
            "Votre résultat a été transmis. Réponses exactes\u00a0: 100\u00a0%.",
        ),
    ],
)
def test_it_speaks_the_language_of_its_readers(
    tab: Tab, address: str, language: str, next_page: str, told: str
) -> None:
    system = LearningSystem(tab, address, language)
    system.start()
    assert system.course.locator("html").get_attribute("lang") == language
    system.answer(RIGHT)
    assert system.reply("accepted") == told
    assert next_page in (system.course.locator("#page-1 .course__next").text_content() or "")


def test_no_other_host_is_asked_and_nothing_is_refused(
    tab: Tab, system: LearningSystem, address: str
) -> None:
    """Whatever the policy of the page refuses is an error in the console, which fails the test."""
    system.start()
    system.answer(RIGHT)
    system.reply("accepted")
    assert [url for url in tab.requests if not url.startswith((address, "data:", "about:"))] == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("view", ["start", "page-1", "reply"])
def test_each_view_is_accessible(tab: Tab, address: str, language: str, view: str) -> None:
    page = tab.open(f"{address}{language}/index.html#{view}")
    expect(page.locator(f"#{view}")).to_be_visible()
    if view == "reply":
        for place, letter in enumerate(RIGHT):
            page.locator(".acknowledge__question").nth(place).locator(f"input[value={letter}]").check()
        page.locator("input[value=exception]").check()
    for state in in_every_state(page, (1280, 360)):
        assert_accessible(page, state)


def test_by_keyboard_a_reader_comes_to_the_end(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}en/index.html")
    for view in ("page-1", "reply"):
        page.locator(".course__view:not([hidden]) .course__next").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#{view} h1")).to_be_focused()
    page.locator(".acknowledge__question input").first.focus()
    page.keyboard.press("Space")
    expect(page.locator(".acknowledge__reason").first).to_be_visible()
    page.go_back()
    expect(page.locator("#page-1")).to_be_visible()


def test_without_scripts_everything_is_one_document(tab_without_scripts: Tab, address: str) -> None:
    page = tab_without_scripts.open(f"{address}en/index.html")
    assert page.locator("h1:visible").all_inner_texts() == [
        "People who post for us", "Other", "Questions and reply",
    ]  # fmt: skip
    assert page.get_by_text("Signature").is_visible()
    assert page.get_by_text("does not run the package").is_visible()


def test_on_paper_the_receipt_is_kept_and_no_button_is_left(tab: Tab, address: str) -> None:
    page = tab.open(f"{address}en/index.html#reply")
    page.locator("input[value=declined]").check()
    page.emulate_media(media="print")
    assert page.locator(".acknowledge__line").is_visible()
    assert not page.locator(".acknowledge__way").first.is_visible()
    assert not page.locator(".course__way").last.is_visible()
