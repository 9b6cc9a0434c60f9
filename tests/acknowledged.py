"""A handbook that asks two groups to accept its pages, with two editions between which the pages changed."""

import datetime
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from scripts.cli import main
from scripts.site.publication import read_handbook
from tests.builds import NOON
from tests.conftest import PAGE, REVIEWED, made_once, make_folder
from tests.records import record
from tests.scripts.conftest import Git

REGISTER: Final = """audiences:
  everyone:
    title: {en: Everyone, fr: Tout le monde}
    pages: [docs/index.md, docs/other.md]
  work:
    title: {en: People who post for us, fr: Personnes qui publient pour nous}
    pages: [docs/other.md]
    contact: social_media
    questions: [two, three, one]
hand_in:
  mail: people
  form: {address: "https://forms.example.org/handbook?lang=en", receipt: entry.1}
imports:
  moodle: {person: Email address, receipt: Receipt}
"""
_SCENARIO: Final = """question: {{en: "May I {number}?", fr: "Puis-je {number} ?"}}
answer: "{answer}"
reason: {{en: "Because of {number}.", fr: "À cause de {number}."}}
page: docs/{page}.md
audience: [work]
topics: [photos]
"""
_SCENARIOS: Final = (("one", "fine", "index"), ("two", "ask", "other"), ("three", "no", "other"))
GLANCE: Final = (
    '{{ at_a_glance(may=["Share our posts"], ask=["Before you film"], never=["Share passwords"]) }}'
)


def asking_handbook(root: Path) -> Path:
    """Make a handbook that asks people, in order on TODAY, with nothing published yet."""
    make_folder(root)
    (root / "registers/acknowledgements.yml").write_text(REGISTER, encoding="utf-8")
    folder = root / "registers/scenarios"
    folder.mkdir(exist_ok=True)
    for number, answer, page in _SCENARIOS:
        text = _SCENARIO.format(number=number, answer=answer, page=page)
        (folder / f"{number}.yml").write_text(text, encoding="utf-8")
    for name in ("acknowledge.md", "acknowledge.fr.md"):
        (root / "docs" / name).write_text(PAGE.replace("Text.", "{{ acknowledge() }}"), encoding="utf-8")
    other = PAGE.replace("A page", "Other").replace(
        "Text.", f"Ask the team.\n\n{GLANCE}\n\nKeep a coppy for a day."
    )
    (root / "docs/other.md").write_text(other, encoding="utf-8")
    (root / f"registers/reviews/{REVIEWED}-handbook.yml").unlink()
    _review(root, REVIEWED, "index", "other", "acknowledge", "acknowledge.fr")
    return root


def _review(root: Path, day: datetime.date, *names: str) -> None:
    """Record a review of the pages with these names."""
    paths = {f"docs/{name}.md" for name in names}
    for name in names:
        file = root / f"docs/{name}.md"
        text = file.read_text(encoding="utf-8").replace(f"last_reviewed: {REVIEWED}", f"last_reviewed: {day}")
        file.write_text(text, encoding="utf-8")
    handbook, _ = read_handbook(root)
    texts = {page.path: handbook.fingerprint(page) for page in handbook.pages if page.path in paths}
    (root / f"registers/reviews/{day}-{names[0]}.yml").write_text(record(texts, day), encoding="utf-8")


def change(root: Path, before: str, after: str) -> None:
    """Replace words on the page `docs/other.md`."""
    file = root / "docs/other.md"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def run(root: Path, *arguments: str) -> str:
    """Run a command that succeeds, and return what it prints."""
    done = CliRunner().invoke(main, [*arguments, "--root", str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def acknowledged_repository(factory: pytest.TempPathFactory) -> Path:
    """Return a repository with editions 2026.1, 2026.2 after an editorial change, and 2026.3 after another.

    It is made once, and may only be copied.
    """

    def make(root: Path) -> None:
        git = Git(asking_handbook(root))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", NOON)
            patch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
            git("config", "user.name", "Communications lead")
            git("config", "user.email", "social@example.org")
            git.commit()
            run(root, "edition", "publish")
            change(root, "coppy", "copy")
            reworded = ("docs/other.md", "--as", "platform-lead", "--why", "A letter was wrong.")
            run(root, "review", "editorial", *reworded, "--on", "2026-11-02")
            git.commit("2026-11-02")
            run(root, "edition", "publish")
            change(root, "for a day", "for two years")
            _review(root, datetime.date(2026, 11, 3), "other")
            git.commit("2026-11-03")
            run(root, "edition", "publish")

    return made_once(factory, "acknowledged", make)
