"""Handbooks whose editions ask people, and receipts as their readers would hand them in."""

import csv
import datetime
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from handbook.acknowledgements.asked import FILE as ASKED_FILE
from handbook.acknowledgements.asked import Asked, AskedText, read_asked
from handbook.acknowledgements.receipts import Receipt, Reply
from handbook.content.fingerprints import sha256
from handbook.editions.manifest import Manifest, PageRecord
from scripts.cli import main
from tests.scripts.conftest import Git

REGISTER = """audiences:
  work:
    title: People who post for us
    pages: [docs/index.md, docs/other.md]
    within_days: 14
    renew_after: 12
  managers:
    title: People who lead a team
    pages: [docs/other.md]
record: {people: PEOPLE, keep_months: 36}
imports:
  moodle: {person: Email address, receipt: Receipt}
  form: {person: Address, receipt: Your receipt, day: Received}
  mailbox: {person: From, receipt: Body, day: Date}
"""
DAY = datetime.date(2026, 11, 23)
PAGES = {"docs/index.md": "a", "docs/other.md": "b"}


def write_register(root: Path, people: str = "names") -> None:
    """Write who is asked what, with three questions about each page."""
    (root / "registers" / "acknowledgements.yml").write_text(REGISTER.replace("PEOPLE", people))
    pages = [page for page in PAGES for _ in range(3)]
    scenarios = "".join(
        f"  case-{number}: {{question: May I?, answer: ask, reason: Ask., page: {page}, audience: [work],"
        " topics: [photos]}\n"
        for number, page in enumerate(pages)
    )
    (root / "registers" / "scenarios.yml").write_text(f"scenarios:\n{scenarios}")


def readers(number: int) -> list[str]:
    """Return invented people."""
    return [f"reader-{count:03}@example.org" for count in range(1, number + 1)]


def acknowledge(root: Path, *arguments: object, today: str | None = "2026-12-01", **options: Any) -> Result:
    """Run a command of `handbook acknowledge`."""
    command, *rest = map(str, arguments)
    day = ["--today", today] if today and command != "verify" else []
    return CliRunner().invoke(
        main, ["acknowledge", command, *rest, "--root", str(root), *day], catch_exceptions=False, **options
    )


def done(result: Result) -> str:
    """Return what a command printed that must have worked."""
    assert result.exit_code == 0, result.output
    return result.stdout


def report(root: Path, *arguments: str, today: str = "2026-12-01") -> dict[tuple[str, str], dict[str, Any]]:
    """Return the lines of the report by audience and edition."""
    data = json.loads(done(acknowledge(root, "report", "--format", "json", *arguments, today=today)))
    return {(line["audience"], line["edition"]): line for line in data["lines"]}


def table(rows: Iterable[Sequence[str]], separator: str = ",") -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def rows_of(file: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def roster(folder: Path, people: Iterable[str], name: str = "people.csv") -> Path:
    """Write a list of people."""
    file = folder / name
    file.write_text(table([["person"], *([person] for person in people)]), encoding="utf-8")
    return file


def text_of(pages: dict[str, str]) -> AskedText:
    """Return what is asked about pages, whose texts are told apart by a letter."""
    return AskedText(
        pages={path: f"v2:sha256:{letter * 64}" for path, letter in pages.items()}, questions={"pay": "f"}
    )


def receipt(
    asked: Asked,
    reply: Reply = "accepted",
    day: datetime.date = DAY,
    audience: str = "work",
    language: str = "en",
) -> Receipt:
    """Return the receipt of somebody who answers every question right."""
    text = asked.audiences[audience][language]
    return Receipt(asked.edition, audience, language, day, reply, text.right_answers, text.digest)


def asked_in(git: Git, edition: str) -> Asked:
    """Return what a published edition asks."""
    return read_asked(git("show", f"gh-pages:{edition}/{ASKED_FILE}").encode(), edition)


def put_edition(git: Git, edition: str, effective: str, texts: dict[str, dict[str, str]]) -> Asked:
    """Put an edition on its branch that has nothing but what it asks each audience in English."""
    asked = Asked(edition=edition, audiences={name: {"en": text_of(pages)} for name, pages in texts.items()})
    manifest = Manifest(
        edition=edition,
        commit=git("rev-parse", "main").strip(),
        published=datetime.date.fromisoformat(effective),
        effective=datetime.date.fromisoformat(effective),
        pages=tuple(_page(path) for path in ("docs/acknowledge.md", *PAGES)),
        files={ASKED_FILE: sha256(asked.as_bytes())},
    )
    exists = git("branch", "--list", "gh-pages").strip()
    git("switch", "--quiet", *(["gh-pages"] if exists else ["--orphan", "gh-pages"]))
    folder = git.root / edition
    (folder / ASKED_FILE).parent.mkdir(parents=True)
    (folder / ASKED_FILE).write_bytes(asked.as_bytes())
    (folder / "edition.json").write_bytes(manifest.as_bytes())
    git("add", "--force", edition)
    git("commit", "--quiet", "--message", f"Publish {edition}")
    git("switch", "--quiet", "main")
    return asked


def _page(path: str) -> PageRecord:
    return PageRecord(
        path=path, title=f"Title of {path}", owner=None, last_reviewed=None, audience=(), fingerprint="x"
    )


def with_day(known: Receipt, day: str) -> Receipt:
    """Return the same receipt of another day."""
    return replace(known, day=datetime.date.fromisoformat(day))
