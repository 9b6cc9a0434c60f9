"""Each page in tests/cases/ carries the findings it expects, as comments at its end."""

import datetime
import inspect
import re
import shutil
from ast import literal_eval
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest

from handbook.check.runner import check
from handbook.content.assets import Asset
from handbook.content.change import ChangedFiles
from handbook.content.file_names import misnamed_files
from handbook.content.fingerprints import body_fingerprint
from handbook.content.mkdocs_settings import parse_settings
from handbook.content.pages import Page, PageSource, parse_page
from handbook.content.site_configuration import read_site_configuration
from handbook.files.tree import Folder
from handbook.findings import Finding
from handbook.markup.markdown_settings import markdown_settings
from handbook.markup.published_site import PublishedSite
from handbook.model import Handbook
from handbook.registers.accounts import Accounts, load_accounts
from handbook.registers.acknowledgements import FILE as ACKNOWLEDGEMENTS_FILE
from handbook.registers.acknowledgements import load_acknowledgements
from handbook.registers.emergency_route import FILE as EMERGENCIES_FILE
from handbook.registers.emergency_route import load_emergency_route
from handbook.registers.open_questions import load_open_questions
from handbook.registers.organization import Organization, load_organization
from handbook.registers.platform_facts import load_platform_facts
from handbook.registers.questions import load_questions
from handbook.registers.rendered_texts import RenderedTexts, text_mark
from handbook.registers.review_index import Reviews, load_reviews
from handbook.registers.scenarios import Scenario, Scenarios, load_scenarios
from handbook.registers.sources import Sources
from handbook.registers.waivers import load_waivers
from handbook.registers.written_texts import WrittenTexts
from handbook.rules import READ_MARKUP, RULES
from macros.context.site import Site
from tests.conftest import PAGE, ROOT
from tests.records import parse_record, record

Row: TypeAlias = tuple[int, int, str, str, str]

CASES = ROOT / "tests" / "cases"
# REG003 judges the facts of the sample, TRN001 its languages, and some rules what its registers say; none of
# that is part of a case.
NO_PART = ("REG003", "TRN001")
OF_PAGES = [replace(rule, beyond_pages=None) for code, rule in RULES.items() if code not in NO_PART]
MARKDOWN = markdown_settings(read_site_configuration((ROOT / "mkdocs.yml").read_bytes()).mapping.data)
EXPECTED = re.compile(r"^(?:<!--|#) (\d+):(\d+) ([A-Z]{3}\d{3}) (\w+) (.+?)(?: -->)?$", re.MULTILINE)
# Each page has a sound record of its last review, unless the case says that it was of another day or text.
REVIEWED = re.compile(
    r"^<!-- (?P<none>no review)|<!-- reviewed (?:on (?P<day>\S+)|as (?P<text>.+)) -->$", re.MULTILINE
)
# A later review decided on another text.
AGAIN = re.compile(r"^<!-- reviewed again on (\S+) -->$", re.MULTILINE)
CHANGED = re.compile(r"^<!-- source (\S+) changed on (\S+) -->$", re.MULTILINE)
FOLDER_PAGES = ("docs/one.md", "docs/law/one.md")
RECORD_PAGES = ("docs/one.md", "docs/two.md", *(f"docs/many-{number}.md" for number in range(10)))
# A case may be of an organization that some contacts have no telephone in, or that has no emergency number.
SILENT = re.compile(r"^<!-- without a telephone: (.+) -->$", re.MULTILINE)
PATH = re.compile(r"^<!-- path: (.+) -->$", re.MULTILINE)


def _cases() -> list[Path]:
    return sorted(CASES.glob("*/*.md"))


@pytest.mark.parametrize("case", sorted(CASES.glob("IMG001/*")), ids=lambda case: case.stem)
def test_a_case_of_a_picture_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    asset = Asset(f"docs/{case.name}", lambda: case.open("rb"))
    assert _found(replace(handbook, assets=[asset])) == _expected(case.read_text("latin-1"))


@pytest.mark.parametrize("case", sorted(CASES.glob("FMT003/*")), ids=lambda case: case.stem)
def test_a_case_of_a_published_file_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    asset = Asset(f"docs/{case.name}", lambda: case.open("rb"))
    findings = check(replace(handbook, assets=[asset]), OF_PAGES).findings
    assert {finding.path for finding in findings} <= {asset.path}
    assert _rows(findings) == _expected(case.read_text("utf-8"))


def _found(handbook: Handbook) -> list[Row]:
    return _rows(check(handbook, OF_PAGES).findings)


def _rows(findings: Sequence[Finding]) -> list[Row]:
    return [
        (finding.line, finding.column, finding.code, finding.severity, finding.message)
        for finding in findings
    ]


def _expected(text: str) -> list[Row]:
    return [(int(line), int(column), *rest) for line, column, *rest in EXPECTED.findall(text)]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_case_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    data = case.read_bytes()
    path = PATH.search(data.decode())
    page = parse_page(PageSource(str(case), path[1] if path else case.name, "en"), data)
    off_navigation = frozenset({page.path} if b"<!-- off the navigation -->" in data else ())
    registers = replace(
        handbook.registers,
        reviews=_reviews(page, handbook),
        sources=_sources(handbook, page),
        organization=_organization(handbook, page.text),
    )
    site = PublishedSite(settings=MARKDOWN) if case.parent.name in READ_MARKUP else None
    one_page = replace(handbook, pages=[page], off_navigation=off_navigation, registers=registers, site=site)
    assert _found(one_page) == _expected(data.decode())


def _reviews(page: Page, handbook: Handbook) -> Reviews:
    case = REVIEWED.search(page.text)
    day = page.front_matter.day("last_reviewed")
    day = datetime.date.fromisoformat(case["day"]) if case and case["day"] else day
    if day is None or day > handbook.today or (case and case["none"]):
        return Reviews()
    text = body_fingerprint(case["text"] if case and case["text"] else page.body)
    roles = (page.owner if page.owner in ("platform-lead", "people-lead") else "platform-lead", "legal-lead")
    later = [datetime.date.fromisoformat(again) for again in AGAIN.findall(page.text)]
    texts = {day: text, **dict.fromkeys(later, body_fingerprint("Another text."))}
    return Reviews(
        [
            parse_record(f"registers/reviews/{each}-case.yml", record({page.path: read}, each, roles))
            for each, read in texts.items()
        ]
    )


def _organization(handbook: Handbook, text: str) -> Organization:
    """Return the organization of the sample in one country, without the telephones that a case takes away."""
    organization = handbook.registers.organization.model_copy(update={"jurisdictions": ["us"]})
    case = SILENT.search(text)
    if case is None:
        return organization
    contacts = organization.contacts
    silent = {name: contacts.of(name).model_copy(update={"phone": None}) for name in case[1].split()}
    return organization.model_copy(update={"contacts": contacts.model_copy(update=silent)})


def _sources(handbook: Handbook, page: Page) -> Sources:
    known = handbook.registers.sources
    changed = {name: datetime.date.fromisoformat(day) for name, day in CHANGED.findall(page.text)}
    return replace(
        known,
        sources={
            name: source.model_copy(update={"changed": changed.get(name)})
            for name, source in known.sources.items()
        },
    )


@pytest.mark.parametrize("case", sorted(CASES.glob("REV00[79]/*.yml")), ids=lambda case: case.stem)
def test_a_case_of_a_record_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    """The pages of the handbook are those the records name; their dates are of no account here."""
    pages = [parse_page(PageSource(path, path, "en"), PAGE.encode()) for path in RECORD_PAGES]
    reviews = Reviews([parse_record("registers/reviews/case.yml", case.read_text("utf-8"))])
    registers = replace(handbook.registers, reviews=reviews)
    judged = replace(handbook, pages=pages, registers=registers)
    findings = check(judged, [RULES["REV007"], RULES["REV009"]]).findings
    assert {finding.path for finding in findings} <= {"registers/reviews/case.yml"}
    assert _rows(findings) == _expected(case.read_text("utf-8"))


@pytest.mark.parametrize("case", sorted(CASES.glob("REV007/*/")), ids=lambda case: case.name)
def test_a_case_of_a_review_in_a_folder_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    """Each file of a case names the findings in it; the page that a lawyer must read is docs/law/one.md."""
    folder = tmp_path / "registers" / "reviews" / "case"
    shutil.copytree(case, folder)
    pages = [parse_page(PageSource(path, path, "en"), PAGE.encode()) for path in FOLDER_PAGES]
    registers = replace(handbook.registers, reviews=load_reviews(Folder(tmp_path)))
    judged = replace(handbook, pages=pages, registers=registers)
    findings = check(judged, [RULES["REV007"], RULES["REV009"]]).findings
    for file in case.iterdir():
        path = f"registers/reviews/case/{file.name}"
        rows = _rows([finding for finding in findings if finding.path == path])
        assert rows == _expected(file.read_text("utf-8")), file.name


@pytest.mark.parametrize("case", sorted(CASES.glob("WVR001/*.yml")), ids=lambda case: case.stem)
def test_a_case_of_a_waiver_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    """The handbook has one page, which names a platform: a good waiver excuses it."""
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "waivers.yml").write_bytes(case.read_bytes())
    source = PageSource("work.md", "docs/policy/work.md", "en")
    text = PAGE.replace("Text.", "Facebook.").replace(
        "description: What it is about.", "legal_review: 2026-10-14"
    )
    page = parse_page(source, text.encode())
    waivers = load_waivers(Folder(tmp_path))
    registers = replace(handbook.registers, waivers=waivers, reviews=_reviews(page, handbook))
    assert _found(replace(handbook, pages=[page], registers=registers)) == _expected(case.read_text("utf-8"))


# The registers whose key at the top is not their name.
_OTHER_FILES = {"emergencies": EMERGENCIES_FILE, "audiences": ACKNOWLEDGEMENTS_FILE}


@pytest.mark.parametrize("case", sorted(CASES.glob("REG001/*.yml")), ids=lambda case: case.stem)
def test_a_case_of_a_register_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    """The key at the top of a case says which register it is."""
    key = case.read_text("utf-8").partition(":")[0]
    path = _OTHER_FILES.get(key, f"registers/{key}.yml")
    (tmp_path / "registers").mkdir()
    (tmp_path / path).write_bytes(case.read_bytes())
    page = parse_page(PageSource("work.md", "docs/policy/work.md", "en"), PAGE.encode())
    tree, organization = Folder(tmp_path), handbook.registers.organization
    registers = replace(
        handbook.registers,
        scenarios=load_scenarios(tree, organization),
        questions=load_questions(tree, organization),
        emergency_route=load_emergency_route(tree, organization),
        acknowledgements=load_acknowledgements(tree, organization, handbook.registers.platforms),
    )
    site = PublishedSite(settings=MARKDOWN)
    judged = replace(handbook, pages=[page], registers=registers, site=site)
    findings = check(judged, [RULES["REG001"]]).findings
    assert {finding.path for finding in findings} <= {path}
    assert _rows(findings) == _expected(case.read_text("utf-8"))


@pytest.mark.parametrize("case", sorted(CASES.glob("REG005/*.yml")), ids=lambda case: case.stem)
def test_a_case_of_who_accepts_pages_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    """The handbook has three scenarios: two about one page, and one about another."""
    (tmp_path / "registers").mkdir()
    (tmp_path / ACKNOWLEDGEMENTS_FILE).write_bytes(case.read_bytes())
    organization, platforms = handbook.registers.organization, handbook.registers.platforms
    asked = load_acknowledgements(Folder(tmp_path), organization, platforms)
    pages = {"party": "docs/one.md", "selfie": "docs/one.md", "pay": "docs/two.md"}
    common = {"question": "May I?", "answer": "ask", "reason": "Ask.", "audience": ["work"], "topics": ["ai"]}
    scenarios = {name: Scenario.model_validate({**common, "page": page}) for name, page in pages.items()}
    registers = replace(handbook.registers, acknowledgements=asked, scenarios=Scenarios(scenarios))
    findings = check(replace(handbook, registers=registers), [RULES["REG005"]]).findings
    assert _rows(findings) == _expected(case.read_text("utf-8"))


@pytest.mark.parametrize("case", sorted(CASES.glob("REG006/*.yml")), ids=lambda case: case.stem)
def test_a_case_of_open_questions_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "open_questions.yml").write_bytes(case.read_bytes())
    page = parse_page(PageSource("work.md", "docs/policy/work.md", "en"), PAGE.encode())
    registers = replace(handbook.registers, open_questions=load_open_questions(Folder(tmp_path)))
    findings = check(replace(handbook, pages=[page], registers=registers), [RULES["REG006"]]).findings
    assert {finding.path for finding in findings} <= {"registers/open_questions.yml"}
    assert _rows(findings) == _expected(case.read_text("utf-8"))


@pytest.mark.parametrize("case", sorted(CASES.glob("REG002/*.yml")), ids=lambda case: case.stem)
def test_a_case_of_accounts_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    """A case is the register of the sample organization, which has ten accounts."""
    (tmp_path / "sample" / "registers").mkdir(parents=True)
    (tmp_path / "sample" / "registers" / "accounts.yml").write_bytes(case.read_bytes())
    shutil.copy(ROOT / "organization.yml", tmp_path)
    accounts = load_accounts(Folder(tmp_path), handbook.registers.owners)
    judged = replace(handbook, registers=replace(handbook.registers, accounts=accounts))
    findings = check(judged, [RULES["REG002"]]).findings
    assert {finding.path for finding in findings} <= {"organization.yml", "sample/registers/accounts.yml"}
    assert _rows(findings) == _expected(case.read_text("utf-8"))


def test_a_platform_of_an_account_that_is_misspelled_is_a_warning_on_its_line(
    handbook: Handbook, tmp_path: Path
) -> None:
    text = (ROOT / "organization.yml").read_text("utf-8").replace("platform: mastodon", "platform: Mastadon")
    (tmp_path / "organization.yml").write_text(text, encoding="utf-8")
    registers = replace(
        handbook.registers,
        organization=load_organization(Folder(tmp_path)),
        accounts=load_accounts(Folder(tmp_path), handbook.registers.owners),
    )
    findings = check(replace(handbook, registers=registers), [RULES["REG002"]]).findings
    line = text[: text.index("Mastadon")].count("\n") + 1
    assert [(finding.path, finding.line, finding.severity) for finding in findings] == [
        ("organization.yml", line, "warning")
    ]


@pytest.mark.parametrize("case", sorted(CASES.glob("REG003/*.yml")), ids=lambda case: case.stem)
def test_a_case_of_facts_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "platform_facts.yml").write_bytes(case.read_bytes())
    organization, platforms = handbook.registers.organization, handbook.registers.platforms
    facts = load_platform_facts(Folder(tmp_path), organization, platforms)
    judged = replace(handbook, registers=replace(handbook.registers, platform_facts=facts))
    findings = check(judged, [RULES["REG003"]]).findings
    assert {finding.path for finding in findings} <= {"registers/platform_facts.yml"}
    assert _rows(findings) == _expected(case.read_text("utf-8"))


@pytest.mark.parametrize(
    "case", sorted([*CASES.glob("TRN001/*.yml"), *CASES.glob("TRN002/*.yml")]), ids=lambda case: case.stem
)
def test_a_case_of_texts_by_language_has_exactly_the_findings_it_names(
    case: Path, handbook: Handbook, tmp_path: Path
) -> None:
    """Nobody knows since when the texts are there; one of them is marked as rendered."""
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "glossary.yml").write_bytes(case.read_bytes())
    written = WrittenTexts(Folder(tmp_path), ["en", "fr"])
    rendered = RenderedTexts.model_validate(
        {"languages": {"fr": {"registers/glossary.yml": [text_mark(("terms", 0, "term"), "account")]}}}
    )
    registers = replace(handbook.registers, written_texts=written, rendered_texts=rendered)
    judged = replace(handbook, registers=registers, pages=())
    findings = check(judged, [RULES[case.parent.name]]).findings
    assert {finding.path for finding in findings} <= {"registers/glossary.yml"}
    assert _rows(findings) == _expected(case.read_text("utf-8"))


@pytest.mark.parametrize("case", sorted(CASES.glob("TRN00?/*.txt")), ids=lambda case: case.stem)
def test_a_case_of_a_translation_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    """Each file has an English page, and below a line of `+` its French one, if there is one."""
    text = EXPECTED.sub("", case.read_text("utf-8")).rstrip() + "\n"
    files = dict(zip(("en", "fr"), text.split("++++\n"), strict=False))
    pages = [
        parse_page(PageSource(path, path, language), content.encode())
        for language, content in files.items()
        for path in (f"docs/policy/gifts{'' if language == 'en' else '.fr'}.md",)
    ]
    written = WrittenTexts(Folder(case.parent), ["en", "fr"])
    judged = replace(handbook, pages=pages, registers=replace(handbook.registers, written_texts=written))
    findings = check(judged, [RULES[case.parent.name]]).findings
    assert _rows(findings) == _expected(case.read_text("utf-8"))


@pytest.mark.parametrize("case", sorted(CASES.glob("CHG001/*.txt")), ids=lambda case: case.stem)
def test_a_case_of_a_change_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    text = case.read_text("utf-8")
    paths = [line for line in text.splitlines() if not line.startswith("# ")]
    findings = check(handbook, [RULES["CHG001"]], change=ChangedFiles.of(paths)).findings
    assert _rows(findings) == _expected(text)


@pytest.mark.parametrize("case", sorted(CASES.glob("FMT004/*.txt")), ids=lambda case: case.stem)
def test_a_case_of_names_has_exactly_the_findings_it_names(case: Path, handbook: Handbook) -> None:
    """Each line is the name of a file below docs/, as Python writes it."""
    text = case.read_text("utf-8")
    names = [_as_python(line) for line in text.splitlines() if not line.startswith("# ")]
    published = parse_settings(b"{}").published([f"docs/{name}" for name in names])
    pages = {file.name for file in published if file.page_language(("en", "fr"))}
    misnamed = list(misnamed_files(names, pages, "docs", ("en", "fr")))
    findings = check(replace(handbook, misnamed=misnamed), [RULES["FMT004"]]).findings
    assert _rows(findings) == _expected(text)


def _as_python(text: str) -> str:
    return re.sub(r"\\(?:u[0-9a-f]{4}|.)", lambda match: literal_eval(f"'{match[0]}'"), text)


def test_a_handbook_may_keep_no_register_of_accounts(handbook: Handbook) -> None:
    without = replace(handbook, registers=replace(handbook.registers, accounts=Accounts()))
    assert not check(without, [RULES["REG002"]]).findings


def test_a_page_named_by_an_outcome_must_be_published(handbook: Handbook, site: Site) -> None:
    registers = replace(handbook.registers, decisions=site.registers.decisions)
    findings = check(replace(handbook, registers=registers), [RULES["REG001"]]).findings
    location = registers.decisions.location("should-i-post", "post", "page")
    lines = {(finding.path, finding.line) for finding in findings}
    assert ("registers/decisions/should-i-post.yml", location.line) in lines


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_good_and_a_bad_case(code: str) -> None:
    names = {case.stem.partition("-")[0] for case in (CASES / code).glob("*.*")}
    assert names == {"good", "bad"}


@pytest.mark.parametrize("code", RULES)
def test_a_bad_case_is_found_by_its_rule(code: str) -> None:
    for case in (CASES / code).glob("bad-*.*"):
        text = case.read_text(encoding="latin-1")  # A case of a change lists its findings at its end.
        assert code in {row[2] for row in _expected(text)} or f" {code} " in text.partition("findings:")[2]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_gives_its_reason_and_two_examples(code: str) -> None:
    manual = inspect.cleandoc(RULES[code].manual)
    assert re.search(r"^Bad:  .+\nGood: .+", manual, re.MULTILINE)
    assert len(manual.splitlines()[0]) > 20
