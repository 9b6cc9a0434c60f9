"""A handbook builds with any language first, and each text says the language that it is in."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from macros.plugin import read_site
from scripts.cli import main
from tests.builds import build, build_site
from tests.conftest import PAGE, TODAY, made_once, make_folder

SEUL = PAGE.replace("A page", "Seule").replace("Text.", "{{ a_to_z() }}\n\n{{ policies() }}")
ALTERNATE = re.compile(r'rel="alternate" hreflang="\S+" href="[^"]+\.org/([^"]*)"')
FALLBACK = 'class="fallback">Cette page n’existe pas encore en français.'
OTHER = PAGE.replace("A page", "Other").replace("Text.", '{{ accounts("x") }}')
PURPOSE = "{en: Notices and answers to the press, fr: Avis et réponses à la presse}"
# Each setting, and the folder of its second language.
SETTINGS = {
    "[fr, en]": ("fr", "en"),
    "[en-GB, fr]": ("en-GB", "fr"),
    "[fr-CA, en-CA]": ("fr-CA", "en-CA"),
    "[fr]": ("fr",),
}
CONTINUITY = re.compile(r"title:\n +en: Business continuity plan\n +fr: .+")
Write = Callable[[str, str | bytes], Path]


def _with_languages(root: Path, languages: str) -> Path:
    """Let the handbook of the fixtures have a page in both languages, one in English, and one in French."""
    file = root / "organization.yml"
    text = file.read_text(encoding="utf-8").replace("languages: [en, fr]", f"languages: {languages}")
    assert PURPOSE in text
    file.write_text(text.replace(PURPOSE, "Avis"), encoding="utf-8")
    policies = root / "registers" / "policies.yml"
    policies.write_text(
        CONTINUITY.sub("title: Business continuity plan", policies.read_text("utf-8")), "utf-8"
    )
    docs = root / "docs"
    (docs / "other.md").write_text(OTHER, encoding="utf-8")
    (docs / "plan.md").write_text(PAGE.replace("Text.", "![A plan](plan.png)"), encoding="utf-8")
    (docs / "index.fr.md").write_text(PAGE.replace("A page", "Une page"), encoding="utf-8")
    (docs / "seul.fr.md").write_text(SEUL, encoding="utf-8")
    for name, width in (("plan.png", 1), ("plan.fr.png", 2)):
        Image.new("RGB", (width, 1)).save(docs / name)
    return root


@pytest.fixture(scope="module", params=SETTINGS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The setting of a handbook, and its site."""

    def make(folder: Path) -> None:
        build_site(_with_languages(make_folder(folder.with_suffix(".source")), request.param), folder)

    name = re.sub(r"\W+", "-", f"first{request.param}")
    return request.param, made_once(tmp_path_factory, name, make)


def _html(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def _code(setting: str, language: str) -> str:
    return next((code for code in SETTINGS[setting] if code.startswith(language)), language)


def _folder(setting: str, language: str) -> str:
    """Return the folder of a language; readers of one that the handbook lacks are at the top."""
    others = (code for code in SETTINGS[setting][1:] if code.startswith(language))
    return f"{language}/" if next(others, None) else ""


def _texts(html: str) -> tuple[str, str]:
    """Return the language of a document, and that of the text of its page."""
    whole, text = re.search(r'<html lang="(.+?)"', html), re.search(r'<div class="text" lang="(.+?)"', html)
    assert whole
    assert text
    return whole[1], text[1]


def test_each_page_says_the_language_it_is_in(built: tuple[str, Path]) -> None:
    setting, site = built
    for number, language in enumerate(SETTINGS[setting]):
        folder = f"{language[:2]}/" if number else ""
        english, french = _code(setting, "en"), _code(setting, "fr")
        assert _texts(_html(site, folder)) == (language, language)
        assert _texts(_html(site, f"{folder}other")) == (language, english)
        # Readers of another language than the main one get what is in that, and not the other way round.
        if language == french or SETTINGS[setting][0] == french:
            assert _texts(_html(site, f"{folder}seul")) == (language, french)
        else:
            assert not (site / folder / "seul").exists()


def test_french_readers_are_told_that_a_text_is_in_english(built: tuple[str, Path]) -> None:
    setting, site = built
    folder = _folder(setting, "fr")
    html = _html(site, f"{folder}other")
    assert FALLBACK in html
    assert "anglais.</p>" in html
    assert 'class="fallback"' not in _html(site, folder)
    assert 'class="fallback"' not in _html(site, f"{folder}seul")


def test_a_list_of_pages_says_the_language_of_each_title(built: tuple[str, Path]) -> None:
    setting, site = built
    english = _code(setting, "en")
    listed = _html(site, f"{_folder(setting, 'fr')}seul").partition('class="a-to-z"')[2]
    assert f'<span lang="{english}">Other</span>' in listed
    assert ">Une page<" in listed


def test_a_text_without_a_language_is_in_the_main_one(built: tuple[str, Path]) -> None:
    """A text of organization.yml is; one of a register is in English."""
    setting, site = built
    first = SETTINGS[setting][0]
    shown = f'<span lang="{first}">Avis</span>' if first.startswith("fr") else "<td>Avis</td>"
    assert shown in _html(site, f"{_folder(setting, 'en')}other")
    policies = _html(site, f"{_folder(setting, 'fr')}seul").partition('class="a-to-z"')[2]
    assert f'<span lang="{_code(setting, "en")}">Business continuity plan</span>' in policies


def test_a_picture_is_that_of_the_language(built: tuple[str, Path]) -> None:
    setting, site = built
    for language, width in (("en", 1), ("fr", 2)):
        if any(code.startswith(language) for code in SETTINGS[setting]):
            address = re.search(r'<img[^>]* src="(.+?)"', _html(site, f"{_folder(setting, language)}plan"))
            assert address
            with Image.open(site / _folder(setting, language) / "plan" / address[1]) as picture:
                assert picture.width == width


def test_only_a_text_in_a_language_is_given_out_as_one(built: tuple[str, Path]) -> None:
    setting, site = built
    for file in site.rglob("*.html"):
        for address in ALTERNATE.findall(file.read_text(encoding="utf-8")):
            assert len(set(_texts(_html(site, address)))) == 1, (file, address)
    listed = (site / "sitemap.xml").read_text(encoding="utf-8")
    own = re.findall(r"<loc>https://handbook\.example\.org/(.*)</loc>", listed)
    # A page in English that nobody gets, because it is translated, is not published at all.
    assert len(own) == (4 if setting == "[fr]" else 5)
    fallbacks = [address for address in own if len(set(_texts(_html(site, address)))) > 1]
    assert fallbacks == (["other/", "plan/"] if setting == "[fr]" else [])


def test_the_page_for_missing_addresses_and_the_search_are_in_each_language(built: tuple[str, Path]) -> None:
    setting, site = built
    first = SETTINGS[setting][0]
    assert f'<html lang="{first}"' in (site / "404.html").read_text(encoding="utf-8")
    indexes = {file.stem for file in (site / "search").glob("*.json")}
    assert indexes == {code[:2] for code in SETTINGS[setting]}


def test_the_switch_leads_to_the_same_page(built: tuple[str, Path]) -> None:
    setting, site = built
    switches = re.findall(r'class="header__language" href="(.+?)"', _html(site, "other"))
    assert switches == [f"../{code[:2]}/other/" for code in SETTINGS[setting][1:]]


def test_each_language_can_come_first_in_the_check(folder: Path) -> None:
    """A page that only exists in another language is not a dead link, and is named without its suffix."""
    _with_languages(folder, "[fr, en]")
    text = PAGE.replace("Text.", "[un](index.md), [deux](other.md), [trois](seul.md), [quatre](rien.md)")
    (folder / "docs" / "seul.fr.md").write_text(text, encoding="utf-8")
    arguments = ["check", "--root", str(folder), "--today", TODAY.isoformat(), "docs/seul.fr.md"]
    shown = CliRunner().invoke(main, arguments).stdout
    assert [line.split()[2] for line in shown.splitlines()] == ["REV005", "LNK001"]
    assert "rien.md" in shown


def test_english_is_not_named_beside_another_main_language(folder: Path, write: Write) -> None:
    _with_languages(folder, "[fr, en]")
    write("docs/third.en.md", PAGE)
    arguments = ["check", "--root", str(folder), "--today", TODAY.isoformat()]
    assert "rename it to third.md" in CliRunner().invoke(main, arguments).stdout


def test_a_language_without_texts_ends_a_build_with_one_sentence(folder: Path, tmp_path: Path) -> None:
    _with_languages(folder, "[de, en]")
    checked = CliRunner().invoke(main, ["check", "--root", str(folder)])
    done = build(folder, tmp_path / "site")
    for code, said in ((checked.exit_code, checked.output), (done.returncode, done.stderr)):
        assert code != 0
        assert "Traceback" not in said
        assert sum("the handbook cannot be built in 'de'" in line for line in said.splitlines()) == 1


def test_texts_that_lack_a_language_are_one_line(folder: Path) -> None:
    file = folder / "organization.yml"
    text = re.sub(r"\{en: (.+?), fr: .+?\}", r"{en: \1}", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    shown = CliRunner().invoke(main, ["check", "--root", str(folder)])
    assert shown.exit_code == 2
    assert [line for line in shown.stderr.splitlines() if "more texts of this file" in line] == [
        line for line in shown.stderr.splitlines() if "organization.yml" in line
    ]


def test_a_register_in_another_language_says_so(folder: Path) -> None:
    """German has no texts in the registers of the sample, so its readers get those in English."""
    (folder / "macros" / "catalog" / "de.yml").write_text("", encoding="utf-8")
    _with_languages(folder, "[fr]")
    site = read_site(folder)
    text = {"en": "account", "de": "Konto"}
    assert site.say_of_register(text, "fr").language == "en"
    assert site.say_of_register("account", "fr").language == "en"
    assert site.say("compte", "en").language == "fr"
    assert site.say_of_register({"de": "Konto"}, "fr").language == "de"
