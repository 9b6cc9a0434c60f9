"""On which days an edition is in force."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from handbook.editions.editions_json import edition_list
from handbook.editions.manifest import Manifest, in_force
from handbook.editions.names import Edition
from handbook.editions.terms import in_force_between, terms

DAY = datetime.date(2026, 11, 20)


def _manifest(number: int, after: int) -> Manifest:
    """Return edition 2026.`number`, which takes effect some days after DAY."""
    effective = DAY + datetime.timedelta(days=after)
    return Manifest(
        edition=f"2026.{number}", commit="0" * 40, published=DAY, effective=effective, pages=(), files={}
    )


def _manifests(days: list[int]) -> list[Manifest]:
    return [_manifest(number, after) for number, after in enumerate(sorted(days), start=1)]


SEVERAL = st.lists(st.integers(0, 40), max_size=6).map(_manifests)


def test_an_edition_is_in_force_until_the_day_before_the_next() -> None:
    rows = [
        (term.manifest.edition, term.first.day, term.last, term.successor)
        for term in terms(_manifests([0, 5]))
    ]
    last = DAY + datetime.timedelta(days=4)
    assert rows == [("2026.1", 20, last, Edition(2026, 2)), ("2026.2", 25, None, None)]


def test_an_edition_whose_place_is_taken_on_its_first_day_is_never_in_force() -> None:
    first, second = terms(_manifests([0, 0]))
    assert (first.has_days, second.has_days) == (False, True)
    listed = edition_list([first.manifest, second.manifest], "Example", "UTC").editions
    assert [(row.edition, row.in_force_from, row.in_force_to) for row in listed] == [
        ("2026.2", DAY, None),
        ("2026.1", None, None),
    ]


@given(SEVERAL, st.integers(-2, 45))
def test_the_terms_agree_with_in_force_on_each_day(manifests: list[Manifest], after: int) -> None:
    day = DAY + datetime.timedelta(days=after)
    covering = [
        term.manifest
        for term in terms(manifests)
        if term.first <= day and (term.last is None or day <= term.last)
    ]
    manifest = in_force(manifests, day)
    assert covering == ([manifest] if manifest else [])


@given(SEVERAL, st.integers(-2, 45), st.integers(0, 20))
def test_the_editions_between_two_days_are_those_of_each_day(
    manifests: list[Manifest], start: int, length: int
) -> None:
    days = [DAY + datetime.timedelta(days=start + after) for after in range(length + 1)]
    in_force_each_day = (in_force(manifests, day) for day in days)
    expected = list(dict.fromkeys(manifest.name if manifest else None for manifest in in_force_each_day))
    assert in_force_between(manifests, days[0], days[-1]) == expected
