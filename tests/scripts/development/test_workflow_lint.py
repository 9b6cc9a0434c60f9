"""What GitHub and GitLab run is judged offline, and a mistake of each kind is found."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.development.workflow_lint import command
from tests.conftest import ROOT

FILES = (".github", ".gitlab", ".gitlab-ci.yml", "renovate.json")
CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    return tmp_path


def _lint(root: Path) -> Result:
    return CliRunner().invoke(command, ["--root", str(root)], catch_exceptions=False)


@pytest.mark.skipif(
    not all((ROOT / name).exists() for name in FILES), reason="files of one platform are not here"
)
def test_each_kind_of_mistake_is_found_by_the_program_that_knows_it(folder: Path) -> None:
    for path, before, after in (
        (".github/workflows/change.yml", CHECKOUT, "actions/checkout@v7"),
        (".github/workflows/owners.yml", "steps.links.outcome", "steps.lnks.outcome"),
        (".gitlab/ci/owners.yml", "  script:", "  scripts:"),
        ("renovate.json", '"enabledManagers": [', '"enabledManagers": [1, '),
    ):
        file = folder / path
        assert before in file.read_text()
        file.write_text(file.read_text().replace(before, after))
    done = _lint(folder)
    assert done.exit_code == 1
    assert "error[unpinned-uses]" in done.stdout
    assert 'property "lnks" is not defined' in done.stdout
    for path in (".gitlab/ci/owners.yml", "renovate.json"):
        assert f"{path}::$" in done.stdout
    assert done.stderr.endswith(" for GitHub and GitLab read; something found\n")


def test_an_organization_may_have_deleted_them(tmp_path: Path) -> None:
    done = _lint(tmp_path)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "0 files for GitHub and GitLab read; nothing found\n"
