"""A whole round: two editions, 200 readers through three exports, who is asked again, and what is left."""

import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import main
from scripts.site.publication import read_handbook
from tests.conftest import made_once, make_folder
from tests.records import record
from tests.scripts.acknowledge.rounds import (
    acknowledge,
    asked_in,
    done,
    readers,
    receipt,
    report,
    roster,
    rows_of,
    table,
    write_register,
)
from tests.scripts.conftest import Git

FIRST, SECOND = "1795176000", "1796904000"  # noon of 2026-11-20 and of 2026-12-10
PAGES = ("docs/index.md", "docs/other.md", "docs/acknowledge.md")
READERS = readers(200)


def _run(git: Git, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--root", str(git.root)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def _review(root: Path, day: str, *pages: str) -> None:
    handbook, _ = read_handbook(root, datetime.date.fromisoformat(day))
    known = {page.path: handbook.fingerprint(page) for page in handbook.pages}
    texts = {page: known[page] for page in pages}
    file = root / "registers" / "reviews" / f"{day}-handbook.yml"
    file.write_text(record(texts, datetime.date.fromisoformat(day)), encoding="utf-8")


def _replace(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def _first_edition(root: Path) -> None:
    git = Git(make_folder(root))
    git("config", "user.name", "Communications lead")
    git("config", "user.email", "social@example.org")
    write_register(root, "pseudonyms")
    page = (root / "docs" / "index.md").read_text(encoding="utf-8")
    page = page.replace("A page", "Accept the rules").replace("Text.", "{{ acknowledge() }}")
    (root / "docs" / "acknowledge.md").write_text(page, encoding="utf-8")
    _review(root, "2026-10-14", *PAGES)
    git.commit()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", FIRST)
        patched.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        _run(git, "edition", "publish")


def _change(git: Git) -> None:
    """Correct a word of one page, and change the other in substance."""
    root = git.root
    _replace(root / "docs" / "other.md", "Text.", "Texts.")
    _run(
        git, "review", "editorial", str(root / "docs" / "other.md"), "--as", "platform-lead", "--why", "Typo."
    )
    _replace(root / "docs" / "index.md", "Text.", "Ask before you post.")
    _replace(root / "docs" / "index.md", "2026-10-14", "2026-12-09")
    _review(root, "2026-12-09", "docs/index.md")
    git.commit("2026-12-10", "Ask before posting")


@pytest.fixture
def git(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A handbook whose edition 2026.1 asks two audiences."""
    made = made_once(tmp_path_factory, "asking", _first_edition)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SECOND)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    return Git(Path(shutil.copytree(made, tmp_path / "handbook")), begin=False)


def _exports(folder: Path, git: Git) -> dict[str, Path]:
    """Write what a learning system, a form, and a mailbox export: 100, 50, and 30 replies."""
    asked = asked_in(git, "2026.1")
    accepted, declined = receipt(asked).text, receipt(asked, "declined").text
    french = receipt(asked, language="fr").text
    wanted = receipt(asked, "exception").text
    moodle = [["Email address", "Score", "Receipt"], *([who, "1", accepted] for who in READERS[:100])]
    form = [["Received", "Address", "Your receipt"]]
    form += [["2026-11-24 09:30", who.upper(), french] for who in READERS[100:150]]
    mails = [["Date", "From", "Body"]]
    for number, who in enumerate(READERS[150:180]):
        line = declined if number < 4 else wanted if number < 6 else accepted
        body = f"Hello,\n\n{line[:50]}\n{line[50:]}\n\nBest regards"
        mails.append(["Tue, 24 Nov 2026 10:00:00 +0100", f'"A, reader" <{who}>', body])
    files = {name: folder / f"{name}.csv" for name in ("moodle", "form", "mailbox")}
    files["moodle"].write_text("\ufeff" + table(moodle), encoding="utf-8")
    files["form"].write_text(table(form, ";"), encoding="utf-16")
    files["mailbox"].write_text(table(mails, "\t"), encoding="utf-8")
    return files


@pytest.mark.sample
def test_a_whole_round(git: Git, tmp_path: Path) -> None:
    root = git.root
    people = roster(tmp_path, READERS)
    said = done(acknowledge(root, "people", people, "--audience", "work", today="2026-11-20"))
    assert said.startswith("work: 200 people; 200 new, 0 gone, 0 kept\n")
    assert git("status", "--porcelain") == ""

    for name, file in _exports(tmp_path, git).items():
        taken = {"moodle": 100, "form": 50, "mailbox": 30}[name]
        said = done(acknowledge(root, "import", file, "--from", name))
        assert said == f"{taken} taken, 0 taken before, 0 refused\n"
        again = done(acknowledge(root, "import", file, "--from", name))
        assert again == f"0 taken, {taken} taken before, 0 refused\n"
    decided = ("--audience", "work", "--on", "2026-11-30", "--why", "Parental leave")
    granted = (*decided, "--granted", "--until", "2027-01-31")
    done(acknowledge(root, "exception", READERS[154], *granted))

    line = report(root)["work", "2026.1"]
    assert {key: line[key] for key in ("asked", "accepted", "declined", "not_answered")} == {
        "asked": 200, "accepted": 174, "declined": 4, "not_answered": 20,
    }  # fmt: skip
    assert (line["exceptions_asked"], line["exceptions_granted"], line["late"]) == (1, 1, 0)
    assert report(root, today="2026-12-05")["work", "2026.1"]["late"] == 20
    assert report(root)["managers", "2026.1"]["asked"] is None

    # Edition 2026.2 corrects a word of one page, and changes the other in substance.
    _change(git)
    plan = json.loads(
        CliRunner()
        .invoke(main, ["edition", "plan", "--no-build", "--format", "json", "--root", str(root)])
        .stdout
    )
    assert plan["asks"] == [
        {
            "audience": "work", "is_first": False, "pages": ["docs/index.md"], "all_pages": 2,
            "answered": 179, "people": 200,
        }
    ]  # fmt: skip
    shown = _run(git, "edition", "plan", "--no-build")
    assert (
        "publishing asks again: work: 1 of 2 pages changed in substance (docs/index.md); 179 of 200 people\n"
        in shown
    )
    _run(git, "edition", "publish")

    line = report(root, today="2026-12-10")["work", "2026.2"]
    assert (line["accepted"], line["not_answered"], line["exceptions_granted"]) == (0, 199, 1)
    assert (line["again_changed"], line["again_renewed"]) == (174, 0)
    assert line["changed_pages"] == ["docs/index.md"]
    former = report(root, today="2026-12-10")["work", "2026.1"]
    assert (former["accepted"], former["late"], former["reminders_due"]) == (174, None, None)

    # One reader accepts again, and the others are to be reminded of the page that changed.
    second = receipt(asked_in(git, "2026.2"), day=datetime.date(2026, 12, 11)).text
    file = tmp_path / "second.csv"
    file.write_text(table([["Email address", "Receipt"], [READERS[0], second]]), encoding="utf-8")
    done(acknowledge(root, "import", file, "--from", "moodle", today="2026-12-12"))
    refused = acknowledge(root, "remind", "--out", tmp_path / "no.csv", today="2026-12-12")
    assert refused.exit_code == 2
    assert "--people FILE.csv" in refused.stderr
    out = tmp_path / "remind.csv"
    done(acknowledge(root, "remind", "--out", out, "--people", people, today="2026-12-12"))
    rows = rows_of(out)
    assert len(rows) == 198
    assert rows[0].keys() >= {"person", "audience", "pages", "due", "link"}
    of_second = next(row for row in rows if row["person"] == READERS[1])
    assert (of_second["pages"], of_second["due"], of_second["reason"]) == ("A page", "2026-12-24", "changed")
    assert of_second["link"] == "https://handbook.example.org/acknowledge/"
    assert out.stat().st_mode & 0o077 == 0

    # The counts for the site name nobody.
    done(acknowledge(root, "report", "--write", today="2026-12-12"))
    counts = (root / "registers" / "acknowledgement_counts.yml").read_text(encoding="utf-8")
    assert "@" not in counts
    assert '  - audience: work\n    edition: "2026.2"\n    asked: 200\n    accepted: fewer than 3\n' in counts

    _packs(git, tmp_path)
    _privacy(root)


def _packs(git: Git, folder: Path) -> None:
    """The audit pack has counts, and the pseudonyms only if they are asked for."""
    for options, has_people in (([], False), (["--with-people"], True)):
        out = folder / f"packs-{has_people}"
        _run(git, "audit", "pack", "--edition", "2026.2", "--out", str(out), "--without-pdf", *options)
        pack = out / "audit-pack-2026.2"
        rows = rows_of(pack / "acknowledgements" / "counts.csv")
        assert [(row["edition"], row["asked"]) for row in rows if row["audience"] == "work"] == [
            ("2026.1", "200"),
            ("2026.2", "200"),
        ]
        assert (pack / "acknowledgements" / "people.csv").exists() is has_people
        assert "acknowledgements/counts.csv" in (pack / "README.txt").read_text(encoding="utf-8")
        verified = subprocess.run(
            [sys.executable, "-I", "-S", str(pack / "verify.py")], capture_output=True, text=True, check=False
        )
        assert verified.returncode == 0, verified.stdout
    assert all("reader-" not in file.read_text("utf-8", "replace") for file in pack.rglob("*.*sv"))


def _privacy(root: Path) -> None:
    """Nothing in the record is readable, one person can be forgotten, and retention deletes the rest."""
    folder = root / ".acknowledgements"
    data = (folder / "record.sqlite").read_bytes()
    assert b"reader-" not in data
    assert b"Parental leave" in data
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()} == {
        ".gitignore": 0o600, "key": 0o600, "record.sqlite": 0o600,
    }  # fmt: skip
    said = done(acknowledge(root, "forget", READERS[154], today="2026-12-12"))
    assert said == "1 reply, 1 decision, 1 place on a list deleted\n"
    assert b"Parental leave" not in (folder / "record.sqlite").read_bytes()
    assert acknowledge(root, "forget", READERS[154], today="2026-12-12").exit_code == 1
    assert report(root, today="2026-12-12")["work", "2026.1"]["asked"] == 199
    then = {"SOURCE_DATE_EPOCH": "1890907200"}  # 2029-12-02
    early = acknowledge(root, "forget", "--expired", today="2999-12-01", env=then)
    assert early.exit_code == 2
    assert "--today 2999-12-01 is in the future, and would delete 180 replies for good" in early.stderr
    expired = acknowledge(root, "forget", "--expired", today="2029-12-01", env=then)
    assert "179 replies from before 2026-12-01 deleted, after 36 months" in expired.stderr
    assert report(root, today="2029-12-01")["work", "2026.2"]["again_renewed"] == 1
