"""Letters that only look alike are found in Latin words; real words, units, and formulas are left alone."""

import time

import pytest

from handbook.text.look_alikes import look_alikes, may_look_alike
from handbook.text.phrase_search import Phrase, PhraseFinder, whole_words

FINDER = PhraseFinder(
    [
        Phrase(name, whole_words(name), name, ignores_case=True)
        for name in ("Facebook", "TikTok", "on X", "press@example.org", "Example Reading Network")
    ]
)
A, IE, OH = "\N{CYRILLIC SMALL LETTER A}", "\u0435", "\u043e"
HA = "\N{CYRILLIC CAPITAL LETTER HA}"
ALIKE = (
    (f"F{A}cebook", "Facebook"),
    (f"F{A}ceb{OH}{OH}k", "Facebook"),
    (f"Posted on {HA}.", "on X"),
    (f"Write to pr{IE}ss@example.org.", "press@example.org"),
    (f"The Ex{A}mple  Reading Network.", "Example Reading Network"),
    (f"Enter your p{A}ssword.", "password"),
    ("\N{CYRILLIC CAPITAL LETTER A}ccount", "Account"),
    ("Keep your privac\u0443.", "privacy"),
    ("F\N{GREEK SMALL LETTER ALPHA}cebook", "Facebook"),
    ("Passw\N{GREEK SMALL LETTER OMICRON}rd", "Password"),
    ("\N{GREEK CAPITAL LETTER ALPHA}ccount", "Account"),
    ("passw\N{ARMENIAN SMALL LETTER OH}rd", "password"),
    ("\N{CHEROKEE LETTER GO}ccount", "Account"),
    ("\N{LISU LETTER A}ccount", "Account"),
    ("T\N{LATIN SMALL LETTER DOTLESS I}kTok", "TikTok"),
    ("ғᴀᴄᴇʙᴏᴏᴋ".replace("ғ", "ꜰ"), "facebook"),
    ("🅵🅰🅲🅴🅱🅾🅾🅺", "FACEBOOK"),
    ("\u0422\u0456\u043a\u0422\u043e\u043a", "TikTok"),
    ("Post on \u0422\u0456\u043a\u0422\u043e\u043a today.", "TikTok"),
)
REAL = (
    "Facebook",
    "Работайте вместе: это важно. Мета наука, соус, хор, рост.",
    "Пишіть у \u0422\u0456\u043a\u0422\u043e\u043a сьогодні.",
    "Читаем Facebookа и VKа каждый день.",
    "twitterом и iPhoneы",
    "Ο κόσμος της πολιτικής, ΤΟ ΚΡΑΤΟΣ",
    "5 µm, 5 μm, 3 kΩ, 3 k\u2126, 20 °C, π r², Δt, λx, Σx, sinθcos, TNFα, IFNγ, NF-κB, α-helix, hν",
    "naïve façade Zürich Łódź Đặng ŞIRKET ışık",
    "数 Tシャツ, LINEで, 微信",
    "😀 ❤️ 🇫🇧 ™ © №",
    "COVID-19, H2O, CO₂, 1ª, nº",
    "שלום hello مرحبا",
)


@pytest.mark.parametrize(("text", "plain"), ALIKE)
def test_letters_that_look_alike_are_found_with_what_they_spell(text: str, plain: str) -> None:
    (look_alike,) = look_alikes(text, [FINDER], "en")
    assert look_alike.looks_like == plain
    assert text[look_alike.start :].startswith(look_alike.text.split()[0])
    assert look_alike.letters
    assert may_look_alike(text)


@pytest.mark.parametrize("text", REAL)
def test_real_words_units_and_formulas_are_left_alone(text: str) -> None:
    assert list(look_alikes(text, [FINDER], "en")) == []


def test_a_word_alone_in_its_line_counts_as_foreign_in_a_foreign_text() -> None:
    assert list(look_alikes("\u0422\u0456\u043a\u0422\u043e\u043a\nЦе мережа.", [FINDER], "uk")) == []


def test_the_letters_are_named() -> None:
    (look_alike,) = look_alikes(f"F{A}ceb{OH}{OH}k", [FINDER], "en")
    assert look_alike.letters == "Cyrillic small letter a, Cyrillic small letter o"


def test_letters_as_entities_and_in_expressions_are_not_passed_over() -> None:
    assert may_look_alike("F&#1072;cebook")
    assert may_look_alike("F&acy;cebook")
    assert may_look_alike("{{ f('F\\u0430cebook') }}")
    assert not may_look_alike("Q & A, R&D, é, 微信")


@pytest.mark.parametrize(
    "flood", [A, f"a{A} ", f"a{A}", f"{A}a", f"{A} ", f"a{A}\n", "α", "aα", f"F{A}cebook "]
)
def test_a_flood_of_such_letters_is_read_at_once(flood: str) -> None:
    text = flood * (250_000 // len(flood))
    start = time.process_time()
    list(look_alikes(text, [FINDER], "en"))
    assert time.process_time() - start < 3
