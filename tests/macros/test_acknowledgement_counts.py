"""The counts of acceptances are shown as of their day; what is unknown stays unknown."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

import pytest

from handbook.registers.acknowledgement_counts import AcknowledgementCounts, EditionCount
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.acknowledgements import acknowledgement_counts
from tests.markup import problems_in

DAY = datetime.date(2026, 11, 27)


def _shown(site: Site, language: str, day: datetime.date | None, counts: Sequence[EditionCount]) -> str:
    known = replace(site.registers, acknowledgement_counts=AcknowledgementCounts(day, counts))
    html = acknowledgement_counts(MacroContext(replace(site, registers=known), language))
    assert list(problems_in(html)) == []
    return html


@pytest.mark.parametrize(("language", "words"), [("en", "is unknown"), ("fr", "on ignore donc combien")])
def test_without_counts_the_page_says_that_it_is_unknown(site: Site, language: str, words: str) -> None:
    assert words in _shown(site, language, None, ())


def test_numbers_are_shown_by_audience_as_of_their_day(site: Site) -> None:
    counts = [
        EditionCount(audience="work", edition="2026.1", asked=1200, accepted=1100, declined="fewer than 3"),
        EditionCount(audience="old-group", edition="2025.4", exceptions="withheld"),
    ]
    english, french = (_shown(site, language, DAY, counts) for language in ("en", "fr"))
    assert '<time datetime="2026-11-27">' in english
    assert "<caption>People who post for us</caption>" in english
    cells = "<td>1,200</td><td>1,100</td><td>fewer than 3</td><td>unknown</td><td>unknown</td>"
    assert f'<th scope="row">2026.1</th>{cells}' in english
    assert "<caption>old-group</caption>" in english
    assert '<th scope="row">2025.4</th><td>unknown</td>' in english
    assert "<td>not shown</td>" in english
    assert "<caption>Personnes qui publient pour nous</caption>" in french
    assert "<td>1\u202f200</td>" in french
    assert "<td>moins de 3</td><td>inconnu</td>" in french


def test_a_day_on_which_nobody_was_asked(site: Site) -> None:
    assert "No edition had asked anyone" in _shown(site, "en", DAY, ())
