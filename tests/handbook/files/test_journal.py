"""What a killed command has half done is undone, and nothing that somebody else did."""

import json
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.journal import as_json, recover, write_with_journal


@pytest.fixture
def changes(tmp_path: Path) -> list[FileWrite]:
    (tmp_path / "one.yml").write_bytes(b"before")
    return [
        FileWrite(tmp_path / "deep" / "er" / "new.md", b"new"),
        FileWrite(tmp_path / "one.yml", b"after", b"before"),
    ]


@pytest.fixture
def killed(tmp_path: Path, changes: list[FileWrite], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook in which the second file has not been changed yet, and its journal."""
    journal, unlink = tmp_path / ".cache" / "journal.json", Path.unlink

    def keep(path: Path, missing_ok: bool = False) -> None:
        if path != journal:
            unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", keep)
        write_with_journal(tmp_path, changes)
    (tmp_path / "one.yml").write_bytes(b"before")
    (tmp_path / f".{'a' * 16}.part").write_bytes(b"aft")
    return journal


def _names(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if ".cache" not in path.parts}


def test_what_was_written_completely_stays(tmp_path: Path, changes: list[FileWrite]) -> None:
    write_with_journal(tmp_path, changes)
    assert [change.target.read_bytes() for change in changes] == [b"new", b"after"]
    assert recover(tmp_path) is None


def test_what_is_half_done_is_undone(tmp_path: Path, killed: Path) -> None:
    recovery = recover(tmp_path)
    assert recovery
    assert (recovery.paths, recovery.is_complete) == (("deep/er/new.md", "one.yml"), False)
    assert _names(tmp_path) == {"one.yml"}
    assert (tmp_path / "one.yml").read_bytes() == b"before"
    assert not killed.exists()


def test_what_somebody_else_wrote_since_stays(tmp_path: Path, killed: Path) -> None:
    (tmp_path / "one.yml").write_bytes(b"theirs")
    (tmp_path / "deep" / "theirs.md").write_bytes(b"theirs")
    recover(tmp_path)
    assert _names(tmp_path) == {"one.yml", "deep", "deep/theirs.md"}
    assert (tmp_path / "one.yml").read_bytes() == b"theirs"


@pytest.mark.parametrize(
    "path", ["../outside.md", "/etc/outside.md", ".git/config", "docs/.GIT/x", "git~1/x", ".venv/x"]
)
def test_a_journal_that_names_a_place_outside_is_not_followed(
    tmp_path: Path, killed: Path, path: str
) -> None:
    record = json.loads(killed.read_bytes())
    record["files"][0]["path"] = path
    killed.write_text(json.dumps(record))
    with pytest.raises(HandbookError, match="git status"):
        recover(tmp_path)
    assert (tmp_path / "deep" / "er" / "new.md").exists()


@pytest.mark.parametrize("exists", [True, False])
def test_nothing_is_written_through_a_link_that_leads_out_of_the_handbook(
    tmp_path: Path, exists: bool
) -> None:
    root, elsewhere = tmp_path / "handbook", tmp_path / "elsewhere"
    (root / "registers").mkdir(parents=True)
    if exists:
        elsewhere.mkdir()
    (root / "registers" / "imported").symlink_to(elsewhere)
    changes = [
        FileWrite(root / "docs" / "new.md", b"new"),
        FileWrite(root / "registers" / "imported" / "new.yml", b"new"),
    ]
    with pytest.raises(HandbookError, match=r"imported/new\.yml .* nothing was written; put a real folder"):
        write_with_journal(root, changes)
    assert _names(tmp_path) == {"handbook", "handbook/registers", "handbook/registers/imported"} | (
        {"elsewhere"} if exists else set()
    )
    assert recover(root) is None


@pytest.mark.parametrize(
    "name", ["organization.yml", ".git/config", "docs/a~1.md", "loop/new.md", "gone/new.md"]
)
def test_a_place_that_cannot_be_recovered_is_refused_before_anything_is_written(
    tmp_path: Path, name: str
) -> None:
    root, elsewhere = tmp_path / "handbook", tmp_path / "elsewhere.yml"
    root.mkdir()
    elsewhere.write_bytes(b"theirs")
    (root / "organization.yml").symlink_to(elsewhere)
    (root / "loop").symlink_to("loop")
    (root / "gone").symlink_to("nowhere")
    with pytest.raises(HandbookError, match="nothing was written"):
        write_with_journal(
            root, [FileWrite(root / "new.md", b"new"), FileWrite(root / name, b"x", b"theirs")]
        )
    assert (elsewhere.read_bytes(), _names(root)) == (b"theirs", {"organization.yml", "loop", "gone"})
    assert recover(root) is None


def test_a_link_that_stays_in_the_handbook_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_with_journal(tmp_path, [FileWrite(tmp_path / "link" / "new.md", b"new")])
    assert (tmp_path / "real" / "new.md").read_bytes() == b"new"
    assert recover(tmp_path) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": [1], "folders": []}', '{"files": 1}'])
def test_a_journal_that_cannot_be_read_is_an_error(tmp_path: Path, killed: Path, text: str) -> None:
    killed.write_text(text)
    with pytest.raises(HandbookError, match="delete that file"):
        recover(tmp_path)


@pytest.mark.parametrize("is_complete", [True, False])
def test_a_file_that_was_removed_comes_back_unless_all_was_done(tmp_path: Path, is_complete: bool) -> None:
    (tmp_path / "old.md").write_bytes(b"text")
    changes = [
        FileWrite(tmp_path / "new.md", b"text"),
        FileWrite(tmp_path / "old.md", None, b"text"),
    ]
    write_with_journal(tmp_path, changes)
    assert _names(tmp_path) == {"new.md"}
    (tmp_path / ".cache" / "journal.json").write_text(as_json(tmp_path, changes))
    if not is_complete:
        (tmp_path / "new.md").unlink()
    recovery = recover(tmp_path)
    assert recovery
    assert recovery.is_complete is is_complete
    assert _names(tmp_path) == ({"new.md"} if is_complete else {"old.md"})
