"""Asks Lighthouse for its scores of a page on a simulated phone. It comes from npm."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scripts.development.measure.limits import SCORES
from scripts.setup.extra_packages import Node

_PROGRAM: Final = "node_modules/lighthouse/cli/index.js"
_FLAGS: Final = "--headless=new --no-sandbox"


@dataclass(frozen=True, slots=True)
class Lighthouse:
    """Lighthouse with what runs it: `node`, the folder of its packages, and a browser."""

    node: Node
    folder: Path
    browser: Path

    def scores(self, address: str) -> Mapping[str, int]:
        """Return the score of each category, of 100.

        Raises:
            HandbookError: if Lighthouse does not judge the page.

        """
        report = self.node.run(
            (str(self.folder / _PROGRAM), address, "--output=json", "--quiet",
             f"--only-categories={','.join(SCORES)}", f"--chrome-flags={_FLAGS}"),
            self.folder, {"CHROME_PATH": str(self.browser)},
        )  # fmt: skip
        return read_scores(json.loads(report))


def read_scores(report: Mapping[str, Any]) -> Mapping[str, int]:
    """Return the score of each category that a report of Lighthouse gives one to."""
    scores = {name: report["categories"][name]["score"] for name in SCORES}
    return {name: round(score * 100) for name, score in scores.items() if score is not None}


def install(packages: Path, folder: Path, browser: Path) -> Lighthouse:
    """Install Lighthouse into a folder, once, with the npm of the Python packages in another.

    Raises:
        HandbookError: if it cannot be installed; it quotes what npm says.

    """
    node, folder = Node.inside(packages), folder.resolve()
    node.install(Path(__file__).parent, folder)
    return Lighthouse(node, folder, browser)
