"""A site as it is served: the handbook at the top, an edition below it, and what nobody may see."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from handbook.hosting.compressed_files import compress_site
from scripts.setup.servers import FOLDER
from tests.browser.conftest import browser as browser
from tests.deploy.servers import Certificate, Server, apache, nginx

EDITION = "2026.1"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the servers, which `make test` does not have."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.deploy)


@pytest.fixture(scope="session", autouse=True)
def _servers() -> None:
    assert (FOLDER / "usr").is_dir(), "run make test-deploy, which fetches the servers"


@pytest.fixture(scope="session")
def served_site(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("served") / "site"
    shutil.copytree(sample_site, site)
    shutil.copytree(sample_site, site / EDITION)
    (site / "latest").symlink_to(EDITION)
    compress_site(site)
    (site / ".nojekyll").touch()
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("[core]\n")
    (site / "policy" / ".hidden.html").write_text("hidden\n")
    return site


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
