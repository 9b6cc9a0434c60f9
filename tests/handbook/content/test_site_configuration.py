"""mkdocs.yml is data: nothing that it names is run, resolved, or read."""

import pytest

from handbook.content.site_configuration import read_site_configuration, refuse_foreign_code
from handbook.errors import HandbookError
from handbook.yaml.values import TaggedValue

OWN = "hooks: [macros/hooks.py]\nplugins: [search, {macros: {module_name: macros}}, i18n]\n"


def test_hooks_and_plugins_are_read_as_names() -> None:
    site = read_site_configuration(OWN.encode())
    assert site.hooks == ["macros/hooks.py"]
    assert site.plugins == {"search": None, "macros": {"module_name": "macros"}, "i18n": None}


def test_plugins_may_be_a_mapping() -> None:
    site = read_site_configuration(b"plugins: {search: {}, macros: {module_name: macros}}\n")
    assert site.plugins == {"search": {}, "macros": {"module_name": "macros"}}


def test_tags_of_mkdocs_are_kept_and_never_handed_on() -> None:
    text = "site_url: !ENV [ADDRESS, x]\nnav: [a.md]\nplugins: [{search: {lang: en, enabled: !ENV CI}}]\n"
    site = read_site_configuration(text.encode())
    assert site.mapping.data["site_url"] == TaggedValue("!ENV", ["ADDRESS", "x"])
    assert site.about_pages == {"nav": ["a.md"]}
    assert site.plugins_without_tags == [{"search": {"lang": "en"}}]


def test_everything_but_the_navigation_is_about_the_build() -> None:
    first, second = (read_site_configuration(f"{OWN}nav: [{page}]\n".encode()) for page in ("a.md", "b.md"))
    assert first.about_the_build == second.about_the_build
    assert first.about_the_build != read_site_configuration(b"hooks: []\n").about_the_build


@pytest.mark.parametrize(
    "lines", ["extra: {a: 1}", "theme: {custom_dir: overrides}", "exclude_docs: drafts/", "docs_dir: docs"]
)
def test_ordinary_settings_are_accepted(lines: str) -> None:
    site = read_site_configuration(f"{OWN}{lines}\n".encode())
    refuse_foreign_code(site, read_site_configuration(OWN.encode()))


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"", b"[]", b"a: !!python/object/apply:os.system [x]", b"a: 1\na: 2"]
)
def test_what_cannot_be_trusted_is_an_error_with_the_name_of_the_file(data: bytes) -> None:
    with pytest.raises(HandbookError, match=r"^mkdocs\.yml"):
        read_site_configuration(data)


@pytest.mark.parametrize(
    ("menu", "places"),
    [
        ("nav:\n- a.md\n- Work: a.md\n- Work:\n  - a.md", []),
        ("nav:", [(1, 5)]),
        ("nav: a.md", [(1, 6)]),
        ("nav:\n- a.md\n- ~\n- 5", [(3, 3), (4, 3)]),
        ("nav:\n- a.md:\n- [a.md]", [(2, 3), (3, 3)]),
        ("nav:\n- Work:\n  - {a: b.md, c: d.md}", [(3, 5)]),
    ],
)
def test_an_entry_of_the_menu_that_leads_to_no_page_is_located(
    menu: str, places: list[tuple[int, int]]
) -> None:
    problems = read_site_configuration(f"{menu}\n".encode()).menu_problems
    assert [(problem.line, problem.column) for problem in problems] == places
