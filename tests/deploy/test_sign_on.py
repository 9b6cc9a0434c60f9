"""Behind single sign-on: nothing before, everything after, and Audit for those who may see it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.deploy.servers import Answer, Server

PAGE = "policy/work/"
CLOSED = (
    "/",
    "/policy/work/",
    "/policy/work",
    "/policy/work/index.html",
    "/policy/work/index.html.gz",
    "/policy//work/./index.html",
    "/fr/",
    "/latest/",
    "/latest/policy/work/",
    "/2026.1/policy/work/",
    "/search/en.json",
    "/search/fr.json",
    "/latest/search/en.json",
    "/reviews.ics",
    "/reviews/communications-lead.ics",
    "/sitemap.xml",
    "/sitemap.xml.gz",
    "/404.html",
    "/nowhere/",
    "/latest/nowhere/",
    "/audit/register/",
    "/audit/data/register.csv",
    "/.git/config",
    "/oauth2/auth",
)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A browser that has signed on nowhere."""
    with browser.new_context(ignore_https_errors=True) as context:
        yield context.new_page()


def _sign_on(tab: Page, person: str) -> None:
    tab.get_by_role("button", name=person, exact=True).click()


def _is_closed(answer: Answer, provider: str) -> bool:
    """Tell whether somebody is sent to the provider, or told that there is nothing, and reads no page."""
    if answer.status == 302:
        return (
            answer.headers["location"].startswith(f"{provider}/oauth2/authorize?") and len(answer.body) < 1000
        )
    return answer.status in (401, 404, 405) and len(answer.body) < 1000


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("path", CLOSED)
def test_nothing_is_shown_before_sign_on(
    closed_server: Server, identity_provider: str, path: str, method: str
) -> None:
    assert _is_closed(closed_server.ask(path, method, Accept="text/html"), identity_provider)
    assert _is_closed(closed_server.ask(path, method, Accept="*/*"), identity_provider)


def test_assets_are_not_shown_before_sign_on(
    closed_server: Server, served_site: Path, identity_provider: str
) -> None:
    files = [*served_site.glob("assets/*/*")]
    assert files
    for file in files:
        answer = closed_server.ask(f"/{file.relative_to(served_site).as_posix()}")
        assert _is_closed(answer, identity_provider)


@pytest.mark.parametrize("cookie", ["_oauth2_proxy=x", "mod_auth_openidc_session=x", "_oauth2_proxy="])
def test_an_invented_session_shows_nothing(
    closed_server: Server, identity_provider: str, cookie: str
) -> None:
    answer = closed_server.ask("/policy/work/", Cookie=cookie, Accept="text/html")
    assert answer.status == 302
    assert _is_closed(answer, identity_provider)


@pytest.mark.parametrize("header", ["X_Forwarded_User", "Remote_User", "OIDC_CLAIM_sub"])
def test_nobody_signs_on_by_a_header(closed_server: Server, identity_provider: str, header: str) -> None:
    answer = closed_server.ask("/policy/work/", Accept="text/html", **{header: "ann"})
    assert answer.status == 302
    assert _is_closed(answer, identity_provider)


def test_from_the_first_request_to_the_page(closed_server: Server, identity_provider: str, tab: Page) -> None:
    wanted = f"{closed_server.address}{PAGE}?q=a+photo&x=1"
    tab.goto(wanted)
    assert tab.url.startswith(identity_provider)
    _sign_on(tab, "ann")
    tab.wait_for_url(wanted)
    assert tab.locator("h1").is_visible()
    answer = tab.goto(f"{closed_server.address}fr/")
    assert answer
    assert (answer.status, answer.headers["cache-control"]) == (200, "private, no-cache")
    assert tab.url == f"{closed_server.address}fr/"


def test_what_a_signed_on_person_reads_has_the_headers_and_is_not_kept_by_others(
    closed_server: Server, served_site: Path, tab: Page
) -> None:
    tab.goto(closed_server.address)
    _sign_on(tab, "ann")
    tab.wait_for_url(closed_server.address)
    style = next(served_site.glob("assets/*/handbook.css")).relative_to(served_site).as_posix()
    for path, kept in (("", "no-cache"), (style, "max-age=31536000, immutable"), ("no/", "no-cache")):
        answer = tab.goto(f"{closed_server.address}{path}")
        assert answer
        assert answer.headers["cache-control"] == f"private, {kept}"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; ")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_page_that_is_missing_says_so_after_sign_on(closed_server: Server, tab: Page) -> None:
    tab.goto(f"{closed_server.address}latest/nowhere/")
    _sign_on(tab, "ann")
    answer = tab.goto(f"{closed_server.address}latest/nowhere/")
    assert answer
    assert answer.status == 404
    assert tab.locator("h1").is_visible()


def test_an_address_cannot_lead_elsewhere_after_sign_on(closed_server: Server, tab: Page) -> None:
    wanted = f"{closed_server.address}{PAGE}?rd=https://example.net/&target_link_uri=https://example.net/"
    tab.goto(wanted)
    _sign_on(tab, "ann")
    tab.wait_for_url(wanted)


@pytest.mark.parametrize(("person", "status"), [("ann", 403), ("ada", 200)])
@pytest.mark.parametrize(
    "path", ["audit/register/", "latest/audit/register/", "fr/audit/register/", "audit/data/register.csv"]
)
def test_audit_is_for_its_group_if_wanted(
    closed_server: Server, tab: Page, person: str, status: int, path: str
) -> None:
    tab.goto(f"{closed_server.address}{PAGE}")
    _sign_on(tab, person)
    tab.wait_for_url(f"{closed_server.address}{PAGE}")
    answer = tab.context.request.get(f"{closed_server.address}{path}", max_redirects=0)
    assert answer.status == status
