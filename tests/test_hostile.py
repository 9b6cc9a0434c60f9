"""Each page in tests/hostile/, checked and built as part of a handbook.

`expressions/`, `front_matter/` and `files/` (which are no pages) must be found, `html/` must be taken out
and told (the page says with which word), and `inert/` looks hostile and is text.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.builds import build
from tests.capabilities import Capability, capabilities
from tests.conftest import PAGE, ROOT, hostile, make_folder, put_hostile, told_word

Write = Callable[[str, str | bytes], Path]
CANARY = "a-secret-that-no-page-may-show"
INNOCENT = (
    PAGE
    + """
## Section

| a | b |
|---|---|
| c | d |

### Part

!!! note
    Text.

```
code
```
"""
)


def _build(folder: Path, site: Path) -> subprocess.CompletedProcess[str]:
    return build(folder, site, {"CANARY": CANARY})


def _codes(folder: Path) -> dict[str, set[str]]:
    unreviewed = ("--ignore", "REV005,REV006")  # No hostile page has a record.
    arguments = ["check", "--root", str(folder), "--today", "2026-11-20", "--format", "json", *unreviewed]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    codes: dict[str, set[str]] = {}
    for finding in json.loads(result.stdout)["findings"]:
        codes.setdefault(finding["path"], set()).add(finding["code"])
    return codes


@pytest.mark.usefixtures("long_registers")  # What macros print of these is counted.
def test_every_hostile_expression_is_found_by_the_check(folder: Path) -> None:
    put_hostile(folder, "expressions")
    names = {f"docs/expressions/{file.name}" for file in hostile("expressions")}
    assert names
    codes = {
        name: page_codes - {"HTM001"} for name, page_codes in _codes(folder).items()
    }  # Many braces are markup, too.
    assert codes == {name: {"ORG002"} for name in names}


def test_every_hostile_front_matter_is_found_by_the_check_and_stops_the_build(
    folder: Path, tmp_path: Path
) -> None:
    put_hostile(folder, "front_matter")
    names = {f"docs/front_matter/{file.name}" for file in hostile("front_matter")}
    assert names
    codes = _codes(folder)
    assert codes.keys() == names
    assert all(page_codes <= {"FMT001", "FMT002"} for page_codes in codes.values())
    done = _build(folder, tmp_path / "site")
    assert done.returncode != 0
    assert names <= {line.partition(":")[0] for line in done.stderr.splitlines()}
    assert not (tmp_path / "site" / "front_matter").exists()


def test_every_hostile_file_is_found_by_the_check_and_stops_the_build(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "hostile" / "files", folder / "docs" / "files")
    names = {f"docs/files/{file.name}" for file in (folder / "docs" / "files").iterdir()}
    point = "docs/files/ends-in-a-point.html."  # Windows could not save it, either.
    assert _codes(folder) == {name: {"FMT003"} for name in names} | {point: {"FMT003", "FMT004"}}
    done = _build(folder, tmp_path / "site")
    assert done.returncode != 0
    told = sum(line.startswith("docs/files/") for line in done.stderr.splitlines())
    alike = sum(map(int, re.findall(r"^  the same in (\d+) other places", done.stderr, re.MULTILINE)))
    assert told + alike == len(names)
    assert not (tmp_path / "site").exists()


def test_a_waiver_lets_no_hostile_file_through(folder: Path, write: Write, tmp_path: Path) -> None:
    write("docs/page.html", "<script>alert(1)</script>")
    waiver = "page: docs/page.html, rule: FMT003, reason: Ours, approver: legal-lead, end: 2026-12-31"
    write("registers/waivers.yml", f"waivers:\n  - {{{waiver}}}\n")
    assert _codes(folder) == {"docs/page.html": {"FMT003"}, "registers/waivers.yml": {"WVR001"}}
    assert _build(folder, tmp_path / "site").returncode != 0


def test_a_drawing_that_is_read_again_and_again_would_take_all_day(folder: Path, write: Write) -> None:
    """Each of these is 1 MB of what an expression could be made to read many times."""
    many = ("url(#" * 200_000, "url(data:image/png;base64," + "A" * 2**20, "url(" + " " * 2**20)
    for number, style in enumerate(many):
        write(f"docs/{number}.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><style>{style}</style></svg>')
    write("docs/deep.svg", '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * 200_000)
    write("docs/large.svg", " " * 2**22)
    assert _codes(folder) == {f"docs/{name}.svg": {"FMT003"} for name in (0, 1, 2, "deep", "large")}


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a strict build of hostile pages: its site, and what it said."""

    status: int
    said: str
    site: Path
    innocent: set[Capability]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build an innocent handbook, then one with every page of html/ and inert/."""
    tmp_path = tmp_path_factory.mktemp("hostile")
    folder = make_folder(tmp_path / "handbook")
    (folder / "secret.txt").write_text(CANARY)
    for kind in ("html", "inert"):
        (folder / "docs" / kind).mkdir()
        (folder / "docs" / kind / "innocent.md").write_text(INNOCENT)
        (folder / "docs" / kind / "other.md").write_text(PAGE)
    (folder / "docs" / "inert" / "favicon.png").write_text("")
    assert _build(folder, tmp_path / "innocent").returncode == 0
    innocent = _pages(tmp_path / "innocent")
    put_hostile(folder, "html", "inert")
    done = _build(folder, tmp_path / "site")
    return Built(done.returncode, done.stderr, tmp_path / "site", set().union(*map(_able, innocent)))


def _pages(site: Path) -> list[Path]:
    return [page for page in site.rglob("*.html") if page.name != "404.html"]


def _able(page: Path) -> set[Capability]:
    return capabilities(page.read_text(encoding="utf-8"))


def test_hostile_html_stops_a_strict_build_and_each_page_is_told(built: Built) -> None:
    assert built.status != 0
    assert "Traceback" not in built.said
    lines = built.said.splitlines()
    for file in hostile("html"):
        said = [line for line in lines if f"docs/html/{file.name}: " in line]
        assert any(told_word(file) in line for line in said), file.name
    assert "docs/inert/" not in built.said


def test_nothing_of_a_hostile_page_can_do_more_than_an_innocent_page(built: Built) -> None:
    pages = _pages(built.site)
    assert len(pages) > 2 * len([*hostile("html"), *hostile("inert")])
    gained = {page.parent.name: _able(page) - built.innocent for page in pages}
    assert {name: more for name, more in gained.items() if more} == {}


def test_the_search_index_holds_texts_without_html(built: Built) -> None:
    index = json.loads((built.site / "search" / "en.json").read_text(encoding="utf-8"))
    named = [page for page in index["pages"] if "html/" in page[0] or "inert/" in page[0]]
    assert len(named) > len(hostile("html"))
    script = (ROOT / "overrides" / "assets" / "javascripts" / "search.js").read_text(encoding="utf-8")
    assert "innerHTML" not in script  # What the search holds is shown as text.


def test_no_page_shows_the_environment_or_a_file_of_the_handbook(built: Built) -> None:
    for file in built.site.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert CANARY.encode() not in content, file
            assert b"jurisdictions: [us" not in content, file


@pytest.mark.parametrize("target", ["secret.txt", "folder", "page.md", "secret.txt in a folder"])
def test_a_link_to_a_place_outside_stops_the_build(folder: Path, tmp_path: Path, target: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(CANARY)
    (outside / "page.md").write_text(PAGE)
    (folder / "docs" / "deep").mkdir()
    source, name = {
        "secret.txt": (outside / "secret.txt", "secret.txt"),
        "folder": (outside, "assets"),
        "page.md": (outside / "page.md", "page.md"),
        "secret.txt in a folder": (Path("../../../outside/secret.txt"), "deep/photo.png"),
    }[target]
    (folder / "docs" / name).symlink_to(source)
    done = _build(folder, tmp_path / "site")
    assert done.returncode != 0
    assert f"docs/{name}:1:1: " in done.stderr
    assert "symbolic link" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("hidden", [".git/config", ".env"])
def test_a_link_to_a_hidden_file_of_the_handbook_stops_the_build(
    folder: Path, write: Write, tmp_path: Path, hidden: str
) -> None:
    write(hidden, CANARY)
    (folder / "docs" / "settings.txt").symlink_to(folder / hidden)
    done = _build(folder, tmp_path / "site")
    assert done.returncode != 0
    assert "docs/settings.txt:1:1: " in done.stderr


def test_the_name_of_a_folder_is_text_in_the_navigation(folder: Path, write: Write, tmp_path: Path) -> None:
    write("docs/<img src=x onerror=alert(1)>/page.md", PAGE)
    write("docs/<img src=x onerror=alert(1)>/index.md", PAGE)
    assert _build(folder, tmp_path / "site").returncode == 0
    pages = [*(tmp_path / "site").rglob("*.html")]
    assert any("onerror=alert(1)" in page.parts[-3] for page in pages)
    for page in pages:
        assert not [
            capability for capability in capabilities(page.read_text("utf-8")) if capability[1] == "onerror"
        ], page


def test_names_titles_and_the_copyright_are_text_in_every_attribute(
    folder: Path, write: Write, tmp_path: Path
) -> None:
    hostile_text = 'R&D "x" onfocus="alert(1)'
    organization = (folder / "organization.yml").read_text(encoding="utf-8")
    name = json.dumps(hostile_text)
    write("organization.yml", re.sub(r"(?m)^name: .*", lambda _: f"name: {name}", organization))
    write("docs/index.md", PAGE.replace("title: A page", f"title: '{hostile_text}'"))
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    navigation = f"nav:\n  - index.md\n  - {name}:\n      - other.md\n"
    copyright_ = "copyright: '&copy; <b>Ours</b> <img src=x onerror=alert(1)>'\n"
    write("mkdocs.yml", settings + navigation + copyright_)
    assert _build(folder, tmp_path / "site").returncode == 0
    for page in (tmp_path / "site").rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert not [capability for capability in capabilities(html) if capability[1].startswith("on")], page
        assert "&amp;amp;" not in html
    assert "&#169;" in html or "©" in html
    assert "<b>Ours</b>" in html


@pytest.mark.parametrize(
    ("attribute", "column"), [('class="contact"', 5), ("""cla{{ 'ss' }}="con{{ 'tact' }}\"""", 1)]
)
def test_what_imitates_a_macro_stops_the_build_on_its_line(
    folder: Path, write: Write, tmp_path: Path, attribute: str, column: int
) -> None:
    write("docs/index.md", f"{PAGE}\nAsk <span {attribute}>John</span>.\n")
    done = _build(folder, tmp_path / "site")
    assert done.returncode != 0
    assert f"docs/index.md:12:{column}: " in done.stderr
