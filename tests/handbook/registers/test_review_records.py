"""A review in one file and one in a folder are the same record, and each key is found in its file."""

import datetime
from pathlib import Path

import pytest

from handbook.files.tree import Folder
from handbook.findings import Location
from handbook.registers.evidence_folder import possible_paths
from handbook.registers.review_index import Reviews, load_reviews
from handbook.registers.review_records import FOLDER, FileLines, ReviewFile, name_of_review
from tests.records import folder_of_record, parse_record, record

DAY = datetime.date(2026, 10, 14)
PAGE = "docs/policy/work.md"
ROLES = ("platform-lead", "legal-lead")
TEXTS = {PAGE: "sha256:" + "0" * 64}


@pytest.fixture
def both(tmp_path: Path) -> tuple[ReviewFile, ReviewFile]:
    """The same review in a folder, and in one file."""
    folder = tmp_path / FOLDER
    (folder / "new").mkdir(parents=True)
    (folder / "old.yml").write_text(record(TEXTS, DAY, ROLES))
    for name, text in folder_of_record(TEXTS, DAY, ROLES).items():
        (folder / "new" / name).write_text(text)
    (folder / "new" / ".legal-lead.draft.yml").write_text("not a record")
    new, old = load_reviews(Folder(tmp_path)).files
    return new, old


def test_both_forms_are_the_same_record(both: tuple[ReviewFile, ReviewFile]) -> None:
    new, old = both
    assert new.record == old.record
    assert (new.name, old.name) == ("new", "old")
    assert new.readers_of(PAGE) == old.readers_of(PAGE) == list(ROLES)
    assert new.pages_of("legal-lead") == old.pages_of("legal-lead") == [PAGE]


@pytest.mark.parametrize("place", possible_paths(FOLDER))
@pytest.mark.parametrize(("file", "name"), [("a.yml", "a"), ("a/review.yml", "a"), ("review.yml", "review")])
def test_a_review_has_the_name_of_its_folder_or_file(place: str, file: str, name: str) -> None:
    assert name_of_review(f"{place}/{file}") == name


def test_each_key_is_found_in_its_file(both: tuple[ReviewFile, ReviewFile]) -> None:
    new, old = both
    signed = ("readings", "legal-lead", "date")
    assert new.file_and_location(*signed) == (f"{FOLDER}/new/legal-lead.yml", Location(2, 1))
    assert old.file_and_location(*signed) == (f"{FOLDER}/old.yml", Location(22, 5))
    assert new.file_and_location("pages", PAGE) == (f"{FOLDER}/new/review.yml", Location(6, 3))
    assert old.file_and_location("pages", PAGE) == (f"{FOLDER}/old.yml", Location(3, 3))
    assert new.file_and_location("readings", "nobody") == (f"{FOLDER}/new/review.yml", Location(1, 1))
    for review_file in both:
        assert review_file.location("pages").column == 1
        assert review_file.file_of("readings") == review_file.path


def test_the_lines_of_a_reading_are_those_of_its_file(both: tuple[ReviewFile, ReviewFile]) -> None:
    new, old = both
    length = len(folder_of_record(TEXTS, DAY, ROLES)["legal-lead.yml"].splitlines())
    path = f"{FOLDER}/new/legal-lead.yml"
    assert new.lines_of("readings", "legal-lead") == FileLines(path, range(2, length + 1))
    assert old.lines_of("readings", "legal-lead").path == f"{FOLDER}/old.yml"
    assert new.lines_of("meeting").path == f"{FOLDER}/new/review.yml"
    assert new.lines_of("readings", "legal-lead", "date").lines == range(2, 3)


def test_every_file_of_a_review_is_known(both: tuple[ReviewFile, ReviewFile]) -> None:
    new, old = both
    assert old.files == [f"{FOLDER}/old.yml"]
    assert sorted(new.files) == [
        f"{FOLDER}/new/{name}.yml" for name in ("legal-lead", "platform-lead", "review")
    ]


def test_a_reading_counts_once_its_review_has_met() -> None:
    met = record(TEXTS, DAY, ROLES)
    is_open = met.partition("# ---- meeting")[0]
    given_up = f"{is_open}abandoned: {{date: {DAY}, by: legal-lead, reason: It is unlawful.}}\n"
    for text, readers in ((met, set(ROLES)), (is_open, set()), (given_up, set())):
        assert Reviews([parse_record(f"{FOLDER}/law.yml", text)]).readers_on(PAGE, DAY) == readers
