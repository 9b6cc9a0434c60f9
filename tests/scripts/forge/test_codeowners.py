"""`handbook forge codeowners` makes the file once, keeps it current, and leaves what somebody wrote."""

from pathlib import Path

from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import TODAY

PATH = ".github/CODEOWNERS"


def _codeowners(root: Path, *options: str) -> Result:
    options = ("--root", str(root), "--today", TODAY.isoformat(), *options)
    return CliRunner().invoke(main, ["forge", "codeowners", *options], catch_exceptions=False)


def _name_a_holder(root: Path) -> None:
    owners = root / "registers" / "owners.yml"
    text = owners.read_text("utf-8").replace(
        "  platform-lead:", "  platform-lead:\n    holders: [github:ann]"
    )
    owners.write_text(text, encoding="utf-8")


def test_the_file_is_made_and_then_right(folder: Path) -> None:
    without = _codeowners(folder, "--write")
    assert (without.exit_code, without.stdout) == (0, "")
    assert "no role has an account; write them as `holders` into registers/owners.yml" in without.stderr
    _name_a_holder(folder)
    told = _codeowners(folder)
    assert (told.exit_code, told.stdout) == (1, f"{PATH}: out of date; make it with --write\n")
    assert not (folder / PATH).exists()
    written = _codeowners(folder, "--write")
    assert (written.exit_code, written.stdout) == (0, f"{PATH}: written\n")
    assert "/docs/index.md @ann\n" in (folder / PATH).read_text()
    again = _codeowners(folder)
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "CODEOWNERS says what it should\n")


def test_the_check_holds_the_file_to_the_register_where_the_platform_is_used(folder: Path) -> None:
    _name_a_holder(folder)
    check = ["check", "--root", str(folder), "--today", TODAY.isoformat(), "--select", "OWN003"]
    assert CliRunner().invoke(main, check).exit_code == 0
    (folder / ".github" / "workflows").mkdir(parents=True)
    (folder / ".github" / "workflows" / "change.yml").write_text("on: push\n")
    missing = CliRunner().invoke(main, check)
    assert missing.stdout.startswith("registers/owners.yml:1:1: error OWN003")
    _codeowners(folder, "--write")
    assert CliRunner().invoke(main, check).exit_code == 0


def test_a_file_that_somebody_wrote_stays(folder: Path) -> None:
    _name_a_holder(folder)
    (folder / ".github").mkdir()
    (folder / PATH).write_text("* @bob\n")
    done = _codeowners(folder, "--write")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"handbook: {PATH} was not made by this command, so it stays as it is")
    assert (folder / PATH).read_text() == "* @bob\n"
