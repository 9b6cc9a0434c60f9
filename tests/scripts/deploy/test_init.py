"""What a host needs is written whole or not at all, and as it is tested."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.hosting.hosts import HOSTS
from scripts.cli import main
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "handbook"
    root.mkdir()
    for name in ("organization.yml", "mkdocs.yml"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    return root


def _init(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["deploy", "init", *arguments, "--root", str(root)])


def _written(root: Path) -> dict[str, str]:
    inside = (file for file in root.rglob("*") if file.is_file() and file.parent != root)
    files = (file for file in inside if ".cache" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_text() for file in files}


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_gets_its_files_and_is_told_what_is_next(folder: Path, host: str) -> None:
    done = _init(folder, host)
    assert done.exit_code == 0, done.output
    files = _written(folder)
    assert files
    assert sorted(f"{path}: written" for path in files) == sorted(done.stdout.splitlines())
    assert done.stderr.startswith("next: ")


@pytest.mark.parametrize("host", ["nginx", "apache"])
@pytest.mark.parametrize("signs_on", [True, False])
def test_a_server_gets_one_form_with_the_names_of_the_organization(
    folder: Path, host: str, *, signs_on: bool
) -> None:
    options = ["--name", "policy.charity.test", "--frames", "https://intranet.charity.test/"]
    assert _init(folder, host, *options, *(["--sign-on"] if signs_on else [])).exit_code == 0
    files = _written(folder)
    text = files[f"hosting/{host}/handbook.conf"]
    assert f"hosting/{host}/handbook-sign-on.conf" not in files
    assert not [path for path, each in files.items() if "handbook.example.org" in each]
    assert "policy.charity.test" in text
    assert '"https://intranet.charity.test"' in text
    assert ("sign-on" in text) == signs_on


@pytest.mark.parametrize(
    ("repository", "api"),
    [
        ("https://git.example.org/a/handbook", "https://git.example.org"),
        ("https://github.com/a/handbook\nrepository_service: github", "https://api.github.com"),
        ("https://git.example.org/handbook", ""),
    ],
)
@pytest.mark.parametrize("host", ["nginx", "apache"])
def test_the_editor_may_ask_the_platform_of_the_organization_alone(
    folder: Path, host: str, repository: str, api: str
) -> None:
    organization = folder / "organization.yml"
    lines = organization.read_text().splitlines()
    service = "repository_service:"
    kept = [line for line in lines if "github" not in repository or not line.startswith(service)]
    changed = [f"repository: {repository}" if line.startswith("repository:") else line for line in kept]
    organization.write_text("\n".join(changed))
    assert _init(folder, host).exit_code == 0
    text = _written(folder)[f"hosting/{host}/handbook.conf"]
    (line,) = [line for line in text.splitlines() if "editor_api" in line.lower()]
    assert line.endswith((f'"{api}";', f'"{api}"'))


def test_the_name_is_that_of_the_address_of_the_handbook(folder: Path) -> None:
    organization = folder / "organization.yml"
    text = organization.read_text().replace(
        "https://handbook.example.org/", "https://policy.charity.test/latest/"
    )
    organization.write_text(text)
    done = _init(folder, "nginx")
    assert "server_name policy.charity.test;" in _written(folder)["hosting/nginx/handbook.conf"]
    assert "change the name" not in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("nginx", "--name", "a b"),
        ("nginx", "--name", "x;root /"),
        ("nginx", "--name", "localhost/"),
        ("apache", "--frames", "'none'; script-src *"),
        ("apache", "--frames", "intranet"),
        ("nginx", "--frames", 'https://x.test"'),
        ("github-pages", "--sign-on"),
        ("headers", "--sign-on"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(folder: Path, options: tuple[str, ...]) -> None:
    done = _init(folder, *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("handbook: ")
    assert _written(folder) == {}


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_is_overwritten_and_nothing_else_is_written(folder: Path, host: str) -> None:
    _init(folder, host)
    paths = list(_written(folder))
    for path in paths[:-1]:
        (folder / path).unlink()
    (folder / paths[-1]).write_text("Mine.\n")
    done = _init(folder, host)
    assert done.exit_code == 2
    assert paths[-1] in done.stderr
    assert _written(folder) == {paths[-1]: "Mine.\n"}


@pytest.mark.parametrize("host", HOSTS)
def test_a_folder_that_leads_elsewhere_is_refused(folder: Path, tmp_path: Path, host: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    for name in ("hosting", ".github", ".gitlab"):
        (folder / name).symlink_to(tmp_path / "elsewhere")
    assert _init(folder, host).exit_code == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_is_not_a_handbook_gets_a_sentence(tmp_path: Path) -> None:
    done = _init(tmp_path, "nginx")
    assert done.exit_code == 2
    assert f"there is no handbook in {tmp_path}" in done.stderr


def test_what_is_there_as_it_is_shipped_stays_and_people_are_told_what_is_next(folder: Path) -> None:
    _init(folder, "github-pages")
    before = _written(folder)
    done = _init(folder, "github-pages")
    assert (done.exit_code, _written(folder)) == (0, before)
    assert done.stdout == ".github/workflows/publish-handbook.yml: is there already, as it is shipped\n"
    assert done.stderr.startswith("next: ")


def test_an_installation_that_lacks_the_files_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.hosting.hosts.SHIPPED", folder)
    done = _init(folder, "github-pages")
    assert done.exit_code == 2
    assert "this installation lacks .github/workflows/publish-handbook.yml; take it from" in done.stderr


@pytest.mark.parametrize("script", ["server/publish", "headers/build"])
def test_the_scripts_can_be_read_by_a_shell(script: str) -> None:
    subprocess.run(["sh", "-n", ROOT / "deploy" / script], check=True)
