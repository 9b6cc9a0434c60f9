"""What people see while they edit: the page that a whole build would make, or what is wrong with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.development.serving.live_server import EVERYWHERE
from scripts.development.serving.preview import Preview
from scripts.development.serving.site_build import Superseded
from tests.builds import NOON, build_site
from tests.conftest import PAGE, make_folder
from tests.scripts.conftest import Git

INDEX, OTHER = "docs/index.md", "docs/other.md"
Write = Callable[[str, str | bytes], Path]


def never() -> bool:
    return False


def first_build(folder: Path, work: Path) -> Preview:
    Git(folder).commit()
    work.mkdir()
    preview = Preview(folder, work, "http://127.0.0.1:8000/")
    result, _ = preview.build_site(never)
    assert result.site is not None
    assert result.problems == []
    return preview


@pytest.fixture
def preview(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preview:
    """A handbook that is committed and was built once, as of the day of the tests."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    return first_build(folder, tmp_path / "work")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Preview]]:
    """The same for tests that leave it as they found it: the folder of the handbook, and its preview."""
    place = tmp_path_factory.mktemp("preview")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOON)
        folder = make_folder(place / "handbook")
        yield folder, first_build(folder, place / "work")


def times(preview: Preview) -> dict[str, int]:
    """Return when each page of the site was written."""
    pages = preview.folder.rglob("*.html")
    return {page.relative_to(preview.folder).as_posix(): page.stat().st_mtime_ns for page in pages}


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("Text.", "Other text."),
        PAGE.replace("title: A page", "title: Another title"),
        PAGE.replace("Text.", "## Heading\n\nSee [the other page](other.md) and {{ organization.name }}."),
        PAGE.replace("2026-10-14\n", "2026-10-14\naudience: [managers]\n"),
    ],
)
def test_a_saved_page_is_what_a_whole_build_makes(
    folder: Path, preview: Preview, tmp_path: Path, page: str
) -> None:
    before = times(preview)
    (folder / INDEX).write_text(page, encoding="utf-8")
    preview.build_page(INDEX)
    written = {name for name, time in times(preview).items() if time != before[name]}
    site = build_site(folder, tmp_path / "site")
    assert written == {"index.html", "fr/index.html"}
    for name in written:
        assert (preview.folder / name).read_bytes() == (site / name).read_bytes()


def test_a_translation_is_built_in_its_language_alone(
    preview: Preview, write: Write, tmp_path: Path, folder: Path
) -> None:
    write("docs/other.fr.md", PAGE.replace("Text.", "Texte."))
    preview.build_site(never)
    before = times(preview)
    write("docs/other.fr.md", PAGE.replace("Text.", "Autre texte."))
    preview.build_page("docs/other.fr.md")
    site = build_site(folder, tmp_path / "site")
    assert [name for name, time in times(preview).items() if time != before[name]] == ["fr/other/index.html"]
    name = "fr/other/index.html"
    assert (preview.folder / name).read_bytes() == (site / name).read_bytes()


def test_the_whole_build_brings_the_rest_up_to_date(preview: Preview, write: Write) -> None:
    write(INDEX, PAGE.replace("Text.", "See [there](other.md#there)."))
    write(OTHER, PAGE.replace("Text.", "## There\n\nText."))
    preview.build_site(never)
    assert preview.problems == []
    write(OTHER, PAGE.replace("Text.", "## Elsewhere\n\nText."))
    preview.build_page(OTHER)
    assert preview.problems == []
    _, is_other = preview.build_site(never)
    assert is_other
    assert [(problem.path, problem.line) for problem in preview.problems] == [(INDEX, 10)]


def test_browsers_stay_if_the_whole_build_makes_the_same(preview: Preview, write: Write) -> None:
    answers = []
    for text in ("Other text.", "Still other text."):
        write(INDEX, PAGE.replace("Text.", text))
        preview.build_page(INDEX)
        answers.append(preview.build_site(never)[1])
    assert answers == [True, False]  # At first, the history of the page changes: it is not committed.


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        (PAGE.replace("Text.", "{{ orgnization.name }}"), 10, "orgnization"),
        (PAGE.replace("Text.", "{{ organization.name"), 10, "}}"),
        (PAGE.replace("Text.", "{% for %}"), 10, ""),
        (PAGE.replace("Text.", "{{ contact('nobody') }}"), 10, "nobody"),
        (PAGE.replace("title: A page", "title: A: page"), 2, "FMT001"),
        (PAGE.replace("owner:", "ownr:"), 4, "FMT002"),
        (PAGE.replace("2026-10-14", "2036-10-14"), 5, "REV002"),
        (PAGE.partition("---\n\n")[2], 1, "FMT001"),
        (PAGE.encode() + b"\xff", 11, "UTF-8"),
        (PAGE.replace("Text.", "[Gone](gone.md)"), 10, "gone.md"),
        (PAGE.replace("Text.", "Text.\n\n[Gone](other.md#gone)"), 12, "#gone"),
        (PAGE.replace("Text.", "![Gone](gone.png)"), 10, "gone.png"),
        (PAGE.replace("Text.", "[Gone](<<b>gone</b>.md>)"), 10, "&lt;b&gt;"),
    ],
)
def test_a_broken_page_says_what_is_wrong_and_where(
    shared: tuple[Path, Preview], content: str | bytes, line: int, word: str
) -> None:
    folder, preview = shared
    page = folder / INDEX
    page.write_bytes(content.encode() if isinstance(content, str) else content)
    preview.build_page(INDEX)
    reports = preview.reports()
    assert reports.keys() == {"", "fr/"}
    assert {(problem.path, problem.line) for problem in preview.problems} == {(INDEX, line)}
    assert f"<code>{INDEX}</code>, line {line}" in reports[""]
    assert word in reports[""]
    assert "<b>gone" not in reports[""]
    page.write_text(PAGE, encoding="utf-8")
    preview.build_page(INDEX)
    assert preview.reports() == {}


def test_a_broken_page_leaves_the_others_as_they_were(preview: Preview, write: Write) -> None:
    write(INDEX, PAGE.replace("Text.", "{{ nobody }}"))
    preview.build_site(never)
    write(OTHER, PAGE.replace("Text.", "Other text."))
    preview.build_page(OTHER)
    assert preview.reports().keys() == {"", "fr/"}
    assert "Other text." in (preview.folder / "other" / "index.html").read_text(encoding="utf-8")


def test_before_there_is_a_site_every_address_reports_every_page(folder: Path, tmp_path: Path) -> None:
    for path in (INDEX, OTHER):
        (folder / path).write_text(PAGE.replace("owner:", "ownr:"), encoding="utf-8")
    (tmp_path / "work").mkdir()
    preview = Preview(folder, tmp_path / "work", "http://127.0.0.1:8000/")
    preview.build_site(never)
    assert preview.reports().keys() == {EVERYWHERE}
    assert all(path in preview.reports()[EVERYWHERE] for path in (INDEX, OTHER))


@pytest.mark.parametrize(
    ("path", "addresses"),
    [
        ("docs/new.md", {"new/", "fr/new/"}),
        ("docs/guides/index.md", {"guides/", "fr/guides/"}),
        ("docs/guides/new.fr.md", {"fr/guides/new/"}),
    ],
)
def test_a_page_that_is_new_and_broken_is_reported_where_it_will_be(
    preview: Preview, write: Write, path: str, addresses: set[str]
) -> None:
    file = write(path, "No front matter.")
    preview.build_site(never)
    assert preview.reports().keys() == addresses
    file.write_text(PAGE, encoding="utf-8")
    preview.build_site(never)
    assert preview.reports() == {}
    assert all((preview.folder / address / "index.html").is_file() for address in addresses)


def test_a_deleted_page_is_gone(preview: Preview, folder: Path) -> None:
    (folder / OTHER).unlink()
    preview.build_site(never)
    assert preview.reports() == {}
    assert not (preview.folder / "other").exists()


@pytest.mark.parametrize(
    ("path", "content", "line", "word"),
    [
        ("organization.yml", "name: X\n", 1, "sector"),
        ("mkdocs.yml", "site_name: X\nnav: [\n", 3, "mkdocs.yml"),
        ("mkdocs.yml", "site_name: X\nplugins: [no-such-plugin]\n", None, "no-such-plugin"),
        ("overrides/main.html", "text\n{% if %}\n", 2, "overrides/main.html"),
        ("overrides/main.html", "{{ nothing.at.all }}", None, "UndefinedError"),
        ("registers/owners.yml", "roles: 1\n", 1, "registers/owners.yml"),
    ],
)
def test_what_breaks_every_page_is_reported_everywhere(
    shared: tuple[Path, Preview], path: str, content: str, line: int | None, word: str
) -> None:
    file, preview = shared[0] / path, shared[1]
    before = file.read_bytes()
    file.write_text(content, encoding="utf-8")
    preview.build_site(never)
    reports = preview.reports()
    assert reports.keys() == {EVERYWHERE}
    assert word in reports[EVERYWHERE]
    assert (f", line {line}" in reports[EVERYWHERE]) == (line is not None)
    assert (preview.folder / "index.html").is_file()
    file.write_bytes(before)
    preview.build_site(never)
    assert preview.reports() == {}


def test_a_build_that_is_superseded_changes_nothing(preview: Preview, write: Write) -> None:
    folder = preview.folder
    write(INDEX, PAGE.replace("Text.", "Other text."))
    answers = iter([False, False, False, True])
    with pytest.raises(Superseded):
        preview.build_site(lambda: next(answers))
    assert preview.folder == folder
    assert "Other text." not in (folder / "index.html").read_text(encoding="utf-8")
    preview.build_site(never)
    assert "Other text." in (preview.folder / "index.html").read_text(encoding="utf-8")


def test_what_is_not_committed_says_so(preview: Preview, write: Write) -> None:
    words = "has changes that are not committed"
    pages = []
    for text in ("Other text.", "Text."):
        write(INDEX, PAGE.replace("Text.", text))
        preview.build_page(INDEX)
        pages.append((preview.folder / "index.html").read_text(encoding="utf-8"))
    assert [words in page for page in pages] == [True, False]
