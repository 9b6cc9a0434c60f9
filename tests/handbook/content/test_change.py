"""What people read, and what runs."""

import pytest

from handbook.content.change import is_text, runs, runs_beside


@pytest.mark.parametrize(
    "path",
    [
        *("mkdocs.yml", "Makefile", "Jenkinsfile", "requirements.txt", "tests/fuzz/requirements.txt"),
        *("pyproject.toml", ".gitattributes", ".mailmap", ".git-blame-ignore-revs", ".gitlab-ci.yml"),
        *(".github/workflows/check.yml", ".ci/run", ".pre-commit-config.yaml", "docs/.gitattributes"),
        *("docs/assets/code.js", "docs/assets/style.CSS", "docs/trap.py", "registers/trap.pth"),
        *("macros/catalog/fr.yml", "overrides/README.md", "sitecustomize.py", "deploy/nginx.conf", "new.zip"),
    ],
)
def test_what_is_not_known_to_be_harmless_runs(path: str) -> None:
    assert runs(path)
    assert not is_text(path)


@pytest.mark.parametrize(
    "path", ["docs/policy/work.md", "docs/photo.jpg", "registers/owners.yml", "organization.yml"]
)
def test_pages_and_registers_are_text(path: str) -> None:
    assert is_text(path)
    assert not runs(path)


@pytest.mark.parametrize(
    "path",
    [
        "docs/contributing/rules.md",
        "docs/audit/pack.md",
        "LICENSE",
        "minutes.pdf",
        ".reminders.json",
        ".github/CODEOWNERS",
        ".vscode/handbook.code-snippets",
    ],
)
def test_some_files_may_go_with_both(path: str) -> None:
    assert not is_text(path)
    assert not runs(path)


def test_beside_a_handbook_only_settings_of_the_repository_count() -> None:
    paths = ["../.github/workflows/check.yml", "../.mailmap", "../code.py", "../../shop/main.js"]
    assert [runs_beside(path) for path in paths] == [True, True, False, False]
