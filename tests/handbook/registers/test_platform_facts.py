"""What may stand in registers/platform_facts.yml, and in which order a review finds it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.platform_facts import FILE, PlatformFacts, load_platform_facts
from tests.conftest import ROOT


@dataclass(frozen=True)
class Help:
    """A source as a fact sees it."""

    title: str = "Help pages"
    address: str = "https://help.example.org/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "registers").mkdir()
    return tmp_path


def _load(root: Path, *facts: str) -> PlatformFacts:
    """Load facts; each is written as the rest of `- name: {…}`, with what every fact needs before it."""
    lines = [f"  fact-{number}: {{{fact}}}" for number, fact in enumerate(facts)]
    (root / FILE).write_text("\n".join(["facts:", *lines, ""]), encoding="utf-8")
    return load_platform_facts(Folder(root), ["en", "fr"], ["facebook", "x"], {"help": Help()})


SOUND = "platform: x, statement: It holds., checked: 2026-10-14"


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        (
            SOUND.replace("platform: x", "platform: facebok"),
            "2:22: 'facts.fact-0.platform' names 'facebok', which is no platform; did you mean 'facebook'?",
        ),
        (
            f"{SOUND}, source: hlep",
            "2:76: 'facts.fact-0.source' names 'hlep', which is no source; did you mean 'help'?",
        ),
        (
            f"{SOUND}, source: help, address: 'https://a.example/'",
            "2:91: 'facts.fact-0.address' stands beside a source; keep one of the two",
        ),
        (
            f"{SOUND}, secondary: true",
            "2:79: 'facts.fact-0.secondary' names no source; add `address: https://…`",
        ),
        (
            SOUND.replace("It holds.", "{en: It holds.}"),
            "2:36: 'facts.fact-0.statement' has no fr text; add `fr: …`",
        ),
        (f"{SOUND}, address: 'http://a.example/'", "'facts.fact-0.address' is not an address"),
        (SOUND.replace("checked: 2026-10-14", "checked: 2026-02-30"), "a day that no calendar has"),
        ("platform: x, statement: It holds.", "'facts.fact-0.checked' is missing"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_mend(fact: str, message: str, root: Path) -> None:
    with pytest.raises(HandbookError) as error:
        _load(root, fact)
    assert message in str(error.value)


def test_a_source_without_a_register_of_sources_is_told_where_to_go(root: Path) -> None:
    (root / FILE).write_text(f"facts:\n  one: {{{SOUND}, source: help}}\n", encoding="utf-8")
    with pytest.raises(HandbookError, match=r"no source; add it to registers/sources\.yml"):
        load_platform_facts(Folder(root), ["en"], ["x"])


def test_a_handbook_may_state_no_facts(root: Path) -> None:
    assert load_platform_facts(Folder(root), ["en"], []).to_recheck() == []


def test_what_nobody_has_checked_for_longest_comes_first(root: Path) -> None:
    facts = _load(root, SOUND, SOUND.replace("-10-", "-08-").replace("x,", "facebook,"), SOUND)
    assert [name for name, _ in facts.to_recheck()] == ["fact-1", "fact-0", "fact-2"]
    assert [name for name, _ in facts.to_recheck("x")] == ["fact-0", "fact-2"]


def test_a_fact_finds_its_source(root: Path) -> None:
    facts = _load(root, f"{SOUND}, source: help", SOUND)
    assert [facts.source_of(fact) for fact in facts.facts.values()] == [Help(), None]


def test_every_fact_of_the_sample_is_stated_on_the_page_of_its_platform() -> None:
    pages = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "docs/platforms").glob("*.md")}
    facts = load_platform_facts(Folder(ROOT), ["en", "fr"], ["facebook", "youtube", "x"]).facts
    assert [name for name, fact in facts.items() if f'fact("{name}")' not in pages[fact.platform]] == []
