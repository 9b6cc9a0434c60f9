"""What pages become is kept between runs, and never by somebody else."""

from pathlib import Path

import pytest

from handbook.files.cache_file import CacheFile
from handbook.git.repository import Repository
from handbook.markup.markdown_settings import MarkdownSettings
from handbook.markup.rendered_pages import RenderedPages, markup_cache
from handbook.markup.rendering import Link
from tests.scripts.conftest import Git

pytestmark = pytest.mark.usefixtures("own_memory")

SETTINGS = MarkdownSettings()
TEXT = "## Part\n\n[a](b.md) <a href='c/' onclick='x'>d</a>\n"


def _rendered(root: Path) -> RenderedPages:
    return RenderedPages(CacheFile(root, "markup", ["markup/rendering"]))


def test_a_page_becomes_the_same_when_it_is_read_again(tmp_path: Path) -> None:
    first = _rendered(tmp_path)
    markup = first.markup(TEXT, SETTINGS)
    first.keep()
    (name,) = (row.partition("\t")[0] for row in _rows(tmp_path))
    assert _rendered(tmp_path).markup(TEXT, SETTINGS) == markup
    assert markup.links == (Link("a", "b.md"), Link("a", "c/", is_html=True))
    assert markup.anchors == {"part"}
    assert [refusal.attribute for refusal in markup.refusals] == ["onclick"]
    assert len(name) == 40


def _rows(root: Path) -> list[str]:
    return (root / ".cache" / "markup").read_text(encoding="utf-8").splitlines()[1:]


def test_other_settings_make_another_page(tmp_path: Path) -> None:
    rendered = _rendered(tmp_path)
    rendered.markup("Text { #x }\n", SETTINGS)
    with_lists = MarkdownSettings(("toc", "attr_list"))
    assert rendered.markup("## Text { #x }\n", with_lists).anchors == {"x"}


def test_a_damaged_cache_counts_as_empty(tmp_path: Path) -> None:
    first = _rendered(tmp_path)
    first.markup(TEXT, SETTINGS)
    first.keep()
    file = tmp_path / ".cache" / "markup"
    file.write_text(file.read_text(encoding="utf-8").replace("part", "trap"), encoding="utf-8")
    assert _rendered(tmp_path).markup(TEXT, SETTINGS).anchors == {"part"}


def test_many_pages_are_rendered_by_several_processes_alike() -> None:
    texts = [f"## Part {number}\n\n[a](b{number}.md)\n" for number in range(301)]
    together, alone = RenderedPages(), RenderedPages()
    together.prepare(texts, SETTINGS)
    assert [together.markup(text, SETTINGS) for text in texts] == [
        alone.markup(text, SETTINGS) for text in texts
    ]


@pytest.mark.parametrize("name", [".cache", ".Cache"])
def test_a_cache_that_is_committed_is_not_read(folder: Path, name: str) -> None:
    git = Git(folder)
    git.commit()
    with Repository(git.root) as repository:
        assert markup_cache(repository)
        (git.root / name).mkdir()
        (git.root / name / "markup").write_text("x", encoding="utf-8")
        git.commit()
        assert markup_cache(repository) is None


def test_one_page_leaves_nothing_behind_in_the_next() -> None:
    rendered = RenderedPages()
    rendered.markup("[a]: b.md\n\n## Part\n", SETTINGS)
    second = rendered.markup("[a]\n\n## Part\n", SETTINGS)
    assert not second.links
    assert second.anchors == {"part"}
