"""What registers/platform_facts.yml may hold, and in which order a review finds it."""

import datetime
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.organization import Organization
from handbook.registers.platform_facts import FILE, PlatformFacts, load_platform_facts
from handbook.registers.platforms import Platform, Platforms, PlatformSection
from handbook.registers.sources import Source
from macros.context.site import Site
from tests.conftest import ROOT

HELP = Source(
    title="Help pages",
    publisher="The platform",
    address="https://help.example.org/",
    compared=datetime.date(2026, 11, 20),
)


PLATFORMS = Platforms(
    sections=[PlatformSection(key="live", title="Live", write="Say who presents.")],
    platforms={"facebook": Platform(name="Facebook"), "x": Platform(name="X")},
)


@pytest.fixture
def organization(site: Site) -> Organization:
    return site.organization


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "registers").mkdir()
    return tmp_path


def _load(root: Path, organization: Organization, *facts: str) -> PlatformFacts:
    """Load facts; each is written as the rest of `- name: {…}`, with what every fact needs before it."""
    lines = [f"  fact-{number}: {{{fact}}}" for number, fact in enumerate(facts)]
    (root / FILE).write_text("\n".join(["facts:", *lines, ""]), encoding="utf-8")
    return load_platform_facts(Folder(root), organization, PLATFORMS, {"help": HELP})


SOUND = "platform: x, section: live, statement: It holds., checked: 2026-10-14"


@pytest.mark.parametrize(
    ("fact", "key", "word"),
    [
        (SOUND.replace("platform: x", "platform: facebok"), "2:22: 'facts.fact-0.platform'", "'facebook'?"),
        (f"{SOUND}, source: hlep", "2:91: 'facts.fact-0.source'", "'help'?"),
        (
            f"{SOUND}, source: help, address: 'https://a.example/'",
            "2:106: 'facts.fact-0.address'",
            "one of the two",
        ),
        (f"{SOUND}, secondary: true", "2:94: 'facts.fact-0.secondary'", "`address: https://…`"),
        (f"{SOUND}, address: 'http://a.example/'", "2:92: 'facts.fact-0.address'", "https://"),
        (SOUND.replace("2026-10-14", "2026-02-30"), "2:71: 'facts.fact-0.checked'", "no calendar"),
        ("platform: x, section: live, statement: It holds.", "2:3: 'facts.fact-0.checked'", "missing"),
        (SOUND.replace("live", "life"), "2:34: 'facts.fact-0.section'", "'live'?"),
        (
            f"{SOUND}, secondary_until: 2027-01-31",
            "2:100: 'facts.fact-0.secondary_until'",
            "`secondary: true`",
        ),
    ],
)
def test_a_mistake_is_located_and_names_what_to_do(
    fact: str, key: str, word: str, root: Path, organization: Organization
) -> None:
    with pytest.raises(HandbookError) as error:
        _load(root, organization, fact)
    [sentence] = str(error.value).splitlines()
    assert sentence.startswith(f"{FILE}:{key} ")
    assert word in sentence


def test_a_source_that_no_register_holds_is_to_be_added_to_one(
    root: Path, organization: Organization
) -> None:
    (root / FILE).write_text(f"facts:\n  one: {{{SOUND}, source: help}}\n", encoding="utf-8")
    with pytest.raises(HandbookError, match=r"'facts\.one\.source'.*registers/sources\.yml"):
        load_platform_facts(Folder(root), organization, PLATFORMS)


def test_a_handbook_may_state_no_facts(root: Path, organization: Organization) -> None:
    assert load_platform_facts(Folder(root), organization, Platforms()).to_recheck() == []


def test_a_fact_may_be_for_other_organizations(root: Path, organization: Organization) -> None:
    others = f"{SOUND}, only_for: {{sectors: [healthcare]}}"
    assert list(_load(root, organization, others, SOUND).facts) == ["fact-1"]


def test_a_section_has_its_facts_in_the_order_of_the_register(root: Path, organization: Organization) -> None:
    facts = _load(root, organization, SOUND, SOUND.replace("x,", "facebook,"), SOUND)
    assert list(facts.of_section("x", "live")) == ["fact-0", "fact-2"]
    assert not facts.of_section("x", "posting")


def test_what_was_checked_longest_ago_comes_first(root: Path, organization: Organization) -> None:
    facts = _load(root, organization, SOUND, SOUND.replace("-10-", "-08-").replace("x,", "facebook,"), SOUND)
    assert [name for name, _ in facts.to_recheck()] == ["fact-1", "fact-0", "fact-2"]


def test_a_fact_finds_its_source(root: Path, organization: Organization) -> None:
    facts = _load(root, organization, f"{SOUND}, source: help", SOUND)
    assert [facts.source_of(fact) for fact in facts.facts.values()] == [HELP, None]


def test_every_fact_of_the_sample_is_stated_on_the_page_of_its_platform(site: Site) -> None:
    pages = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "docs/platforms").glob("*.md")}
    lost = [
        name
        for name, fact in site.registers.platform_facts.facts.items()
        if f'fact("{name}")' not in pages[fact.platform]
        and f'facts("{fact.platform}", "{fact.section}")' not in pages[fact.platform]
    ]
    assert lost == []
