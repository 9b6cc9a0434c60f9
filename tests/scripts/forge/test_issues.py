"""`handbook forge issues` gives each owner what is theirs, and nobody of the sample anything."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import PAGE, TODAY

Write = Callable[[str, str | bytes], Path]
LINKS = "links:\n  - {address: 'https://gone.org/x', status: gone, checked: 2026-11-19}\n"


def _issues(root: Path, target: Path, *options: str) -> Result:
    (root.parent / "existing.json").write_text("[]")
    existing = str(root.parent / "existing.json")
    arguments = ["--root", str(root), "--today", TODAY.isoformat(), "--existing", existing]
    command = ["forge", "issues", "--on", "github", *arguments, "--requests", str(target), *options]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def test_findings_and_links_go_to_the_owner_of_their_page(folder: Path, write: Write, tmp_path: Path) -> None:
    write("docs/other.md", PAGE.replace("Text.", "See <https://gone.org/x>.").replace("A page", "Other"))
    write("docs/law.md", PAGE.replace("platform-lead", "legal-lead"))
    write("registers/links.yml", LINKS)
    done = _issues(folder, tmp_path / "requests", "--with-links")
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path}/requests: 2 requests to be sent\n")
    bodies = [json.loads((tmp_path / "requests" / f"{number}.json").read_text()) for number in (1, 2)]
    assert [body["title"].rpartition(" for ")[2] for body in bodies] == ["Legal lead", "Platform lead"]
    assert "- `https://gone.org/x` in docs/other.md, tried on 2026-11-19\n" in bodies[1]["body"]
    assert "docs/other.md, line 8: the text has changed" in bodies[1]["body"]
    assert "docs/law.md, line 5: no review of 2026-10-14 names this page" in bodies[0]["body"]
    again = _issues(folder, tmp_path / "requests")
    assert again.exit_code == 2
    assert "is there already, so nothing was written" in again.stderr


def test_the_invented_owners_of_the_sample_get_nothing(folder: Path, write: Write, tmp_path: Path) -> None:
    organization = (folder / "organization.yml").read_text("utf-8")
    write("organization.yml", f"sample: true\n{organization}")
    done = _issues(folder, tmp_path / "requests")
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path}/requests: 0 requests to be sent\n")
    assert (tmp_path / "requests" / "list").read_text() == ""
