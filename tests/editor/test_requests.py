"""What is saved on a platform: a branch and a request to merge it, and nothing on the main branch."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from handbook.editing.configuration import configuration
from handbook.editing.editor_files import FOLDER, editor_files, replace_folder
from handbook.editing.saving import saving_of
from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from handbook.registers.services import Editor
from scripts.development.served_site import served
from tests.conftest import make_folder
from tests.editor import forgejo, gitlab
from tests.editor.conftest import EditorTab, opened
from tests.editor.github import BRANCH, HEAD, REPOSITORY, GitHub
from tests.editor.test_editing import FORMS, FRENCH, changes

TOKEN = "a-token-of-ann"  # noqa: S105 - of nobody


ON_GITHUB = {"repository": f"https://github.com/{REPOSITORY}", "repository_service": None}
ON_GITLAB = {"repository": f"{gitlab.HOST}/{REPOSITORY}", "repository_service": "gitlab"}
ON_FORGEJO = {
    "repository": f"{forgejo.HOST}/{REPOSITORY}",
    "repository_service": None,
    "editor": Editor(branch="edits"),
}
FILES = {
    "docs/policy/work.md": FORMS["both"],
    "docs/policy/work.fr.md": FRENCH.encode(),
    "README.md": b"# Handbook\n",
}


def make_site(packages: Path, root: Path, told: Mapping[str, object] = ON_GITHUB, **changes: object) -> Path:
    """Make the editor of a handbook, with changes of each collection."""
    registers = read_registers(Folder(make_folder(root / "handbook")))
    saving = saving_of(registers.organization.model_copy(update=told))
    settings = configuration(
        registers, ["docs/policy"], saving.settings(), makes_requests=saving.makes_requests
    )
    for collection in settings["sveltia"]["collections"]:
        collection.update(changes)
    files = editor_files(packages, settings, saving.api_host, "en")
    replace_folder(root / "site" / FOLDER, files)
    return root / "site"


@pytest.fixture(scope="session")
def address(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(make_site(packages, tmp_path_factory.mktemp("platform"))) as address:
        yield address


@pytest.fixture
def github() -> GitHub:
    return GitHub(FILES, TOKEN)


@contextmanager
def editor_at(browser: Browser, address: str, github: GitHub) -> Iterator[EditorTab]:
    with opened(browser.new_context(), address) as tab:
        tab.page.route("https://api.github.com/**", lambda route: github.answer(route))
        yield tab


@pytest.fixture
def editor(browser: Browser, address: str, github: GitHub) -> Iterator[EditorTab]:
    with editor_at(browser, address, github) as tab:
        yield tab


def sign_in(editor: EditorTab, token: str = TOKEN) -> None:
    editor.page.goto(f"{editor.address}{FOLDER}/")
    editor.page.get_by_role("button", name="Sign In Using Access Token").click()
    editor.page.get_by_role("textbox").fill(token)
    editor.page.get_by_role("button", name="Sign In", exact=True).click()


def start_changing_a_word(editor: EditorTab) -> None:
    sign_in(editor)
    editor.page.get_by_role("tree", name="Collection List").wait_for()
    editor.edit("policy/work")
    text = editor.page.get_by_role("textbox").nth(2)
    text.fill(text.input_value().replace("Lists and", "Rows and"))


def change_a_word(editor: EditorTab) -> Locator:
    """Change a word and save it; return the button that sends the draft for review."""
    start_changing_a_word(editor)
    editor.page.get_by_role("button", name="Save", exact=True).click()
    send = editor.page.get_by_role("alertdialog").get_by_role("button", name="Send for Review")
    send.wait_for()
    return send


def send_for_review(editor: EditorTab, send: Locator) -> None:
    """Send the draft, and wait until the platform has answered."""
    with editor.page.expect_response(lambda answer: answer.request.method in ("PATCH", "PUT")):
        send.click()


def assert_one_line_changed(written: dict[str, bytes]) -> None:
    """Hold that the page has one other line, and that its translation is as it was."""
    assert changes(FORMS["both"], written["docs/policy/work.md"]) == [
        "- *   Lists and\ttables stay:\r\n",
        "+ *   Rows and\ttables stay:\r\n",
    ]
    assert written["docs/policy/work.fr.md"] == FRENCH.encode()
    assert len(written) == 2


def test_a_change_becomes_a_branch_and_a_request_on_github(editor: EditorTab, github: GitHub) -> None:
    send = change_a_word(editor)
    assert github.branches == [f"refs/heads/{BRANCH}"]
    (commit,) = github.commits
    assert commit["branch"]["branchName"] == BRANCH
    assert commit["expectedHeadOid"] == HEAD
    assert commit["fileChanges"]["deletions"] == []
    assert_one_line_changed(github.written())
    (request,) = github.requests
    assert (request["head"], request["base"], request["draft"]) == (BRANCH, "main", True)
    assert github.label == "sveltia-cms/draft"
    send_for_review(editor, send)
    assert github.label == "sveltia-cms/pending_review"
    assert github.unknown == []


def test_a_change_becomes_a_branch_and_a_request_on_gitlab(
    browser: Browser, packages: Path, tmp_path: Path
) -> None:
    platform = gitlab.GitLab(FILES, TOKEN)
    with (
        served(make_site(packages, tmp_path, ON_GITLAB)) as address,
        opened(browser.new_context(), address) as editor,
    ):
        editor.page.route(f"{gitlab.HOST}/**", lambda route: platform.answer(route))
        send = change_a_word(editor)
        assert_one_line_changed(platform.written())
        (commit,) = platform.commits
        assert (commit["branch"], commit["start_branch"]) == (BRANCH, "main")
        assert {action["action"] for action in commit["actions"]} == {"update"}
        (request,) = platform.requests
        assert (request["source_branch"], request["target_branch"]) == (BRANCH, "main")
        assert request["labels"] == "sveltia-cms/draft"
        assert request["title"].startswith("Draft: ")
        send_for_review(editor, send)
        assert platform.changes[0]["add_labels"] == "sveltia-cms/pending_review"
        assert platform.unknown == []


def test_on_forgejo_a_change_goes_to_the_branch_that_is_not_published(
    browser: Browser, packages: Path, tmp_path: Path
) -> None:
    platform = forgejo.Forgejo(FILES, TOKEN)
    with (
        served(make_site(packages, tmp_path, ON_FORGEJO)) as address,
        opened(browser.new_context(), address) as editor,
    ):
        editor.page.route(f"{forgejo.HOST}/**", lambda route: platform.answer(route))
        start_changing_a_word(editor)
        editor.save()
        assert_one_line_changed(platform.written())
        assert platform.commits[0]["branch"] == "edits"
        assert platform.unknown == []


@pytest.mark.parametrize("offered", [False, True])
def test_nobody_is_offered_to_publish(
    browser: Browser, packages: Path, tmp_path: Path, github: GitHub, offered: bool
) -> None:
    """The button is there if the configuration allows it, so the test can fail."""
    github.changed = {"docs/policy/work.md": FORMS["both"].replace(b"Lists", b"Rows")}
    github.label = "sveltia-cms/pending_publish"
    site = make_site(packages, tmp_path, publish=offered)
    with served(site) as address, editor_at(browser, address, github) as editor:
        sign_in(editor)
        editor.page.get_by_role("tree", name="Collection List").wait_for()
        editor.edit("policy/work")
        assert "Rows and" in editor.page.get_by_role("textbox").nth(2).input_value()
        publish = editor.page.get_by_role("button", name="Publish")
        if offered:
            publish.wait_for()
        assert publish.count() == offered


def test_somebody_without_a_token_sees_no_page(editor: EditorTab, github: GitHub) -> None:
    sign_in(editor, "no-token")
    editor.page.get_by_role("alert").first.wait_for()
    assert editor.page.get_by_role("tree").count() == 0
    assert github.commits == []


def test_files_are_refused_because_nobody_would_approve_them(
    editor: EditorTab, github: GitHub, tmp_path: Path
) -> None:
    """Sveltia CMS sends them to the main branch at once."""
    (tmp_path / "party.pdf").write_bytes(b"%PDF-1.7")
    sign_in(editor)
    editor.page.get_by_role("tree", name="Collection List").wait_for()
    editor.show("assets")
    editor.page.get_by_role("button", name="Upload New Assets").first.click()
    with editor.page.expect_file_chooser() as chooser:
        editor.page.get_by_role("button", name="Choose Files").click()
    chooser.value.set_files(tmp_path / "party.pdf")
    dialog = editor.page.get_by_role("alertdialog", name="Upload New Assets")
    dialog.get_by_role("group", name="Oversized Files").wait_for()
    assert dialog.get_by_role("button", name="Upload", exact=True).is_disabled()
    assert github.commits == []
