"""What registers say is judged once, in each language, where it is written."""

from dataclasses import replace
from secrets import token_bytes

import pytest

from handbook.check.runner import check
from handbook.content.pages import PageSource, parse_page
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.registers.all_registers import read_registers
from handbook.registers.policy_texts import PolicyText
from handbook.registers.waivers import Waiver, Waivers
from handbook.rules import RULES
from handbook.rules.wording import judged_texts, rules
from handbook.rules.wording.guidance import Clause, Cure, Place, Standard, Trigger
from handbook.yaml.located import LocatedMapping
from tests.conftest import PAGE, ROOT
from tests.handbook.rules.wording.test_judgment import STANDARD


def forget_objections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no rule remember what it found before, or afterwards what it finds in this test."""
    for name in ("_judged", "_judged_register"):
        monkeypatch.setattr(rules, name, getattr(rules, name).__wrapped__)
    monkeypatch.setattr(judged_texts, "_data_fingerprint", lambda: token_bytes(16))


RULE = RULES["WRD001"]
YAML = """texts:
  first:
    text: {en: Fine., fr: Bon.}
  second:
    text:
      en: Do not share secrets.
      fr: Ne dites pas nos secrets.
"""


@pytest.fixture(autouse=True)
def _invented_guidance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge by invented guidance in both languages, whatever is in the data."""

    def guidance_for(jurisdictions: object, *, is_public: bool, language: str) -> list[Place]:
        trigger = Trigger(words="secrets?", level="warning", directive=language == "en")
        cure = Cure(words="friends")
        clause = Clause(why="vague", write="Be exact.", standard="it", triggers=[trigger], cures=[cure])
        standards: dict[str, Standard] = {"it": STANDARD}
        subjects = {"confidentiality": clause}
        place = Place(
            jurisdiction="us", language=language, employers="all", standards=standards, subjects=subjects
        )
        return [place]

    monkeypatch.setattr(judged_texts, "guidance_for", guidance_for)
    forget_objections(monkeypatch)


def _judged(handbook: Handbook, *texts: PolicyText) -> list[tuple[str, int, int, str]]:
    registers = replace(handbook.registers, policy_texts=texts)
    findings = check(replace(handbook, registers=registers, pages=[]), [RULE]).findings
    return [(finding.path, finding.line, finding.column, finding.severity) for finding in findings]


def _text(written: str | dict[str, str], list_name: str = "") -> PolicyText:
    return PolicyText(written, "registers/a.yml", LocatedMapping(text="a: b"), ("a",), list_name)


def test_a_finding_is_in_the_line_of_its_language(handbook: Handbook) -> None:
    written = {"en": "Do not share secrets.", "fr": "Ne dites pas vos secrets."}
    source = LocatedMapping(text=YAML)
    text = PolicyText(written, "registers/shared_texts.yml", source, ("texts", "second", "text"))
    assert _judged(handbook, text) == [
        ("registers/shared_texts.yml", 6, 11, "warning"),
        ("registers/shared_texts.yml", 7, 11, "warning"),
    ]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (_text("Do not share secrets."), 1),
        (_text("Our secrets are many."), 0),
        (_text("our secrets", "never"), 1),
        (_text("our secrets", "may"), 0),
        (_text("Talk, but do not share secrets.", "may"), 1),
        (_text({"de": "Do not share secrets."}), 0),
        (replace(_text("Do not share it."), question="May I tell secrets, or must I not?"), 0),
        (replace(_text("Do not share secrets."), question="May I tell what friends say?"), 0),
        (replace(_text("Do not share secrets."), question="May I tell?"), 1),
    ],
)
def test_the_list_that_a_text_is_in_tells_what_it_forbids(
    handbook: Handbook, text: PolicyText, findings: int
) -> None:
    assert len(_judged(handbook, text)) == findings


def test_registers_are_judged_once_and_pages_one_by_one(handbook: Handbook) -> None:
    pages = [
        parse_page(
            PageSource(name, f"docs/{name}", "en"), PAGE.replace("Text.", "Do not share secrets.").encode()
        )
        for name in ("one.md", "two.md")
    ]
    registers = replace(handbook.registers, policy_texts=[_text("Do not share secrets.")])
    whole = replace(handbook, registers=registers, pages=pages)
    paths = [finding.path for finding in check(whole, [RULE]).findings]
    assert paths == ["docs/one.md", "docs/two.md", "registers/a.yml"]
    assert [finding.path for finding in check(whole, [RULE], pages[:1]).findings] == ["docs/one.md"]


def test_a_waiver_may_name_a_register(handbook: Handbook) -> None:
    waiver = Waiver(
        page="registers/a.yml",
        rule="WRD001",
        reason="It quotes a court.",
        approver="legal-lead",
        end=handbook.today,
    )
    texts = [_text("Do not share secrets.")]
    registers = replace(handbook.registers, policy_texts=texts, waivers=Waivers([waiver]))
    result = check(replace(handbook, registers=registers, pages=[]), [RULE, RULES["WVR001"]])
    assert (result.findings, result.waived) == ([], 1)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("registers/scenarios.yml", "reason"),
        ("registers/decisions/should-i-post.yml", "help"),
        ("registers/decisions/should-i-post.yml", "outcomes"),
        ("registers/approvals.yml", "grounds"),
        ("registers/removals.yml", "grounds"),
        ("registers/shared_texts.yml", "texts"),
        ("registers/platforms.yml", "personal"),
    ],
)
def test_each_register_that_tells_people_what_to_do_is_read(path: str, part: str) -> None:
    texts = read_registers(Folder(ROOT)).policy_texts
    assert any(text.path == path and part in text.key for text in texts)


def test_every_text_is_found_where_it_is_written() -> None:
    count = 0
    for text in read_registers(Folder(ROOT)).policy_texts:
        location, written = text.location("en"), text.in_language("en", "en")
        line = (ROOT / text.path).read_text(encoding="utf-8").splitlines()[location.line - 1]
        if written and written in line:  # A variable or an escape is written otherwise.
            assert line[location.column - 1 :].lstrip("\"'").startswith(written), text.key
            count += 1
    assert count > 50


def test_what_people_ask_is_not_judged() -> None:
    texts = read_registers(Folder(ROOT)).policy_texts
    assert not any("question" in text.key for text in texts)
    allowed = {text.list_name for text in texts if text.path.startswith("registers/scenarios")}
    assert allowed == {"", "may"}
