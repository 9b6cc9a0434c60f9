"""What the macros about platforms show."""

import datetime
from dataclasses import replace

import pytest

from handbook.registers.platforms import Platform, PlatformAddresses
from handbook.templating.macro import MacroError
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions.platforms import platform_addresses

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
