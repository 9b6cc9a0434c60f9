"""CODEOWNERS is made from roles, their holders, and the owners of pages."""

import datetime

import yaml

from handbook.content.pages import Page, PageSource, parse_page
from handbook.registers.code_owners import code_owners_text
from handbook.registers.owners import Owners
from tests.conftest import PAGE, TODAY

REGISTER = """
escalation: {to: sponsor}
maintainers: ["github:mia", "gitlab:mia-l"]
owners:
  platform-lead: &role
    title: Platform lead
    contact: social_media
    decides: All
    deputy: editor
    holders: ["github:ann", "SHA256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "gitlab:ann-l"]
  editor:
    <<: *role
    deputy: null
    edits_wording: true
    holders: ["github:eve", {holder: "github:old", to: 2026-11-19}]
  sponsor: {<<: *role, deputy: null, holders: ["github:sue", "sue@example.org"]}
  lawyer: {<<: *role, deputy: null, contact: legal, holders: ["gitlab:lea"]}
"""
GITHUB = """
* @mia
/docs/ @eve
/registers/ @eve
/sample/ @eve
/organization.yml @eve
/.github/CODEOWNERS @eve
/registers/owners.yml @sue
/docs/a\\ page.md @ann @eve
/docs/policy/work.md @ann @eve
"""
GITLAB = """
* @mia-l
/docs/a\\ page.md @ann-l
/docs/policy/work.md @ann-l

[Legal]
/docs/policy/ @lea
/docs/law/ @lea
"""


def _page(path: str) -> Page:
    return parse_page(PageSource("", path, "en"), PAGE.encode())


PAGES = [_page(path) for path in ("docs/policy/work.md", "docs/a page.md", "docs/a\n* @mallory.md")]


def _text(host: str, register: str = REGISTER, today: datetime.date = TODAY) -> str | None:
    return code_owners_text(PAGES, Owners.model_validate(yaml.safe_load(register)), host, today)


def test_github_is_told_whose_approval_each_path_needs() -> None:
    text = _text("github")
    assert text
    assert text.startswith("# Made by `handbook forge codeowners --write`")
    assert text.split("\n", 2)[2] == GITHUB


def test_gitlab_asks_a_lawyer_apart() -> None:
    text = _text("gitlab")
    assert text
    assert text.split("\n", 2)[2] == GITLAB


def test_a_holder_counts_from_the_first_to_the_last_day() -> None:
    text = _text("github", today=datetime.date(2026, 11, 19))
    assert text
    assert "/docs/ @eve @old\n" in text


def test_without_an_account_there_is_no_file() -> None:
    names_none = REGISTER.replace("github:", "gitlab:")
    assert _text("github", names_none) is None
