"""The registers that pages show: mistakes are located, and records for other organizations are left out."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from handbook.content.sectors import Jurisdiction, Sector
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.repository import Repository
from handbook.registers.all_registers import Registers, read_registers
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]

POLICIES = """policies:
  privacy:
    title: Privacy policy
    covers: What we keep
    online: Pictures count, too
    owner: privacy-lead
    address: https://intranet.example.org/privacy
"""
SOURCES = """sources:
  act:
    title: The act
    publisher: The parliament
    address: https://www.example.org/act
    checked: 2026-11-20
  order:
    only_for: {sectors: [finance]}
    title: The order
    publisher: The ministry
    address: https://www.example.org/order
    checked: 2026-11-20
"""
REGULATIONS = """regulations:
  secrecy:
    title: Secrecy
    means: Keep it to yourself
    never: Tell it
    ask: privacy
    source: act
"""
GLOSSARY = """terms:
  - term: {en: picture, fr: image}
    meaning: {en: What you see, fr: Ce que l’on voit}
"""
SCENARIOS = """scenarios:
  party:
    question: May I?
    answer: no
    reason: Ask first.
    page: docs/policy/work.md
    audience: [work]
    topics: [photos]
"""
LIBRARY = """examples:
  - organization: The council
    title: The policy
    sector: government
    country: gb
    language: en
    learn: Say it plainly
    address: https://www.example.org/policy
"""
DECISION = """title: May I?
intro: Two questions.
start: facts
questions:
  facts:
    question: Is it true?
    answers:
      - {label: "Yes", to: people}
      - {label: "No", result: check}
  people:
    question: Did they agree?
    answers:
      - {label: "Yes", result: post}
      - {label: "No", result: check}
outcomes:
  check: {kind: wait, title: Check, text: Ask somebody.}
  post: {kind: go, title: Post, text: Go on., page: docs/policy/work.md}
"""
ACCOUNTS = """accounts:
  - address: https://facebook.example.org/example-reading-network
    owner: platform-lead
    can_get_in: [platform-lead, communications-lead]
    approves: communications-lead
    languages: [en, fr]
    since: 2014-09-08
    state: paused
    state_since: 2026-06-30
    access_checked: 2026-10-05
"""
SAME_ACCOUNT = """  - address: https://facebook.example.org/example-reading-network/
    owner: legal-lead
    can_get_in: [legal-lead, people-lead]
    approves: legal-lead
    languages: [en]
    since: 2014-09-08
"""
QUESTIONS = """questions:
  - question: party pics
    language: en
    half: 1
    answers:
      - {page: docs/law/photos.md, section: birthday-party}
      - {page: docs/policy/work.md}
  - question: photos de fête
    language: fr
    half: 2
    answers: [{page: docs/law/photos.md}]
"""
APPROVALS = """levels:
  green:
    name: Green
    who: You decide
  red:
    name: Red
    who: Legal decides
    ask: legal
grounds:
  thanks: {level: green, text: thanks}
  lawsuits: {level: red, text: lawsuits}
  recalls: {level: red, text: recalls, only_for: {sectors: [retail]}}
"""
REMOVALS = """grounds:
  threats:
    text: threats
  insults:
    text: insults
    not_for: {sectors: [charity], jurisdictions: [uk]}
"""
SHARED_TEXTS = """texts:
  no-private-account:
    text: {en: You may say no., fr: Vous pouvez refuser.}
"""
FILES = {
    "registers/approvals.yml": APPROVALS,
    "registers/removals.yml": REMOVALS,
    "registers/shared_texts.yml": SHARED_TEXTS,
    "registers/accounts.yml": ACCOUNTS,
    "registers/policies.yml": POLICIES,
    "registers/sources.yml": SOURCES,
    "registers/regulations.yml": REGULATIONS,
    "registers/glossary.yml": GLOSSARY,
    "registers/scenarios.yml": SCENARIOS,
    "registers/questions.yml": QUESTIONS,
    "registers/library.yml": LIBRARY,
    "registers/decisions/may-i.yml": DECISION,
}


@pytest.fixture
def registers(folder: Path, write: Write) -> Path:
    """A handbook with the registers above, and no other."""
    for file in (folder / "registers" / "decisions").glob("*.yml"):
        file.unlink()
    for path, text in FILES.items():
        write(path, text)
    return folder


def _read(folder: Path) -> Registers:
    return read_registers(Folder(folder))


def test_what_is_in_the_files_is_read(registers: Path) -> None:
    read = _read(registers)
    assert list(read.policies.policies) == ["privacy"]
    assert list(read.sources.sources) == ["act"]
    assert list(read.regulations.regulations) == ["secrecy"]
    assert read.glossary.terms[0].term == {"en": "picture", "fr": "image"}
    assert read.scenarios.scenarios["party"].answer == "no"
    assert list(read.decisions.decisions["may-i"].in_order()) == ["facts", "people"]
    assert read.example_policies.examples[0].country == "gb"
    assert [asked.half for asked in read.questions.questions.values()] == [1, 2]
    assert [ground.text for ground in read.approvals.of("red")] == ["lawsuits"]
    assert list(read.removals.grounds) == ["threats", "insults"]
    assert list(read.shared_texts.texts) == ["no-private-account"]
    assert [entry.state for entry in read.accounts.entries or ()] == ["paused"]


@pytest.mark.parametrize(
    ("path", "before", "after", "key", "word"),
    [
        ("policies", "privacy:\n", "Privacy Policy:\n", "2:3: policies.Privacy Policy", "short name"),
        ("policies", "    covers: What we keep\n", "", "2:3: policies.privacy.covers", "missing"),
        ("policies", "privacy-lead", "privacy-led", "6:12: policies.privacy.owner", "'privacy-lead'?"),
        ("policies", "https://intra", "http://intra", "7:14: policies.privacy.address", "https://"),
        ("policies", "owner:", "ownr:", "6:5: policies.privacy.ownr", "'owner'?"),
        ("policies", "Privacy policy", "{}", "3:12: policies.privacy.title", "is empty"),
        (
            "sources",
            "checked: 2026-11-20\n  order",
            "checked: '2026-11-20'\n  order",
            "6:14: sources.act.checked",
            "in quotes",
        ),
        ("sources", "[finance]", "[finnce]", "8:26: sources.order.only_for.sectors.1", "'finnce'"),
        ("regulations", "source: act", "source: akt", "7:13: regulations.secrecy.source", "'act'?"),
        (
            "regulations",
            "source: act",
            "source: order",
            "7:13: regulations.secrecy.source",
            "other organizations",
        ),
        ("regulations", "ask: privacy", "ask: privcy", "6:10: regulations.secrecy.ask", "'social_media'"),
        ("glossary", "term: {en: picture, fr: image}", "term: <b>", "2:11: terms.1.term", "`<b>`"),
        ("scenarios", "answer: no", "answer: maybe", "4:13: scenarios.party.answer", "'fine', 'ask' or 'no'"),
        ("scenarios", "docs/policy/work.md", "policy/work", "6:11: scenarios.party.page", "`page: docs/"),
        ("scenarios", "docs/policy/work.md", "docs/policy/work.md#", "6:11: scenarios.party.page", "after #"),
        ("scenarios", "[work]", "[everyone]", "7:16: scenarios.party.audience.1", "'everyone'"),
        ("scenarios", "[photos]", "[]", "8:13: scenarios.party.topics", "is empty"),
        ("questions", "half: 1", "half: 3", "4:11: questions.1.half", "1 or 2"),
        ("questions", "language: en", "language: eng", "3:15: questions.1.language", "`language: en`"),
        ("questions", "photos.md, s", "photos, s", "6:16: questions.1.answers.1.page", "`page: docs/"),
        ("questions", "birthday-party", "'#party'", "6:45: questions.1.answers.1.section", "without #"),
        ("questions", "[{page: docs/law/photos.md}]", "[]", "11:14: questions.2.answers", "is empty"),
        (
            "questions",
            "photos de fête\n    language: fr",
            "Party Pics\n    language: en",
            "8:15: questions.2.question",
            "second time",
        ),
        ("library", "country: gb", "country: uk", "5:14: examples.1.country", "ISO 3166"),
        ("library", "language: en", "language: English", "6:15: examples.1.language", "`language: en`"),
        ("library", "sector: government", "sector: nonprofit", "4:13: examples.1.sector", "'nonprofit'"),
        (
            "accounts",
            "[platform-lead, communications-lead]",
            "[platform-lead, platform-lead]",
            "4:17: accounts.1.can_get_in",
            "two roles",
        ),
        (
            "accounts",
            "communications-lead]",
            "comms-lead]",
            "4:33: accounts.1.can_get_in.2",
            "'communications-lead'?",
        ),
        (
            "accounts",
            "approves: communications-lead",
            "approves: Ada Example",
            "5:15: accounts.1.approves",
            "choose from",
        ),
        ("accounts", "[en, fr]", "[English]", "6:17: accounts.1.languages.1", "`languages: [en]`"),
        (
            "accounts",
            "    state_since: 2026-06-30\n",
            "",
            "8:12: accounts.1.state",
            "`state_since: 2026-06-30`",
        ),
        (
            "accounts",
            "state: paused",
            "state: resting",
            "8:12: accounts.1.state",
            "'active', 'paused' or 'closed'",
        ),
        ("accounts", "2026-10-05", "2013-10-05", "10:21: accounts.1.access_checked", "2014-09-08"),
        ("accounts", "since: 2014-09-08\n", "since: '2014-09-08'\n", "7:12: accounts.1.since", "in quotes"),
        (
            "accounts",
            "    state: paused",
            "    password: secret\n    state: paused",
            "8:5: accounts.1.password",
            "choose from",
        ),
        (
            "accounts",
            "accounts:\n",
            f"accounts:\n{SAME_ACCOUNT}",
            "8:14: accounts.2.address",
            "second time",
        ),
        ("approvals", "red, text: law", "rde, text: law", "11:21: grounds.lawsuits.level", "red"),
        ("approvals", "ask: legal", "ask: lawyers", "8:10: levels.red.ask", "'legal'"),
        ("approvals", "text: lawsuits", "text: thanks", "11:32: grounds.lawsuits.text", "'thanks'"),
        ("approvals", "level: green", "level: amber", "10:19: grounds.thanks.level", "does not describe"),
        ("approvals", "level: green", "level: red", "3:5: levels.green", "`level: green`"),
        ("removals", "text: threats", "txt: threats", "3:5: grounds.threats.txt", "'text'"),
        ("removals", "[uk]", "[en]", "6:51: grounds.insults.not_for.jurisdictions.1", "'uk'"),
        ("decisions/may-i", "start: facts", "start: fact", "3:8: start", "'facts'?"),
        ("decisions/may-i", "to: people", "to: peple", "8:28: questions.facts.answers.1.to", "'people'?"),
        (
            "decisions/may-i",
            "result: post",
            "result: pots",
            "13:32: questions.people.answers.1.result",
            "'post'?",
        ),
        ("decisions/may-i", ", to: people", "", "8:9: questions.facts.answers.1", "`result`"),
        (
            "decisions/may-i",
            "to: people",
            "to: people, result: check",
            "8:9: questions.facts.answers.1",
            "`result`",
        ),
        ("decisions/may-i", "to: people", "result: post", "11:5: questions.people", "nobody"),
        ("decisions/may-i", "result: post", "result: check", "17:9: outcomes.post", "nobody"),
        (
            "decisions/may-i",
            "  check: {",
            "  other: {kind: go, title: A, text: B}\n  check: {",
            "16:10: outcomes.other",
            "nobody",
        ),
        (
            "decisions/may-i",
            "result: post",
            "to: facts",
            "13:28: questions.people.answers.1.to",
            "facts, people, facts",
        ),
        (
            "decisions/may-i",
            "kind: go",
            "kind: yes",
            "17:16: outcomes.post.kind",
            "'go', 'ask', 'wait' or 'stop'",
        ),
    ],
)
def test_a_mistake_is_located_and_names_what_to_do(
    registers: Path, write: Write, path: str, before: str, after: str, key: str, word: str
) -> None:
    """`key` is the location of a key and its path; `word` is in the sentence about it."""
    name = f"registers/{path}.yml"
    assert before in FILES[name]
    write(name, FILES[name].replace(before, after, 1))
    with pytest.raises(HandbookError) as error:
        _read(registers)
    location, _, key_path = key.partition(": ")
    sentences = [line for line in str(error.value).splitlines() if line.startswith(f"{name}:{location}: ")]
    assert any(f"'{key_path}'" in sentence and word in sentence for sentence in sentences), error.value


def test_without_the_files_the_registers_are_empty(registers: Path) -> None:
    for path in FILES:
        (registers / path).unlink()
    (registers / "registers" / "decisions").rmdir()
    read = _read(registers)
    assert not read.policies.policies
    assert not read.sources.sources
    assert not read.regulations.regulations
    assert not read.glossary.terms
    assert not read.scenarios.scenarios
    assert not read.decisions.decisions
    assert not read.example_policies.examples
    assert read.accounts.entries is None
    assert not read.questions.questions
    assert not read.approvals.levels
    assert not read.removals.grounds
    assert not read.shared_texts.texts


@pytest.mark.parametrize(
    ("lists", "word"), [("amber", "registers/approvals.yml"), ("removals", "registers/removals.yml")]
)
def test_a_decision_shows_no_list_that_is_empty(registers: Path, write: Write, lists: str, word: str) -> None:
    write("registers/removals.yml", "grounds: {}\n")
    write("registers/decisions/may-i.yml", DECISION.replace('"Yes", to', f'"Yes", lists: {lists}, to'))
    with pytest.raises(HandbookError, match=rf"^registers/decisions/may-i\.yml:8:31: .*{word}"):
        _read(registers)


def test_ladder_grounds_and_shared_texts_name_the_words_of_the_organization(
    registers: Path, write: Write
) -> None:
    write("registers/approvals.yml", APPROVALS.replace("text: lawsuits", 'text: "a {client}"'))
    write("registers/removals.yml", "grounds:\n  a: {text: 'insults to {clients}'}\n")
    write("registers/shared_texts.yml", "texts:\n  a: {text: 'Ask {short_name}.'}\n")
    read = _read(registers)
    assert read.approvals.grounds["lawsuits"].text == "a learner"
    assert read.removals.grounds["a"].text == "insults to learners"
    assert read.shared_texts.texts["a"].text == "Ask ERN."


@pytest.mark.parametrize(
    ("not_for", "is_kept"),
    [
        ("{sectors: [charity]}", False),
        ("{sectors: [finance]}", True),
        ("{sectors: [charity], jurisdictions: [uk]}", True),
        ("{jurisdictions: [us]}", False),
        ("{}", True),
    ],
)
def test_a_reason_that_the_organization_may_not_use_is_left_out(
    registers: Path, write: Write, not_for: str, is_kept: bool
) -> None:
    """The organization is a charity in the United States and Canada."""
    write("registers/removals.yml", f"grounds:\n  insults: {{text: insults, not_for: {not_for}}}\n")
    assert bool(_read(registers).removals.grounds) is is_kept


def test_a_question_in_a_language_that_the_handbook_lacks_is_left_out(registers: Path, write: Write) -> None:
    write("registers/questions.yml", QUESTIONS.replace("language: en", "language: de"))
    read = _read(registers)
    assert [asked.language for asked in read.questions.questions.values()] == ["fr"]
    assert read.questions.location(1, 0).line == 11


@pytest.mark.parametrize(
    ("only_for", "is_kept"),
    [
        ("{sectors: [charity]}", True),
        ("{sectors: [finance]}", False),
        ("{jurisdictions: [uk, ca]}", True),
        ("{jurisdictions: [uk]}", False),
        ("{sectors: [charity], jurisdictions: [us]}", True),
        ("{sectors: [charity], jurisdictions: [uk]}", False),
        ("{}", True),
    ],
)
def test_a_record_for_other_organizations_is_left_out(
    registers: Path, write: Write, only_for: str, is_kept: bool
) -> None:
    """The organization is a charity in the United States and Canada."""
    write("registers/policies.yml", f"{POLICIES}    only_for: {only_for}\n")
    write("registers/regulations.yml", f"{REGULATIONS}    only_for: {only_for}\n")
    write("registers/scenarios.yml", f"{SCENARIOS}    only_for: {only_for}\n")
    write("registers/glossary.yml", f"{GLOSSARY}    only_for: {only_for}\n")
    write("registers/library.yml", f"{LIBRARY}    only_for: {only_for}\n")
    write("registers/decisions/may-i.yml", f"{DECISION}only_for: {only_for}\n")
    write("registers/removals.yml", f"grounds:\n  a:\n    text: a\n    only_for: {only_for}\n")
    write("registers/shared_texts.yml", f"texts:\n  a:\n    text: a\n    only_for: {only_for}\n")
    write("registers/approvals.yml", APPROVALS.replace("{sectors: [retail]}", only_for))
    read = _read(registers)
    assert bool(read.policies.policies) is is_kept
    assert bool(read.regulations.regulations) is is_kept
    assert bool(read.scenarios.scenarios) is is_kept
    assert bool(read.glossary.terms) is is_kept
    assert bool(read.example_policies.examples) is is_kept
    assert bool(read.decisions.decisions) is is_kept
    assert bool(read.removals.grounds) is is_kept
    assert bool(read.shared_texts.texts) is is_kept
    assert ("recalls" in read.approvals.grounds) is is_kept


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028"])
def test_a_line_end_that_git_does_not_know_is_an_error(registers: Path, write: Write, end: str) -> None:
    write("registers/policies.yml", f"# policies\n# a{end}{POLICIES}")
    with pytest.raises(HandbookError, match=r"^registers/policies\.yml:2:4: .*line"):
        _read(registers)
    write("registers/policies.yml", POLICIES.replace("\n", "\r\n"))
    assert _read(registers).policies.policies


@pytest.mark.parametrize(
    ("comment", "column"), [("# a \u202eb", 5), ("# \u2066a\u2069", 3), ("more: \u00a0\u2067", 8)]
)
def test_a_mark_that_turns_letters_around_is_an_error_in_comments_too(
    registers: Path, write: Write, comment: str, column: int
) -> None:
    lines = comment if comment.startswith("#") else f"# a\n{comment.replace('more: ', '#     ')}"
    write("registers/policies.yml", f"{lines}\n{POLICIES}")
    number = lines.count("\n") + 1
    with pytest.raises(HandbookError, match=rf"^registers/policies\.yml:{number}:{column}: .*order"):
        _read(registers)


@pytest.mark.parametrize("escape", ['"\\e[2J"', '"\\u202egnp"', '"a\\x85b"', '"a\\0b"'])
def test_a_hidden_character_that_an_escape_makes_is_an_error(
    registers: Path, write: Write, escape: str
) -> None:
    text = (registers / "organization.yml").read_text("utf-8")
    write(
        "organization.yml",
        text.replace("\nsector:", f"\nretention: {escape}\nsector:").replace("\nretention: {en", "\n# {en"),
    )
    with pytest.raises(HandbookError, match=r"^organization\.yml:\d+:12: the invisible character U\+"):
        _read(registers)


def test_a_register_in_utf_16_is_an_error(registers: Path, write: Write) -> None:
    write("registers/policies.yml", POLICIES.encode("utf-16"))
    with pytest.raises(HandbookError, match=r"^registers/policies\.yml:1:1: .*UTF-16"):
        _read(registers)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_is_not_part_of_a_register(registers: Path, write: Write, end: str) -> None:
    write("registers/policies.yml", b"\xef\xbb\xbf" + POLICIES.replace("\n", end).encode())
    assert _read(registers).policies.policies
    write("registers/policies.yml", b"\xef\xbb\xbf" + POLICIES.replace("owner:", "ownr:").encode())
    before = POLICIES[: POLICIES.index("owner:")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    with pytest.raises(HandbookError) as raised:
        _read(registers)
    assert f"registers/policies.yml:{line}:{column}: unknown key" in str(raised.value)


def test_a_regulation_for_others_may_rest_on_a_source_for_others(registers: Path, write: Write) -> None:
    text = REGULATIONS.replace("source: act", "source: order\n    only_for: {sectors: [finance]}")
    write("registers/regulations.yml", text)
    assert not _read(registers).regulations.regulations


@pytest.mark.parametrize("name", ["may_i.yml", "May-I.yml", "may-i.yaml"])
def test_a_decision_is_named_like_a_part_of_an_address(registers: Path, write: Write, name: str) -> None:
    write(f"registers/decisions/{name}", DECISION)
    with pytest.raises(HandbookError, match=f"registers/decisions/{name} .*should-i-post"):
        _read(registers)


def test_what_an_editor_leaves_behind_is_not_a_decision(registers: Path, write: Write) -> None:
    for name in (".may-i.yml.swp", ".#may-i.yml", "may-i.yml~", "README.md"):
        write(f"registers/decisions/{name}", "")
    assert list(_read(registers).decisions.decisions) == ["may-i"]


def test_a_commit_holds_the_same_registers_as_the_folder(registers: Path) -> None:
    git = Git(registers)
    commit = git.commit()
    with Repository(registers) as repository:
        past, now = read_registers(repository.tree(commit)), _read(registers)
        assert list(past.reviews.files) == list(now.reviews.files)
        assert replace(past, reviews=now.reviews) == now
        assert repository.tree(commit).names("registers/decisions") == ["may-i.yml"]
        assert repository.tree(commit).names("nowhere") == Folder(registers).names("nowhere") == []


KINDS = [*itertools.product(get_args(Sector), [[jurisdiction] for jurisdiction in get_args(Jurisdiction)])]


@pytest.mark.parametrize(("sector", "jurisdictions"), KINDS)
def test_the_sample_can_be_read_by_every_kind_of_organization(
    folder: Path, sector: str, jurisdictions: list[str]
) -> None:
    file = folder / "organization.yml"
    text = file.read_text(encoding="utf-8").replace("sector: charity", f"sector: {sector}")
    file.write_text(text.replace("[us, ca]", f"[{', '.join(jurisdictions)}]"), encoding="utf-8")
    organization = _read(folder).organization
    assert (organization.sector, organization.jurisdictions) == (sector, jurisdictions)
