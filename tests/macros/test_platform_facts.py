"""How a fact about a platform is shown, on a line and in the table of a review."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from handbook.registers.platform_facts import PlatformFact, PlatformFacts
from handbook.templating.macro import MacroError
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.platform_facts import fact, facts, platform_facts
from tests.conftest import ROOT

NEW = PlatformFact(
    platform="x",
    section="posting",
    statement="Posts hold 280 characters | more if paid.",
    checked=datetime.date(2026, 10, 14),
    address="https://paper.example.org/story",
    secondary=True,
    secondary_until=datetime.date(2027, 1, 31),
)
OLD = PlatformFact(
    platform="facebook",
    section="live",
    statement={"en": "A recording stays.", "fr": "Un enregistrement reste."},
    checked=datetime.date(2026, 2, 1),
)


def _here(site: Site, language: str = "en", **facts: PlatformFact) -> MacroContext:
    registers = replace(site.registers, platform_facts=PlatformFacts(facts))
    return MacroContext(replace(site, registers=registers), language)


def test_a_fact_is_stated_with_the_day_of_its_check(site: Site) -> None:
    shown = str(fact(_here(site, new=NEW), "new"))
    assert '<time datetime="2026-10-14">Oct 14, 2026</time>' in shown
    assert "characters \\| more" in shown  # A bare pipe would end the cell of a table.


def test_a_fact_names_its_source_beside_the_day(site: Site) -> None:
    shown = str(fact(_here(site, new=NEW), "new"))
    assert '<a href="https://paper.example.org/story">paper.example.org</a> (secondary source)' in shown


def test_a_fact_for_other_organizations_shows_nothing(site: Site) -> None:
    assert site.registers.platform_facts.for_others >= {"youtube-political-ads"}
    assert fact(MacroContext(site, "en"), "youtube-political-ads") == ""


def test_a_section_lists_its_facts_and_nothing_without_any(site: Site) -> None:
    here = _here(site, new=NEW, old=OLD)
    assert str(facts(here, "x", "posting")).count("<li>") == 1
    assert facts(here, "x", "live") == ""


def test_a_fact_is_stated_in_the_language_of_the_page(site: Site) -> None:
    shown = str(fact(_here(site, "fr", old=OLD), "old"))
    assert "Un enregistrement reste." in shown
    assert "1 févr. 2026" in shown


def test_the_table_begins_with_the_oldest_check_and_names_secondary_sources(site: Site) -> None:
    table = str(platform_facts(_here(site, new=NEW, old=OLD)))
    assert table.index("<code>old</code>") < table.index("<code>new</code>")
    assert '<a href="https://paper.example.org/story">paper.example.org</a> (secondary source, ' in table
    assert 'accepted until <time datetime="2027-01-31">Jan 31, 2027</time>)' in table
    assert "none named" in table
    assert table.count("secondary source") == 1


def test_a_fact_of_the_past_names_no_section(site: Site) -> None:
    past = NEW.model_copy(update={"section": None})
    table = str(platform_facts(_here(site, past=past, old=OLD), "x"))
    assert '<small class="fact__source">Source:' in table


def test_the_table_of_one_platform_leaves_out_the_others(site: Site) -> None:
    table = str(platform_facts(_here(site, new=NEW, old=OLD), "x"))
    assert "<code>new</code>" in table
    assert "<code>old</code>" not in table
    assert "<td>X</td>" not in table


def test_a_platform_without_facts_says_so(site: Site) -> None:
    assert (
        platform_facts(_here(site, new=NEW), "youtube")
        == f"<p>{site.catalogs['en']['platform_facts.none']}</p>"
    )


def test_the_page_of_facts_shows_those_of_every_platform() -> None:
    assert "{{ platform_facts() }}" in (ROOT / "docs/platforms/facts.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda here: fact(here, "knew"), "there is no fact 'knew'; did you mean 'new'?"),
        (
            lambda here: platform_facts(here, "facebok"),
            "there is no platform 'facebok'; did you mean 'facebook'?",
        ),
        (
            lambda here: facts(here, "facebok", "live"),
            "there is no platform 'facebok'; did you mean 'facebook'?",
        ),
        (
            lambda here: facts(here, "facebook", "life"),
            "there is no section 'life'; did you mean 'live'?",
        ),
    ],
    ids=["fact", "platform", "platform-of-facts", "section"],
)
def test_an_unknown_name_is_told_with_the_nearest(
    call: Callable[[MacroContext], object], message: str, site: Site
) -> None:
    with pytest.raises(MacroError) as error:
        call(_here(site, new=NEW))
    assert str(error.value) == message


def test_without_a_register_an_unknown_fact_is_told_where_to_go(site: Site) -> None:
    with pytest.raises(MacroError, match=r"no fact 'new'; add it to registers/platform_facts\.yml"):
        fact(_here(site), "new")


@pytest.mark.parametrize(
    ("language", "adopted", "shown"),
    [
        ("en", datetime.date(2026, 10, 15), "Oct 14, 2026, by the handbook&#39;s authors</time>"),
        ("fr", datetime.date(2026, 10, 15), "14 oct. 2026 par les auteurs du guide</time>"),
        ("en", datetime.date(2026, 10, 14), "Oct 14, 2026</time>"),
    ],
)
def test_what_was_compared_before_the_handbook_was_adopted_was_compared_by_its_authors(
    site: Site, language: str, adopted: datetime.date, shown: str
) -> None:
    context = _here(site, language, new=NEW)
    organization = context.site.organization.model_copy(update={"adopted": adopted})
    registers = replace(context.site.registers, organization=organization)
    own = replace(context, site=replace(context.site, registers=registers))
    assert shown in str(fact(own, "new"))
