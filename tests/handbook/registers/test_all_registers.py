"""The registers that pages show: each mistake is told with its line, and what is for others is left out."""

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
FILES = {
    "registers/accounts.yml": ACCOUNTS,
    "registers/policies.yml": POLICIES,
    "registers/sources.yml": SOURCES,
    "registers/regulations.yml": REGULATIONS,
    "registers/glossary.yml": GLOSSARY,
    "registers/scenarios.yml": SCENARIOS,
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


def test_what_stands_in_the_files_is_read(registers: Path) -> None:
    found = _read(registers)
    assert list(found.policies.policies) == ["privacy"]
    assert list(found.sources.sources) == ["act"]
    assert list(found.regulations.regulations) == ["secrecy"]
    assert found.glossary.terms[0].term == {"en": "picture", "fr": "image"}
    assert found.scenarios.scenarios["party"].answer == "no"
    assert list(found.decisions.decisions["may-i"].in_order()) == ["facts", "people"]
    assert found.example_policies.examples[0].country == "gb"
    assert [entry.state for entry in found.accounts.entries or ()] == ["paused"]


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        (
            "policies",
            "privacy:\n",
            "Privacy Policy:\n",
            "2:3: 'policies.Privacy Policy' is no short name; write",
        ),
        (
            "policies",
            "    covers: What we keep\n",
            "",
            "2:3: 'policies.privacy.covers' is missing; add for example",
        ),
        (
            "policies",
            "privacy-lead",
            "privacy-led",
            "6:12: 'policies.privacy.owner' names 'privacy-led', which is no owner; did you mean",
        ),
        (
            "policies",
            "https://intra",
            "http://intra",
            "7:14: 'policies.privacy.address' is not an address that begins with",
        ),
        ("policies", "owner:", "ownr:", "6:5: unknown key 'policies.privacy.ownr'; did you mean 'owner'?"),
        (
            "policies",
            "Privacy policy",
            "{en: Privacy}",
            "3:12: 'policies.privacy.title' has no fr text, only en; add `fr: …`",
        ),
        (
            "policies",
            "Privacy policy",
            "{}",
            "3:12: 'policies.privacy.title' is empty; write for example `title: Privacy policy`",
        ),
        (
            "sources",
            "checked: 2026-11-20\n  order",
            "checked: '2026-11-20'\n  order",
            "6:14: 'sources.act.checked' must be a date without quotes, and is a text",
        ),
        (
            "sources",
            "[finance]",
            "[finnce]",
            "8:26: 'sources.order.only_for.sectors.1' is 'finnce', which is not one of",
        ),
        (
            "regulations",
            "source: act",
            "source: akt",
            "7:13: 'regulations.secrecy.source' names 'akt', which is no source; did you mean 'act'?",
        ),
        (
            "regulations",
            "source: act",
            "source: order",
            "7:13: 'regulations.secrecy.source' names 'order', a source that is only for other",
        ),
        (
            "regulations",
            "ask: privacy",
            "ask: privcy",
            "6:10: 'regulations.secrecy.ask' is 'privcy', which is not one of 'social_media'",
        ),
        ("glossary", ", fr: image", "", "2:11: 'terms.1.term' has no fr text, only en; add `fr: …`"),
        (
            "glossary",
            "term: {en: picture, fr: image}",
            "term: <b>",
            "2:11: 'terms.1.term' must be one line without < > { }; write for example",
        ),
        (
            "scenarios",
            "answer: no",
            "answer: maybe",
            "4:13: 'scenarios.party.answer' is 'maybe', which is not one of 'fine', 'ask' or 'no'",
        ),
        (
            "scenarios",
            "docs/policy/work.md",
            "policy/work",
            "6:11: 'scenarios.party.page' is no path of a page; write for example `page: docs/",
        ),
        (
            "scenarios",
            "[work]",
            "[everyone]",
            "7:16: 'scenarios.party.audience.1' is 'everyone', which is not one of",
        ),
        ("scenarios", "[photos]", "[]", "8:13: 'scenarios.party.topics' cannot be used"),
        (
            "library",
            "country: gb",
            "country: uk",
            "5:14: 'examples.1.country' is no country code of ISO 3166; write for example `country: gb`",
        ),
        (
            "library",
            "language: en",
            "language: English",
            "6:15: 'examples.1.language' is no language code; write for example `language: en`",
        ),
        (
            "library",
            "sector: government",
            "sector: nonprofit",
            "4:13: 'examples.1.sector' is 'nonprofit', which is not one of 'healthcare'",
        ),
        (
            "accounts",
            "[platform-lead, communications-lead]",
            "[platform-lead, platform-lead]",
            "4:17: 'accounts.1.can_get_in' names fewer than two roles; nobody runs an account alone",
        ),
        (
            "accounts",
            "communications-lead]",
            "comms-lead]",
            "4:33: 'accounts.1.can_get_in.2' names 'comms-lead', which is no owner; did you mean",
        ),
        (
            "accounts",
            "approves: communications-lead",
            "approves: Ada Example",
            "5:15: 'accounts.1.approves' names 'Ada Example', which is no owner; choose from",
        ),
        (
            "accounts",
            "[en, fr]",
            "[English]",
            "6:17: 'accounts.1.languages.1' is no language code; write for example `languages: [en]`",
        ),
        (
            "accounts",
            "    state_since: 2026-06-30\n",
            "",
            "8:12: 'accounts.1.state' is paused, and no day says since when; add `state_since: 2026-06-30`",
        ),
        (
            "accounts",
            "state: paused",
            "state: resting",
            "8:12: 'accounts.1.state' is 'resting', which is not one of 'active', 'paused' or 'closed'",
        ),
        (
            "accounts",
            "2026-10-05",
            "2013-10-05",
            "10:21: 'accounts.1.access_checked' is before 2014-09-08, when the account began; correct one",
        ),
        (
            "accounts",
            "since: 2014-09-08\n",
            "since: '2014-09-08'\n",
            "7:12: 'accounts.1.since' must be a date without quotes, and is a text",
        ),
        (
            "accounts",
            "    state: paused",
            "    password: secret\n    state: paused",
            "8:5: unknown key 'accounts.1.password'; choose from",
        ),
        (
            "accounts",
            "accounts:\n",
            "accounts:\n  - {address: https://facebook.example.org/example-reading-network/, "
            "since: 2014-09-08, owner: legal-lead, approves: legal-lead, "
            "can_get_in: [legal-lead, people-lead], languages: [en]}\n",
            "3:14: 'accounts.2.address' stands there a second time; keep one of the two",
        ),
        (
            "decisions/may-i",
            "start: facts",
            "start: fact",
            "3:8: 'start' names 'fact', which is no question; did you mean 'facts'?",
        ),
        (
            "decisions/may-i",
            "to: people",
            "to: peple",
            "8:28: 'questions.facts.answers.1.to' names 'peple', which is no question; did you mean",
        ),
        (
            "decisions/may-i",
            "result: post",
            "result: pots",
            "13:32: 'questions.people.answers.1.result' names 'pots', which is no outcome; did you",
        ),
        (
            "decisions/may-i",
            ", to: people",
            "",
            "8:9: 'questions.facts.answers.1' leads nowhere or to two places; give it either `to`",
        ),
        (
            "decisions/may-i",
            "to: people",
            "to: people, result: check",
            "8:9: 'questions.facts.answers.1' leads nowhere or to two places",
        ),
        (
            "decisions/may-i",
            "to: people",
            "result: post",
            "11:5: 'questions.people' is a question that nobody reaches; let an answer lead to it",
        ),
        (
            "decisions/may-i",
            "result: post",
            "result: check",
            "17:9: 'outcomes.post' is an outcome that nobody reaches",
        ),
        (
            "decisions/may-i",
            "  check: {",
            "  other: {kind: go, title: A, text: B}\n  check: {",
            "16:10: 'outcomes.other' is an outcome that nobody reaches",
        ),
        (
            "decisions/may-i",
            "result: post",
            "to: facts",
            "13:28: 'questions.people.answers.1.to' leads round and round: facts, people, facts",
        ),
        (
            "decisions/may-i",
            "kind: go",
            "kind: yes",
            "17:16: 'outcomes.post.kind' is 'True', which is not one of 'go', 'ask', 'wait' or 'stop'",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_mend(
    registers: Path, write: Write, path: str, before: str, after: str, told: str
) -> None:
    name = f"registers/{path}.yml"
    assert before in FILES[name]
    write(name, FILES[name].replace(before, after, 1))
    with pytest.raises(HandbookError) as error:
        _read(registers)
    assert any(line.startswith(f"{name}:{told}") for line in str(error.value).splitlines()), error.value


def test_without_the_files_the_registers_are_empty(registers: Path) -> None:
    for path in FILES:
        (registers / path).unlink()
    (registers / "registers" / "decisions").rmdir()
    found = _read(registers)
    kept = (found.policies.policies, found.sources.sources, found.regulations.regulations)
    more = (
        found.glossary.terms,
        found.scenarios.scenarios,
        found.decisions.decisions,
        found.example_policies.examples,
    )
    assert [len(one) for one in (*kept, *more)] == [0] * 7
    assert found.accounts.entries is None


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
    found = _read(registers)
    kept = (found.policies.policies, found.regulations.regulations, found.scenarios.scenarios)
    more = (found.glossary.terms, found.example_policies.examples, found.decisions.decisions)
    assert [bool(one) for one in (*kept, *more)] == [is_kept] * 6


def test_a_regulation_for_others_may_rest_on_a_source_for_others(registers: Path, write: Write) -> None:
    text = REGULATIONS.replace("source: act", "source: order\n    only_for: {sectors: [finance]}")
    write("registers/regulations.yml", text)
    assert not _read(registers).regulations.regulations


@pytest.mark.parametrize("name", ["may_i.yml", "May-I.yml", "may-i.yaml"])
def test_a_decision_is_named_like_a_part_of_an_address(registers: Path, write: Write, name: str) -> None:
    write(f"registers/decisions/{name}", DECISION)
    with pytest.raises(HandbookError, match=f"registers/decisions/{name} has no name for a decision; write"):
        _read(registers)


def test_what_an_editor_leaves_behind_is_no_decision(registers: Path, write: Write) -> None:
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


KINDS = [*itertools.product(get_args(Sector), [[one] for one in get_args(Jurisdiction)])]


@pytest.mark.parametrize(("sector", "jurisdictions"), KINDS)
def test_the_sample_can_be_read_by_every_kind_of_organization(
    folder: Path, sector: str, jurisdictions: list[str]
) -> None:
    file = folder / "organization.yml"
    text = file.read_text(encoding="utf-8").replace("sector: charity", f"sector: {sector}")
    file.write_text(text.replace("[us, ca]", f"[{', '.join(jurisdictions)}]"), encoding="utf-8")
    organization = _read(folder).organization
    assert (organization.sector, organization.jurisdictions) == (sector, jurisdictions)
