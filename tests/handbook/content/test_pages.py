"""A page is read from its file, and once more only if the file has another text."""

from pathlib import Path

import pytest

from handbook.content.pages import PageSource, parse_page, read_page

TEXT = b"---\ntitle: Work\n---\n# Work\n\nAsk before you post.\n"


@pytest.fixture
def source(tmp_path: Path) -> PageSource:
    (tmp_path / "work.md").write_bytes(TEXT)
    return PageSource(str(tmp_path / "work.md"), "docs/policy/work.md", "en")


def test_a_page_whose_file_is_the_same_is_not_read_again(source: PageSource) -> None:
    page = read_page(source)
    assert read_page(source, page) is page
    assert read_page(source) is not page


def test_a_page_whose_file_was_saved_is_read_again(source: PageSource) -> None:
    page = read_page(source)
    Path(source.file).write_bytes(TEXT.replace(b"Work", b"For work"))
    assert read_page(source, page).title == "For work"


def test_an_empty_file_is_not_the_page_that_could_not_be_read(source: PageSource) -> None:
    file = Path(source.file)
    file.unlink()
    missing = read_page(source)
    file.write_bytes(b"")
    assert read_page(source, missing).front_matter.form_problems != missing.front_matter.form_problems


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_called_so(encoding: str) -> None:
    page = parse_page(PageSource("docs/a.md", "a.md", "en"), "---\ntitle: Été\n---\n".encode(encoding))
    (problem,) = page.front_matter.form_problems
    assert "UTF-16" in problem.message
