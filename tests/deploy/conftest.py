"""A site as it is served: the handbook at the top, an edition below it, and what nobody may see."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from handbook.hosting.compressed_files import compress_site
from scripts.setup.servers import FOLDER
from tests.browser.conftest import browser as browser
from tests.conftest import ROOT, made_once
from tests.deploy.identity_provider import authorizer, provider
from tests.deploy.servers import NAME, Certificate, Server, apache, free_port, nginx

EDITION = "2026.1"
SIGN_ON = "handbook-sign-on.conf"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the servers, which `make test` does not have, and keep each server to one worker."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.deploy)
            item.add_marker(pytest.mark.xdist_group(_server_of(item)))


def _server_of(item: pytest.Item) -> str:
    """Return the name of the server that a test is for; it is the value of one of two fixtures."""
    parameters = item.callspec.params if isinstance(item, pytest.Function) else {}
    return str(parameters.get("server") or parameters["closed_server"])


@pytest.fixture(scope="session", autouse=True)
def _servers() -> None:
    assert (FOLDER / "usr").is_dir(), "run make test-deploy, which fetches the servers"


@pytest.fixture(scope="session")
def served_site(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "served", lambda folder: _make(sample_site, folder / "site")) / "site"


def _make(built: Path, site: Path) -> None:
    shutil.copytree(built, site)
    shutil.copytree(built, site / EDITION)
    (site / "latest").symlink_to(EDITION)
    (site / "edit").mkdir()
    (site / "edit" / "index.html").write_text("<!doctype html><title>Edit</title>\n")
    compress_site(site)
    (site / ".nojekyll").touch()
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("[core]\n")
    (site / "policy" / ".hidden.html").write_text("hidden\n")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder = tmp_path_factory.mktemp("certificate")
    issued = trustme.CA().issue_cert("127.0.0.1", "localhost")
    issued.private_key_pem.write_to_path(str(folder / "key.pem"))
    for position, part in enumerate(issued.cert_chain_pems):
        part.write_to_path(str(folder / "chain.pem"), append=position > 0)
    return Certificate(folder / "chain.pem", folder / "key.pem")


@pytest.fixture(scope="session")
def nginx_server(
    served_site: Path, certificate: Certificate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("nginx")
    with nginx(folder, "handbook.conf", served_site, certificate, {}) as server:
        yield server


@pytest.fixture(scope="session")
def apache_server(
    served_site: Path, certificate: Certificate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("apache")
    with apache(folder, "handbook.conf", served_site, certificate, {}) as server:
        yield server


@pytest.fixture(params=["nginx", "apache"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the two servers, for everybody who reaches it."""
    running: Server = request.getfixturevalue(f"{request.param}_server")
    return running


@pytest.fixture(scope="session")
def identity_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with provider(tmp_path_factory.mktemp("provider")) as address:
        yield address


@pytest.fixture(scope="session")
def nginx_with_sign_on(
    served_site: Path,
    certificate: Certificate,
    identity_provider: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """nginx, with Audit for a group."""
    folder = tmp_path_factory.mktemp("nginx-sign-on")
    with authorizer(identity_provider) as known:
        changes = {"127.0.0.1:4180": f"127.0.0.1:{known.port}", **audit_for_a_group("nginx")}
        with nginx(folder, SIGN_ON, served_site, certificate, changes) as server:
            known.handbook = server.address
            yield server


@pytest.fixture(scope="session")
def apache_with_sign_on(
    served_site: Path,
    certificate: Certificate,
    identity_provider: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """Apache, with Audit for a group."""
    folder = tmp_path_factory.mktemp("apache-sign-on")
    (folder / "secrets.conf").write_text("OIDCClientSecret secret\nOIDCCryptoPassphrase a-word-for-tests\n")
    port = free_port()
    changes = {
        "https://login.example.org": identity_provider,
        "/etc/apache2/handbook-secrets.conf": f"{folder}/secrets.conf",
        f"https://{NAME}/sign-on": f"https://127.0.0.1:{port}/sign-on",
        **audit_for_a_group("apache"),
    }
    with apache(folder, SIGN_ON, served_site, certificate, changes, port) as server:
        yield server


@pytest.fixture(params=["nginx", "apache"])
def closed_server(request: pytest.FixtureRequest) -> Server:
    """Each of the two servers, for people who sign on."""
    running: Server = request.getfixturevalue(f"{request.param}_with_sign_on")
    return running


def audit_for_a_group(host: str) -> dict[str, str]:
    """Return the change that the comment at these lines of the shipped file asks for."""
    text = (ROOT / "deploy" / host / SIGN_ON).read_text(encoding="utf-8")
    lines = text.partition("# To keep Audit for a group")[2].partition("\n")[2].partition("\n}\n")[0]
    lines = lines.partition("\n</VirtualHost>")[0]
    return {lines: lines.replace("    #", "    ")}
