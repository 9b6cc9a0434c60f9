"""What pages show of the registers in tests/registers/."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.content.pages import PageSource, parse_page
from handbook.markup.refused_html import suspects
from handbook.registers.regulations import Regulations
from handbook.templating.macro import MacroError
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.accounts import account_register
from macros.definitions.approvals import approvals
from macros.definitions.citations import source, sources
from macros.definitions.decisions import decision
from macros.definitions.examples import library
from macros.definitions.glossary import glossary
from macros.definitions.policies import policies
from macros.definitions.regulations import regulations
from macros.definitions.removals import removal_grounds
from macros.definitions.scenarios import scenarios
from macros.definitions.shared_texts import shared_text
from macros.plugin import read_site
from macros.presentation.safe_html import clean
from tests.conftest import PAGE, ROOT, make_folder

REGISTERS = ROOT / "tests" / "registers"
FILES = sorted(file.relative_to(REGISTERS) for file in REGISTERS.rglob("*.yml"))
SHOWN: dict[str, Callable[[MacroContext], str]] = {
    "account_register": account_register,
    "approvals": approvals,
    "removals": removal_grounds,
    "policies": policies,
    "sources": sources,
    "regulations": regulations,
    "glossary": glossary,
    "scenarios": scenarios,
    "library": library,
    "decision": lambda here: decision(here, "should-i-post"),
}


@pytest.fixture(scope="module")
def site_of_registers(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample organization with the registers of the tests and three pages."""
    folder = make_folder(tmp_path_factory.mktemp("registers") / "handbook")
    shutil.copytree(REGISTERS, folder / "registers", dirs_exist_ok=True)
    site = read_site(folder)
    for name, language in (("index", "en"), ("other", "en"), ("other.fr", "fr"), ("deep/page", "en")):
        text = PAGE.replace("title: A page", f"title: {name.title()}")
        source_of_page = PageSource(name, f"docs/{name}.md", language)
        pages = {**site.pages, f"{name}.md": parse_page(source_of_page, text.encode())}
        addresses = {**site.addresses, f"docs/{name}.md": f"{name}/".replace("index/", "./")}
        site = replace(site, pages=pages, addresses=addresses)
    return site


@pytest.fixture
def here(site_of_registers: Site) -> MacroContext:
    return MacroContext(site_of_registers, "en", site_of_registers.pages["deep/page.md"])


@pytest.fixture
def here_in_french(site_of_registers: Site) -> MacroContext:
    return MacroContext(site_of_registers, "fr", site_of_registers.pages["other.fr.md"])


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_passes_the_cleaner_unchanged(name: str, here: MacroContext) -> None:
    html = SHOWN[name](here)
    assert suspects(html) == []
    assert _text(clean(html)) == _text(html)
    assert set(re.findall(r'class="[^"]*"', clean(html))) == set(re.findall(r'class="[^"]*"', html))


@pytest.mark.parametrize("name", SHOWN)
def test_an_anchor_stands_once(name: str, here: MacroContext) -> None:
    anchors = re.findall(r'id="([^"]+)"', SHOWN[name](here))
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', SHOWN[name](here))) <= set(anchors)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda here: source(here, "nrla"), "there is no source 'nrla'; did you mean 'nlra'?"),
        (
            lambda here: decision(here, "should-post"),
            "no decision 'should-post'; did you mean 'should-i-post'?",
        ),
        (lambda here: approvals(here, "gren"), "there is no level 'gren'; did you mean 'green'?"),
        (
            lambda here: shared_text(here, "private-account"),
            "no shared text 'private-account'; did you mean 'no-private-account'?",
        ),
        (lambda here: removal_grounds(here, "lines"), "cannot be a 'lines'"),
        (lambda here: regulations(here, "privcy"), "there is no subject 'privcy'; did you mean 'privacy'?"),
        (lambda here: policies(here, "peple"), "there is no subject 'peple'; did you mean 'people'?"),
        (lambda here: scenarios(here, topic="phtos"), "there is no topic 'phtos'; did you mean 'photos'?"),
        (lambda here: scenarios(here, audience="manager"), "no audience 'manager'; did you mean 'managers'?"),
        (
            lambda here: scenarios(here, mostly_for="personnel"),
            "no audience 'personnel'; did you mean 'personal'?",
        ),
        (
            lambda here: scenarios(here, mostly_for=["personal", "manager"]),
            "no audience 'manager'; did you mean 'managers'?",
        ),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(
    here: MacroContext, call: Callable[[MacroContext], str], told: str
) -> None:
    with pytest.raises(MacroError, match=re.escape(told)):
        call(here)


def test_a_scenario_says_its_answer_and_leads_to_its_page(here: MacroContext) -> None:
    html = scenarios(here)
    assert html.count('class="record scenario"') == 3
    assert '<p class="answer answer--no"><strong>No</strong></p>' in html
    assert 'The rule: <a href="../../other/">Other</a>' in html
    assert 'The rule: <a href="../../">Index</a>' in html
    assert 'The rule: <a href="../../#rights">Index</a>' in html


def test_scenarios_are_chosen_by_topic_and_audience(here: MacroContext) -> None:
    assert re.findall(r"<h3>(.+?)</h3>", scenarios(here, topic="rights", audience="managers")) == [
        "May I ask someone in my team to delete a post about us?"
    ]
    assert "no questions on this yet" in scenarios(here, topic="ai")


def test_all_scenarios_are_grouped_by_the_first_of_their_topics(here: MacroContext) -> None:
    html = scenarios(here)
    assert re.findall(r'<a href="#(cards-\w+)">(.+?)</a>', html) == [
        ("cards-photos", "Photos (1)"),
        ("cards-rights", "Rights (2)"),
    ]
    photos, rights = html.split("<section")[1:]
    assert re.findall(r'<h4 id="scenario-([^"]+)">', photos) == ["birthday-photo"]
    assert re.findall(r'<h4 id="scenario-([^"]+)">', rights) == ["pay-talk", "delete-request"]
    assert "cards-" not in scenarios(here, topic="rights")


@pytest.mark.parametrize(
    ("first", "shown"),
    [
        ("work", ["birthday-photo"]),
        (["work"], ["birthday-photo"]),
        ("managers", ["delete-request"]),
        (["personal", "managers"], ["pay-talk", "delete-request"]),
        ([], ["birthday-photo", "pay-talk", "delete-request"]),
    ],
)
def test_scenarios_are_chosen_by_whom_they_are_mostly_for(
    here: MacroContext, first: str | list[str], shown: list[str]
) -> None:
    html = scenarios(here, mostly_for=first)
    assert re.findall(r'<h4 id="scenario-([^"]+)">', html) == shown


def test_an_audience_that_is_not_the_first_of_a_scenario_does_not_list_it(
    site_of_registers: Site, here: MacroContext
) -> None:
    known = site_of_registers.registers.scenarios
    pay_talk = known.scenarios["pay-talk"].model_copy(update={"audience": ["personal", "work"]})
    changed = replace(known, scenarios={**known.scenarios, "pay-talk": pay_talk})
    registers = replace(site_of_registers.registers, scenarios=changed)
    both = MacroContext(replace(site_of_registers, registers=registers), "en", here.page)
    assert "scenario-pay-talk" not in scenarios(both, mostly_for="work")
    assert "too low" in scenarios(both, audience="work")


def test_a_link_leads_to_the_translation_by_its_title(here_in_french: MacroContext) -> None:
    html = scenarios(here_in_french)
    assert '<a href="./">Other.Fr</a>' in html
    assert '<a href="../"><span lang="en">Index</span></a>' in html


def test_a_page_that_is_not_published_is_not_linked(here: MacroContext, site_of_registers: Site) -> None:
    pages = {key: value for key, value in site_of_registers.pages.items() if "other" not in key}
    site = replace(site_of_registers, pages=pages)
    assert "Other" not in scenarios(MacroContext(site, "en", here.page))


def test_a_text_written_once_is_marked_with_its_language(
    here: MacroContext, here_in_french: MacroContext
) -> None:
    title = "National Labor Relations Act, sections 7 and 8(a)(1)"
    assert f'<span lang="en">{title}</span>' in source(here_in_french, "nlra")
    assert f'">{title}</a> (National Labor Relations Board, official source; compared on <time' in source(
        here, "nlra"
    )


def test_a_regulation_for_others_is_not_shown(here: MacroContext) -> None:
    text = _text(regulations(here))
    assert "The right to act together" in text
    assert "Never: Ask somebody to delete a post about low pay" in text
    assert "Ask: People team" in text
    assert "official source; compared on Nov 20, 2026" in text
    assert "HIPAA" not in text


def test_a_source_says_whose_word_it_is_and_what_was_compared_when(
    here: MacroContext, here_in_french: MacroContext
) -> None:
    days = '<time datetime="2026-11-20">Nov 20, 2026</time>', '<time datetime="2023-08-02">Aug 2, 2023</time>'
    assert f", official source; compared on {days[0]}; source of {days[1]})" in source(here, "nlra")
    assert f"Services; compared on {days[0]})" in source(here, "hipaa-164-502")
    french = source(here_in_french, "nlra")
    assert ", source officielle\u00a0; comparé le <time" in french
    assert "</time>\u00a0; source du <time" in french


def test_rules_are_chosen_by_subject_and_stand_by_place(here: MacroContext) -> None:
    assert re.findall(r'<h3 id="([^"]+)"', regulations(here)) == [
        "regulation-concerted-activity",
        "regulation-cash",
        "regulation-own-rule",
    ]
    assert re.findall(r'<p class="folded__group">([^<]+)', regulations(here)) == [
        "United States",
        "Everywhere",
    ]
    assert "folded__group" not in regulations(here, "work")
    assert re.findall(r'<h3 id="([^"]+)"', regulations(here, "work")) == ["regulation-concerted-activity"]
    assert "Our own rule" in regulations(here, "other")
    assert "No outside rules are listed here" in regulations(here, "privacy")


def test_nothing_is_said_of_rules_without_a_subject_if_there_are_none(
    here: MacroContext, site_of_registers: Site
) -> None:
    registers = replace(site_of_registers.registers, regulations=Regulations())
    site = replace(site_of_registers, registers=registers)
    assert regulations(MacroContext(site, "en", here.page), "other") == ""


def test_terms_stand_by_the_alphabet_of_the_language(
    here: MacroContext, here_in_french: MacroContext
) -> None:
    def terms(html: str) -> list[str]:
        return [_text(term) for term in re.findall(r"<dt>.+?</dt>", html)]

    assert terms(glossary(here))[0] == "alternative text ( texte de remplacement )"
    assert [term.partition(" (")[0] for term in terms(glossary(here_in_french))] == [
        "données de localisation",
        "règles de la communauté",
        "texte de remplacement",
    ]


def test_a_policy_names_its_owner_and_what_differs_online(here_in_french: MacroContext) -> None:
    text = _text(policies(here_in_french))
    assert "Politique de confidentialité" in text
    assert "En ligne : Les images" in text
    assert "Responsable : Responsable de la vie privée" in text


def test_an_example_is_told_in_the_words_of_the_language(here_in_french: MacroContext) -> None:
    text = _text(library(here_in_french))
    assert "Administration publique Canada anglais" in text
    assert "Santé Royaume-Uni anglais" in text
    assert "Comparé le 20 nov. 2026" in text


def test_a_decision_begins_with_its_first_question(here: MacroContext) -> None:
    html = decision(here, "should-i-post")
    assert re.findall(r'<h3 id="([^"]+)"', html)[0] == "should-i-post--facts"
    assert '<a href="#should-i-post--result--check">No</a>' in html
    assert html.count('<a href="#should-i-post--facts">Start again</a>') == 4


def test_a_decision_does_not_lead_to_the_page_that_it_is_on(
    here: MacroContext, site_of_registers: Site
) -> None:
    assert '<a href="../../other/">Other</a>' in decision(here, "should-i-post")
    on_it = MacroContext(site_of_registers, "fr", site_of_registers.pages["other.fr.md"])
    assert "Other" not in decision(on_it, "should-i-post")


def test_a_decision_shows_what_other_registers_list(site_of_registers: Site) -> None:
    chosen = site_of_registers.registers.decisions.decisions["should-i-post"]
    facts = chosen.questions["facts"]
    answer = facts.answers[0].model_copy(update={"lists": "red"})
    asked = facts.model_copy(update={"lists": "removals", "answers": [answer, *facts.answers[1:]]})
    changed = chosen.model_copy(update={"questions": {**chosen.questions, "facts": asked}})
    decisions = replace(site_of_registers.registers.decisions, decisions={"should-i-post": changed})
    site = replace(site_of_registers, registers=replace(site_of_registers.registers, decisions=decisions))
    html = decision(MacroContext(site, "en"), "should-i-post")
    assert '<ul class="decision__listed"><li>threats</li><li>fraud &amp; spam</li></ul>' in html
    assert (
        '>Yes</a> <span class="decision__grounds">lawsuits; deaths &amp; births; appeals for money.' in html
    )


def test_the_ladder_has_what_the_sector_adds_and_who_decides(here: MacroContext) -> None:
    text = _text(approvals(here))
    assert "Red Lawsuits; deaths &amp; births; appeals for money Legal decides: Legal team" in text
    assert "Green Thanks You decide." in text
    assert "recalls" not in text


def test_a_level_is_a_line_of_text(here: MacroContext, here_in_french: MacroContext) -> None:
    assert _text(approvals(here, "red")) == (
        "Red : Lawsuits; deaths &amp; births; appeals for money. Legal decides: Legal team , +1 555 0104"
    )
    assert _text(approvals(here_in_french, "green")) == "Vert : Les remerciements. Vous décidez."


def test_reasons_for_removal_are_a_list_or_a_line(here: MacroContext) -> None:
    assert removal_grounds(here) == "<ul><li>threats</li><li>fraud &amp; spam</li></ul>"
    assert removal_grounds(here, "sentence") == "threats; fraud &amp; spam"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_empty_register_is_said_to_be_empty(language: str, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "handbook")
    for file in (*FILES, Path("accounts.yml")):
        (folder / "registers" / file).unlink(missing_ok=True)
    here = MacroContext(read_site(folder), language)
    for name, show in SHOWN.items():
        if name != "decision":
            assert len(_text(show(here)).split()) > 4
            assert show(here).startswith("<p>")
    with pytest.raises(MacroError, match=r"no decision 'should-i-post'; add should-i-post.yml to registers/"):
        decision(here, "should-i-post")
    with pytest.raises(MacroError, match=r"no source 'nlra'; add it to registers/sources.yml"):
        source(here, "nlra")
    with pytest.raises(MacroError, match=r"no level 'red'; describe it in registers/approvals.yml"):
        approvals(here, "red")
    with pytest.raises(MacroError, match=r"no shared text 'a'; add it to registers/shared_texts.yml"):
        shared_text(here, "a")


def test_the_register_of_accounts_says_who_can_get_in(here: MacroContext) -> None:
    shown = _text(account_register(here))
    assert "Example Reading Network Facebook English, French Owner: Platform lead" in shown
    assert "Approves posts: Communications lead" in shown
    assert "Can get in: Platform lead, Communications lead, Security lead Active Opened: Sep 8" in shown
    assert "Access checked: Oct 5, 2026" in shown


def test_a_closed_account_is_shown_without_a_link(here: MacroContext) -> None:
    shown = account_register(here)
    assert "photos.example.org/example-reading-network" in _text(shown)
    assert 'href="https://photos.example.org' not in shown
    assert "Approves posts: Communications lead Closed since Jun 28, 2024" in _text(shown)
