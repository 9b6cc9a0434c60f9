"""`handbook import`, as somebody who has a policy as a Word document uses it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.scripts.review.rounds import refused, written
from tests.word_documents import made, policy


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "Policy 2024.docx"
    file.write_bytes(made(policy))
    return file


def run(folder: Path, document: Path, *arguments: str) -> Result:
    options = ["import", str(document), "--owner", "platform-lead", "--root", str(folder), *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def test_pages_come_with_a_map_and_with_what_to_look_at(folder: Path, document: Path) -> None:
    told = written(run(folder, document))
    page = (folder / "docs" / "policy" / "rules.md").read_text(encoding="utf-8")
    assert page.startswith("---\ntitle: 2. Rules\n")
    assert (
        "owner: platform-lead\n# last_reviewed: `handbook review close` writes the day of the last review\n"
        in page
    )
    table = (folder / "registers" / "imported" / "policy-2024.csv").read_text(encoding="utf-8")
    assert table.startswith("clause,page,anchor,begins\n1.,docs/policy/scope.md,,Scope\n")
    assert "  2.1 docs/policy/rules.md#clause-2-1\n" in told
    assert "docs/policy/social-media-policy.md:12: mail address: jane.doe@acme.com" in told
    assert "docs/policy/rules.md:14: WRD" in told
    assert "wording without a finding is not thereby lawful" in told


def test_a_dry_run_writes_nothing(folder: Path, document: Path) -> None:
    assert "docs/policy/rules.md: " in run(folder, document, "--dry-run").stdout
    assert not (folder / "docs" / "policy").exists()
    assert not (folder / "registers" / "imported").exists()


def test_nothing_that_is_there_is_overwritten(
    folder: Path, document: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/policy/scope.md", "Mine.")
    assert "docs/policy/scope.md already exists, so nothing was written" in refused(run(folder, document))
    assert not (folder / "docs" / "policy" / "rules.md").exists()
    write("registers/imported/policy-2024.csv", "")
    again = refused(run(folder, document, "--into", "policy/old"))
    assert "registers/imported/policy-2024.csv already exists" in again
    assert not (folder / "docs" / "policy" / "old").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--owner", "platform-led"), "there is no owner 'platform-led'; did you mean 'platform-lead'?"),
        (("--into", "../elsewhere"), "is not a path of a page"),
        (("--language", "de"), "the handbook has no language 'de'; choose one of en, fr"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_written(
    folder: Path, document: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refused(run(folder, document, *arguments))
    assert not (folder / "docs" / "policy").exists()


def test_a_folder_that_leads_out_of_the_handbook_is_refused(
    folder: Path, document: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / "registers" / "imported").symlink_to(elsewhere)
    before = (folder / "mkdocs.yml").read_bytes()
    assert "registers/imported/policy-2024.csv is not a place" in refused(run(folder, document))
    assert (list(elsewhere.iterdir()), (folder / "mkdocs.yml").read_bytes()) == ([], before)
    assert not (folder / "docs" / "policy").exists()
    (folder / "registers" / "imported").unlink()
    written(run(folder, document))
