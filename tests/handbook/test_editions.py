"""Names of editions, their manifests, and which one was in force."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import (
    Manifest,
    PageRecord,
    changed_files,
    changed_pages,
    in_force,
    read_manifest,
)
from handbook.editions.names import Edition, next_edition, refuse_name
from handbook.errors import HandbookError

DAY = datetime.date(2026, 11, 20)


def _page(path: str = "docs/index.md", text: str = "a", **facts: object) -> PageRecord:
    known: dict[str, object] = {"title": "Été", "owner": "lead", "last_reviewed": DAY, "audience": ("work",)}
    return PageRecord.model_validate({"path": path, "fingerprint": f"sha256:{text}", **known, **facts})


def _manifest(edition: str = "2026.1", effective: datetime.date = DAY) -> Manifest:
    return Manifest(
        edition=edition,
        commit="0" * 40,
        published=DAY,
        effective=effective,
        pages=(_page(),),
        files={"b.html": sha256(b"b"), "a.html": sha256(b"a")},
    )


def test_editions_are_ordered_as_numbers() -> None:
    names = ["2027.1", "2026.10", "2026.9"]
    assert [str(one) for one in sorted(map(Edition.parse, names))] == ["2026.9", "2026.10", "2027.1"]


@pytest.mark.parametrize("text", ["2026", "2026.0", "2026.01", "26.1", "2026.1 ", "2026.1.1", "latest", ""])
def test_what_is_no_edition_is_told_with_an_example(text: str) -> None:
    with pytest.raises(HandbookError, match=r"is no edition; .* 2026\.1"):
        Edition.parse(text)


@given(st.sets(st.builds(Edition, st.integers(2020, 2030), st.integers(1, 30))), st.integers(2020, 2030))
def test_the_next_edition_is_new_and_the_last_of_its_year(taken: set[Edition], year: int) -> None:
    follows = next_edition(taken, year)
    assert follows.year == year
    assert all(one < follows for one in taken if one.year == year)
    refuse_name(follows, taken, year)


def test_a_taken_name_and_a_gap_are_refused() -> None:
    taken = [Edition(2026, 1)]
    with pytest.raises(HandbookError, match=r"2026\.1 is published, .* publish 2026\.2"):
        refuse_name(Edition(2026, 1), taken, 2026)
    with pytest.raises(HandbookError, match=r"2026\.3 is not the next edition of 2026; publish 2026\.2"):
        refuse_name(Edition(2026, 3), taken, 2026)
    with pytest.raises(HandbookError, match=r"publish 2027\.1"):
        refuse_name(Edition(2026, 2), taken, 2027)


def test_a_manifest_reads_back_as_it_was_written_whatever_its_order() -> None:
    manifest = _manifest()
    turned = manifest.model_copy(update={"files": dict(reversed(manifest.files.items()))})
    assert manifest.as_bytes() == turned.as_bytes()
    assert read_manifest(manifest.as_bytes()) == manifest
    assert "Été".encode() in manifest.as_bytes()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (b'"2026.1"', b'"2026.x"', "edition: "),
        (b'"edition"', b'"editions"', "edition: Field required"),
        (b"2026-11-20", b"soon", "published: "),
        (b"}", b"", "the file: "),
    ],
)
def test_what_is_no_manifest_is_a_sentence(before: bytes, after: bytes, told: str) -> None:
    with pytest.raises(HandbookError, match=f"the manifest cannot be read: {told}"):
        read_manifest(_manifest().as_bytes().replace(before, after))


def test_an_edition_is_in_force_from_its_day_of_effect() -> None:
    day = datetime.timedelta(days=1)
    first, second = _manifest(), _manifest("2026.2", DAY + 10 * day)
    both = [second, first]
    assert in_force(both, DAY - day) is None
    assert in_force(both, DAY) is first
    assert in_force(both, DAY + 9 * day) is first
    assert in_force(both, DAY + 10 * day) is second
    assert in_force([_manifest("2026.9"), _manifest("2026.10")], DAY) == _manifest("2026.10")


def test_pages_are_compared_by_text_and_facts() -> None:
    before = [_page("a"), _page("b"), _page("c"), _page("d")]
    now = [_page("a"), _page("b", "other"), _page("c", owner="x"), _page("e", audience=("everyone",))]
    found = [(one.path, one.kind, one.audience) for one in changed_pages(before, now)]
    assert found == [
        ("b", "text", ("work",)),
        ("c", "facts", ("work",)),
        ("d", "gone", ("work",)),
        ("e", "new", ("everyone",)),
    ]


def test_each_file_that_is_not_as_promised_is_named() -> None:
    found = list(changed_files({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"}))
    assert found == [("b", "was changed"), ("c", "is missing"), ("d", "was added")]
