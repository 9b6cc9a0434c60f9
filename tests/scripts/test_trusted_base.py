"""What a change cannot do for itself: excuse, sign, rewrite, or weaken what judges it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from handbook.content.fingerprints import body_fingerprint
from scripts.cli import main
from scripts.site.publication import read_handbook
from tests.conftest import PAGE, ROOT, TODAY
from tests.records import ROLES, folder_of_record, page_at, record
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]
CASES = sorted(
    case
    for code in ("REG004", "REV010", "REV011", "CHG002")
    for case in (ROOT / "tests" / "cases" / code).glob("*.yml")
)
POLICY = PAGE.replace("Text.", "You may post about your work. " + "Ask before you film anyone. " * 20)


@pytest.fixture
def base(git: Git, write: Write) -> Git:
    """A handbook with a policy page and a page that names a contact, both reviewed, at the tag `base`."""
    write("docs/policy/work.md", POLICY)
    write("docs/other.md", PAGE.replace("Text.", 'Ask {{ contact("press") }}.'))
    _file_review(git.root, "docs/policy/work.md", "docs/other.md")
    git.commit("2026-11-02")
    git("tag", "base")
    return git


def _file_review(
    root: Path, *paths: str, name: str = "2026-10-14-more", roles: Sequence[str] = ROLES
) -> None:
    handbook, _ = read_handbook(root, TODAY)
    texts = {path: handbook.fingerprint(page) for path in paths if (page := handbook.page(path))}
    text = record(texts, TODAY.replace(month=10, day=14), roles)
    (root / "registers" / "reviews" / f"{name}.yml").write_text(text, encoding="utf-8")


def _begin_with_holder_of(base: Git, role: str) -> str:
    """Let a role have a holder before the change, and return the register of owners."""
    file = base.root / "registers" / "owners.yml"
    held = file.read_text("utf-8").replace(f"  {role}:\n", f"  {role}:\n    holders: [one@example.org]\n")
    file.write_text(held, encoding="utf-8")
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    return held


def _findings(git: Git, *codes: str) -> list[str]:
    git.commit("2026-11-03")
    options = ["check", "--root", str(git.root), "--today", TODAY.isoformat(), "--changed-since", "base"]
    selected = [option for code in codes for option in ("--select", code)]
    shown = CliRunner().invoke(main, [*options, *selected], catch_exceptions=False).stdout
    lines = shown.splitlines()
    return [line.replace(": ", " ", 1) for line in lines if "(not part of this change)" not in line]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_case_has_exactly_the_findings_it_names(case: Path, base: Git) -> None:
    told = yaml.safe_load(case.read_text(encoding="utf-8"))
    for path, words in told["change"].items():
        file = base.root / path
        if words is None:
            file.unlink()
        elif isinstance(words, str):
            file.rename(base.root / words)
        else:
            before = file.read_text("utf-8")
            assert words[0] in before
            file.write_text(before.replace(*words), encoding="utf-8")
    assert _findings(base, case.parent.name) == told["findings"]


def _codes(findings: list[str]) -> list[tuple[str, str]]:
    """Return the severity and the code of each finding."""
    return [(severity, code) for _, severity, code, *_ in (line.split(" ", 3) for line in findings)]


@pytest.mark.parametrize(
    ("path", "before", "after", "severity"),
    [
        ("docs/policy/work.md", "You may post", "You may never post", "error"),
        ("docs/policy/work.md", "title: A page", "title: Another page", "error"),
        ("docs/policy/work.md", "You may", "<!--\n\nYou may", "error"),
        ("docs/other.md", "Ask", "Never ask", "warning"),
    ],
)
def test_a_text_that_changed_without_a_review_is_found(
    base: Git, path: str, before: str, after: str, severity: str
) -> None:
    file = base.root / path
    file.write_text(file.read_text("utf-8").replace(before, after), encoding="utf-8")
    assert _codes(_findings(base, "REV006")) == [(severity, "REV006")]


def test_a_value_that_a_reviewed_page_shows_is_its_text(base: Git, write: Write) -> None:
    """Even if its record has a fingerprint of version 1, which does not cover the value."""
    page = PAGE.replace("Text.", "We reply within {{ organization.reply_target }}.")
    write("docs/policy/reply.md", page)
    texts = {"docs/policy/reply.md": body_fingerprint(page_at(base.root, "docs/policy/reply.md").body)}
    write("registers/reviews/2026-10-14-reply.yml", record(texts, TODAY.replace(month=10, day=14)))
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    organization = (base.root / "organization.yml").read_text("utf-8")
    write("organization.yml", organization.replace("one working day", "one year"))
    assert [line.partition(":")[0] for line in _findings(base, "REV006")] == ["docs/policy/reply.md"]


def _book_as_editorial(git: Git, path: str, role: str = "platform-lead") -> None:
    handbook, _ = read_handbook(git.root, TODAY)
    page = handbook.page(path)
    assert page
    (git.root / "registers" / "editorial_changes.yml").write_text(
        f"changes:\n- page: {path}\n  date: 2026-11-03\n  by: {role}\n  why: A misspelled word.\n"
        f"  fingerprint: {handbook.fingerprint(page)}\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("You may post about your work.", "Post about your work when you like."),
        ("You may post about your work.", "You must post about your work."),
        ("Ask before you film anyone. ", ""),
        ("your work", "your 2 jobs"),
        ("your work", "the work that you and the others in your team do for us and for them"),
        ("You may post", '<span class="x">You may post</span>'),
    ],
)
def test_a_rewritten_policy_is_no_misspelled_word(base: Git, before: str, after: str) -> None:
    file = base.root / "docs" / "policy" / "work.md"
    file.write_text(file.read_text("utf-8").replace(before, after, 3), encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md")
    assert _codes(_findings(base, "REV006")) == [("error", "REV006")]


def test_a_misspelled_word_is_an_editorial_change(base: Git) -> None:
    file = base.root / "docs" / "policy" / "work.md"
    file.write_text(file.read_text("utf-8").replace("your work", "your wrok"), encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md")
    assert _findings(base, "REV006") == []


@pytest.mark.parametrize(
    ("before", "after", "findings"),
    [("your work", "your wrok", []), ("You may post", "Never post", [("error", "REV006")])],
)
@pytest.mark.parametrize("with_another_word", [False, True])
def test_an_unreviewed_text_of_an_earlier_change_is_judged_when_it_is_booked(
    base: Git, write: Write, before: str, after: str, with_another_word: bool, findings: list[tuple[str, str]]
) -> None:
    """Otherwise, one change could bring a text with a warning, and the next one call it editorial."""
    write("docs/other.md", POLICY)
    _file_review(base.root, "docs/other.md", name="2026-10-14-other")
    base.commit("2026-11-02")
    write("docs/other.md", POLICY.replace(before, after))
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    if with_another_word:
        write("docs/other.md", POLICY.replace(before, after).replace("film anyone", "flim anyone", 1))
    _book_as_editorial(base, "docs/other.md")
    assert _codes(_findings(base, "REV006")) == findings


def test_a_text_whose_former_one_is_not_in_the_history_is_no_editorial_change(
    base: Git, write: Write
) -> None:
    page = base.root / "docs" / "other.md"
    write("docs/other.md", PAGE.replace("Text.", "A text that was reviewed and never committed."))
    _file_review(base.root, "docs/other.md", name="2026-10-14-other")
    page.write_text(page.read_text("utf-8").replace("never committed", "lost"), encoding="utf-8")
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    _book_as_editorial(base, "docs/other.md")
    (finding,) = _findings(base, "REV006")
    assert " error REV006 whether this change is editorial cannot be told" in finding


def test_the_text_of_an_earlier_review_is_no_editorial_change(base: Git) -> None:
    file = base.root / "docs" / "policy" / "work.md"
    earlier = file.read_text("utf-8")
    file.write_text(earlier.replace("You may post", "Never post"), encoding="utf-8")
    _file_review(base.root, "docs/policy/work.md", name="2026-10-14-once-more")
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    file.write_text(earlier, encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md")
    assert _codes(_findings(base, "REV006")) == [("error", "REV006")]


def test_an_editorial_change_leads_to_a_text_that_is_there(base: Git) -> None:
    """Whoever books a text in advance could bring it later as one that is known."""
    file = base.root / "docs" / "policy" / "work.md"
    earlier = file.read_text("utf-8")
    file.write_text(earlier.replace("You may post", "Never post"), encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md")
    file.write_text(earlier, encoding="utf-8")
    assert _codes(_findings(base, "REV010")) == [("error", "REV010")]


def test_a_change_that_is_reviewed_is_not_booked_as_editorial(base: Git) -> None:
    """People would not be asked to accept it again."""
    file = base.root / "docs" / "policy" / "work.md"
    file.write_text(file.read_text("utf-8").replace("You may post", "Never post"), encoding="utf-8")
    _file_review(base.root, "docs/policy/work.md", name="2026-10-14-once-more")
    assert _findings(base, "REV006") == []
    _book_as_editorial(base, "docs/policy/work.md")
    assert _codes(_findings(base, "REV006")) == [("error", "REV006")]


def test_only_a_release_brings_pages_about_the_tool_and_their_reviews(base: Git, write: Write) -> None:
    """Nobody here reviews them, so a rule could be hidden there."""
    write("docs/contributing/gifts.md", PAGE.replace("Text.", "Take all gifts."))
    handbook, _ = read_handbook(base.root, TODAY)
    page = handbook.page("docs/contributing/gifts.md")
    assert page
    texts = {page.path: handbook.fingerprint(page)}
    write("registers/shipped/reviews/2026-10-14-gifts.yml", record(texts, TODAY.replace(month=10, day=14)))
    assert [line.split(":")[0] for line in _findings(base, "REV010")] == [
        "docs/contributing/gifts.md",
        "registers/shipped/reviews/2026-10-14-gifts.yml",
    ]


def test_an_editorial_change_is_not_of_a_day_to_come(base: Git) -> None:
    """Its text would be known after each review until then."""
    _book_as_editorial(base, "docs/policy/work.md")
    register = base.root / "registers" / "editorial_changes.yml"
    register.write_text(register.read_text("utf-8").replace("2026-11-03", "2027-11-03"), encoding="utf-8")
    assert _codes(_findings(base, "REV007")) == [("error", "REV007")]


GIVEN_UP = "abandoned:\n  date: 2026-10-20\n  by: platform-lead\n  reason: Merged.\n"


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("review.yml", "reason: Merged", "reason: Nothing"),
        ("review.yml", GIVEN_UP, ""),
        ("review.yml", "[platform-lead, communications-lead]", "[platform-lead]"),
        ("platform-lead.yml", "verdict: keep", "verdict: retire"),
        ("platform-lead.yml", "", None),
    ],
)
def test_the_record_of_a_review_that_was_given_up_stays(
    base: Git, write: Write, file: str, before: str, after: str | None
) -> None:
    texts = {"docs/other.md": "v2:sha256:" + "0" * 64}
    files = folder_of_record(texts, TODAY.replace(month=10, day=14), ROLES)
    plan = files["review.yml"].partition("\nmeeting:")[0]
    for name, text in {**files, "review.yml": f"{plan}\n{GIVEN_UP}"}.items():
        write(f"registers/reviews/2026-10-14-given-up/{name}", text)
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    changed = base.root / "registers" / "reviews" / "2026-10-14-given-up" / file
    if after is None:
        changed.unlink()
    else:
        assert before in changed.read_text("utf-8")
        changed.write_text(changed.read_text("utf-8").replace(before, after), encoding="utf-8")
    assert ("error", "REV010") in _codes(_findings(base, "REV010"))


def test_a_base_that_cannot_be_read_lets_nothing_pass_as_reviewed(base: Git, write: Write) -> None:
    sound = (base.root / "registers" / "owners.yml").read_text("utf-8")
    write("registers/owners.yml", "owners: [")
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    write("registers/owners.yml", sound)
    assert _findings(base, "REV006", "REV010") == []
    policy = base.root / "docs" / "policy" / "work.md"
    policy.write_text(policy.read_text("utf-8").replace("your work", "your wrok"), encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md")
    page = base.root / "docs" / "other.md"
    page.write_text(page.read_text("utf-8").replace("Ask", "Never ask"), encoding="utf-8")
    assert [finding.split(" ")[:3] for finding in _findings(base, "REV006", "REV010")] == [
        ["docs/other.md:8:1", "warning", "REV006"],
        ["docs/policy/work.md:8:1", "error", "REV006"],
        ["registers/editorial_changes.yml:1:1", "warning", "REV010"],
    ]


def test_a_waiver_in_the_change_excuses_nothing(base: Git, write: Write) -> None:
    waiver = (
        "waivers:\n- {page: docs/gifts.md, rule: OWN001, reason: As agreed., approver: legal-lead,"
        " end: 2027-04-30}\n"
    )
    write("registers/waivers.yml", waiver)
    write("docs/gifts.md", PAGE.replace("owner: platform-lead\n", ""))
    assert _codes(_findings(base, "OWN001")) == [("error", "OWN001")]
    base("tag", "--force", "base")
    assert _findings(base, "OWN001") == []


@pytest.mark.parametrize(
    ("titles", "named"), [(("Yours", "Ours"), ["Yours", "Ours"]), (("Ours", "Yours"), [])]
)
def test_titles_in_the_menu_that_change_places_are_named(
    base: Git, write: Write, titles: tuple[str, str], named: list[str]
) -> None:
    settings = (base.root / "mkdocs.yml").read_text("utf-8")
    menu = "{}\nnav:\n  - index.md\n  - {}: {}\n  - {}: other.md\n"
    write("mkdocs.yml", menu.format(settings, "Ours", "policy/work.md", "Yours"))
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    base("mv", "docs/policy/work.md", "docs/policy/job.md")
    write("mkdocs.yml", menu.format(settings, titles[0], "policy/job.md", titles[1]))
    findings = [line for line in _findings(base, "CHG002") if "the menu says" in line]
    assert [line.partition(" says '")[2].partition("'")[0] for line in findings] == named


def test_what_an_older_waiver_lets_a_change_do_is_named(base: Git, write: Write) -> None:
    waiver = (
        "page: docs/policy/work.md\nrule: REV006\nreason: It is urgent.\napprover: legal-lead\n"
        "end: 2027-04-30\n"
    )
    write("registers/waivers/urgent.yml", waiver)
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    write("docs/policy/work.md", POLICY.replace("You may post", "Nobody may post"))
    (finding,) = _findings(base, "REV006")
    assert finding.startswith("docs/policy/work.md:8:1 info REV006 the text has changed")
    assert finding.endswith("(a waiver of legal-lead excuses this until 2027-04-30)")


def test_numbers_that_only_the_record_can_show_are_named(base: Git, write: Write) -> None:
    counts = "day: 2026-11-02\ncounts:\n- {audience: work, edition: '2026.1', asked: 9, accepted: 9}\n"
    write("registers/acknowledgement_counts.yml", counts)
    assert _codes(_findings(base, "CHG002")) == [("info", "CHG002")]
    base("tag", "--force", "base")
    write("registers/acknowledgement_counts.yml", counts.replace("2026-11-02", "2026-11-03"))
    assert _codes(_findings(base, "CHG002")) == []


def test_a_holder_who_comes_with_the_change_signs_nothing(base: Git, write: Write) -> None:
    held = _begin_with_holder_of(base, "platform-lead")
    write("registers/owners.yml", held.replace("one@example.org", "one@example.org, social@example.org"))
    _file_review(base.root, "docs/index.md", name="2026-10-14-again")
    errors = [line for line in _findings(base, "REV007") if " error " in line]
    assert errors
    assert all("platform-lead" in line for line in errors)


def test_a_new_record_needs_fingerprints_of_what_readers_read(base: Git, write: Write) -> None:
    texts = {"docs/index.md": body_fingerprint(page_at(base.root, "docs/index.md").body)}
    write("registers/reviews/2026-10-20-index.yml", record(texts, TODAY.replace(month=10, day=20)))
    assert set(_codes(_findings(base, "REV010"))) == {("error", "REV010")}


def test_an_editorial_change_that_was_filed_stays(base: Git, write: Write) -> None:
    _book_as_editorial(base, "docs/policy/work.md")
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    write("registers/editorial_changes.yml", "changes: []\n")
    assert _codes(_findings(base, "REV010")) == [("error", "REV010")]


def test_a_copy_of_a_record_in_another_place_hides_no_change_of_it(base: Git, write: Write) -> None:
    """The copy is where a release brings records, and is therefore read after the record of that name."""
    file = base.root / "registers" / "reviews" / "2026-10-14-more.yml"
    filed = file.read_text("utf-8")
    write("registers/shipped/reviews/2026-10-14-more.yml", filed)
    assert _findings(base, "REV010") == []
    file.write_text(filed.replace("still hold", "hold no longer"), encoding="utf-8")
    (finding,) = _findings(base, "REV010")
    assert finding.startswith("registers/reviews/2026-10-14-more.yml:")


def test_an_editorial_change_that_came_with_a_release_is_of_pages_about_the_tool(
    base: Git, write: Write
) -> None:
    """Nobody here signs it, so it excuses nothing that is said here."""
    file = base.root / "docs" / "policy" / "work.md"
    file.write_text(file.read_text("utf-8").replace("your work", "your wrok"), encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md")
    assert _findings(base, "REV006") == []
    register = base.root / "registers" / "editorial_changes.yml"
    write("registers/shipped/editorial_changes.yml", register.read_text("utf-8"))
    register.unlink()
    assert _codes(_findings(base, "REV006")) == [("error", "REV006")]


@pytest.mark.parametrize(
    ("moved_to", "findings"),
    [
        ("docs/policy/job.md", []),
        ("docs/job.md", [("error", "REV011")]),  # No lawyer reads it there.
        ("docs/other.md", [("error", "REV011")]),  # It was there before.
        ("docs/contributing/job.md", [("error", "REV011")]),
    ],
)
def test_a_policy_stays_a_policy_wherever_it_moves(
    base: Git, moved_to: str, findings: list[tuple[str, str]]
) -> None:
    file, target = base.root / "docs" / "policy" / "work.md", base.root / moved_to
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        file.unlink()
    else:
        file.rename(target)
    _book_as_editorial(base, moved_to)
    register = base.root / "registers" / "editorial_changes.yml"
    moved = register.read_text("utf-8").replace("  date:", "  moved_from: docs/policy/work.md\n  date:")
    register.write_text(moved, encoding="utf-8")
    assert _codes(_findings(base, "REV011")) == findings


def test_a_role_that_comes_with_the_change_signs_nothing(base: Git, write: Write) -> None:
    held = _begin_with_holder_of(base, "legal-lead")
    role = "  new-lead:\n    title: New\n    contact: press\n    decides: Nothing\n"
    write("registers/owners.yml", held.replace("owners:\n", f"owners:\n{role}", 1))
    _file_review(base.root, "docs/other.md", name="2026-10-15-more", roles=("platform-lead", "new-lead"))
    errors = [line for line in _findings(base, "REV007") if " error " in line]
    assert errors
    assert all("new-lead, a role that registers/owners.yml does not have" in line for line in errors)


def test_a_deputy_and_a_lawyer_whom_the_change_appoints_decide_nothing(base: Git, write: Write) -> None:
    held = _begin_with_holder_of(base, "legal-lead")
    appointed = held.replace("contact: security", "contact: legal")
    head, platform, rest = appointed.partition("  platform-lead:\n")
    rest = rest.replace("deputy: communications-lead", "deputy: people-lead", 1)
    write("registers/owners.yml", f"{head}{platform}{rest}")
    roles = ("people-lead", "security-lead")
    _file_review(base.root, "docs/policy/work.md", name="2026-10-15-more", roles=roles)
    messages = "\n".join(line for line in _findings(base, "REV007") if " error " in line)
    assert "platform-lead, the owner of docs/policy/work.md, did not take part" in messages
    assert "nor its deputy read it" in messages
    assert "no lawyer read docs/policy/work.md" in messages


@pytest.mark.parametrize(
    ("path", "roles", "missing"),
    [
        ("docs/policy/work.md", ("people-lead", "security-lead"), ["not take part", "nor its", "no lawyer"]),
        ("docs/policy/work.md", ("platform-lead", "security-lead"), ["no lawyer read docs/policy/work.md"]),
        ("docs/policy/work.md", ("platform-lead", "legal-lead"), []),
        ("docs/other.md", ("people-lead", "security-lead"), ["did not take part", "nor its deputy"]),
        ("docs/other.md", ("communications-lead", "people-lead"), []),
    ],
)
def test_a_page_goes_only_if_its_owner_agrees_and_a_lawyer_where_one_reads_it(
    base: Git, path: str, roles: Sequence[str], missing: Sequence[str]
) -> None:
    _file_review(base.root, path, name="2026-10-15-more", roles=roles)
    file = base.root / "registers" / "reviews" / "2026-10-15-more.yml"
    file.write_text(file.read_text("utf-8").replace("outcome: unchanged", "outcome: retired"), "utf-8")
    (base.root / path).unlink()
    errors = [line for line in _findings(base, "REV007", "REV011") if " error " in line]
    assert len(errors) == len(missing)
    assert all(words in line for words, line in zip(missing, errors, strict=True))


@pytest.mark.parametrize(
    ("text", "reader", "count"),
    [
        ("Nobody may post", "security-lead", 1),
        ("Nobody may post", "platform-lead", 0),
        ("Nobody may post", "communications-lead", 0),  # The deputy of the role that owned it.
        ("You may post", "security-lead", 0),
    ],
)
def test_a_new_owner_decides_about_a_new_text_only_with_the_one_before(
    base: Git, write: Write, text: str, reader: str, count: int
) -> None:
    _begin_with_holder_of(base, "executive-sponsor")
    changed = POLICY.replace("owner: platform-lead", "owner: people-lead").replace("You may post", text)
    write("docs/policy/work.md", changed)
    roles = ("people-lead", "legal-lead", reader)
    _file_review(base.root, "docs/policy/work.md", name="2026-10-15-more", roles=roles)
    errors = [line for line in _findings(base, "REV007") if " error " in line]
    assert len(errors) == count
    assert all("platform-lead owned docs/policy/work.md before this change" in line for line in errors)


def test_a_lawyer_whom_the_change_appoints_has_read_nothing_before(base: Git, write: Write) -> None:
    page = base.root / "docs" / "policy" / "work.md"
    dated = page.read_text("utf-8").replace("last_reviewed:", "legal_review: 2026-10-14\nlast_reviewed:")
    owners = (base.root / "registers" / "owners.yml").read_text("utf-8")
    write("registers/owners.yml", owners.replace("contact: social_media", "contact: legal"))
    page.write_text(dated, encoding="utf-8")
    assert _codes(_findings(base, "LEG001")) == [("error", "LEG001")]
    base("tag", "--force", "base")
    assert _findings(base, "LEG001") == []


def test_a_role_that_does_not_own_the_page_records_nothing(base: Git) -> None:
    file = base.root / "docs" / "policy" / "work.md"
    file.write_text(file.read_text("utf-8").replace("your work", "your wrok"), encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md", "people-lead")
    (finding,) = _findings(base, "REV006")
    assert " error REV006 " in finding
    assert "people-lead may not" in finding


def test_an_editorial_change_of_a_role_with_holders_is_signed_by_one(base: Git, write: Write) -> None:
    _begin_with_holder_of(base, "platform-lead")
    file = base.root / "docs" / "policy" / "work.md"
    file.write_text(file.read_text("utf-8").replace("your work", "your wrok"), encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md")
    (finding,) = [line for line in _findings(base, "REV007") if " error " in line]
    assert finding.startswith("registers/editorial_changes.yml:2:1 ")
    base("tag", "--force", "base")
    assert [line for line in _findings(base, "REV007") if " error " in line] == []


def test_a_policy_that_is_moved_and_rewritten_is_no_editorial_change(base: Git, write: Write) -> None:
    (base.root / "docs" / "policy" / "work.md").unlink()
    write("docs/policy/job.md", PAGE.replace("Text.", "Another rule altogether, in other words. " * 20))
    _book_as_editorial(base, "docs/policy/job.md")
    register = base.root / "registers" / "editorial_changes.yml"
    moved = register.read_text("utf-8").replace("  date:", "  moved_from: docs/policy/work.md\n  date:")
    register.write_text(moved, encoding="utf-8")
    assert ("error", "REV006") in _codes(_findings(base, "REV"))


def test_an_owner_who_comes_with_the_change_records_nothing(base: Git) -> None:
    file = base.root / "docs" / "policy" / "work.md"
    text = file.read_text("utf-8").replace("your work", "your wrok")
    file.write_text(text.replace("owner: platform-lead", "owner: people-lead"), encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md", "people-lead")
    assert _codes(_findings(base, "REV006")) == [("error", "REV006")]


def test_whoever_adopts_the_handbook_leaves_the_sample_behind(base: Git, write: Write) -> None:
    organization = (base.root / "organization.yml").read_text("utf-8")
    write(
        "organization.yml", organization.replace("name: {en: Example", "sample: true\nname: {en: Example", 1)
    )
    write(
        "sample/registers/reviews/2026-10-14-a.yml",
        (base.root / "registers/reviews/2026-10-14-more.yml").read_text("utf-8"),
    )
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    write("organization.yml", organization)
    assert _findings(base, "REV010") == []


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("You may post", "Nobody may post", [("warning", "CHG002")]),
        ("You may post", "<!-- You --> may post", [("warning", "CHG002")]),
        ("You may post", "You  may\npost", []),
    ],
)
def test_only_a_commit_that_formats_is_left_out_of_the_history(
    base: Git, write: Write, before: str, after: str, codes: list[tuple[str, str]]
) -> None:
    file = base.root / "docs" / "policy" / "work.md"
    file.write_text(file.read_text("utf-8").replace(before, after), encoding="utf-8")
    name = base.commit("2026-11-02", "Format the policy")
    base("tag", "--force", "base")
    write(".git-blame-ignore-revs", f"# Formats\n{name}\n{'0' * 40}\n")
    assert _codes(_findings(base, "CHG002")) == codes


@pytest.mark.parametrize("path", ["docs/policy/work.txt", "docs/contributing/work.txt"])
def test_a_file_that_is_no_page_is_named(base: Git, write: Write, path: str) -> None:
    write(path, "Everything is allowed.")
    (finding,) = _findings(base, "CHG002")
    assert finding.startswith(f"{path}:1:1 info CHG002 readers get this file as it is")
    base("tag", "--force", "base")
    assert _findings(base, "CHG002") == []


def test_a_change_of_wording_is_named(base: Git) -> None:
    """No review reads it, and whoever accepts the change is the first who does."""
    file = base.root / "docs" / "policy" / "work.md"
    file.write_text(file.read_text("utf-8").replace("your work", "your wrok"), encoding="utf-8")
    _book_as_editorial(base, "docs/policy/work.md")
    (finding,) = _findings(base, "CHG002")
    assert finding.startswith(
        "docs/policy/work.md:8:1 info CHG002 platform-lead says that this change needs no review"
    )


@pytest.mark.parametrize("role", ["", "platform-lead"])
def test_a_reading_that_nobody_can_be_shown_to_have_filed_is_named(base: Git, role: str) -> None:
    if role:
        _begin_with_holder_of(base, role)
    _file_review(base.root, "docs/other.md", name="2026-10-14-once-more")
    (finding,) = _findings(base, "CHG002")
    assert finding.startswith("registers/reviews/2026-10-14-once-more.yml:")
    assert ("platform-lead" in finding) == (not role)
    base("tag", "--force", "base")
    assert _findings(base, "CHG002") == []


@pytest.mark.parametrize(("read_again", "count"), [(0, 1), (1, 1), (-1, 0)])
def test_a_text_that_a_meeting_changed_after_it_was_read_is_named(
    base: Git, write: Write, read_again: int, count: int
) -> None:
    _file_review(base.root, "docs/other.md", name="2026-10-15-more")
    file = base.root / "registers" / "reviews" / "2026-10-15-more.yml"
    handbook, _ = read_handbook(base.root, TODAY)
    page = handbook.page("docs/other.md")
    assert page
    before = handbook.fingerprint(page)
    write("docs/other.md", page.text.replace("Ask", "Never ask"))
    after = read_handbook(base.root, TODAY)[0]
    changed = after.page("docs/other.md")
    assert changed
    text = file.read_text("utf-8").replace("outcome: unchanged", "outcome: changed")
    readings, meeting, decided = text.partition("\nmeeting:\n")
    assert meeting
    now = after.fingerprint(changed)
    text = readings.replace(before, now, read_again) + meeting + decided.replace(before, now)
    file.write_text(text, encoding="utf-8")
    named = [line for line in _findings(base, "CHG002") if "not everyone had read" in line]
    assert len(named) == count
    assert all(line.startswith("docs/other.md:8:1 info CHG002 the meeting of 2026-10-14") for line in named)


def test_a_code_owners_file_that_nothing_is_compared_with_is_named(base: Git, write: Write) -> None:
    write(".github/CODEOWNERS", "/docs/ @mallory\n")
    (finding,) = _findings(base, "CHG002")
    assert finding.startswith(".github/CODEOWNERS:1:1 info CHG002 the list of who has to agree")


@pytest.mark.parametrize(
    ("word", "codes"), [("Txet.", []), ("Take all gifts, and tell nobody.", [("error", "REV006")])]
)
def test_only_a_release_says_something_else_on_a_page_about_the_tool(
    base: Git, write: Write, word: str, codes: list[tuple[str, str]]
) -> None:
    """Nobody here reviews it, so a rule could be hidden there as a change of wording."""
    page = "docs/contributing/gifts.md"
    write(page, PAGE)
    _file_review(base.root, page, name="2026-10-14-gifts")
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    write(page, PAGE.replace("Text.", word))
    _book_as_editorial(base, page)
    assert _codes(_findings(base, "REV006")) == codes


@pytest.mark.parametrize("after", ["Ask.  ", "Ask.\n\n<!-- Who asks? -->"])
def test_what_no_reader_sees_shows_no_other_facts(base: Git, write: Write, after: str) -> None:
    """An expression that is longer than a line takes the text around it with it."""
    page = PAGE.replace("Text.", "{% if true %}\nAsk.\n{% endif %}")
    write("docs/more.md", page)
    base.commit("2026-11-02")
    base("tag", "--force", "base")
    write("docs/more.md", page.replace("Ask.", after))
    assert _findings(base, "CHG002") == []


def test_a_deputy_that_is_renamed_changes_no_rights(base: Git) -> None:
    rename = ["role", "rename", "platform-lead", "channel-lead", "--root", str(base.root)]
    assert CliRunner().invoke(main, rename, catch_exceptions=False).exit_code == 0
    findings = _findings(base, "CHG002")
    assert [line for line in findings if "may read and correct" in line] == []
    assert any("is called channel-lead now" in line for line in findings)
