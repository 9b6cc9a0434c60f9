"""What a package is in a case that no edition of the tests has."""

import datetime
from dataclasses import replace

import pytest
from markupsafe import Markup

from handbook.acknowledgements.asked import AskedText
from handbook.editions.manifest import Manifest
from handbook.training.course import Course, CoursePage
from handbook.training.formats import FORMATS
from handbook.training.scorm12 import WORDS, scorm12_files

DAY = datetime.date(2027, 1, 1)
EDITION = Manifest(edition="2027.1", commit="a" * 40, published=DAY, effective=DAY, pages=(), files={})
COURSE = Course(
    edition=EDITION,
    audience="work",
    language="en",
    variant="en-GB",
    direction="ltr",
    title="Handbook <of> us",
    track='People & "others"',
    text=AskedText(pages={"docs/work.md": "sha256:1"}, questions={"gift": "f"}),
    pages=(CoursePage("docs/work.md", "Work <1>", "en-GB", "page-1", Markup("<p>Text</p>")),),
    reply=Markup("<form></form>"),
    reply_words="{}",
    files={"pictures/a.png": b"picture"},
    mastery=60,
)


def test_titles_are_escaped_in_the_page_and_in_the_manifest() -> None:
    files = scorm12_files(COURSE)
    assert b"<title>People &amp; &#34;others&#34; (edition 2027.1)</title>" in files["index.html"]
    assert b"<title>People &amp; &#34;others&#34; (edition 2027.1)</title>" in files["imsmanifest.xml"]
    assert b"Work &lt;1&gt;" in files["index.html"]
    assert b"Jan 2027" in files["index.html"]


def test_without_questions_there_is_no_score_to_reach() -> None:
    course = replace(COURSE, text=AskedText(pages={"docs/work.md": "sha256:1"}))
    files = scorm12_files(course)
    assert b"masteryscore" not in files["imsmanifest.xml"]
    assert b'"mastery": null' in files["edition.json"]


def test_a_package_in_a_language_without_words_says_what_is_english() -> None:
    page = scorm12_files(replace(COURSE, language="de", variant="de"))["index.html"].decode()
    assert '<html lang="de"' in page
    assert '<a class="skip" href="#content" lang="en">Skip to the text</a>' in page


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_the_same_bytes_for_the_same_course(name: str) -> None:
    assert FORMATS[name](COURSE) == FORMATS[name](replace(COURSE))


def test_each_language_has_the_same_words() -> None:
    languages = WORDS.all
    assert {language: [*words, *words["script"]] for language, words in languages.items()} == {
        language: [*languages["en"], *languages["en"]["script"]] for language in languages
    }
