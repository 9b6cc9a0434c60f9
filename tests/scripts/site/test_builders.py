"""MkDocs and ProperDocs build the same site, byte for byte, and refuse the same mistakes."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from handbook.errors import HandbookError
from handbook.text.quoting import one_line
from scripts.site.build import BUILDER, build_site, builder_module
from tests.builds import contents
from tests.conftest import PAGE

Write = Callable[[str, str | bytes], Path]
BUILDERS = ("mkdocs", "properdocs")
RICH = (
    PAGE
    + """
[Another page](other.md#part), [outside](https://example.org/), <https://example.org/>.

!!! note "A title"
    Text.

??? question "Folded"
    Text.

```python
print("text")
```

| A | B |
|---|---|
| 1 | 2 |

{{ contact("press") }}

{{ page_register() }}

{{ compliance_over_time() }}

{{ what_changed() }}
"""
)


def _append(path: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def _replace(path: str, before: str, after: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert before in text
        (folder / path).write_text(text.replace(before, after, 1), encoding="utf-8")

    return change


def _create(path: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / path).write_text(text, encoding="utf-8")

    return change


# What breaks a handbook of two pages, and a word of every refusal.
BREAKAGES = MappingProxyType(
    {
        "broken link": (_append("docs/other.md", "[gone](gone.md)\n"), "gone.md"),
        "broken anchor": (_append("docs/other.md", "[part](index.md#gone)\n"), "#gone"),
        "page missing in nav": (_append("mkdocs.yml", "nav: [index.md, other.md, gone.md]\n"), "gone.md"),
        "undefined variable": (_append("docs/other.md", "{{ orgnization.name }}\n"), "orgnization"),
        "bad macro argument": (_append("docs/other.md", '{{ contact("pres") }}\n'), "pres"),
        "broken front matter": (_replace("docs/other.md", "title: Other", "title: A: page"), "FMT001"),
        "hostile HTML": (_append("docs/other.md", "<script>alert(1)</script>\n"), "<script>"),
        "two pages at one address": (_create("docs/README.md", PAGE), "README.md"),
        "unknown key in mkdocs.yml": (_append("mkdocs.yml", "colour: blue\n"), "colour"),
        "broken hook": (_append("macros/hooks.py", "\nraise ValueError('broken hook')\n"), "broken hook"),
        "broken template": (_append("overrides/main.html", "{% block %}"), "main.html"),
        "missing text of a catalog": (
            _replace("macros/catalog/fr.yml", "language:", "langue:"),
            "fr.yml",
        ),
    }
)


def _build(folder: Path, site: Path, builder: str) -> None:
    settings = {BUILDER: builder, "SOURCE_DATE_EPOCH": "1795176000"}  # 2026-11-20
    build_site(folder, "the test", settings, site, sys.executable)


def test_both_build_the_same_bytes_in_both_languages(folder: Path, write: Write, tmp_path: Path) -> None:
    write("docs/index.md", RICH)
    write("docs/other.md", PAGE + "\n## Part\n\nText.\n")
    write("docs/other.fr.md", PAGE.replace("A page", "Une page") + "\n## Partie { #part }\n\nTexte.\n")
    for builder in BUILDERS:
        _build(folder, tmp_path / builder, builder)
    first, second = (contents(tmp_path / builder) for builder in BUILDERS)
    assert {"index.html", "404.html", "sitemap.xml", "fr/other/index.html"} <= first.keys()
    assert first.keys() == second.keys()
    assert not [path for path, data in first.items() if data != second[path]]


@pytest.mark.parametrize("name", BREAKAGES)
def test_both_refuse_the_same_mistakes(name: str, folder: Path, tmp_path: Path) -> None:
    change, word = BREAKAGES[name]
    change(folder)
    for builder in BUILDERS:
        with pytest.raises(HandbookError) as raised:
            _build(folder, tmp_path / builder, builder)
        assert word in str(raised.value), builder


def test_without_a_name_mkdocs_builds() -> None:
    assert builder_module("") == "mkdocs"


@pytest.mark.parametrize("name", ["zensical", "mkdocs ", "http.server", "a\nb"])
def test_an_unknown_builder_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(HandbookError, match="mkdocs or properdocs") as raised:
        builder_module(name)
    assert one_line(name) in str(raised.value)
