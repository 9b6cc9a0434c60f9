"""`handbook adopt`: from the sample to a handbook of one's own, and what is left to decide then."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.adoption.answers import EXAMPLE
from handbook.adoption.remains import TITLES_OF_THE_SAMPLE
from handbook.files.tree import Folder
from handbook.registers.organization import load_organization
from handbook.registers.owners import load_owners
from scripts.cli import main
from tests.conftest import PAGE, ROOT
from tests.scripts.conftest import Git
from tests.scripts.terminals import Terminal

DAY = ("--today", "2026-11-27")
# The policies of the sample that are for a council.
POLICIES = 22
SHORT = """name: Example Council
short_name: EC
sector: government
places: [uk]
languages: [en-GB]
time_zone: Europe/London
"""


@pytest.fixture(autouse=True)
def _on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795780800")  # 2026-11-27


def _run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root)])


def _adopt(root: Path, text: str = SHORT) -> Result:
    answers = root.parent / "answers.yml"
    answers.write_text(text, encoding="utf-8")
    return _run(root, "adopt", "--answers", str(answers), *DAY)


def _subjects(root: Path) -> dict[str, str]:
    subjects = json.loads(_run(root, "adopt", "--status", "--format", "json", *DAY).stdout)
    return {subject["subject"]: subject["state"] for subject in subjects}


def test_it_is_undone_by_one_command_of_git(git: Git) -> None:
    result = _adopt(git.root)
    assert result.exit_code == 0
    assert "to undo all of it: git stash --include-untracked" in result.stdout
    assert git("status", "--short") != ""
    git("stash", "--include-untracked")
    assert git("status", "--short") == ""
    assert load_organization(Folder(git.root)).adopted is None


def test_its_history_begins_after_the_last_commit_of_others(git: Git) -> None:
    foreign = git("rev-parse", "HEAD").strip()
    _adopt(git.root)
    git.commit("2026-11-27", "Adopt the handbook")
    assert load_organization(Folder(git.root)).history_since == foreign
    shown = _run(git.root, "audit", "history", "docs/index.md")
    assert "Adopt the handbook" in shown.stdout
    assert "Change the handbook" not in shown.stdout


def test_its_history_is_all_that_was_committed_if_somebody_wants_that(git: Git) -> None:
    _adopt(git.root, f"{SHORT}history: keep\n")
    assert load_organization(Folder(git.root)).history_since is None


def test_without_a_repository_its_history_begins_on_the_day_and_no_command_undoes_it(folder: Path) -> None:
    assert "git stash" not in _adopt(folder).stdout
    assert str(load_organization(Folder(folder)).history_since) == "2026-11-27"


def test_a_file_that_changed_since_the_last_commit_is_not_touched(git: Git) -> None:
    page = git.root / "docs" / "index.md"
    page.write_text(f"{PAGE}\nMore.\n", encoding="utf-8")
    result = _adopt(git.root)
    assert result.exit_code == 2
    assert result.stderr == (
        "handbook: docs/index.md: changed since the last commit; commit that first, then run this again\n"
    )
    assert load_organization(Folder(git.root)).adopted is None


@pytest.mark.parametrize(("own", "service"), [("", None), ("repository_service: forgejo\n", "forgejo")])
def test_the_platform_of_the_repository_is_the_one_that_was_answered(
    folder: Path, own: str, service: str | None
) -> None:
    _adopt(folder, f"{SHORT}repository: https://git.town.example/handbook\n{own}")
    assert load_organization(Folder(folder)).repository_service == service


def test_a_role_that_is_misspelled_is_named_with_its_line(folder: Path) -> None:
    roles = "roles:\n  boss:\n    takes: [people-lead]\n    title: Boss\n    deputy: bos\n"
    result = _adopt(folder, f"{SHORT}{roles}")
    line = f"{SHORT}{roles}".count("\n")
    assert (result.exit_code, f"answers.yml:{line}:13: " in result.stderr) == (2, True)


def test_it_is_done_once(folder: Path) -> None:
    _adopt(folder)
    result = _adopt(folder)
    assert result.exit_code == 2
    assert "this handbook was adopted on 2026-11-27" in result.stderr


def test_the_check_reports_what_was_never_reviewed_once(git: Git) -> None:
    _adopt(git.root)
    lines = _run(git.root, "check", "--select", "REV,LEG", *DAY).stdout.splitlines()
    assert lines == [
        "organization.yml:1:1: error REV012 2 pages were never reviewed here;"
        " start the first review with `handbook review start`"
    ]
    assert _run(git.root, "review", "start").exit_code == 0
    [waits] = _run(git.root, "check", "--select", "REV,LEG", *DAY).stdout.splitlines()
    assert waits.endswith("the reviews are open; see who has not signed with `handbook review status`")


def test_a_page_that_is_named_and_one_that_a_change_adds_are_reported_by_themselves(git: Git) -> None:
    _adopt(git.root)
    named = _run(git.root, "check", "docs/index.md", "--select", "REV", *DAY)
    assert named.stdout == (
        "docs/index.md:5:16: error REV001 nobody here has reviewed this page;"
        " start with `handbook review start docs/index.md`\n"
    )
    git.commit("2026-11-27")
    new = PAGE.replace("2026-10-14", "never").replace("A page", "A new page")
    (git.root / "docs" / "new.md").write_text(new, encoding="utf-8")
    output = _run(git.root, "check", "--changed-since", "HEAD", "--select", "REV", *DAY).stdout
    assert "docs/new.md:5:16: error REV001 nobody here has reviewed this page" in output
    assert "docs/index.md:" not in output


def test_the_status_names_what_is_left_and_where_it_is_decided(folder: Path) -> None:
    (folder / "docs" / "other.md").write_text(PAGE.replace("Text.", "Ask the platform lead."), "utf-8")
    boss = "roles:\n  boss: {takes: [platform-lead], title: Boss, deputy: people-lead}\n"
    _adopt(folder, f"{SHORT}{boss}license: All rights reserved\n")
    subjects = _subjects(folder)
    still = ("emergency_number", "monitoring_hours", "reply_target", "retention", "words", "intranet")
    undecided = (*still, "repository", "handbook", "color")
    assert subjects["links"].endswith("outside addresses never tried")
    assert all(subjects[name].endswith(": still as in the sample") for name in undecided)
    assert {name: state for name, state in subjects.items() if name not in (*undecided, "links")} == {
        "contacts": "social_media, press, people, legal, privacy, security, emergencies:"
        " still with an invented address or telephone",
        "holders": "nobody is named who may sign for boss, executive-sponsor, communications-lead,"
        " people-lead, legal-lead, privacy-lead, security-lead",
        "role names": "1 page with the sample's roles in sentences: docs/other.md",
        "accounts": "none, so that no page about a platform is published",
        "internal policies": f"{POLICIES} of {POLICIES} have no address",
        "logo": "none",
        "reviews": "2 of 2 pages never reviewed, 0 in an open review",
    }


def test_the_status_of_a_handbook_adopted_by_hand_asks_about_license_and_history(
    folder: Path,
) -> None:
    subjects = _subjects(folder)
    assert subjects["license"].startswith("undecided how others may use your texts")
    assert subjects["history"] == "everything that is committed here counts as yours, whoever did it"
    assert subjects["develops_the_tool"] == "one change may edit a page and the rule that it breaks"


@pytest.mark.usefixtures("long_registers")
def test_the_status_says_who_compared_the_facts_that_came_with_the_handbook(folder: Path) -> None:
    _adopt(folder)
    result = _run(folder, "adopt", "--status", *DAY)
    assert result.exit_code == 1
    assert result.stdout.startswith("Example Council adopted this handbook on 2026-11-27. Still the sample's")
    assert (
        "came with the handbook; its authors compared them with their sources from 2026-11-20 to"
        in result.stdout
    )


def test_without_a_command_it_says_what_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "organization.yml").write_text(
        "sample: true\n" + (folder / "organization.yml").read_text("utf-8"), encoding="utf-8"
    )
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert (
        "adoption: this is the sample, of an invented organization\n    next: handbook adopt\n"
        in result.stdout
    )


def test_elsewhere_it_shows_its_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage:")


def test_the_example_is_printed_and_is_a_file_of_answers(folder: Path) -> None:
    printed = _run(folder, "adopt", "--example").stdout
    assert printed == EXAMPLE.read_text("utf-8")
    assert _adopt(folder, printed).exit_code == 0


@pytest.mark.sample
def test_the_titles_that_it_looks_for_are_those_of_the_sample() -> None:
    owners = load_owners(Folder(ROOT), load_organization(Folder(ROOT))).owners.values()
    assert {owner.title["en"] for owner in owners if isinstance(owner.title, dict)} == set(
        TITLES_OF_THE_SAMPLE
    )


def test_nobody_is_asked_without_a_terminal(folder: Path) -> None:
    result = _run(folder, "adopt")
    assert result.exit_code == 2
    assert "give --answers FILE, as `handbook adopt --example` shows" in result.stderr


# What is typed after each question; a wrong answer is asked for again.
TALK = (
    ("Languages", "de"),
    ("cannot be built in 'de'", "fr, en"),
    ("Name of your organization (fr)", "Réseau"),
    ("(en)", "Network"),
    ("short name (fr)", "R"),
    ("(en)", "N"),
    ("Sector", "hospital"),
    ("is not one of", "healthcare"),
    ("Places", "canada"),
    ("not one of them", "ca"),
    ("Time zone", "Toronto"),
    ("did you mean 'America/Toronto'?", "America/Toronto"),
    ("someone is in danger (fr)", ""),
    ("social media (fr)", "Service web"),
    ("(en)", "Web desk"),
    ("article (fr)", ""),
    ("mail address", "web"),
    ("not a mail address", "web@h.ca"),
    ("telephone", ""),
    ("press", "press"),
    ("is this purpose itself", "Social media"),
    *((purpose, "") for purpose in ("people", "legal", "privacy", "security", "emergencies")),
)


def test_it_asks_again_and_keeps_the_answers_of_somebody_who_stops(folder: Path) -> None:
    terminal = Terminal("adopt", "--root", str(folder))
    for question, answer in TALK:
        terminal.until(question)
        terminal.type(f"{answer}\n")
    terminal.until("one person you serve")
    assert terminal.stop() == 2
    assert "your answers are kept" in terminal.shown
    assert load_organization(Folder(folder)).adopted is None
    again = Terminal("adopt", "--root", str(folder))
    again.until("Already answered: languages, name, short_name, sector, places, time_zone, contacts.")
    for question in ("danger", "people", "legal", "privacy", "security", "emergencies"):
        again.until(question)
        again.type("\n")
    for question in ("serve", "write to you", "get an answer", "records"):
        again.until(question)
        again.type("\n")
    for question in ("Platform", "intranet", "repository", "read the handbook", "color"):
        again.until(question)
        again.type("\n")
    again.until("who is that in your organization")
    again.type("Directrice\n")
    again.until("in en")
    again.type("Director\n")
    for _ in range(6):
        again.until("who is that in your organization")
        again.type("\n")
    for question in ("leave out", "your texts", "your history", "Write these answers"):
        again.until(question)
        again.type("y\n" if question == "Write these answers" else "\n")
    again.until("next:")
    assert again.end() == 0
    organization = load_organization(Folder(folder))
    assert organization.name == {"fr": "Réseau", "en": "Network"}
    assert organization.contacts.press.email == "web@h.ca"
    assert not (folder / ".cache" / "adopt-answers.yml").exists()


def test_no_day_before_the_adoption_is_judged_or_counted(git: Git) -> None:
    _adopt(git.root)
    refused = _run(git.root, "check", "--as-of", "2026-11-20")
    assert refused.exit_code == 2
    assert "no commit of its own yet; commit the handbook" in refused.stderr
    git.commit("2026-11-27", "Adopt the handbook")
    refused = _run(git.root, "check", "--as-of", "2026-11-20")
    assert "the history here begins on 2026-11-27, after 2026-11-20" in refused.stderr
    counted = _run(git.root, "audit", "compliance", "--from", "2026-11-20", "--to", "2026-11-27")
    assert "the history here begins on 2026-11-27; name that day or a later one" in counted.stderr
