"""What an adoption writes, and what it refuses."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.adoption.answers import EXAMPLE, Answers
from handbook.adoption.plan import adoption
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.loading import load_register
from handbook.registers.organization import load_organization
from handbook.registers.owners import load_owners
from scripts.file_changes import write_files

DAY = datetime.date(2026, 11, 27)
SHORTEST = {
    "name": "Example Council",
    "short_name": "EC",
    "sector": "government",
    "places": ["uk"],
    "languages": ["en-GB"],
    "time_zone": "Europe/London",
}
OF_THE_TOOL = (
    "# Delete this line in your handbook: it lets one change edit both pages and the tool (rule CHG001)."
)
EVERY_ROLE = [
    "executive-sponsor",
    "communications-lead",
    "people-lead",
    "platform-lead",
    "legal-lead",
    "privacy-lead",
    "security-lead",
]


def example() -> Answers:
    return load_register(Folder(EXAMPLE.parent), EXAMPLE.name, Answers)


def _short(**more: Any) -> Answers:
    return Answers.model_validate({**SHORTEST, **more})


def _adopt(root: Path, answers: Answers, beginning: datetime.date | str | None = None) -> None:
    write_files(root, adoption(root, answers, DAY, beginning))


def test_the_example_answers_everything() -> None:
    assert example().undecided == []


def test_the_answers_are_in_organization_yml_with_its_comments(folder: Path) -> None:
    before = (folder / "organization.yml").read_text("utf-8").splitlines()
    _adopt(folder, example(), "0123456789abcdef0123456789abcdef01234567")
    after = (folder / "organization.yml").read_text("utf-8").splitlines()
    organization = load_organization(Folder(folder))
    assert organization.languages == ["fr", "en"]
    assert organization.contacts.press.email == "medias.sociaux@hopital.example"
    assert [account.platform for account in organization.accounts] == ["facebook"]
    assert organization.history_since == "0123456789abcdef0123456789abcdef01234567"
    assert (organization.adopted, organization.undecided) == (DAY, [])
    assert {line for line in before if line.lstrip().startswith("#")} - set(after) == {OF_THE_TOOL}
    assert not {"sample: true", "develops_the_tool: true"} & set(after)


def test_what_is_not_answered_is_undecided_and_no_account_of_the_sample_stays(folder: Path) -> None:
    _adopt(folder, _short(contacts={"press": {"falls_back_to": "people"}}, license="All rights reserved"))
    organization = load_organization(Folder(folder))
    assert organization.accounts == []
    assert organization.undecided == [
        "emergency_number",
        "contacts",
        "monitoring_hours",
        "reply_target",
        "retention",
        "words",
        "intranet",
        "repository",
        "handbook",
        "color",
        "roles",
    ]
    assert organization.contacts.press == organization.contacts.people
    assert organization.license == "All rights reserved"


def test_roles_take_the_pages_the_deputies_and_the_policies_of_those_of_the_sample(folder: Path) -> None:
    _adopt(folder, example())
    owners = load_owners(Folder(folder), load_organization(Folder(folder)))
    assert list(owners.owners) == [
        "medical-director",
        "communications-manager",
        "human-resources",
        "legal-counsel",
        "it-security",
    ]
    assert owners.lawyers == ["legal-counsel"]
    assert owners.escalation is not None
    assert owners.escalation.to == "medical-director"
    assert owners.owners["communications-manager"].edits_wording
    policies = yaml.safe_load((folder / "registers" / "policies.yml").read_text("utf-8"))["policies"]
    assert {policy["owner"] for policy in policies.values()} <= set(owners.owners)
    assert not any("address" in policy for policy in policies.values())
    assert "owner: communications-manager\n" in (folder / "docs" / "index.md").read_text("utf-8")


def test_each_of_several_accounts_is_in_the_register(folder: Path) -> None:
    answered = {
        "owner": "platform-lead",
        "can_get_in": ["platform-lead", "legal-lead"],
        "approves": "legal-lead",
    }
    accounts = [
        {
            "platform": name,
            "name": name,
            "address": f"https://{name}.example/a",
            "purpose": "News",
            "since": DAY,
        }
        | answered
        for name in ("mastodon", "tiktok")
    ]
    _adopt(folder, _short(accounts=accounts))
    entries = yaml.safe_load((folder / "registers/accounts.yml").read_text("utf-8"))["accounts"]
    assert [entry["address"] for entry in entries] == [account["address"] for account in accounts]
    assert [entry["languages"] for entry in entries] == [["en"], ["en"]]


def test_a_role_that_nobody_takes_stays_with_the_new_names_of_its_deputies(folder: Path) -> None:
    director = {"takes": ["executive-sponsor"], "title": "Director", "deputy": "people-lead"}
    _adopt(folder, _short(roles={"director": director}))
    owners = load_owners(Folder(folder), load_organization(Folder(folder))).owners
    assert owners["people-lead"].deputy == "director"
    assert "executive-sponsor" not in owners


def test_pages_say_that_nobody_here_has_reviewed_them_except_those_about_the_tool(folder: Path) -> None:
    page = folder / "docs" / "index.md"
    text = page.read_text("utf-8")
    tool = folder / "docs" / "audit" / "register.md"
    tool.parent.mkdir()
    tool.write_text(text, encoding="utf-8")
    law = folder / "docs" / "law.md"
    with_law = text.replace("---\n\n", "legal_review: 2026-10-09 # by mail\n---\n\n")
    law.write_bytes(with_law.replace("\n", "\r\n").encode())
    _adopt(folder, _short())
    assert page.read_text("utf-8") == text.replace("2026-10-14", "never")
    assert tool.read_text("utf-8") == text
    assert b"last_reviewed: never\r\nlegal_review: never # by mail\r\n" in law.read_bytes()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"languages": ["de"]}, "the handbook cannot be built in 'de'"),
        ({"leave_out": ["docs/nothing.md"]}, "leave_out names docs/nothing.md, which is not there"),
        (
            {"roles": {"boss": {"takes": ["executive-sponsr"], "title": "Boss"}}},
            "takes 'executive-sponsr', which is not a role of the sample; did you mean 'executive-sponsor'?",
        ),
        (
            {"roles": {"boss": {"takes": ["people-lead"], "title": "Boss", "deputy": "bos"}}},
            "names 'bos', which is not a role; did you mean 'boss'?",
        ),
        (
            {"roles": {"boss": {"takes": ["people-lead"], "title": "Boss", "deputy": "boss"}}},
            "the role boss names itself as its deputy or reader",
        ),
        (
            {"roles": {"people-lead": {"takes": ["legal-lead"], "title": "Boss"}}},
            "the role people-lead is a role of the sample, too",
        ),
        (
            {"roles": {"boss": {"takes": EVERY_ROLE, "title": "Boss"}}},
            "nobody would read the pages of boss besides the role itself",
        ),
        (
            {"roles": {"law": {"takes": ["legal-lead"], "title": "Law", "contact": "press"}}},
            "no role has the contact 'legal'",
        ),
    ],
)
def test_answers_that_do_not_fit_the_handbook_are_refused(
    folder: Path, more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(HandbookError) as refusal:
        adoption(folder, _short(**more), DAY, None)
    assert sentence in str(refusal.value)


def test_an_outcome_that_cannot_be_read_is_refused(folder: Path) -> None:
    account = {"platform": "facebook", "name": "A", "address": "https://a.example/", "purpose": "News"}
    answered = {"owner": "boss", "can_get_in": ["boss", "people-lead"], "approves": "boss", "since": DAY}
    with pytest.raises(HandbookError, match=r"'accounts\.1\.owner' names 'boss', which is not an owner"):
        adoption(folder, _short(accounts=[account | answered]), DAY, None)
