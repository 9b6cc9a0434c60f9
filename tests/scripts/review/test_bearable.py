"""A whole handbook can be reviewed by people who have other things to do."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from handbook.model import Handbook
from handbook.registers.evidence_folder import is_about_the_tool
from handbook.registers.review_records import ReviewFile
from scripts.review.close import close
from scripts.review.sign import sign
from scripts.site.publication import read_handbook
from tests.builds import NOON
from tests.conftest import ROOT
from tests.scripts.review.rounds import check, decisions_file, review, written

pytestmark = pytest.mark.sample

MOST_READINGS = 2.4
MOST_TEXTS = 3.5


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample handbook without its reviews and their dates."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    root = tmp_path / "handbook"
    for name in ("docs", "macros", "overrides", "registers", "sample"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "reviews*"))
    for name in ("mkdocs.yml", "organization.yml"):
        shutil.copy(ROOT / name, root)
    shutil.copy(ROOT / "docs/audit/reviews.md", root / "docs/audit/reviews.md")
    for page in (root / "docs").rglob("*.md"):
        text = re.sub(r"^(last_reviewed|legal_review): .*\n", "", page.read_text("utf-8"), flags=re.MULTILINE)
        page.write_text(text, encoding="utf-8")
    return root


def _answers(review_file: ReviewFile, role: str, lawyers: list[str], root: Path) -> Path:
    """Write what a role answers: each knows its surroundings, and one role speaks of the law."""
    readers = list(review_file.record.readings)
    speaks_of_law = role == next((name for name in readers if name in lawyers), readers[0])
    content = {
        "environment": f"{role} knows of nothing new.",
        **({"legal": "No change since the last review."} if speaks_of_law else {}),
        "pages": {
            page: {"verdict": "keep", "note": f"{role} tried what {page} says."}
            for page in review_file.pages_of(role)
        },
    }
    file = root.parent / "answers.yml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return file


def _play_the_roles(root: Path) -> Handbook:
    """Sign as every role, and close every review; return the handbook with the signed reviews."""
    handbook, _ = read_handbook(root)
    lawyers = handbook.registers.owners.lawyers
    for review_file in handbook.reviews.open:
        for role in review_file.record.readings:
            given = _answers(review_file, role, lawyers, root)
            sign(root, handbook, review_file, role, handbook.today, given)
    signed, _ = read_handbook(root)
    for review_file in list(signed.reviews.open):
        decided = decisions_file(root, list(review_file.record.pages))
        close(root, signed, review_file, decisions=Path(decided))
    return signed


def test_a_review_of_the_whole_sample_takes_few_readings_and_texts_a_page(sample: Path) -> None:
    started = written(review(sample, "start", str(sample / "docs")))
    assert len(started.splitlines()) == 9  # A review for each folder, and what to do next.
    handbook = _play_the_roles(sample)
    reviewed = [page for page in handbook.pages if not is_about_the_tool(page.path)]
    signed = list(handbook.reviews.open)
    assert {page.path for page in reviewed} == {page for file in signed for page in file.record.pages}
    roles = [reading for file in signed for reading in file.record.readings.values() if reading]
    notes = [page.note for reading in roles for page in reading.pages.values()]
    texts = [text for reading in roles for text in (reading.environment, reading.legal) if text]
    assert len(notes) / len(reviewed) <= MOST_READINGS
    assert len([*notes, *texts]) / len(reviewed) <= MOST_TEXTS
    result = check(sample, "--select", "REV005,REV007,REV009,LEG001")
    paths = {line.partition(":")[0] for line in result.stdout.splitlines()}
    assert [path for path in paths if not is_about_the_tool(path)] == []


def test_pages_about_the_tool_are_reviewed_if_somebody_names_them(sample: Path) -> None:
    written(review(sample, "start", str(sample / "docs")))
    own, shipped = (sample / place / "reviews" for place in ("sample/registers", "registers/shipped"))
    assert (own / "2026-11-20-policy" / "review.yml").exists()
    assert not shipped.exists()
    written(review(sample, "start", str(sample / "docs/audit")))
    assert [file.name for file in shipped.iterdir()] == ["2026-11-20-audit"]
    assert not (own / "2026-11-20-audit").exists()
