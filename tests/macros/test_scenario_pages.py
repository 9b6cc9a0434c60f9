"""Pages share the scenarios by whom each is mostly for, and lead to each other."""

import re
import shutil
from dataclasses import replace

import pytest

from handbook.content.pages import PageSource, parse_page
from macros.context.registry import MacroContext
from macros.context.scenario_pages import page_of_card
from macros.context.site import Site
from macros.definitions.answers import a_to_z
from macros.definitions.scenarios import scenarios
from macros.plugin import read_site
from tests.conftest import PAGE, ROOT, make_folder

FIRST, PERSONAL, ANOTHER = "resources/scenarios.md", "resources/personal-scenarios.md", "policy/work.md"
# The three scenarios of the tests are for work, for personal accounts, and for managers.
CARDS = ("birthday-photo", "pay-talk", "delete-request")


@pytest.fixture(scope="module")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = make_folder(tmp_path_factory.mktemp("scenarios") / "handbook")
    shutil.copytree(ROOT / "tests" / "registers", folder / "registers", dirs_exist_ok=True)
    return read_site(folder)


def _with_pages(site: Site, *names: str) -> Site:
    pages = {
        name: parse_page(
            PageSource(name.removesuffix(".md"), f"docs/{name}", "fr" if ".fr." in name else "en"),
            PAGE.replace("title: A page", f"title: {name}").encode(),
        )
        for name in names
    }
    return replace(site, pages=pages)


def _here(site: Site, name: str, language: str = "en") -> MacroContext:
    return MacroContext(site, language, site.pages[name])


@pytest.mark.parametrize(
    ("published", "language", "pages"),
    [
        ((FIRST, PERSONAL), "en", [FIRST, PERSONAL, PERSONAL]),
        ((FIRST, PERSONAL), "fr", [FIRST, PERSONAL, PERSONAL]),
        ((FIRST,), "en", [FIRST, FIRST, FIRST]),
        ((), "en", [FIRST, FIRST, FIRST]),
    ],
)
def test_a_card_is_on_the_first_page_unless_another_is_published_for_its_readers(
    bare_site: Site, published: tuple[str, ...], language: str, pages: list[str]
) -> None:
    site = _with_pages(bare_site, *published)
    known = site.registers.scenarios.scenarios
    shown = [page_of_card(known[name], site, language) for name in CARDS]
    assert shown == [f"docs/{name}" for name in pages]


@pytest.mark.parametrize(
    ("published", "links"),
    [
        (
            (FIRST, PERSONAL, ANOTHER),
            {
                "../../resources/scenarios/#scenario-birthday-photo",
                "../../resources/personal-scenarios/#scenario-pay-talk",
                "../../resources/personal-scenarios/#scenario-delete-request",
            },
        ),
        ((FIRST, ANOTHER), {f"../../resources/scenarios/#scenario-{name}" for name in CARDS}),
        ((PERSONAL, ANOTHER), {f"../../resources/personal-scenarios/#scenario-{n}" for n in CARDS[1:]}),
        ((ANOTHER,), set()),
    ],
)
def test_a_question_from_a_to_z_leads_to_the_page_of_its_card(
    bare_site: Site, published: tuple[str, ...], links: set[str]
) -> None:
    html = a_to_z(_here(_with_pages(bare_site, *published), ANOTHER))
    assert set(re.findall(r'href="([^"]+#scenario-[^"]+)"', html)) == links


@pytest.mark.parametrize(
    ("page", "first", "others"),
    [
        (FIRST, "work", [("../personal-scenarios/", PERSONAL)]),
        (PERSONAL, ["personal", "managers"], [("../scenarios/", FIRST)]),
        (
            ANOTHER,
            "managers",
            [("../../resources/scenarios/", FIRST), ("../../resources/personal-scenarios/", PERSONAL)],
        ),
        (FIRST, [], []),
        (FIRST, ["work", "personal", "managers"], []),
    ],
)
def test_a_page_with_some_of_the_scenarios_leads_to_the_pages_with_the_others(
    bare_site: Site, page: str, first: str | list[str], others: list[tuple[str, str]]
) -> None:
    html = scenarios(_here(_with_pages(bare_site, FIRST, PERSONAL, ANOTHER), page), mostly_for=first)
    line = html.partition('class="scenarios__others"')[2]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', line) == others


def test_a_page_that_is_not_published_is_not_offered(bare_site: Site) -> None:
    site = _with_pages(bare_site, FIRST)
    assert "scenarios__others" not in scenarios(_here(site, FIRST), mostly_for="work")


def test_a_list_with_no_scenario_leads_to_those_that_there_are(bare_site: Site) -> None:
    site = _with_pages(bare_site, FIRST, PERSONAL)
    known = site.registers.scenarios
    for_work = {"birthday-photo": known.scenarios["birthday-photo"]}
    registers = replace(site.registers, scenarios=replace(known, scenarios=for_work))
    html = scenarios(_here(replace(site, registers=registers), PERSONAL), mostly_for="personal")
    assert "no questions on this yet" in html
    assert 'href="../scenarios/"' in html


def test_a_translation_leads_to_the_page_in_its_language(bare_site: Site) -> None:
    french = PERSONAL.replace(".md", ".fr.md")
    site = _with_pages(bare_site, FIRST, PERSONAL, french, FIRST.replace(".md", ".fr.md"))
    html = scenarios(_here(site, french, "fr"), mostly_for=["personal", "managers"])
    assert f'<a href="../scenarios/">{FIRST.replace(".md", ".fr.md")}</a>' in html
