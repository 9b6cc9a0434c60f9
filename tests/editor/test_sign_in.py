"""Signing in without a token, in a window of another host, as the headers of the editor allow it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from handbook.editing.editor_files import FOLDER
from handbook.hosting.editor_headers import editor_headers
from handbook.registers.services import Editor
from scripts.development.served_site import served
from tests.editor.conftest import EditorTab, opened
from tests.editor.github import GitHub
from tests.editor.test_requests import FILES, ON_GITHUB, TOKEN, make_site

HELPER = "https://sign-in.example.org"
# What a helper answers at the end, when GitHub has told it who somebody is.
WINDOW = f"""<!doctype html>
<script>
addEventListener("message", (event) => {{
  if (event.data === "authorizing:github") {{
    opener.postMessage('authorization:github:success:{{"token": "{TOKEN}"}}', event.origin);
  }}
}});
opener?.postMessage("authorizing:github", "*");
</script>
"""


@pytest.fixture(scope="module")
def address(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    told = {**ON_GITHUB, "editor": Editor(sign_in_address=f"{HELPER}/auth")}
    with served(make_site(packages, tmp_path_factory.mktemp("sign-in"), told)) as address:
        yield address


@contextmanager
def signing_in(
    browser: Browser, address: str, headers: Mapping[str, str]
) -> Iterator[tuple[EditorTab, Page]]:
    """Open the editor as a host with these headers sends it, and the window of the helper."""

    def send(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, **headers})

    github = GitHub(FILES, TOKEN)
    with opened(browser.new_context(), address) as editor:
        context = editor.page.context
        context.route("https://api.github.com/**", lambda route: github.answer(route))
        context.route(f"{HELPER}/**", lambda route: route.fulfill(content_type="text/html", body=WINDOW))
        context.route(f"{address}{FOLDER}/", send)
        editor.page.goto(f"{address}{FOLDER}/")
        with editor.page.expect_popup() as popup:
            editor.page.get_by_role("button", name="Sign In with").click()
        yield editor, popup.value


def test_a_helper_of_another_host_signs_people_in(browser: Browser, address: str) -> None:
    headers = editor_headers("https://api.github.com")
    with signing_in(browser, address, headers) as (editor, window):
        assert window.url.startswith(f"{HELPER}/auth?provider=github&site_id=127.0.0.1")
        editor.page.get_by_role("tree", name="Collection List").wait_for()


def test_with_the_headers_of_other_pages_it_could_not(browser: Browser, address: str) -> None:
    """Which is why those of the editor differ, and why the test above can fail."""
    headers = {**editor_headers("https://api.github.com"), "Cross-Origin-Opener-Policy": "same-origin"}
    with signing_in(browser, address, headers) as (editor, window):
        window.wait_for_load_state()
        assert window.evaluate("opener === null")
        assert editor.page.get_by_role("tree").count() == 0
