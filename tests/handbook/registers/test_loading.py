"""A mistake in a register names the line and what to write, and what it proposes can be read."""

import re
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.loading import load_folder, parse_register
from handbook.registers.organization import FILE, Organization
from handbook.registers.owners import Owners
from handbook.registers.scenarios import Scenario
from handbook.registers.waivers import WaiverList
from tests.conftest import ROOT

pytestmark = pytest.mark.sample

TEXT = (ROOT / FILE).read_text("utf-8")
NAME = "name: {en: Example Reading Network, fr: Réseau de lecture Exemple}"
NAMES = [
    "No",
    "010",
    "~",
    "#1",
    "Reading #1",
    "*x*",
    "@x",
    "2026-11-20",
    "[Draft] X",
    "{en: Reading, Writing, and More, fr: Lire}",
    "{en: Reading fr: Lire}",
    "{en: Reading; fr: Lire}",
    "{en: Reading, fr: No}",
    "{en:Reading, fr: Lire}",
    "{en: Reading, fr: Lire",
    "{en: Read: it, fr: Lire}",
    "{en: #1, fr: Lire}",
    "{en: 'Réseau d'X', fr: Lire}",
]


def _problems(before: str, after: str) -> list[str]:
    assert before in TEXT
    text = TEXT.replace(before, after, 1)
    with pytest.raises(HandbookError) as error:
        parse_register(text.encode(), FILE, Organization)
    return str(error.value).splitlines()


@pytest.mark.parametrize("written", NAMES)
def test_a_text_that_is_cut_or_read_as_something_else_is_told_its_quotes(written: str) -> None:
    problem = _problems(NAME, f"name: {written}")[-1]
    assert problem.startswith(f"{FILE}:6:")
    proposal = re.findall(r"`((?:name|en|fr): [^`]+)`", problem)[0]
    if not proposal.startswith("name"):
        rest = {"en": "fr: Lire", "fr": "en: Reading"}[proposal[:2]]
        proposal = f"name: {{{proposal}, {rest}}}"
    parse_register(TEXT.replace(NAME, proposal, 1).encode(), FILE, Organization)


@pytest.mark.parametrize(
    ("before", "after", "proposal"),
    [
        ('phone: "+1 555 0100"', "phone: +15550100", 'phone: "+15550100"'),
        ('phone: "+1 555 0100"', "phone: #12", 'phone: "#12"'),
        ("sample: true", 'sample: "true"', "sample: true"),
        ("jurisdictions: [us, ca]", "jurisdictions: us, ca", "jurisdictions: [us, ca]"),
        ("jurisdictions: [us, ca]", "jurisdictions: [us, ca", "jurisdictions: [us, ca]"),
        ("jurisdictions: [us, ca]", "jurisdictions: [us ca]", "us, ca"),
        ("sector: charity", "sector：charity", "sector: charity"),
        ("jurisdictions: [us, ca]", "jurisdictions: [us; ca]", "us, ca"),
        ("jurisdictions: [us, ca]", "jurisdictions: (us, ca)", "jurisdictions: [us, ca]"),
        ("languages: [en, fr]", "languages: [en fr]", "en, fr"),
        ("fr: le 911", "fr:le 911", "fr: le 911"),
        ("sector: charity", "sector:charity", "sector: charity"),
        ("sector: charity", " sector: charity", "sector: charity"),
        ("    email: press@", "     email: press@", "    email: press@example.org"),
        ("  - platform: facebook", "  -platform: facebook", "- platform: facebook"),
        ("  - platform: facebook", "  platform: facebook", "  - platform: facebook"),
        ("  - platform: facebook", "  - platform: facebook, name: ERN", "- {platform: facebook, name: ERN}"),
        ("name: Example Reading Network\n", "name: ERN: news\n", 'name: "ERN: news"'),
        ("email: press@example.org", "email: {{ x }}", "{{ x }}"),
    ],
)
def test_the_line_is_named_and_written_out(before: str, after: str, proposal: str) -> None:
    [problem] = _problems(before, after)
    line = TEXT.count("\n", 0, TEXT.index(before)) + 1
    assert problem.startswith(f"{FILE}:{line}:")
    assert problem.endswith((f"`{proposal}`", f'`, or, for a text, `{after.partition(" ")[0]} "[us, ca"`'))


@pytest.mark.parametrize(
    ("before", "after", "meant"),
    [
        ("sector: charity", "sector: Charity", "charity"),
        ('phone: "+1 555 0100"', "phone: \u202a+1\u202f555 0100\u202c", "+1 555 0100"),
        ("sector: charity", "sectr: charity", "sector"),
        ("time_zone: America/New_York", "time_zone: New York", "America/New_York"),
        ("time_zone: America/New_York", "time_zone: America/New York", "America/New_York"),
    ],
)
def test_the_nearest_value_is_proposed_once(before: str, after: str, meant: str) -> None:
    [problem] = _problems(before, after)
    assert problem.endswith(f"did you mean '{meant}'?")


@pytest.mark.parametrize("written", ["no", "On", "0x1f"])
def test_a_value_that_is_none_of_those_there_are_is_shown_as_it_is_written(written: str) -> None:
    [problem] = _problems("sector: charity", f"sector: {written}")
    assert f"'{written}'" in problem


@pytest.mark.parametrize(
    ("before", "after", "advice"),
    [
        ("  - platform: youtube", "    platform: youtube", "write `  - platform: youtube`"),
        ('    phone: "+1 555 0101"', '  phone: "+1 555 0101"', "if it belongs to `press`"),
        ("  fr: du lundi", "fr: du lundi", "if it belongs to `monitoring_hours`"),
        ("{en: Press office,", "{en: Press, media, office,", '`en: "Press, media, office"`'),
        ("sector: charity #", "sector: #", None),
        ("sector: charity", "sector: #charity", "because `#` begins a comment"),
    ],
)
def test_one_mistake_is_one_finding(before: str, after: str, advice: str | None) -> None:
    [problem] = _problems(before, after)
    line = TEXT.count("\n", 0, TEXT.index(before)) + 1
    assert problem.startswith(f"{FILE}:{line}:")
    assert advice is None or advice in problem


@pytest.mark.parametrize("written", ["[communications-lead]", "{communications-lead}"])
def test_a_name_in_brackets_is_told_without_them(written: str) -> None:
    text = f"owners:\n  legal-lead:\n    title: Legal\n    contact: legal\n    deputy: {written}\n"
    with pytest.raises(HandbookError, match="write `deputy: communications-lead`"):
        parse_register(text.encode(), "registers/owners.yml", Owners)


def test_an_example_that_is_too_long_is_not_told_as_one() -> None:
    with pytest.raises(HandbookError) as error:
        parse_register(b"owners: text\n", "registers/owners.yml", Owners)
    assert "write it as the sample does" in str(error.value)
    assert "(" not in str(error.value)


def test_a_language_that_is_misspelled_is_told_which_one_is_meant() -> None:
    [problem] = _problems("{en: Press office, fr:", "{en: Press office, fe:")
    assert "write `fr:` in place of `fe:`" in problem


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]\n", "{}\n", "hello\n"])
def test_a_file_without_keys_is_told_one_of_its_own(text: str) -> None:
    with pytest.raises(HandbookError) as error:
        parse_register(text.encode(), "registers/waivers.yml", WaiverList)
    [problem] = str(error.value).splitlines()
    assert "`waivers: []`" in problem


@pytest.mark.parametrize(
    "written",
    [
        "docs\\law\\photos.md#cake",
        "law/photos.md#cake",
        "docs/law/photos.html#cake",
        "/docs/law/photos.MD#cake",
    ],
)
def test_a_path_of_windows_or_of_a_site_is_told_the_path_of_the_page(written: str) -> None:
    text = f"question: a\nanswer: ask\nreason: b\npage: {written}\naudience: [work]\ntopics: [photos]\n"
    with pytest.raises(HandbookError, match=r"did you mean 'docs/law/photos\.md#cake'"):
        parse_register(text.encode(), "registers/scenarios/cake.yml", Scenario)


def test_a_comment_after_a_name_or_with_a_space_is_a_comment() -> None:
    text = TEXT.replace("sector: charity #", "sector: charity #temporary").replace(
        NAME, "name: Reading # why"
    )
    organization, _ = parse_register(text.encode(), FILE, Organization)
    assert (organization.sector, organization.name) == ("charity", "Reading")


def test_a_language_is_named_by_its_code() -> None:
    problems = _problems("languages: [en, fr]", "languages: [english, fr]")
    assert [problem.partition(": ")[0] for problem in problems] == [f"{FILE}:10:13"]


def test_a_quote_that_ends_far_below_is_found_where_it_opens() -> None:
    problems = _problems("\nsector: charity #", '\nsector: "charity #')
    assert problems[0].startswith(f"{FILE}:8:")


def test_a_merge_that_was_not_finished_is_named() -> None:
    problems = _problems(
        "sector: charity", "<<<<<<< HEAD\nsector: charity\n=======\nsector: retail\n>>>>>>> x"
    )
    assert problems[0].startswith(f"{FILE}:8:")
    assert "two versions" in problems[0]


def test_lines_that_end_as_on_old_macs_are_named() -> None:
    with pytest.raises(HandbookError, match=r":1:1: .*CR"):
        parse_register(TEXT.replace("\n", "\r").encode(), FILE, Organization)


@pytest.mark.parametrize("name", ["cake.yaml", "cake.yml.txt", "cake.YML"])
def test_a_file_whose_name_nearly_ends_as_it_should_is_to_be_renamed(tmp_path: Path, name: str) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / name).write_text("question: a\n", encoding="utf-8")
    (tmp_path / "scenarios" / "README.md").write_text("What is here.\n", encoding="utf-8")
    with pytest.raises(HandbookError) as error:
        load_folder(Folder(tmp_path), "scenarios", Scenario)
    [problem] = str(error.value).splitlines()
    assert problem.startswith(f"scenarios/{name}:1:1:")
    assert problem.endswith("rename it to cake.yml")
