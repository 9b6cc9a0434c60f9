"""What a new employee asks is answered at most two clicks from the start page, and by the scenarios."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

MOST_CLICKS = 2
# What is asked, what the answer says, and what the card in the scenarios asks.
QUESTIONS = {
    "a picture of a client's birthday party": (
        r"birthday party.{0,400}(agree|consent|ask)",
        "birthday party",
    ),
    "a colleague insults the company": (r"criticizes? (you or )?us", "insults"),
    "talk about my pay": (r"You may talk online about pay", "about my pay"),
    "our account was hijacked": (r"end all sessions", "hijack"),
    "a journalist writes to me": (r"reporter.{0,300}Press office", "journalist"),
    "use our logo": (r"logo", "logo"),
    "have to share the company's posts": (
        r"(nobody|no one|never|do not have to|need not)[^.]{0,120}(share|sharing)",
        "share",
    ),
    "who answers complaints at night": (r"night", "at night"),
    "an employee has posted a hostile video": (r"first ten minutes", "hostile video"),
}


def _article(page: Path) -> str:
    html = page.read_text(encoding="utf-8")
    match = re.search(r"<article.*?</article>", html, re.DOTALL)
    assert match
    return match.group()


def _text(page: Path) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", _article(page))))


def _linked(page: Path) -> set[Path]:
    targets = (target for target in re.findall(r'href="([^"#:?]+)', _article(page)))
    pages = {(page.parent / target / "index.html").resolve() for target in targets}
    return {target for target in pages if target.is_file()}


def _within(clicks: int, start: Path) -> set[Path]:
    reached = {start.resolve()}
    for _ in range(clicks):
        reached |= {target for page in reached for target in _linked(page)}
    return reached


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_two_clicks_away(sample_site: Path, question: str) -> None:
    answer = re.compile(QUESTIONS[question][0], re.IGNORECASE | re.DOTALL)
    pages = _within(MOST_CLICKS, sample_site / "index.html")
    assert [page for page in pages if answer.search(_text(page))]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_scenario_asks_the_same(sample_site: Path, question: str) -> None:
    pages = (sample_site / "resources" / name / "index.html" for name in ("scenarios", "personal-scenarios"))
    cards = re.findall(r"<h4[^>]*>(.*?)</h4>", "".join(map(_article, pages)), re.DOTALL)
    asked = [unescape(re.sub(r"<[^>]+>", "", card)).casefold() for card in cards]
    assert any(QUESTIONS[question][1] in card for card in asked)


def test_pages_about_the_handbook_are_quiet_in_the_search(sample_site: Path) -> None:
    index = json.loads((sample_site / "search" / "en.json").read_text(encoding="utf-8"))
    places = {address: place for address, _, _, _, place, *_ in index["pages"]}
    quiet = {address for address, place in places.items() if place == 1}
    assert quiet == {address for address in places if address.startswith(("contributing/", "audit/"))}


def test_a_question_on_the_start_page_leads_to_the_place_of_its_answer(sample_site: Path) -> None:
    """The link names a part of the page, unless the page begins with the answer."""
    begin_with_it = {
        *("law/labor-rights/", "practice/responding/", "practice/crisis/"),
        *("practice/hijacked-account/", "practice/hostile-video/", "practice/self-harm/"),
    }
    doors = _article(sample_site / "index.html").partition('<div class="doors">')[2].partition("</div>")[0]
    inner = re.findall(r'<li>\s*<a href="([^"]+)"', doors)
    assert len(inner) > len(QUESTIONS)
    assert {link for link in inner if "#" not in link} <= begin_with_it
