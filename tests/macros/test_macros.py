"""What pages and the theme may say."""

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown import Markdown  # type: ignore[import-untyped]
from mkdocs.config import load_config

from handbook.compliance.compliance_for_build import ComplianceForBuild
from handbook.compliance.tally import PageState, Tally
from handbook.content.page_keys.lists import JURISDICTIONS, SECTORS
from handbook.content.pages import PageSource, parse_page
from handbook.history.changes import Change, History, PageHistory
from handbook.history.history_for_build import HistoryForBuild
from handbook.markup.refused_html import suspects
from handbook.model import Handbook
from handbook.registers.open_questions import OpenQuestion, OpenQuestions
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import ReviewFile, ReviewRecord
from handbook.registers.waivers import Waiver, Waivers
from handbook.templating.expressions import Expressions
from handbook.yaml.located import LocatedMapping
from macros.context.registry import MACROS, MacroContext, bound_macros
from macros.context.site import Site
from macros.definitions.contacts import accounts
from macros.definitions.reference import macro_examples, macro_help
from macros.presentation.catalog import load_catalog
from macros.presentation.safe_html import clean
from tests.capabilities import capabilities
from tests.conftest import PAGE, REVIEWED, ROOT, TODAY, hostile, told_word
from tests.markup import problems_in
from tests.records import parse_record, reviews_of
from tests.records import record as closed_record

QUESTION = OpenQuestion(question="May I repost a partner?", asked_on=datetime.date(2026, 11, 18))
LANGUAGES = [file.stem for file in (ROOT / "macros" / "catalog").glob("*.yml")]


# What the first example of each macro shows of the sample organization and of `full_site`, in any language.
PROMISES = {
    "acknowledge": ["acknowledge-here"],
    "acknowledgement_counts": ["<p>"],
    "a_to_z": ['id="letter-', "<a href="],
    "account_register": ["<table", "facebook.example.org", "<time datetime="],
    "accounts": ["<table", "https://facebook.example.org/", "https://youtube.example.org/"],
    "applies": ["In North America"],
    "approvals": ["<table", "mailto:legal@example.org", "<td><strong>"],
    "at_a_glance": ["Share our posts", "Before you film", "Share passwords"],
    "compliance_over_time": ["compliance.svg", "<table", 'datetime="2026-10-31"'],
    "contact": ["mailto:press@example.org", "tel:+15550101"],
    "decision": ['id="should-i-post--voice"', 'href="#should-i-post--', 'id="should-i-post--result--'],
    "dissents": ["<table", 'datetime="2026-10-14"', "it saves a telephone call"],
    "downloads": ["register.csv", "register.json", "register.schema.json", "compliance.csv"],
    "editions": ["<p>"],
    "emergency_route": ['class="route"', "tel:911", "tel:+15550102", "mailto:duty@example.org"],
    "fact": ['class="fact"', '<time datetime="2026-'],
    "facts": ['<ul class="fact-list">', "<li>", '<time datetime="2026-'],
    "glossary": ["<dl", "<dt>", "<dd>"],
    "helplines": ["tel:988", "https://988lifeline.org/", '<time datetime="2026-'],
    "library": ["<table", "https://"],
    "macro_list": ["account_register", "what_changed", "{{ contact("],
    "open_questions": ["<table", "May I repost a partner?", 'datetime="2026-11-18"'],
    "open_reviews": ["2026-11-20-policy", "<table"],
    "owner": ["mailto:social@example.org"],
    "page_facts": ["<table", 'datetime="2026-10-14"', 'datetime="2027-04-14"'],
    "page_histories": ["<table", 'datetime="2026-11-20"'],
    "money": ["40", "$"],
    "page_register": ["<table", "2026-10-14"],
    "photo_check": ['class="component photo-check"', "handbook photo check"],
    "personal_use": ["<strong>Reddit:</strong>"],
    "platform_facts": ["<table", "Facebook", "YouTube", '<time datetime="2026-'],
    "platform_addresses": ["Facebook", "https://www.facebook.com/hacked"],
    "page_link": ["strategy"],
    "platform_pages": ["<table", "YouTube"],
    "pocket_card": ['href="tel:+15550199"', 'href="tel:+15550101"', "numbers__one--first"],
    "policies": ['id="policy-privacy"', "https://intranet.example.org/policies/privacy"],
    "reading_forms": ['class="component reading-forms"', "2026-11-20-policy", "/sig", "### docs/a.md ("],
    "regulations": ['id="regulation-nlra"', "mailto:", "https://"],
    "removal_grounds": ["<ul", "</li><li>"],
    "review_dashboard": ["<table", "reviews.ics", "2027-04-14"],
    "rule_list": ["FMT001", "OWN001", "REV003"],
    "scenarios": ['id="scenario-birthday-photo"', "answer--ask", "answer--no"],
    "shared_text": ["."],
    "source": ['class="source"', 'href="https://', "<time"],
    "sources": ["<ul", 'href="https://'],
    "variable_list": ["organization.name", "organization.sector", "America/New_York"],
    "waivers": ["docs/a.md", "STR001", 'datetime="2026-12-24"'],
    "what_changed": ["what-changed-here"],
    "wording_rules": ["<table", "WRD001", 'datetime="2023-08-02"'],
}


@pytest.fixture(scope="module")
def full_site(site: Site) -> Site:
    """The sample organization with a page, its history, an open review, a closed one, and a waiver."""
    page = parse_page(PageSource("a.md", "docs/a.md", "en"), PAGE.encode())
    change = Change(1, "c" * 40, TODAY, (None,), "Begin", None, None, "docs/a.md", "docs/a.md", None, "1")
    record = ReviewRecord(started=TODAY, pages=["docs/a.md"], readings={"platform-lead": None})
    review_file = ReviewFile("registers/reviews/2026-11-20-policy.yml", record, LocatedMapping())
    text = closed_record({"docs/a.md": "sha256:" + "0" * 64}, REVIEWED)
    departed = parse_record("registers/reviews/x.yml", text.replace("outcome: unchanged", "outcome: changed"))
    waiver = Waiver(
        page="docs/a.md",
        rule="STR001",
        reason="It is about one platform.",
        approver="legal-lead",
        end=datetime.date(2026, 12, 24),
    )
    reviews = Reviews([review_file, departed, *reviews_of([page]).files])
    counts = {standing: int(standing is PageState.IN_ORDER) for standing in PageState}
    tally = Tally(datetime.date(2026, 10, 31), counts)
    return replace(
        site,
        registers=replace(
            site.registers,
            reviews=reviews,
            waivers=Waivers([waiver]),
            open_questions=OpenQuestions({1: QUESTION}),
        ),
        pages={"a.md": page},
        addresses={"docs/a.md": "a/"},
        history=HistoryForBuild(ROOT, History({"docs/a.md": PageHistory("docs/a.md", (change,))}, ())),
        compliance=ComplianceForBuild([tally]),
    )


@pytest.mark.parametrize("name", MACROS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_macro_shows_what_its_help_promises_in_valid_html(
    name: str, language: str, full_site: Site, handbook: Handbook, markdown: Markdown
) -> None:
    assert len(macro_help(name)) > 20
    examples = macro_examples(name)
    for example in examples:
        context = MacroContext(full_site, language, full_site.pages["a.md"], "a/")
        shown = handbook.expressions[language].render(example, bound_macros(context))
        html = str(markdown.reset().convert(shown))
        assert list(problems_in(html)) == []
        if example == examples[0]:
            assert [part for part in PROMISES[name] if part not in html] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_the_keys_of_the_english_one(language: str) -> None:
    assert load_catalog(language).texts.keys() == load_catalog("en").texts.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_names_each_sector(language: str) -> None:
    assert load_catalog(language).group("sector").keys() > set(SECTORS)


@pytest.mark.parametrize("kind", [*SECTORS, *JURISDICTIONS])
def test_an_editor_reads_of_each_sector_and_place_where_it_is_chosen(kind: str) -> None:
    words = set(re.findall(r"[a-z]+", macro_help("applies")))
    comments = " ".join(
        line.partition("#")[2]
        for line in (ROOT / "organization.yml").read_text(encoding="utf-8").splitlines()
        if line.startswith(("sector:", "jurisdictions:"))
    )
    assert kind in words & set(re.findall(r"[a-z]+", comments))


@pytest.fixture(scope="module")
def markdown() -> Markdown:
    config = load_config(str(ROOT / "mkdocs.yml"))
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def _html(file: Path, markdown: Markdown, site: Site, expressions: Expressions) -> str:
    """Return what MkDocs makes of a page before it is cleaned."""
    page = parse_page(PageSource(str(file), file.name, "en"), file.read_bytes())
    macros = bound_macros(MacroContext(site, "en", page))
    return str(markdown.reset().convert(expressions.render(page.body, macros)))


@pytest.mark.parametrize("file", hostile("html"), ids=lambda file: file.stem)
def test_html_that_could_run_or_load_is_taken_out_and_told(
    file: Path, markdown: Markdown, site: Site, expressions: Expressions
) -> None:
    html = _html(file, markdown, site, expressions)
    assert told_word(file) in " ".join(suspects(html))
    assert capabilities(clean(html)) == set()


@pytest.mark.parametrize("file", hostile("inert"), ids=lambda file: file.stem)
def test_html_that_is_text_stays_text_and_is_not_told(
    file: Path, markdown: Markdown, site: Site, expressions: Expressions
) -> None:
    html = _html(file, markdown, site, expressions)
    assert suspects(html) == []
    assert capabilities(clean(html)) == set()


@pytest.mark.parametrize(
    "html",
    [
        "<p>Private data: ask first. On error = call us.</p>",
        "<pre><code>&lt;script src=//x&gt;</code></pre>",
        '<p><a href="https://example.org/">x</a></p>',
    ],
)
def test_ordinary_text_is_left_alone(html: str) -> None:
    assert clean(html) == html
    assert suspects(html) == []


def test_accounts_show_platforms_under_their_names(site: Site) -> None:
    shown = accounts(MacroContext(site, "en"))
    assert re.findall(r"<tr><td>(.+?)</td>", shown)[:3] == ["Facebook", "YouTube", "X"]


def test_an_account_is_found_under_every_name_of_its_platform(site: Site) -> None:
    listed = [site.organization.accounts[2].model_copy(update={"platform": "Twitter"})]
    organization = site.organization.model_copy(update={"accounts": listed})
    other = replace(site, registers=replace(site.registers, organization=organization))
    assert "@example_reading" in accounts(MacroContext(other, "en"), "x")
    assert "<td>X</td>" in accounts(MacroContext(other, "en"))


def test_an_account_on_a_platform_without_a_name_shows_what_stands_there(site: Site) -> None:
    listed = [site.organization.accounts[0].model_copy(update={"platform": "Gazette"})]
    organization = site.organization.model_copy(update={"accounts": listed})
    other = replace(site, registers=replace(site.registers, organization=organization))
    assert "<td>Gazette</td>" in accounts(MacroContext(other, "en"))


@pytest.mark.parametrize("module", sorted({macro.function.__module__ for macro in MACROS.values()}))
def test_a_macro_declares_the_templates_that_its_module_renders(module: str) -> None:
    """The fair gate reads the declaration: without it, a changed template would reach no page."""
    source = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    declared = {
        name for macro in MACROS.values() if macro.function.__module__ == module for name in macro.templates
    }
    assert set(re.findall(r"\brender\(\s*\"([^\"]+)\"", source)) <= declared
    assert all((ROOT / "macros" / "templates" / name).is_file() for name in declared)
