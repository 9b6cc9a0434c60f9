"""The English and the French in which pages are written become the variants that an organization chose."""

import shutil
from pathlib import Path

import pytest

from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from handbook.registers.loading import parse_register
from handbook.registers.spelling import FILE, SpellingRegister, spelling_of
from handbook.templating.macro import MacroError
from macros.context.registry import MacroContext
from macros.context.site import Site, site_of
from macros.definitions.money import money
from macros.presentation.variants import SpelledVariant, Variants
from tests.conftest import ROOT

pytestmark = pytest.mark.sample

NAMES = frozenset({"Example Labor Network", "Notice of November 3, 2025", "Read & Color"})
VALUES = frozenset({"Monday, 9 a.m. to 5 p.m.", "Color House"})


def _variants(code: str) -> Variants:
    register, _ = parse_register(Folder(ROOT).read(FILE) or b"", FILE, SpellingRegister)
    english = SpelledVariant(code, spelling_of(code, register), NAMES, VALUES)
    french = SpelledVariant("fr-CA", spelling_of("fr-CA", register))
    return Variants({"en": code, "fr": "fr-CA"}, {"en": english, "fr": french})


BRITISH = _variants("en-GB")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Recognize colors in practice, and to practice.", "Recognise colours in practice, and to practise."),
        ("LABOR, Labor, labor-related", "LABOUR, Labour, labour-related"),
        ("The size of a prize", "The size of a prize"),
        ("A license to license a training program", "A licence to license a training programme"),
        ("A program of the computer", "A program of the computer"),
        ("The National Labor Relations Board", "The National Labor Relations Board"),
        ("The Example Labor Network organizes", "The Example Labor Network organises"),
        ("labor@example.org, docs/color.css, color.css", "labor@example.org, docs/color.css, color.css"),
        ("policy to practice", "policy to practice"),
        ("On November 20, 2026, and May 4", "On 20 November 2026, and 4 May"),
        ("In May 2026, version 3", "In May 2026, version 3"),
        ("March 3 to 5, Sept. 9", "3 to 5 March, 9 Sept"),
        ("See the Notice of November 3, 2025.", "See the Notice of 3 November 2025."),
        ("Color House, Monday, 9 a.m. to 5 p.m.", "Color House, Monday, 9 a.m. to 5 p.m."),
        ("We open at 6 p.m. Come in.", "We open at 6pm. Come in."),
        ("From 9:30 a.m. to 5 p.m. Monday to Friday", "From 9:30am to 5pm Monday to Friday"),
        ("The doors of the main library open at 6 p.m.", "The doors of the main library open at 6pm."),
    ],
)
def test_british_readers_see_british_english(written: str, shown: str) -> None:
    assert BRITISH.text(written, "en") == shown
    assert BRITISH.text(shown, "en") == shown
    assert BRITISH.text(written, "fr") == written


def test_canadians_share_some_of_it() -> None:
    shown = _variants("en-CA").text("Organize the color center by November 20, 2026, at 6 p.m.", "en")
    assert shown == "Organize the colour centre by November 20, 2026, at 6 p.m."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<p lang="en">color</p>', '<p lang="en-GB">colour</p>'),
        ('<p lang="fr">color <b>labor</b></p> color', '<p lang="fr-CA">color <b>labor</b></p> colour'),
        (
            '<p lang="fr">color <i lang="en">color</i> color</p>',
            '<p lang="fr-CA">color <i lang="en-GB">colour</i> color</p>',
        ),
        ('<p lang="fr">a <p>b</p> color</p> color', '<p lang="fr-CA">a <p>b</p> color</p> colour'),
        ("<code>color</code> <pre>color</pre> color", "<code>color</code> <pre>color</pre> colour"),
        ('<b translate="no">color</b> color', '<b translate="no">color</b> colour'),
        (
            "<cite>Color</cite><script>color < 1</script>color",
            "<cite>Color</cite><script>color < 1</script>colour",
        ),
        (
            '<a href="/color/" id="color" title="Color">x</a>',
            '<a href="/color/" id="color" title="Colour">x</a>',
        ),
        ('<img alt="A color > gray" src="color.png">', '<img alt="A colour > grey" src="color.png">'),
        (
            '<b data-dark="Use colors" data-kind="color">x</b>',
            '<b data-dark="Use colours" data-kind="color">x</b>',
        ),
        (
            '<meta lang="fr" content="color"><title>Color</title>',
            '<meta lang="fr-CA" content="color"><title>Colour</title>',
        ),
        ('<a hreflang="en" data-lang="en">x</a>', '<a hreflang="en-GB" data-lang="en">x</a>'),
        (
            "<!-- color --> <p>Read &amp; Color in color</p>",
            "<!-- color --> <p>Read &amp; Color in colour</p>",
        ),
        ('<svg lang="en"/>color', '<svg lang="en-GB"/>colour'),
    ],
)
def test_only_what_readers_read_in_english_changes(written: str, shown: str) -> None:
    assert BRITISH.markup(written, "en") == shown
    assert BRITISH.markup(shown, "en-GB") == shown


def test_a_handbook_without_variants_stays_as_it_is_written() -> None:
    written = '<p lang="en">color, November 20, 2026</p>'
    assert Variants({"en": "en", "fr": "fr"}).markup(written) == written
    american = Variants({"en": "en-US"}, {"en": SpelledVariant("en-US")})
    assert american.markup(written) == written.replace('"en"', '"en-US"')


@pytest.mark.parametrize(
    ("languages", "jurisdictions", "shown"),
    [
        ("[en-GB]", "[us]", "£1,500"),
        ("[en-US]", "[uk]", "$1,500"),
        ("[en]", "[uk]", "£1,500"),
        ("[en]", "[eu, us]", "€1,500"),
        ("[fr-CA]", "[fr]", "1\u00a0500\u00a0$"),
        ("[fr]", "[fr]", "1\u202f500\u00a0€"),
    ],
)
def test_a_sum_has_the_currency_of_its_readers(
    tmp_path: Path, languages: str, jurisdictions: str, shown: str
) -> None:
    for folder in ("registers", "sample"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    text = (ROOT / "organization.yml").read_text("utf-8").replace("[en, fr]", languages)
    organization = text.replace("[us, ca]", jurisdictions)
    (tmp_path / "organization.yml").write_text(organization, encoding="utf-8")
    site = site_of(read_registers(Folder(tmp_path)))
    assert money(MacroContext(site, site.main_language), 1500) == shown


def test_a_sum_is_a_number(site: Site) -> None:
    with pytest.raises(MacroError, match="money\\(40\\)"):
        money(MacroContext(site, "en"), "forty")  # type: ignore[arg-type]


def test_what_is_done_stays_and_the_rest_knows_its_language() -> None:
    done = "<p>a color</p>"
    page = f'<html lang="en"><title>Color</title><div lang="fr">{done}</div><footer>color</footer>'
    assert BRITISH.markup(page, done=done) == (
        f'<html lang="en-GB"><title>Colour</title><div lang="fr-CA">{done}</div><footer>colour</footer>'
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Le week-end, personne ne répond.", "La fin de semaine, personne ne répond."),
        ("Ce week-end et les week-ends de mai", "Cette fin de semaine et les fins de semaine de mai"),
        ("Dites-le par e-mail ou par SMS.", "Dites-le par courriel ou par texto."),
        ("week-end@example.org", "week-end@example.org"),
        ("Le 3 juin, à 9 h", "Le 3 juin, à 9 h"),
    ],
)
def test_canadian_readers_see_the_french_of_canada(written: str, shown: str) -> None:
    assert BRITISH.text(written, "fr") == shown
    assert BRITISH.text(written, "en") == written
