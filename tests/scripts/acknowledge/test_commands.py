"""The commands of `handbook acknowledge`, on editions that are nothing but what they ask."""

import json
import os
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.acknowledgements.asked import Asked
from handbook.acknowledgements.receipts import Receipt, checksum
from tests.scripts.acknowledge.rounds import (
    DAY,
    PAGES,
    acknowledge,
    done,
    put_edition,
    readers,
    receipt,
    report,
    roster,
    rows_of,
    table,
    text_of,
    with_day,
    write_register,
)
from tests.scripts.conftest import Git

WORK = ("--audience", "work")
Export = Callable[..., Path]


@pytest.fixture(autouse=True)
def _nobody_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


@pytest.fixture
def asked(git: Git) -> Asked:
    """What edition 2026.1 asks, whose register keeps names; three people are on the list of `work`."""
    write_register(git.root)
    git.commit()
    asked = put_edition(git, "2026.1", "2026-11-20", {"work": PAGES, "managers": {"docs/other.md": "b"}})
    done(acknowledge(git.root, "people", roster(git.root.parent, readers(3)), *WORK))
    return asked


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Write what a learning system exports."""

    def make(*rows: tuple[str, str]) -> Path:
        file = tmp_path / "moodle.csv"
        file.write_text(table([("Email address", "Receipt"), *rows]), encoding="utf-8")
        return file

    return make


def _import(git: Git, file: Path, *options: object) -> tuple[int, str]:
    result = acknowledge(git.root, "import", file, "--from", "moodle", *options)
    return result.exit_code, result.stdout


ONE, TWO, THREE = readers(3)


def _other_text(known: Receipt) -> str:
    return replace(known, digest="0" * 12).text


def _of(**changes: object) -> Callable[[Receipt], str]:
    """Return what makes a receipt that says something else."""
    return lambda known: replace(known, **changes).text  # type: ignore[arg-type]


DECIDE = ("exception", "--why", "Parental leave")
MANAGER = Receipt("2026.1", "managers", "en", DAY, "accepted", "f", text_of({"docs/other.md": "b"}).digest)
STRANGER = "stranger@example.org"
REFUSED: dict[str, tuple[str, Callable[[Receipt], str], str]] = {
    "no receipt": (ONE, lambda _: "I accept.", "has no receipt"),
    "a cut line": (ONE, lambda known: known.text.replace("accepted", "declined"), "checksum does not fit"),
    "a draft": (ONE, _of(edition=None), "from a draft"),
    "an unknown edition": (ONE, _of(edition="2026.9"), "2026.9, which asked nobody"),
    "another text": (ONE, _other_text, "another text than that of edition 2026.1"),
    "somebody else": (STRANGER, _of(), "not on the list of 'work'"),
    "another audience": (ONE, _of(audience="facebook"), "'facebook' in 'en', whom edition 2026.1 did not"),
    "another list": (ONE, lambda _: MANAGER.text, "is for 'managers', which has no list of people"),
    "a day to come": (ONE, lambda known: with_day(known, "2026-12-03").text, "which is in the future"),
    "a day long ago": (ONE, lambda known: with_day(known, "2023-11-30").text, "no longer kept"),
    "a day before the edition": (ONE, lambda known: with_day(known, "2026-11-18").text, "was published on"),
    "nobody": (" ", _of(), "the person is missing"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_row_that_cannot_be_taken_keeps_the_others_out(
    kind: str, git: Git, asked: Asked, export: Export, tmp_path: Path
) -> None:
    person, make, reason = REFUSED[kind]
    known = receipt(asked)
    file = export((TWO, known.text), (person, make(known)))
    status, said = _import(git, file)
    assert status == 1
    assert "moodle.csv:3: " in said
    assert reason in said
    assert said.endswith("0 taken, 0 taken before, 1 refused\n")
    assert report(git.root)["work", "2026.1"]["accepted"] == 0
    listed = tmp_path / "refused.csv"
    status, said = _import(git, file, "--take-rest", "--refused", listed)
    assert (status, said.splitlines()[-1]) == (1, "1 taken, 0 taken before, 1 refused")
    (row,) = rows_of(listed)
    assert row["line"] == "3"
    assert reason in row["reason"]
    assert stat.S_IMODE(listed.stat().st_mode) & 0o077 == 0
    assert report(git.root)["work", "2026.1"]["accepted"] == 1
    refused = acknowledge(git.root, "import", file, "--from", "moodle", "--refused", listed)
    assert (refused.exit_code, "is there already" in refused.stderr) == (2, True)


def test_of_two_replies_to_one_text_the_later_counts(git: Git, asked: Asked, export: Export) -> None:
    first, second = receipt(asked), receipt(asked, "declined")
    status, said = _import(git, export((ONE, first.text), (ONE, second.text), (ONE, first.text)))
    assert status == 0
    assert f"moodle.csv:3: replies to a text to which this person also replied on {DAY}; this later" in said
    assert said.endswith("2 taken, 1 taken before, 0 refused\n")
    assert report(git.root)["work", "2026.1"]["declined"] == 1
    # The first one is taken already, so that its export can be imported again.
    assert _import(git, export((ONE, first.text)))[1] == "0 taken, 1 taken before, 0 refused\n"
    assert report(git.root)["work", "2026.1"]["declined"] == 1
    _, said = _import(git, export((ONE, with_day(first, "2026-11-21").text)))
    assert "that later reply counts" in said
    assert report(git.root)["work", "2026.1"]["declined"] == 1
    _, said = _import(git, export((ONE, with_day(first, "2026-11-30").text)))
    assert "this later reply counts" in said
    assert report(git.root)["work", "2026.1"]["accepted"] == 1


def test_a_person_is_one_however_the_address_is_written(git: Git, asked: Asked, export: Export) -> None:
    line = receipt(asked).text
    rows = [(written, line) for written in (f" {ONE.upper()} ", f"A reader <{ONE}>", f"\u200b{ONE}", ONE)]
    assert _import(git, export(*rows)) == (0, "1 taken, 3 taken before, 0 refused\n")


def test_a_reply_is_late_after_its_days_from_when_somebody_joined(
    git: Git, asked: Asked, tmp_path: Path
) -> None:
    rows = [("person", "joined"), (ONE, "2026-11-25"), (TWO, ""), ("new@example.org", "")]
    file = tmp_path / "later.csv"
    file.write_text(table(rows))
    said = done(acknowledge(git.root, "people", file, *WORK, today="2026-12-01"))
    assert said == "work: 3 people; 1 new, 1 gone, 2 kept\n"
    shown = done(acknowledge(git.root, "report", "--names", "--format", "csv", today="2026-12-05"))
    dues = {line.split(",")[3]: line.strip().rpartition(",")[2] for line in shown.splitlines()[1:]}
    assert dues == {ONE: "2026-12-09", TWO: "2026-12-04", "new@example.org": "2026-12-15"}
    assert report(git.root, today="2026-12-05")["work", "2026.1"]["late"] == 1
    assert report(git.root, today="2026-12-10")["work", "2026.1"]["late"] == 2


def test_who_is_gone_keeps_their_reply(git: Git, asked: Asked, export: Export, tmp_path: Path) -> None:
    _import(git, export((ONE, receipt(asked).text)))
    done(acknowledge(git.root, "people", roster(tmp_path, [TWO]), *WORK))
    assert report(git.root)["work", "2026.1"]["accepted"] == 0
    done(acknowledge(git.root, "people", roster(tmp_path, [ONE, TWO]), *WORK))
    assert report(git.root)["work", "2026.1"]["accepted"] == 1


def test_an_acceptance_ends_with_renew_after(git: Git, asked: Asked, export: Export) -> None:
    _import(git, export((ONE, receipt(asked).text)))
    assert report(git.root, today="2027-11-23")["work", "2026.1"]["accepted"] == 1
    line = report(git.root, today="2027-11-24")["work", "2026.1"]
    assert (line["accepted"], line["again_renewed"], line["again_changed"]) == (0, 1, 0)


@pytest.mark.parametrize(
    ("texts", "accepted", "pages"),
    [
        (PAGES, 1, []),
        ({"docs/moved.md": "a", "docs/other.md": "b"}, 1, []),
        ({"docs/index.md": "a"}, 1, []),
        ({"docs/index.md": "c", "docs/other.md": "b"}, 0, ["docs/index.md"]),
        ({**PAGES, "docs/new.md": "d"}, 0, ["docs/new.md"]),
    ],
    ids=["the same", "moved", "a page less", "changed", "a page more"],
)
def test_an_acceptance_counts_while_every_text_is_the_same(
    texts: dict[str, str],
    accepted: int,
    pages: list[str],
    git: Git,
    asked: Asked,
    export: Export,
) -> None:
    _import(git, export((ONE, receipt(asked).text)))
    put_edition(git, "2026.2", "2026-11-28", {"work": texts})
    line = report(git.root)["work", "2026.2"]
    assert (line["accepted"], line["again_changed"]) == (accepted, 1 - accepted)
    assert line["changed_pages"] == pages
    assert report(git.root)["work", "2026.1"]["accepted"] == 1
    # What is unchanged is not asked anew, so that nobody gets more time.
    assert report(git.root, today="2026-12-05")["work", "2026.2"]["late"] == (2 if accepted else 0)


def test_an_edition_that_waits_asks_nobody_yet(git: Git, asked: Asked, tmp_path: Path) -> None:
    put_edition(git, "2026.2", "2027-01-01", {"work": {"docs/index.md": "z"}})
    line = report(git.root)["work", "2026.2"]
    assert (line["state"], line["asked"], line["late"]) == ("waiting", 3, None)
    out = tmp_path / "out.csv"
    done(acknowledge(git.root, "remind", "--out", out))
    assert {row["edition"] for row in rows_of(out)} == {"2026.1"}


def test_a_decision_about_an_exception(git: Git, asked: Asked, export: Export) -> None:
    _import(git, export((ONE, receipt(asked, "exception").text)))
    decide = ("exception", ONE, *WORK, "--on", "2026-11-24", "--why", "Reason")
    line = report(git.root)["work", "2026.1"]
    assert (line["exceptions_asked"], line["exceptions_granted"]) == (1, 0)
    done(acknowledge(git.root, *decide, "--granted", "--until", "2026-12-31"))
    line = report(git.root, today="2026-12-31")["work", "2026.1"]
    assert (line["exceptions_asked"], line["exceptions_granted"], line["late"]) == (0, 1, 2)
    assert report(git.root, today="2027-01-01")["work", "2026.1"]["not_answered"] == 3
    done(acknowledge(git.root, *decide, "--refused"))
    line = report(git.root, today="2026-12-09")["work", "2026.1"]
    assert (line["not_answered"], line["exceptions_granted"], line["late"]) == (3, 0, 3)
    _import(git, export((ONE, with_day(receipt(asked), "2026-11-25").text)))
    assert report(git.root)["work", "2026.1"]["accepted"] == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((*DECIDE, "--refused", "--on", "2026-11-24", "--audience", "work", STRANGER), "not on the list"),
        ((*DECIDE, "--refused", "--on", "2026-11-24", "--audience", "wrk", ONE), "did you mean 'work'?"),
        ((*DECIDE, "--refused", "--on", "2026-12-24", *WORK, ONE), "in the future"),
        ((*DECIDE, "--granted", "--on", "2026-11-24", *WORK, ONE), "name its last day in --until"),
        ((*DECIDE, "--refused", "--on", "2026-11-24", "--until", "2026-12-24", *WORK, ONE), "has no end"),
        ((*DECIDE, "--granted", "--on", "2026-11-24", "--until", "2026-11-23", *WORK, ONE), "is before"),
        (("forget",), "name the person"),
        (("forget", ONE, "--expired"), "not both"),
        (("report", "--edition", "2026.7"), "edition 2026.7 asked nobody"),
        (("report", "--audience", "wrok"), "did you mean 'work'?"),
        (("report", "--write", "--audience", "work"), "leave out"),
        (("import", os.devnull, "--from", "moodel"), "did you mean 'moodle'?"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(
    arguments: tuple[str, ...], sentence: str, git: Git, asked: Asked, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    result = acknowledge(git.root, *(str(empty) if each == os.devnull else each for each in arguments))
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_nobody_is_recorded_yet(git: Git, tmp_path: Path) -> None:
    write_register(git.root)
    for command in (("report",), ("forget", ONE), ("remind", "--out", tmp_path / "x.csv")):
        result = acknowledge(git.root, *command)
        assert (result.exit_code, "nothing is recorded in" in result.stderr) == (2, True)
    assert not (git.root / ".acknowledgements").exists()


def test_the_reminders_can_be_narrowed(git: Git, asked: Asked, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done(acknowledge(git.root, "remind", "--out", out, "--within", "2"))
    assert rows_of(out) == []
    again = acknowledge(git.root, "remind", "--out", out)
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    out.unlink()
    done(acknowledge(git.root, "remind", "--out", out, "--within", "2", today="2026-12-02"))
    assert [row["person"] for row in rows_of(out)] == [ONE, TWO, THREE]
    assert rows_of(out)[0]["pages"] == "Title of docs/index.md | Title of docs/other.md"


def test_a_receipt_from_where_tomorrow_has_begun_counts_today(git: Git, asked: Asked, export: Export) -> None:
    file = export((ONE, with_day(receipt(asked), "2026-12-02").text))
    assert _import(git, file) == (0, "1 taken, 0 taken before, 0 refused\n")
    assert report(git.root)["work", "2026.1"]["accepted"] == 1


def test_nobody_to_remind_is_not_said_of_an_audience_without_a_list(
    git: Git, asked: Asked, tmp_path: Path
) -> None:
    out = tmp_path / "remind.csv"
    managers = acknowledge(git.root, "remind", "--out", out, "--audience", "managers")
    assert (managers.exit_code, out.exists()) == (2, False)
    assert "managers: no list of who is asked, so it is not known whom to remind" in managers.stderr
    everybody = acknowledge(git.root, "remind", "--out", out)
    assert everybody.stdout.endswith(": 3 people to remind\n")
    assert "managers: no list of who is asked; run" in everybody.stderr


def test_who_is_not_in_the_list_of_addresses_is_counted_as_left_out(
    git: Git, asked: Asked, tmp_path: Path
) -> None:
    out, some = tmp_path / "remind.csv", roster(tmp_path, [ONE])
    result = acknowledge(git.root, "remind", "--out", out, "--people", some)
    assert result.stdout.endswith(": 1 person to remind\n")
    assert f"left out: 2 people to remind, because {some.name} does not list them" in result.stderr


def test_a_receipt_that_is_not_one_is_shown_as_it_was_given(git: Git, asked: Asked) -> None:
    wrong = receipt(asked).text.replace("accepted", "declined")
    assert acknowledge(git.root, "verify", wrong).stdout.startswith(f"{wrong}: cannot be used")
    data = json.loads(acknowledge(git.root, "verify", "--format", "json", f"{wrong} {'x' * 200}").stdout)
    assert data["receipts"][0]["receipt"] == f"{wrong} {'x' * 200}"


def test_an_export_with_other_names_of_columns_says_where_they_are_named(
    git: Git, asked: Asked, tmp_path: Path
) -> None:
    file = tmp_path / "moodle.csv"
    file.write_text(f"Courriel,Receipt\n{ONE},{receipt(asked).text}\n", encoding="utf-8")
    result = acknowledge(git.root, "import", file, "--from", "moodle")
    assert result.exit_code == 2
    assert "correct `imports: moodle` in registers/acknowledgements.yml, or the export" in result.stderr
    people = acknowledge(git.root, "people", file, *WORK)
    assert "its columns are “Courriel”, “Receipt”; name the one that has the people with --column" in (
        people.stderr
    )


def test_verify_says_what_a_receipt_says(git: Git, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796126400")  # 2026-12-01
    known = receipt(asked)
    later = acknowledge(git.root, "verify", with_day(known, "2026-12-03").text)
    assert (later.exit_code, "which is in the future" in later.stdout) == (1, True)
    fits = acknowledge(git.root, "verify", known.text)
    assert fits.exit_code == 0
    said = f"work, edition 2026.1 in 'en', on {DAY}: accepts the pages; right answers: 1 of 1"
    assert fits.stdout == (
        f"{known.text}: fits: {said}\nwho sent a receipt is not in it; only the system that it came through"
        " knows\n"
    )
    wrong = f"{known.text[:-7]}{'0' * 7}"
    mail = f"Hello,\n{known.text}\nand {_other_text(known)}\n"
    assert acknowledge(git.root, "verify", wrong).exit_code == 1
    read = acknowledge(git.root, "verify", "-", input=mail)
    assert (read.exit_code, read.stdout.count(": fits: "), read.stdout.count("does not fit")) == (1, 1, 1)
    assert checksum(known.text.rpartition("/")[0]) == known.text[-7:]
    nothing = acknowledge(git.root, "verify", "-", input="\n")
    assert (nothing.exit_code, "nothing in the standard input" in nothing.stderr) == (2, True)
    data = json.loads(acknowledge(git.root, "verify", "-", "--format", "json", input=mail).stdout)
    assert [(each["fits"], each["reply"]) for each in data["receipts"]] == [
        (True, "accepted"),
        (False, "accepted"),
    ]


def test_git_keeps_nothing_of_the_record(git: Git, asked: Asked, tmp_path: Path) -> None:
    assert git("status", "--porcelain", "--ignored=no") == ""
    file = roster(tmp_path, [ONE])
    for folder in ("docs", "docs/people", "registers"):
        result = acknowledge(git.root, "people", file, *WORK, "--record", str(git.root / folder))
        assert (result.exit_code, "git keeps files in" in result.stderr) == (2, True)
        assert not (git.root / folder / "record.sqlite").exists()
    done(acknowledge(git.root, "people", file, *WORK, "--record", str(tmp_path / "elsewhere")))
    git("add", "--force", ".acknowledgements/record.sqlite")
    result = acknowledge(git.root, "report")
    assert (result.exit_code, "git keeps files in" in result.stderr) == (2, True)


def test_others_lose_what_they_were_allowed(git: Git, asked: Asked, tmp_path: Path) -> None:
    folder = git.root / ".acknowledgements"
    folder.chmod(0o755)
    (folder / "record.sqlite").chmod(0o644)
    done(acknowledge(git.root, "people", roster(tmp_path, [ONE]), *WORK))
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "record.sqlite")]
    assert modes == [0o700, 0o600]


def test_a_link_is_no_place_for_the_record(git: Git, asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(git.root / "docs")
    file = roster(tmp_path, [ONE])
    result = acknowledge(git.root, "people", file, *WORK, "--record", str(tmp_path / "link"))
    assert (result.exit_code, "is a link" in result.stderr) == (2, True)


def test_a_record_is_not_read_as_what_it_is_not(git: Git, asked: Asked, tmp_path: Path) -> None:
    write_register(git.root, "pseudonyms")
    result = acknowledge(git.root, "report")
    assert result.exit_code == 2
    assert "keeps names, and registers/acknowledgements.yml says `people: pseudonyms`" in result.stderr
    file = git.root / ".acknowledgements" / "record.sqlite"
    for data in (b"not a database" * 100, file.read_bytes()[:5000]):
        file.write_bytes(data)
        result = acknowledge(git.root, "report")
        assert result.exit_code == 2
        assert "record.sqlite cannot be used" in result.stderr


def test_two_commands_wait_for_each_other(
    git: Git, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.acknowledgements.record.opening.PATIENCE", 0.1)
    connection = sqlite3.connect(git.root / ".acknowledgements" / "record.sqlite", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    result = acknowledge(git.root, "people", roster(tmp_path, [ONE]), *WORK)
    connection.close()
    assert (result.exit_code, "another command uses it" in result.stderr) == (2, True)


def test_without_its_key_nobody_in_a_record_is_known(git: Git, tmp_path: Path) -> None:
    write_register(git.root, "pseudonyms")
    file = roster(tmp_path, [ONE])
    done(acknowledge(git.root, "people", file, *WORK))
    (git.root / ".acknowledgements" / "key").unlink()
    result = acknowledge(git.root, "people", file, *WORK)
    assert (result.exit_code, "key is missing" in result.stderr) == (2, True)


def test_what_an_edition_asks_is_what_its_manifest_vouches_for(git: Git, asked: Asked) -> None:
    git("switch", "--quiet", "gh-pages")
    file = git.root / "2026.1" / "acknowledge" / "asked.json"
    file.write_bytes(file.read_bytes().replace(b"a" * 64, b"e" * 64))
    git("add", "--force", "2026.1")
    git("commit", "--quiet", "--message", "Change")
    git("switch", "--quiet", "main")
    result = acknowledge(git.root, "report")
    assert (result.exit_code, "handbook edition verify" in result.stderr) == (2, True)


def test_the_text_report_says_what_is_to_do(git: Git, asked: Asked, export: Export) -> None:
    _import(git, export((ONE, receipt(asked).text)))
    put_edition(git, "2026.2", "2026-11-28", {"work": {"docs/index.md": "c", "docs/other.md": "b"}})
    said = done(acknowledge(git.root, "report", today="2026-12-20"))
    assert "2026.2: 3 people to remind, 3 of them late\n" in said
    assert "2026.2: 1 accepted an earlier text, which changed in docs/index.md\n" in said
    assert "2026.1: no list of who is asked; run" in said
