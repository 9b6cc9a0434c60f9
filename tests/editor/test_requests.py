"""What is saved on a platform: a branch and a request to merge it, and nothing on the main branch."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from handbook.editing.configuration import configuration
from handbook.editing.editor_files import FOLDER, editor_files, replace_folder
from handbook.editing.saving import saving_of
from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from scripts.development.served_site import served
from tests.conftest import make_folder
from tests.editor.conftest import EditorTab, opened
from tests.editor.github import BRANCH, HEAD, REPOSITORY, GitHub
from tests.editor.test_editing import FORMS, FRENCH, changes

TOKEN = "a-token-of-ann"  # noqa: S105 - of nobody


def make_site(packages: Path, root: Path, **changes: object) -> Path:
    """Make the editor of a handbook whose repository is on GitHub, with changes of each collection."""
    registers = read_registers(Folder(make_folder(root / "handbook")))
    told = {"repository": f"https://github.com/{REPOSITORY}", "repository_service": None}
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
    files = {"docs/policy/work.md": FORMS["both"], "docs/policy/work.fr.md": FRENCH.encode()}
    return GitHub({**files, "README.md": b"# Handbook\n"}, TOKEN)


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


def test_a_change_becomes_a_branch_and_a_request(editor: EditorTab, github: GitHub) -> None:
    sign_in(editor)
    editor.page.get_by_role("tree", name="Collection List").wait_for()
    editor.edit("policy/work")
    text = editor.page.get_by_role("textbox").nth(2)
    text.fill(text.input_value().replace("Lists and", "Rows and"))
    editor.page.get_by_role("button", name="Save", exact=True).click()
    send = editor.page.get_by_role("alertdialog").get_by_role("button", name="Send for Review")
    send.wait_for()
    assert github.branches == [f"refs/heads/{BRANCH}"]
    (commit,) = github.commits
    assert commit["branch"]["branchName"] == BRANCH
    assert commit["expectedHeadOid"] == HEAD
    assert commit["fileChanges"]["deletions"] == []
    written = github.written()
    assert changes(FORMS["both"], written.pop("docs/policy/work.md")) == [
        "- *   Lists and\ttables stay:\r\n",
        "+ *   Rows and\ttables stay:\r\n",
    ]
    assert written == {"docs/policy/work.fr.md": FRENCH.encode()}
    (request,) = github.requests
    assert (request["head"], request["base"], request["draft"]) == (BRANCH, "main", True)
    assert github.label == "sveltia-cms/draft"
    send.click()
    editor.page.get_by_role("alertdialog").wait_for(state="detached")
    editor.page.wait_for_load_state("networkidle")
    assert github.label == "sveltia-cms/pending_review"
    assert github.unknown == []


@pytest.mark.parametrize("offered", [False, True])
def test_nobody_is_offered_to_publish(
    browser: Browser, packages: Path, tmp_path: Path, github: GitHub, offered: bool
) -> None:
    """The button is there if the configuration allows it, so the test can fail."""
    github.changed = {"docs/policy/work.md": FORMS["both"].replace(b"Lists", b"Rows")}
    github.label = "sveltia-cms/pending_publish"
    site = make_site(packages, tmp_path, **({"publish": True} if offered else {}))
    with served(site) as address, editor_at(browser, address, github) as editor:
        sign_in(editor)
        editor.page.get_by_role("tree", name="Collection List").wait_for()
        editor.edit("policy/work")
        assert "Rows and" in editor.page.get_by_role("textbox").nth(2).input_value()
        assert editor.page.get_by_role("button", name="Publish").count() == offered


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
