"""A page that shows a training package as a learning system does, and what it got to know."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from playwright.sync_api import FrameLocator, Page, expect

from scripts.cli import main
from tests.acknowledged import acknowledged_repository
from tests.browser.conftest import Tab
from tests.builds import NOON

_HOST: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Learning system</title>
<link rel="icon" href="data:,"><h1>Learning system</h1>
<iframe name="course" title="Course" width="100%" height="700"></iframe>
<script src="../system/run_time.js"></script><script src="../system/host.js"></script></html>"""
# A learning system of a few lines. It adds a comment to the one before, as some do.
STUB: Final = """
const isAnswer = (name) => /^cmi\\.interactions\\.\\d+\\.id$/.test(name)
const count = (data) => Object.keys(data).filter(isAnswer).length
window.begin = (data) => {
  let isOpen = false
  window.known = { "cmi.core.lesson_status": "not attempted", ...data }
  window.API = {
    LMSInitialize: () => String(!isOpen && (isOpen = true)),
    LMSGetValue: (name) => name === "cmi.interactions._count" ? count(known) : (isOpen && known[name]) || "",
    LMSSetValue(name, value) {
      if (!isOpen || window.isDeaf) return "false"
      known[name] = name === "cmi.comments" ? (known[name] ?? "") + value : value
      return "true"
    },
    LMSCommit: () => String(isOpen && !window.isDeaf),
    LMSFinish: () => { isOpen = false; window.finished += 1; return "true" },
  }
}
window.knows = () => known
"""
SCORM_AGAIN: Final = """
window.begin = (data) => {
  window.API = new Scorm12API({ autocommit: false, logLevel: 5, mastery_override: true })
  API.loadFromFlattenedJSON(data)
  const finish = API.LMSFinish.bind(API)
  API.LMSFinish = (argument) => { const answer = finish(argument); window.finished += 1; return answer }
}
window.knows = () => API.getFlattenedCMI()
"""
_OPEN: Final = """
window.finished = 0
window.show = (data) => {
  if (data) begin(data)
  document.querySelector("iframe").src = "index.html"
}
window.leave = () => { document.querySelector("iframe").src = "about:blank" }
"""
# What has to be there again when a reader comes back.
_KEPT: Final = ("cmi.suspend_data", "cmi.core.lesson_location", "cmi.core.lesson_status", "cmi.comments")


def export(root: Path, target: Path, *options: str) -> Path:
    """Export the package of the audience `work`, and return its zip."""
    arguments = ["training", "export", "--root", str(root), "--track", "work", "--out", str(target)]
    done = CliRunner().invoke(main, [*arguments, *options], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return target


def packages_beside(factory: pytest.TempPathFactory, run_time: str, system: str) -> Path:
    """Return a folder to serve: a package in each language, and a learning system that shows it."""
    folder = factory.mktemp("learning-system")
    root = acknowledged_repository(factory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOON)
        for language in ("en", "fr"):
            archive = export(root, folder / f"{language}.zip", "--language", language)
            with zipfile.ZipFile(archive) as files:
                files.extractall(folder / language)
            (folder / language / "host.html").write_text(_HOST, encoding="utf-8")
    (folder / "system").mkdir()
    (folder / "system" / "run_time.js").write_text(run_time, encoding="utf-8")
    (folder / "system" / "host.js").write_text(system + _OPEN, encoding="utf-8")
    return folder


class LearningSystem:
    """A learning system in a tab, with one package; a name of the data of SCORM 1.2 tells what it knows."""

    def __init__(self, tab: Tab, address: str, language: str = "en") -> None:
        self._tab, self._address = tab, f"{address}{language}/host.html"
        self.page = tab.open("about:blank")

    @property
    def course(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    def start(self, data: Mapping[str, str] | None = None, *, knows: bool = True) -> Page:
        """Show the package; without `knows`, there is no learning system around it."""
        self.page = self._tab.open(self._address)
        self.page.evaluate("data => show(data)", {**(data or {})} if knows else None)
        expect(self.course.locator(".course--runs")).to_be_attached()
        return self.page

    def leave(self) -> dict[str, str]:
        """Close the package, and return what has to be there when its reader comes back."""
        self.page.evaluate("leave()")
        self.page.wait_for_function("finished === 1")
        kept = {name: self.known(name) for name in _KEPT if self.known(name)}
        return {**kept, "cmi.core.entry": "resume"}

    def known(self, name: str) -> str:
        """Return what the learning system knows under a name, or an empty text."""
        data: dict[str, Any] = self.page.evaluate("knows()")
        return str(data.get(name, ""))

    def interactions(self, field: str) -> list[str]:
        """Return one field of each answer that was reported."""
        data: dict[str, Any] = self.page.evaluate("knows()")
        count = sum(name.startswith("cmi.interactions.") and name.endswith(".id") for name in data)
        return [str(data.get(f"cmi.interactions.{number}.{field}", "")) for number in range(count)]

    def answer(self, letters: str) -> None:
        """Go to the questions, and answer the first ones."""
        self.course.locator(".course__view:not([hidden]) h1").wait_for()
        self.page.frame("course").evaluate("location.hash = 'reply'")  # type: ignore[union-attr]
        self.course.locator("#reply").wait_for()
        questions = self.course.locator(".acknowledge__question")
        for place, letter in enumerate(letters):
            questions.nth(place).locator(f"input[value={letter}]").check()

    def reply(self, reply: str) -> str:
        """Reply, hand it in, and return what the reader is told."""
        self.course.locator(f"input[value={reply}]").check()
        self.course.locator(".course__hand-in").click()
        return self.told

    @property
    def told(self) -> str:
        return self.course.locator(".course__result").inner_text()
