"""Whom to call in an emergency, the same on every page, and the helplines of the organization's countries."""

from dataclasses import replace
from pathlib import Path

import pytest

from handbook.files.tree import Folder
from handbook.registers.helplines import load_helplines
from macros.context.registry import MacroContext
from macros.context.site import Site, variables_of
from macros.definitions.contacts import contact
from macros.definitions.emergencies import emergency_route, helplines
from macros.definitions.pocket_card import pocket_card
from tests.conftest import ROOT


def _with(site: Site, **values: object) -> Site:
    organization = site.registers.organization.model_copy(update=values)
    return replace(site, registers=replace(site.registers, organization=organization))


def test_every_step_of_the_route_is_on_its_page(site: Site) -> None:
    for name, emergency in site.registers.emergency_route.emergencies.items():
        text = (ROOT / emergency.page).read_text(encoding="utf-8")
        assert emergency.anchor is None or f"{{ #{emergency.anchor} }}" in text, name


def test_the_emergency_number_comes_first_where_someone_may_be_in_danger(site: Site) -> None:
    html = emergency_route(MacroContext(site, "fr"))
    [threat] = [row for row in html.split("<dt>") if "menace" in row]
    assert threat.index('href="tel:911"') < threat.index('href="tel:+15550199"')
    [hijacked] = [row for row in html.split("<dt>") if "piraté" in row]
    assert "911" not in hijacked


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "your local emergency number"), ("fr", "le numéro d’urgence local")],
)
def test_without_an_emergency_number_pages_say_so_in_words(site: Site, language: str, words: str) -> None:
    silent = _with(site, emergency_number=None)
    assert vars(variables_of(silent, language)["organization"])["emergency_number"] == words
    html = emergency_route(MacroContext(silent, language))
    assert words in html
    assert 'href="tel:"' not in html


@pytest.mark.parametrize(
    ("places", "numbers"),
    [
        (["us"], {"988"}),
        (["uk"], {"116 123", "111"}),
        (["fr", "eu"], {"3114", "0800 111 0 111", "116 123"}),
        (["ca"], {"988", "1-866-277-3553"}),
    ],
)
def test_helplines_are_those_of_the_places_whose_law_counts(
    site: Site, places: list[str], numbers: set[str]
) -> None:
    elsewhere = _with(site, jurisdictions=places)
    listed = load_helplines(Folder(ROOT), elsewhere.registers.organization)
    assert {line.number for line in listed.helplines.values()} == numbers
    shown = replace(elsewhere, registers=replace(elsewhere.registers, helplines=listed))
    html = helplines(MacroContext(shown, "en"))
    assert all(f"<strong>{number}</strong>" in html for number in numbers)


def test_a_country_without_a_helpline_is_told(site: Site, tmp_path: Path) -> None:
    none = load_helplines(Folder(tmp_path), site.registers.organization)
    html = helplines(MacroContext(replace(site, registers=replace(site.registers, helplines=none)), "en"))
    assert html.startswith("<p>No helplines")


def test_the_pocket_card_says_what_each_number_is_for(site: Site) -> None:
    html = pocket_card(MacroContext(site, "en"))
    security = html[html.index("Security desk") :].partition("</dd>")[0]
    assert "hijacked account" in security
    assert "+1 555 0102" in security


@pytest.mark.parametrize(
    ("language", "purpose", "name"),
    [("en", "people", "the People team"), ("fr", "people", "l’équipe des ressources humaines")],
)
def test_a_contact_in_a_sentence_has_its_article(site: Site, language: str, purpose: str, name: str) -> None:
    html = contact(MacroContext(site, language), purpose, "sentence")
    assert f">{name}</a> (<a href=" in html


def test_a_contact_without_an_article_of_its_own_gets_that_of_the_catalog(site: Site) -> None:
    contacts = site.organization.contacts
    people = contacts.people.model_copy(update={"in_sentence": None, "phone": None})
    plain = _with(site, contacts=contacts.model_copy(update={"people": people}))
    assert contact(MacroContext(plain, "en"), "people", "sentence").endswith(">the People team</a></span>")
