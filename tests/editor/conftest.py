"""The editor of a small handbook, with pages in the storage of a browser in place of a repository."""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from handbook.editing.configuration import configuration
from handbook.editing.editor_files import FOLDER, editor_files, replace_folder
from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from scripts.development.served_site import served
from scripts.edit.packages import FOLDER as PACKAGES
from tests.browser.conftest import browser as browser
from tests.conftest import make_folder

HERE: Final = Path(__file__).parent
# In milliseconds; whatever takes longer does not come.
_PATIENCE: Final = 10_000
_LIST: Final = re.compile(r"#/collections/[^/]+$")
API: Final = "https://api.github.com"
BACKEND: Final[Mapping[str, Any]] = {"name": "test-repo"}
# Sveltia CMS keeps the files of its backend for tests in this folder of the browser's storage.
_STORAGE: Final = """
async () => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(
    "sveltia-cms-test", {create: true});
  window.fileAt = async (path, create) => {
    const names = path.split("/");
    let folder = root;
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, {create});
    return folder.getFileHandle(names.at(-1), {create});
  };
}
"""
_WRITE: Final = """
async ([path, data]) => {
  const file = await (await window.fileAt(path, true)).createWritable();
  await file.write(Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0)));
  await file.close();
}
"""
_READ: Final = """
async (path) => {
  const file = await (await window.fileAt(path, false)).getFile();
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
"""
_WRITTEN: Final = """
async (path) => (await (await window.fileAt(path, false)).getFile()).lastModified
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the editor, which `make test` does not have."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.editor)


@dataclass(slots=True)
class EditorTab:
    """A tab with the editor of a handbook, whose pages are in the storage of the browser.

    `errors` holds what its scripts threw, and `foreign` every request to another host with why it failed.
    """

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    foreign: list[tuple[str, str]] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("requestfailed", lambda request: self._note(request, request.failure or ""))
        self.page.on("requestfinished", lambda request: self._note(request, "answered"))

    def _note(self, request: Request, end: str) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append((request.url, end))

    def put(self, files: Mapping[str, bytes]) -> None:
        """Put files into the storage, from a page of the same site that is not the editor."""
        self.page.goto(f"{self.address}{FOLDER}/editor.css")
        self.page.evaluate(_STORAGE)
        for path, data in files.items():
            self.page.evaluate(_WRITE, [path, base64.b64encode(data).decode()])

    def file(self, path: str) -> bytes:
        """Return what a file in the storage holds."""
        self.page.evaluate(_STORAGE)
        return base64.b64decode(self.page.evaluate(_READ, path))

    def written(self, path: str) -> int:
        """Return when a file in the storage was written, in milliseconds."""
        self.page.evaluate(_STORAGE)
        return int(self.page.evaluate(_WRITTEN, path))

    def start(self) -> None:
        """Open the editor and sign in."""
        self.page.goto(f"{self.address}{FOLDER}/")
        self.page.get_by_role("button", name="Work with Test Repository").click()
        self.page.get_by_role("tree", name="Collection List").wait_for()

    def show(self, place: str) -> None:
        """Show a place of the editor, such as collections/policy/entries/work."""
        self.page.goto(f"{self.address}{FOLDER}/#/{place}")

    def edit(self, path: str) -> None:
        """Open a page of docs/ to edit."""
        folder, _, name = path.rpartition("/")
        self.show(f"collections/{folder or 'top'}/entries/{name}")
        self.page.get_by_role("textbox").first.wait_for()

    def save(self) -> None:
        """Save, and wait until the list of pages is there."""
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.wait_for_url(_LIST)


@pytest.fixture(scope="session")
def packages() -> Path:
    if not (PACKAGES / "node_modules").is_dir():
        pytest.skip("the editor is not set up; run make test-editor, which needs a network the first time")
    return PACKAGES / "node_modules"


@pytest.fixture(scope="session")
def editor_site(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has nothing but the editor of a small handbook."""
    root = tmp_path_factory.mktemp("editor")
    registers = read_registers(Folder(make_folder(root / "handbook")))
    settings = configuration(registers, ["docs", "docs/policy"], BACKEND, makes_requests=False)
    replace_folder(root / "site" / FOLDER, editor_files(packages, settings, API, "en"))
    return root / "site"


@pytest.fixture(scope="session")
def editor_address(editor_site: Path) -> Iterator[str]:
    with served(editor_site) as address:
        yield address


@contextmanager
def opened(context: BrowserContext, address: str) -> Iterator[EditorTab]:
    """Open a tab that belongs to the editor at an address."""
    context.set_default_timeout(_PATIENCE)
    tab = EditorTab(context.new_page(), address)
    tab.watch()
    yield tab
    context.close()


@pytest.fixture
def editor(browser: Browser, editor_address: str) -> Iterator[EditorTab]:
    """The editor, in a browser that has never seen it."""
    with opened(browser.new_context(), editor_address) as tab:
        yield tab


def settings_of(site: Path) -> Any:
    """Return the settings that the editor of a site reads."""
    return json.loads((site / FOLDER / "configuration.json").read_text(encoding="utf-8"))
