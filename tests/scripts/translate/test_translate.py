"""`handbook translate`, as somebody who keeps translations uses it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import PAGE
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import refused, written

pytestmark = pytest.mark.usefixtures("on_20_november")

SECTIONS = "\n## Who may post\n\nStaff may post.\n\n## When\n\nBy day.\n"
FRENCH = """
## Qui peut publier { #who-may-post }

Le personnel peut publier.

## Quand { #when }

Le jour.
"""


@pytest.fixture
def bilingual(git: Git) -> Path:
    """A handbook with one page in two languages, of which nobody has said anything yet."""
    docs = git.root / "docs"
    (docs / "other.md").write_text(PAGE.replace("A page", "Other") + SECTIONS, encoding="utf-8")
    french = PAGE.replace("A page", "Autre").replace("Text.", "Texte.") + FRENCH
    (docs / "other.fr.md").write_bytes(french.replace("\n", "\r\n").encode("utf-8"))
    git.commit("2026-11-02")
    return git.root


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root)], catch_exceptions=False)


def trn(root: Path, *arguments: str) -> list[str]:
    result = run(root, "check", "--select", "TRN", *arguments)
    return [line for line in result.stdout.splitlines() if line.startswith("docs/")]


def edit(root: Path, path: str, before: str, after: str) -> None:
    file = root / path
    text = file.read_bytes().decode("utf-8")
    assert before in text
    file.write_bytes(text.replace(before, after).encode("utf-8"))


def test_of_an_original_that_cannot_be_read_no_translation_is_judged(bilingual: Path) -> None:
    edit(bilingual, "docs/other.md", "---\ntitle: Other", "title: Other")
    result = run(bilingual, "check", "--select", "FMT,TRN")
    [finding] = [line for line in result.stdout.splitlines() if line.startswith("docs/other")]
    assert finding.startswith("docs/other.md:1:1: error FMT001")


def test_an_edit_of_one_does_not_make_the_other_current(bilingual: Path) -> None:
    assert "nobody has said which text of docs/other.md" in trn(bilingual)[0]
    before = (bilingual / "docs" / "other.fr.md").read_bytes()
    assert written(run(bilingual, "translate", "done", "docs/other.fr.md")).startswith("1 page and")
    after = (bilingual / "docs" / "other.fr.md").read_bytes()
    assert [line for line in after.split(b"\r\n") if line not in before.split(b"\r\n")] == [
        next(line for line in after.split(b"\r\n") if line.startswith(b"translates: "))
    ]
    assert trn(bilingual) == []
    edit(bilingual, "docs/other.md", "Staff may post.", "Staff and volunteers may post.")
    edit(bilingual, "docs/other.fr.md", "Le personnel peut publier.", "Le personnel a le droit de publier.")
    (finding,) = trn(bilingual)
    assert "docs/other.md has changed since this translation of it: 'Qui peut publier'" in finding
    written(run(bilingual, "translate", "done", "docs"))
    assert trn(bilingual) == []


def test_it_shows_what_changed_in_the_original_word_by_word(bilingual: Path) -> None:
    written(run(bilingual, "translate", "done", "docs/other.fr.md"))
    assert run(bilingual, "translate", "diff", "docs/other.fr.md").exit_code == 0
    edit(bilingual, "docs/other.md", "By day.", "By night.")
    result = run(bilingual, "translate", "diff", "docs/other.fr.md")
    assert result.exit_code == 1
    assert "docs/other.md, which docs/other.fr.md renders:" in result.stdout
    assert "[-day-]{+night+}" in result.stdout
    assert "Staff may post" not in result.stdout
    result = run(bilingual, "translate", "diff", "docs/other.fr.md", "--format", "json")
    (page,) = json.loads(result.stdout)["pages"]
    assert (result.exit_code, page["path"], page["original"]) == (1, "docs/other.fr.md", "docs/other.md")
    assert {"mark": "inserted", "text": "night"} in page["redline"]


def test_a_text_that_the_history_does_not_have_is_shown_as_a_whole(bilingual: Path) -> None:
    edit(bilingual, "docs/other.md", "By day.", "At noon.")
    written(run(bilingual, "translate", "done", "docs/other.fr.md"))
    edit(bilingual, "docs/other.md", "At noon.", "By night.")
    shown = run(bilingual, "translate", "diff", "docs/other.fr.md").stdout
    assert "the history does not have the text that was rendered" in shown
    assert "By night." in shown
    data = run(bilingual, "translate", "diff", "docs/other.fr.md", "--format", "json").stdout
    assert json.loads(data)["pages"][0]["redline"] is None


def test_texts_of_registers_are_followed_field_by_field(
    bilingual: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write(
        "registers/glossary.yml",
        "terms:\n"
        "  - {term: {en: account, fr: compte}, meaning: {en: A profile., fr: Un profil.}}\n"
        "  - {term: {en: post, fr: publication}, meaning: {en: A text., fr: Un texte.}}\n",
    )
    Git(bilingual, begin=False).commit("2026-11-03")
    written(run(bilingual, "translate", "done", "registers/glossary.yml"))
    edit(bilingual, "registers/glossary.yml", "A text.", "A text or a picture.")
    edit(bilingual, "registers/glossary.yml", "  - {term: {en: account", "  - {term: {en: an account")
    result = run(bilingual, "translate", "diff", "registers/glossary.yml")
    assert "terms.1.term:\n{+an +}account\n  fr: compte\n" in result.stdout
    assert "terms.2.meaning:\nA [-text-]{+text or a picture+}.\n  fr: Un texte.\n" in result.stdout
    assert "terms.1.meaning" not in result.stdout
    data = json.loads(
        run(bilingual, "translate", "diff", "registers/glossary.yml", "--format", "json").stdout
    )
    assert [text["place"] for text in data["texts"]] == ["terms.1.term", "terms.2.meaning"]
    status = json.loads(run(bilingual, "translate", "status", "--format", "json").stdout)
    behind = [each["place"] for each in status if "glossary" in each["path"] and each["state"] == "changed"]
    assert behind == ["terms.1.term", "terms.2.meaning"]
    written(run(bilingual, "translate", "done", "registers/glossary.yml"))
    assert run(bilingual, "translate", "diff", "registers/glossary.yml").exit_code == 0


def test_a_change_of_the_original_is_told_of_the_translation_that_it_leaves_behind(bilingual: Path) -> None:
    written(run(bilingual, "translate", "done", "docs/other.fr.md"))
    Git(bilingual, begin=False).commit("2026-11-04")
    edit(bilingual, "docs/other.md", "By day.", "By night.")
    (finding,) = trn(bilingual, "--changed-since", "HEAD")
    assert finding.startswith("docs/other.md:1:1: warning TRN002 docs/other.fr.md: docs/other.md has changed")


def test_what_is_missing_becomes_an_error_after_the_days_that_the_organization_gives(bilingual: Path) -> None:
    edit(bilingual, "organization.yml", "translate_within: never\n", "translate_within: 18\n")
    since = "and has been there since 2026-11-01"
    first = f"docs/index.md:1:1: error TRN001 this page is not written in 'fr', {since}"
    assert trn(bilingual)[0].startswith(first)
    edit(bilingual, "organization.yml", "translate_within: 18\n", "translate_within: 19\n")
    assert "docs/index.md:1:1: warning TRN001" in trn(bilingual)[0]
    edit(bilingual, "docs/index.md", "owner: platform-lead\n", "owner: platform-lead\nlanguages: [en]\n")
    assert [line for line in trn(bilingual) if "TRN001" in line] == []


def test_a_shallow_clone_says_that_it_cannot_tell_since_when_a_text_is_missing(
    bilingual: Path, tmp_path: Path
) -> None:
    edit(bilingual, "organization.yml", "translate_within: never\n", "")
    source = Git(bilingual, begin=False)
    source.commit("2026-11-20")
    source("clone", "--quiet", "--depth", "1", f"file://{bilingual}", str(tmp_path / "clone"))
    first = trn(tmp_path / "clone")[0]
    assert first.startswith("docs/index.md:1:1: warning TRN001")
    assert "and a shallow clone does not say since when" in first


def test_it_says_how_every_translation_stands(bilingual: Path) -> None:
    result = run(bilingual, "translate", "status")
    assert result.exit_code == 1
    assert "fr: 0 of 2 pages and " in result.stdout
    assert "  pages of which nobody has said what they render:\n    docs/other.fr.md\n" in result.stdout
    assert "  pages missing:\n    docs/index.fr.md\n" in result.stdout
    edit(bilingual, "organization.yml", "languages: [en, fr]", "languages: [en]")
    assert "written in 'en' alone" in written(run(bilingual, "translate", "status"))


def test_a_page_that_is_not_published_is_refused_as_that(bilingual: Path) -> None:
    limit = "applies_to: {sectors: [healthcare]}"
    for name in ("other.md", "other.fr.md"):
        edit(bilingual, f"docs/{name}", "owner:", f"{limit}\nowner:")
    assert "is not published" in refused(run(bilingual, "translate", "done", "docs/other.fr.md"))


def test_what_is_no_translation_is_refused_with_the_nearest_name(bilingual: Path) -> None:
    assert "docs/other.md is an original" in refused(run(bilingual, "translate", "done", "docs/other.md"))
    nearest = refused(run(bilingual, "translate", "done", "docs/othr.fr.md"))
    assert "did you mean 'docs/other.fr.md'?" in nearest
