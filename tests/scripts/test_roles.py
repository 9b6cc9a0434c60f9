"""`handbook role rename`, `handbook owner reassign`, and `handbook owners`: what roles answer for."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import PAGE
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import (
    answers_file,
    check,
    refused,
    review,
    written,
)

pytestmark = pytest.mark.usefixtures("on_20_november")

OWNERS = "registers/owners.yml"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root)], catch_exceptions=False)


def rename(root: Path, *arguments: str) -> Result:
    return run(root, "role", "rename", *arguments)


def reassign(root: Path, *arguments: str) -> Result:
    return run(root, "owner", "reassign", *arguments)


def edit(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert before in text
    (root / path).write_text(text.replace(before, after), encoding="utf-8")


def test_a_role_has_its_new_name_everywhere_but_in_records(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/other.md", PAGE.replace("A page", "Other").replace("\n", "\r\n").encode("utf-8"))
    filed = {path: path.read_bytes() for path in (folder / "registers" / "reviews").iterdir()}
    before = check(folder, "--select", "REV,OWN,WVR").stdout
    told = written(rename(folder, "platform-lead", "channels-lead"))
    register = (folder / OWNERS).read_text(encoding="utf-8")
    assert "  channels-lead:\n" in register
    assert "    formerly: [platform-lead]\n" in register
    assert register.count("platform-lead") == 1
    assert b"\r\nowner: channels-lead\r\n" in (folder / "docs" / "other.md").read_bytes()
    assert "platform-lead" not in (folder / "registers" / "accounts.yml").read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in filed} == filed
    assert check(folder, "--select", "REV,OWN,WVR").stdout == before == ""
    assert "the records of 1 review keep the name platform-lead, because what was filed stays" in told
    assert "the calendar reviews/platform-lead.ics becomes reviews/channels-lead.ics" in told


def test_a_legal_review_counts_under_the_former_name_of_the_lawyer(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/policy/new.md", PAGE.replace("platform-lead", "communications-lead"))
    path = "docs/policy/new.md"
    written(review(folder, "start", path))
    for role in ("communications-lead", "platform-lead", "legal-lead"):
        written(review(folder, "sign", "--as", role, "--answers", answers_file(folder, [path])))
    decisions = folder.parent / "decisions.yml"
    decided = {"pages": {path: {"outcome": "unchanged", "reason": "It holds."}}}
    decisions.write_text(yaml.safe_dump(decided), encoding="utf-8")
    written(review(folder, "close", "--decisions", str(decisions)))
    assert check(folder, "--select", "LEG,REV").stdout == ""
    written(rename(folder, "legal-lead", "counsel"))
    assert check(folder, "--select", "LEG,REV").stdout == ""


def test_a_role_that_gets_its_name_back_was_formerly_the_other(folder: Path) -> None:
    written(rename(folder, "platform-lead", "channels-lead"))
    written(rename(folder, "channels-lead", "platform-lead"))
    assert "    formerly: [channels-lead]\n" in (folder / OWNERS).read_text(encoding="utf-8")
    assert check(folder, "--select", "REV,OWN").stdout == ""


def test_two_names_of_one_role_are_one_reader(folder: Path) -> None:
    written(rename(folder, "communications-lead", "press-lead"))
    edit(folder, OWNERS, "formerly: [communications-lead]", "deputy: people-lead")
    edit(folder, OWNERS, "  platform-lead:\n", "  platform-lead:\n    formerly: [communications-lead]\n")
    edit(folder, OWNERS, "    deputy: platform-lead\n", "")
    told = check(folder, "--select", "REV007").stdout
    assert "docs/index.md was read by 1 role before the meeting" in told
    assert "a meeting needs at least two roles" in told


def test_a_former_name_is_that_of_no_other_role(folder: Path) -> None:
    edit(folder, OWNERS, "  platform-lead:\n", "  platform-lead:\n    formerly: [legal-lead]\n")
    assert "names 'legal-lead', which is another role; take it out" in check(folder).stdout


def test_a_pull_request_that_renames_a_role_is_no_rewriting(folder: Path) -> None:
    edit(folder, "docs/index.md", "Text.", "{{ account_register() }}")
    git = Git(folder)
    git.commit()
    written(review(folder, "start", "docs/index.md"))
    for role in ("communications-lead", "platform-lead"):
        written(review(folder, "sign", "--as", role, "--answers", answers_file(folder, ["docs/index.md"])))
    decisions = folder.parent / "decisions.yml"
    decided = {"pages": {"docs/index.md": {"outcome": "unchanged", "reason": "It holds."}}}
    decisions.write_text(yaml.safe_dump(decided), encoding="utf-8")
    written(review(folder, "close", "--decisions", str(decisions)))
    git.commit()
    assert "and a role has to record that this needs no review; name one with --as" in refused(
        rename(folder, "communications-lead", "press-lead")
    )
    written(rename(folder, "communications-lead", "press-lead", "--as", "communications-lead"))
    told = check(folder, "--changed-since", "HEAD", "--select", "REV,CHG").stdout
    assert "error" not in told
    assert "the role communications-lead is called press-lead now; its records count for it" in told


def test_a_role_that_signed_an_open_review_keeps_its_name_until_it_is_closed(folder: Path) -> None:
    written(review(folder, "start", "docs/other.md"))
    git = Git(folder)
    git.commit()
    written(rename(folder, "communications-lead", "press-lead"))
    assert "press-lead" in next((folder / "registers" / "reviews").glob("*/review.yml")).read_text("utf-8")
    git("checkout", "--quiet", ".")
    answers = answers_file(folder, ["docs/other.md"])
    written(review(folder, "sign", "--as", "platform-lead", "--answers", answers))
    assert "its reading stays as it was filed; close" in refused(rename(folder, "platform-lead", "x-lead"))


def test_names_that_a_role_cannot_have_are_refused_with_a_reason(folder: Path) -> None:
    reasons = {
        ("platfrm-lead", "x"): "there is no role 'platfrm-lead' in registers/owners.yml; did you mean",
        ("platform-lead", "legal-lead"): "'legal-lead' is another role in registers/owners.yml",
        ("platform-lead", "platform-lead"): "'platform-lead' is its name already",
        ("platform-lead", "Platform Lead"): "a role cannot be called 'Platform Lead'",
        ("platform-lead", "review"): "a role that signs cannot be called 'review'",
    }
    before = (folder / OWNERS).read_bytes()
    for arguments, reason in reasons.items():
        assert reason in refused(rename(folder, *arguments))
    assert (folder / OWNERS).read_bytes() == before


def test_pages_are_handed_on_in_every_language(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/other.fr.md", PAGE.replace("last_reviewed: 2026-10-14\n", ""))
    told = written(reassign(folder, "platform-lead", "communications-lead", "other"))
    who = "communications-lead owns it, after platform-lead"
    assert told.startswith(f"docs/other.fr.md: {who}\ndocs/other.md: {who}\n")
    assert "owner: platform-lead" in (folder / "docs" / "index.md").read_text(encoding="utf-8")
    assert re.search(r"registers/owners.yml names platform-lead on line \d+, which stays", told)
    assert check(folder, "--select", "REV007,OWN").stdout == ""


def test_an_owner_who_took_over_after_the_review_is_named_in_a_notice(folder: Path) -> None:
    git = Git(folder)
    git.commit()
    told = written(reassign(folder, "platform-lead", "people-lead", "docs/other.md"))
    notice = (
        "people-lead owns docs/other.md since 2026-11-20, and has not read it; have it read the page next"
    )
    assert notice in told
    text = (folder / "docs" / "other.md").read_text(encoding="utf-8")
    assert "\nowner: people-lead\nowner_since: 2026-11-20\nlast_reviewed:" in text
    written(reassign(folder, "people-lead", "legal-lead", "docs/other.md"))
    written(reassign(folder, "legal-lead", "people-lead", "docs/other.md"))
    assert (folder / "docs" / "other.md").read_text(encoding="utf-8") == text
    for options in ((), ("--changed-since", "HEAD")):
        outcome = check(folder, "--select", "REV,OWN", *options)
        assert (notice in outcome.stdout, outcome.exit_code) == (True, 0)
    edit(folder, "docs/other.md", "owner_since: 2026-11-20\n", "")
    assert "people-lead, the owner of docs/other.md, did not take part" in check(folder).stdout


def test_a_day_excuses_no_owner_who_owned_the_page_before(folder: Path) -> None:
    git = Git(folder)
    edit(folder, "docs/other.md", "owner: platform-lead", "owner: people-lead")
    git.commit()
    edit(folder, "docs/other.md", "owner: people-lead", "owner: people-lead\nowner_since: 2026-11-20")
    told = check(folder, "--changed-since", "HEAD", "--select", "REV007").stdout
    assert "error REV007 owner_since changes, but people-lead owned this page before" in told
    edit(folder, "docs/other.md", "owner_since: 2026-11-20", "owner_since: 2026-11-21")
    assert "owner_since is 2026-11-21, in the future" in check(folder, "--select", "OWN").stdout


def test_who_cannot_own_pages_gets_none(folder: Path) -> None:
    edit(folder, OWNERS, "  security-lead:\n", "  security-lead:\n    filled: false\n")
    edit(folder, OWNERS, "    deputy: privacy-lead\n", "")
    reasons = {
        ("platform-lead", "security-lead"): "nobody fills security-lead, and no deputy does; name one in",
        ("platform-lead", "legl-lead"): "there is no role 'legl-lead' in registers/owners.yml; did you mean",
        ("platform-lead", "platform-lead"): "platform-lead owns these pages already; name another role",
        ("legal-lead", "people-lead"): "legal-lead owns no page; see `handbook owners`",
        (
            "platfrm-lead",
            "people-lead",
        ): "no page has the owner 'platfrm-lead'; did you mean 'platform-lead'",
        ("platform-lead", "people-lead", "docs/othr.md"): "there is no page 'docs/othr.md'; did you mean",
    }
    for arguments, reason in reasons.items():
        assert reason in refused(reassign(folder, *arguments)).replace(".venv/bin/handbook", "handbook")


def test_owners_are_shown_with_what_stands_in_the_way(folder: Path) -> None:
    edit(folder, OWNERS, "  security-lead:\n", "  security-lead:\n    filled: false\n")
    edit(folder, OWNERS, "    deputy: privacy-lead\n", "")
    edit(folder, OWNERS, "  legal-lead:\n", "  legal-lead:\n    holders: [github:ann]\n")
    edit(folder, OWNERS, "  people-lead:\n", "  people-lead:\n    holders: [github:ann]\n    filled: false\n")
    edit(folder, "docs/index.md", "platform-lead", "nobody-lead")
    told = written(run(folder, "owners", "--most", "1")).splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in told if not line.startswith("note")}
    assert rows["platform-lead"][:4] == ["1", "0", "0", "2027-04-14"]
    assert rows["security-lead"][-1] == "nobody"
    assert rows["people-lead"][-1] == "executive-sponsor"
    notes = [line for line in told if line.startswith("note")]
    assert "note: nobody fills security-lead, and no deputy does; name one in registers/owners.yml" in notes
    assert "note: people-lead is vacant; its deputy, executive-sponsor, answers for it" in notes
    assert "note: 1 page without an owner from registers/owners.yml, such as docs/index.md" in notes
    assert any("github:ann alone holds people-lead, legal-lead" in note for note in notes)
    assert any("so it is not known whether one person holds several roles" in note for note in notes)
    assert any("2 pages are due in the week of 2027-04-12, the first by 2027-04-14" in note for note in notes)


def test_a_plan_reviews_no_page_later_than_it_is_due(folder: Path) -> None:
    told = json.loads(written(run(folder, "owners", "--level", "--most", "1", "--format", "json")))
    assert [(week["monday"], week["pages"]) for week in told["plan"]] == [
        ("2027-04-05", ["docs/index.md"]),
        ("2027-04-12", ["docs/other.md"]),
    ]
    assert all(week["first_due"] >= week["monday"] for week in told["plan"])


def test_what_is_overdue_or_was_never_reviewed_is_to_be_reviewed_now(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/new.md", PAGE.replace("last_reviewed: 2026-10-14\n", ""))
    told = written(run(folder, "owners", "--level", "--most", "1", "--today", "2027-05-01"))
    assert "now: 3 pages overdue or without a review\n  " in told
    assert "handbook review start --spread 3\n" in told


def test_a_role_in_braces_keeps_them(folder: Path) -> None:
    register = folder / OWNERS
    data = yaml.safe_load(register.read_text(encoding="utf-8"))["owners"]
    lines = (f"  {name}: {json.dumps(owner)}\n" for name, owner in data.items())
    register.write_text("owners:\n" + "".join(lines), encoding="utf-8")
    written(rename(folder, "platform-lead", "channels-lead"))
    assert ", formerly: [platform-lead]}\n" in register.read_text(encoding="utf-8")
    assert check(folder, "--select", "REV,OWN").stdout == ""


def test_who_has_to_agree_and_what_editors_propose_follow_a_change(folder: Path) -> None:
    edit(folder, OWNERS, "  platform-lead:\n", "  platform-lead:\n    holders: [github:ann]\n")
    edit(folder, OWNERS, "  communications-lead:\n", "  communications-lead:\n    holders: [github:bea]\n")
    (folder / ".github").mkdir()
    written(run(folder, "schema", "--write"))
    run(folder, "forge", "codeowners", "--write")
    assert "/docs/index.md @ann @bea\n" in (folder / ".github" / "CODEOWNERS").read_text("utf-8")
    written(rename(folder, "platform-lead", "channels-lead"))
    assert "channels-lead" in (folder / "registers" / "schemas" / "names.schema.json").read_text("utf-8")
    told = written(reassign(folder, "channels-lead", "communications-lead", "index"))
    assert ".github/CODEOWNERS: made again\n" in told
    assert "/docs/index.md @bea @ann\n" in (folder / ".github" / "CODEOWNERS").read_text("utf-8")
    assert run(folder, "forge", "codeowners").exit_code == 0
