"""Every topic of public policies, and every question that staff ask most, has a place in the built pages."""

from pathlib import Path

import pytest
import yaml

from handbook.registers.questions import Answer
from macros.context.site import Site
from scripts.development.search_replies import address_of

DATA = yaml.safe_load(Path(__file__).with_name("topics.yml").read_text(encoding="utf-8"))
PLACES = [
    *((each["topic"], place) for each in DATA["topics"] for place in each["places"]),
    *((each["question"], each["place"]) for each in DATA["questions"]),
]


def test_the_table_is_whole() -> None:
    assert len(DATA["topics"]) == 83
    assert len(DATA["questions"]) == 40
    assert len({each["topic"] for each in DATA["topics"]}) == 83


@pytest.mark.parametrize(("what", "place"), PLACES, ids=[f"{what}-{place}" for what, place in PLACES])
def test_a_topic_has_its_place(sample_site: Path, what: str, place: str) -> None:
    path, _, anchor = place.partition("#")
    page = (sample_site / address_of(Answer(page=path)) / "index.html").read_text(encoding="utf-8")
    assert not anchor or f' id="{anchor}"' in page, what


@pytest.mark.parametrize("asked", DATA["questions"], ids=lambda asked: asked["question"])
def test_a_question_is_asked_of_the_search(site: Site, asked: dict[str, str]) -> None:
    path, _, anchor = asked["place"].partition("#")
    questions = {each.question: each for each in site.registers.questions.questions.values()}
    answers = [(answer.page, answer.section or "") for answer in questions[asked["question"]].answers]
    assert (path, anchor) in answers


def test_each_answer_of_the_search_has_its_place(site: Site, sample_site: Path) -> None:
    asked = site.registers.questions.questions.values()
    answers = {(address_of(answer), answer.section) for each in asked for answer in each.answers}
    pages = {page: (sample_site / page / "index.html").read_text(encoding="utf-8") for page, _ in answers}
    assert not [(page, part) for page, part in answers if part and f' id="{part}"' not in pages[page]]
