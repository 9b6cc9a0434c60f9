"""What the macros about platforms show."""

import datetime
from dataclasses import replace

import pytest

from handbook.registers.platforms import Platform, PlatformAddresses
from handbook.templating.macro import MacroError
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.platforms import personal_use, platform_addresses, platform_pages

PIXEL = Platform(
    name="Pixel",
    addresses=PlatformAddresses(
        recovery="https://pixel.example/hacked?a=1", status="https://status.example/"
    ),
    addresses_checked=datetime.date(2026, 11, 27),
)


def _here(site: Site, language: str = "en", **platforms: Platform) -> MacroContext:
    known = site.registers.platforms.model_copy(update={"platforms": platforms})
    return MacroContext(replace(site, registers=replace(site.registers, platforms=known)), language)


def test_an_address_is_readable_on_paper_and_what_is_unknown_is_left_out(site: Site) -> None:
    shown = str(platform_addresses(_here(site, pixel=PIXEL), "pixel"))
    assert '<a href="https://pixel.example/hacked?a=1">pixel.example/hacked?a=1</a>' in shown
    assert shown.count("<li>") == 2
    assert '<time datetime="2026-11-27">Nov 27, 2026</time>' in shown


def test_addresses_are_in_the_order_of_need(site: Site) -> None:
    shown = str(platform_addresses(_here(site, "fr", pixel=PIXEL), "pixel"))
    assert shown.index("Accès perdu ou compte piraté\u00a0:") < shown.index("Une panne\u00a0?")


def test_a_platform_without_addresses_leads_to_somebody_who_helps(site: Site) -> None:
    shown = str(platform_addresses(_here(site, pixel=Platform(name="Pixel")), "pixel"))
    assert "We know no address of Pixel yet." in shown
    assert 'href="mailto:security@example.org"' in shown


def test_an_unknown_platform_is_told_with_the_nearest(site: Site) -> None:
    with pytest.raises(MacroError, match="there is no platform 'pixl'; did you mean 'pixel'\\?"):
        platform_addresses(_here(site, pixel=PIXEL), "pixl")


def test_what_everybody_needs_first_is_shown_for_each_platform_that_we_use(site: Site) -> None:
    """The sample has an account on X, and none on Pixel."""
    shown = str(platform_addresses(_here(site, x=PIXEL, pixel=Platform(name="Unused"))))
    assert 'Locked out or hacked: <a href="https://pixel.example/hacked?a=1">' in shown
    assert "status.example" not in shown
    assert "Unused" not in shown


def test_a_platform_that_we_use_without_an_address_leads_to_somebody_who_helps(site: Site) -> None:
    shown = str(platform_addresses(_here(site, x=Platform(name="X"))))
    assert "We know no address of X yet." in shown
    assert 'href="mailto:security@example.org"' in shown


def test_the_table_has_the_platforms_that_we_use(site: Site) -> None:
    used = Platform(name="X", good_for="Notices", takes="Time")
    shown = str(platform_pages(_here(site, x=used, pixel=PIXEL)))
    assert '<a href="docs/platforms/x.md">X</a></td><td>Notices</td><td>Time</td><td></td>' in shown
    assert "Pixel" not in shown


def test_advice_for_private_accounts_is_for_every_platform(site: Site) -> None:
    other = Platform(name="Pixel", personal={"en": "Look twice.", "fr": "Regardez deux fois."})
    shown = str(personal_use(_here(site, "fr", x=Platform(name="X"), pixel=other)))
    assert "<strong>Pixel:</strong> Regardez deux fois." in shown
    assert "X" not in shown


def test_without_an_account_each_list_says_so(site: Site) -> None:
    here = _here(site, pixel=PIXEL)
    assert "no official account" in str(platform_pages(here))
    assert "no official account" in str(platform_addresses(here))
