"""What is not in the language of the page around it says which language it is in."""

import json
import re
from pathlib import Path

import pytest

from tests.builds import build_site
from tests.conftest import PAGE, made_once, make_folder

NAVIGATION = """nav:
  - index.md
  - other.md
  - Our shops:
      - Gifts from shops: policy/gifts.md
      - policy/work.md
  - Managing people:
      - policy/staff.md
"""
PAGES = {
    "policy/gifts.md": PAGE,
    "policy/gifts.fr.md": PAGE.replace("A page", "Cadeaux"),
    "policy/work.md": PAGE.replace("A page", "Work & life") + "\n## One\n\n## Two\n\n## Three\n",
    "policy/staff.md": PAGE,
    "policy/staff.fr.md": PAGE.replace("A page", "Équipe"),
    "policy/seul.fr.md": PAGE.replace("A page", "Seule").replace("Text.", "{{ a_to_z() }}"),
}


def _build(root: Path) -> None:
    folder = make_folder(root.with_suffix(".source"))
    for name, text in PAGES.items():
        (folder / "docs" / name).parent.mkdir(exist_ok=True)
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    organization = (folder / "organization.yml").read_text(encoding="utf-8")
    for text in (
        "role: {en: Duty manager, fr: Cadre d’astreinte}",
        "reply_target: {en: one working day, fr: un jour ouvrable}",
    ):
        assert text in organization
        organization = organization.replace(text, re.sub(r"{en: (.*), fr: .*}", r"\1", text))
    (folder / "organization.yml").write_text(organization, encoding="utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(f"{NAVIGATION}{config.read_text(encoding='utf-8')}", encoding="utf-8")
    build_site(folder, root)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook in which some pages and titles are not translated, and one page is in French alone."""
    return made_once(tmp_path_factory, "languages", _build)


def _html(site: Path, address: str) -> str:
    text = (site / address / "index.html").read_text(encoding="utf-8")
    return re.sub(r">\s+<", "><", " ".join(text.split()))


def test_the_name_of_a_page_that_is_not_translated_has_its_language(built: Path) -> None:
    html = _html(built, "fr/policy/work")
    assert '<title lang="en">Work &amp; life - Example Reading Network: social media handbook</title>' in html
    assert '<meta name="description" lang="en"' in html
    assert '<span class="header__page" aria-hidden="true" lang="en">Work &amp; life</span>' in html
    assert '<ul lang="en"><li><a href="#one">One</a></li>' in html
    assert re.search(r'<li><a href="[^"]+" lang="en" aria-current="page">Work &amp; life</a>', html)
    for pattern in (r'<div lang="en"[^>]*><h1', r'<div class="text" lang="en"'):
        assert re.search(pattern, html)


def test_a_translated_page_says_nothing_of_other_languages(built: Path) -> None:
    html = _html(built, "fr/policy/staff")
    assert "<title>Équipe - Réseau de lecture Exemple" in html
    assert '<span class="header__page" aria-hidden="true">Équipe</span>' in html
    assert 'aria-current="page">Équipe</a>' in html


def test_a_title_of_the_navigation_is_in_the_main_language_unless_the_catalog_has_it(built: Path) -> None:
    html = _html(built, "fr/policy/gifts")
    assert '<h2 class="menu__title"><span lang="en">Our shops</span></h2>' in html
    assert '<h2 class="menu__title">Encadrer une équipe</h2>' in html
    assert 'lang="en" aria-current="page">Gifts from shops</a>' in html
    assert '<li><span lang="en">Our shops</span></li>' in html
    assert 'lang="en">' not in _html(built, "policy/gifts").partition("</header>")[0]


def test_a_page_in_one_language_alone_is_in_its_menu_and_has_no_switch(built: Path) -> None:
    html = _html(built, "fr/policy/seul")
    assert "header__language" not in html
    assert 'rel="alternate" hreflang' not in html
    assert 'aria-current="page">Seule</a>' in html
    assert not (built / "policy" / "seul").exists()
    assert "Seule" not in _html(built, "policy/staff")


def test_a_page_in_one_language_alone_lists_the_pages_that_its_readers_get(built: Path) -> None:
    listed = _html(built, "fr/policy/seul").partition('class="a-to-z"')[2]
    for address, title in (("./", "Seule"), ("../staff/", "Équipe"), ("../../", '<span lang="en">A page')):
        assert f'<li><a href="{address}">{title}' in listed


def test_a_switch_leads_to_a_page_that_is_there(built: Path) -> None:
    switches = [
        (file, address)
        for file in built.rglob("*.html")
        for address in re.findall(r'href="([^"]*)"[^>]*hreflang', file.read_text(encoding="utf-8"))
    ]
    assert switches
    for file, address in switches:
        targets = (built / address.lstrip("/"), file.parent / address)
        assert any((target / "index.html").exists() for target in targets), (file, address)


def test_a_contact_that_is_named_in_one_language_says_which(built: Path) -> None:
    html = _html(built, "fr/policy/staff")
    assert '<span class="emergency__contact"><span lang="en">Duty manager</span>' in html
    assert 'Réponse sous <span lang="en">one working day</span>' in html
    assert "Duty manager</span>" not in _html(built, "policy/staff")
    index = json.loads((built / "search" / "fr.json").read_text(encoding="utf-8"))
    assert [contact[4:] for contact in index["contacts"]] == [[]] * 6 + [["en"]]
