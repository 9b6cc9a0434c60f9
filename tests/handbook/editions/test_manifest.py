"""The manifest of an edition: how it is written and compared, and which edition was in force."""

import datetime

import pytest

from handbook.content.fingerprints import sha256
from handbook.editions.manifest import (
    Manifest,
    PageRecord,
    changed_files,
    changed_pages,
    in_force,
    read_manifest,
)
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


def test_a_manifest_reads_back_as_it_was_written_whatever_its_order() -> None:
    manifest = _manifest()
    turned = manifest.model_copy(update={"files": dict(reversed(manifest.files.items()))})
    assert manifest.as_bytes() == turned.as_bytes()
    assert read_manifest(manifest.as_bytes()) == manifest
    assert "Été".encode() in manifest.as_bytes()


def test_a_manifest_from_before_the_chain_keeps_its_bytes() -> None:
    """The tag of an edition that was published long ago has the sum of these bytes."""
    manifest = _manifest()
    assert b"former" not in manifest.as_bytes()
    chained = manifest.model_copy(update={"former": sha256(manifest.as_bytes())})
    assert read_manifest(chained.as_bytes()) == chained


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        (b'"2026.1"', b'"2026.x"', ": edition: "),
        (b'"edition"', b'"editions"', ": edition: "),
        (b"2026-11-20", b"soon", ": published: "),
        (b"}", b"", ": the file: "),
    ],
)
def test_a_file_that_is_not_a_manifest_is_refused_with_the_place(
    before: bytes, after: bytes, place: str
) -> None:
    with pytest.raises(HandbookError, match=place):
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
    changes = [(change.path, change.kind, change.audience) for change in changed_pages(before, now)]
    assert changes == [
        ("b", "text", ("work",)),
        ("c", "facts", ("work",)),
        ("d", "gone", ("work",)),
        ("e", "new", ("everyone",)),
    ]


def test_each_file_that_is_not_as_promised_is_named() -> None:
    differences = list(changed_files({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"}))
    assert differences == [("b", "was changed"), ("c", "is missing"), ("d", "was added")]
