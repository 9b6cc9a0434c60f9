"""What is published of the counts points at nobody, and claims nothing that is unknown."""

import datetime
from pathlib import Path

import pytest

from handbook.acknowledgements.counts import counts_text, published_counts
from handbook.acknowledgements.report import AudienceLine, AudienceLines
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.acknowledgement_counts import FILE, load_acknowledgement_counts

DAY = datetime.date(2026, 11, 27)


def _line(*numbers: int | None, audience: str = "work") -> AudienceLine:
    names = ("asked", "accepted", "declined", "exceptions_asked", "exceptions_granted", "not_answered")
    known = dict(zip(names, numbers, strict=True))
    line = AudienceLine(audience=audience, edition="2026.1", effective=DAY, state="in_force")
    return line.model_copy(update=known)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((200, 150, 10, 5, 5, 30), [200, 150, 10, 10, 30]),
        ((200, 191, 2, 1, 0, 6), [200, 191, "fewer than 3", "fewer than 3", 6]),
        ((200, 170, 1, 2, 3, 24), [200, 170, "fewer than 3", "withheld", 24]),
        ((200, 164, 2, 2, 0, 32), [200, 164, "fewer than 3", "fewer than 3", "withheld"]),
        ((20, 20, 0, 0, 0, 0), [20, 20, "fewer than 3", "fewer than 3", "fewer than 3"]),
        ((4, 3, 1, 0, 0, 0), [4, "withheld", "withheld", "withheld", "withheld"]),
        ((1, 1, 0, 0, 0, 0), ["fewer than 3", "withheld", "withheld", "withheld", "withheld"]),
    ],
)
def test_small_numbers_are_not_published(numbers: tuple[int, ...], shown: list[int | str]) -> None:
    assert list(published_counts(_line(*numbers)).values()) == shown


def test_without_a_list_of_people_nothing_is_said() -> None:
    assert published_counts(_line(None, None, None, None, None, None)) == {}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    lines = (_line(200, 170, 1, 2, 3, 24), _line(*[None] * 6, audience="managers"))
    text = counts_text(AudienceLines(day=DAY, lines=lines), "schemas/acknowledgement_counts.schema.json")
    (tmp_path / FILE).write_text(text)
    (tmp_path / "organization.yml").write_text("name: X\n")
    known = load_acknowledgement_counts(Folder(tmp_path))
    assert known.day == DAY
    assert [(count.audience, count.asked, count.declined) for count in known.counts] == [
        ("work", 200, "fewer than 3"),
        ("managers", None, None),
    ]
    (tmp_path / FILE).write_text(counts_text(AudienceLines(day=DAY, lines=()), "x"))
    assert load_acknowledgement_counts(Folder(tmp_path)).counts == []


def _write_counts(root: Path, asked: int, accepted: int, rest: int | str) -> None:
    (root / "registers").mkdir()
    entry = f"- audience: work\n  edition: '2026.1'\n  asked: {asked}\n  accepted: {accepted}\n"
    others = "".join(f"  {name}: {rest}\n" for name in ("declined", "exceptions", "not_answered"))
    (root / FILE).write_text(f"day: 2026-11-27\ncounts:\n{entry}{others}")
    (root / "organization.yml").write_text("name: X\n")


@pytest.mark.parametrize(
    ("asked", "accepted", "rest"),
    [(200, 500, 0), (200, 190, 0), (11, 4, "fewer than 3"), (200, 201, "withheld")],
)
def test_answers_that_do_not_add_up_are_a_mistake(
    asked: int, accepted: int, rest: int | str, tmp_path: Path
) -> None:
    _write_counts(tmp_path, asked, accepted, rest)
    with pytest.raises(HandbookError, match=rf":5:\d+: .*is {asked}, and the answers add up to "):
        load_acknowledgement_counts(Folder(tmp_path))


@pytest.mark.parametrize(
    ("asked", "accepted", "rest"), [(200, 200, 0), (10, 4, "fewer than 3"), (200, 1, "withheld")]
)
def test_answers_may_add_up_with_numbers_that_are_not_shown(
    asked: int, accepted: int, rest: int | str, tmp_path: Path
) -> None:
    _write_counts(tmp_path, asked, accepted, rest)
    assert [count.asked for count in load_acknowledgement_counts(Folder(tmp_path)).counts] == [asked]


def test_a_handbook_need_not_keep_counts(tmp_path: Path) -> None:
    assert load_acknowledgement_counts(Folder(tmp_path)).day is None
