"""The language that a reader chose is remembered on the device, and decides how the start page opens."""

import re

from playwright.sync_api import Browser, expect


def test_the_start_page_opens_in_the_language_that_was_chosen(browser: Browser, sample_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{sample_address}practice/photo-check/")
    page.locator("a.header__language").click()
    expect(page).to_have_url(f"{sample_address}fr/practice/photo-check/")
    page.goto("about:blank")
    page.goto(sample_address)
    expect(page).to_have_url(f"{sample_address}fr/")
    page.goto("about:blank")
    page.goto(f"{sample_address}?q=photo")
    expect(page).to_have_url(f"{sample_address}fr/?q=photo")
    page.locator("a.header__language").click()
    expect(page).to_have_url(re.compile(f"^{re.escape(sample_address)}$"))
    page.goto("about:blank")
    page.goto(sample_address)
    expect(page).to_have_url(sample_address)
    # A page that somebody sent opens in the language in which it was sent.
    page.goto(f"{sample_address}fr/practice/photo-check/")
    expect(page).to_have_url(f"{sample_address}fr/practice/photo-check/")
    context.close()
